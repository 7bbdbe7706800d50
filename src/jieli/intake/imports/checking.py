"""What a check tells: how many rows would be new, known or refused, with some of each."""

from collections.abc import Sequence
from uuid import UUID

from jieli.access import Actor, predicate
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.intake.imports import store
from jieli.intake.imports.carry import Load
from jieli.intake.imports.errors import NO_RULES, REQUIRED_UNMAPPED, TITLE_MADE
from jieli.intake.imports.model import Report, RowReport
from jieli.intake.imports.plan import planned
from jieli.records import Match, Outcome, Values

SAMPLES = 50


class Findings:
    """A sink that keeps the first rows of each kind."""

    def __init__(self, actor: Actor, load: Load) -> None:
        self._actor, self._load = actor, load
        self._new: list[RowReport] = []
        self._known: list[RowReport] = []
        self._refused: list[RowReport] = []
        self._same = 0
        self._plan = planned(actor, actor.workspace.object(load.object), load.table, load.setup)

    def take(self, obj: Object, rows: Sequence[RowReport]) -> None:
        for row in rows:
            kept = self._kept(row)
            if len(kept) < SAMPLES:
                kept.append(row)

    def warn(self, rows: Sequence[RowReport]) -> None:
        """The report has them as warnings."""

    def _kept(self, row: RowReport) -> list[RowReport]:
        if row.outcome is Outcome.REJECTED:
            return self._refused
        return self._known if row.matches or row.outcome is Outcome.UNCHANGED else self._new

    async def told(self, tx: Tx, report: Report) -> Values:
        """As the wizard shows it. Must be asked in the transaction of the rehearsal, which knows what the rows met."""
        titles = await self._titles(tx)
        counts = report.counts()
        return {
            **counts,
            "batch": None,
            "new": report.rows - report.duplicates - report.rejected,
            "duplicates": report.duplicates,
            "notes": self._notes(),
            "sample": {
                "new": [{"row": row.prepared.row, "values": self._cells(row)} for row in self._new],
                "duplicates": [self._duplicate(row, titles) for row in self._known],
                "rejected": [self._refusal(row) for row in self._refused],
            },
        }

    def _notes(self) -> list[str]:
        """What should be known before: required fields that no column fills, a title that is made up."""
        actor, setup = self._actor, self._load.setup
        obj = actor.workspace.object(self._load.object)
        language = actor.language
        notes = []
        for field in obj.own_fields():
            if not field.required or field.key in self._plan.keys or field.default is not None:
                continue
            message = TITLE_MADE if field.key == obj.title.key else REQUIRED_UNMAPPED
            notes.append(message.text(language, field=field.label))
        if (
            setup.assign == "rules"
            and obj.has("owned")
            and "owner" not in self._plan.keys
            and obj.key not in actor.workspace.document.assignments
        ):
            notes.append(NO_RULES.text(language))
        return notes

    def _cells(self, row: RowReport) -> Values:
        cells = row.prepared.cells
        shown = {pair.field.key: cells[pair.column.index] for pair in self._plan.pairs}
        return {key: str(cell) for key, cell in shown.items() if cell is not None}

    def _refusal(self, row: RowReport) -> Values:
        problems = [{"path": r.path, "code": r.code, "text": r.text} for r in row.reasons]
        return {"row": row.prepared.row, "values": self._cells(row), "problems": problems}

    def _duplicate(self, row: RowReport, titles: dict[UUID, str]) -> Values:
        met = row.matches[0] if row.matches else None
        return {
            "row": row.prepared.row,
            "values": self._cells(row),
            "outcome": str(row.outcome),
            "with": self._met(met, row, titles),
            "reasons": [str(reason) for reason in row.reasons],
        }

    def _met(self, met: Match | None, row: RowReport, titles: dict[UUID, str]) -> Values:
        if met is None or met.row is not None:
            return {"object": self._load.object, "id": None, "title": None, "row": met.row if met else None}
        # A record that the rehearsal itself has made is gone afterwards.
        title = titles.get(met.id) if met.id else None
        return {"object": met.object, "id": met.id if title else None, "title": title, "row": None}

    async def _titles(self, tx: Tx) -> dict[UUID, str]:
        met: dict[str, set[UUID]] = {}
        for row in self._known:
            for match in row.matches[:1]:
                if match.id is not None:
                    met.setdefault(match.object, set()).add(match.id)
        found: dict[UUID, str] = {}
        for key, records in met.items():
            other = self._actor.workspace.object(key)
            visible = predicate(self._actor, other)
            rows = await tx.all(store.described(self._actor.workspace, other, list(records), visible))
            found |= {row["id"]: row["title"] for row in rows if row["visible"]}
        return found
