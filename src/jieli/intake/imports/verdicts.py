"""What became of each row and why, in the words of who imports."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from jieli.access import Actor, predicate
from jieli.blueprint.model import Object
from jieli.db.pool import Record, Tx
from jieli.fields.contract import Numbered
from jieli.intake.duplicates import DUPLICATE, DUPLICATE_ROW, SOURCE
from jieli.intake.imports import errors, store
from jieli.intake.imports.model import Prepared, Reason, RowReport
from jieli.records import BatchResult, Match, Outcome
from jieli.records.model import RowResult

WRITTEN = frozenset({Outcome.CREATED, Outcome.UPDATED})
LEFT_OUT = frozenset({Outcome.SKIPPED, Outcome.REJECTED})
Known = Mapping[UUID, Record]


async def verdicts(
    tx: Tx,
    actor: Actor,
    obj: Object,
    letters: Mapping[str, str],
    chunk: Sequence[Prepared],
    result: BatchResult | None,
) -> list[RowReport]:
    """One report for each row of the chunk, in its order. `result` has those that could be read; `letters` are the
    columns of the fields."""
    results = list(result.rows) if result else []
    known = await _known(tx, actor, results)
    wording = _Wording(actor, obj, letters, known, await _numbers(tx, obj, results))
    found = iter(results)
    return [
        RowReport(row, Outcome.REJECTED, None, tuple(row.problems))
        if row.problems
        else wording.report(row, next(found))
        for row in chunk
    ]


async def _known(tx: Tx, actor: Actor, results: Sequence[RowResult]) -> Known:
    """The records that rows collided with, one statement for each object."""
    met: dict[str, set[UUID]] = {}
    for result in results:
        if result.outcome in LEFT_OUT:
            for match in result.matches:
                if match.id is not None:
                    met.setdefault(match.object, set()).add(match.id)
    found: dict[UUID, Record] = {}
    for key, records in met.items():
        other = actor.workspace.object(key)
        rows = await tx.all(store.described(actor.workspace, other, list(records), predicate(actor, other)))
        found |= {row["id"]: row for row in rows}
    return found


async def _numbers(tx: Tx, obj: Object, results: Sequence[RowResult]) -> dict[UUID, str]:
    """The running numbers of the records that rows have become."""
    field = next((field for field in obj.fields.values() if isinstance(field.type, Numbered)), None)
    written = [result.id for result in results if result.outcome in WRITTEN and result.id]
    if field is None or not written:
        return {}
    rows = await tx.all(store.numbers(obj, field.columns[0].name, written))
    return {row["id"]: row["number"] for row in rows}


class _Wording:
    def __init__(
        self, actor: Actor, obj: Object, letters: Mapping[str, str], known: Known, numbers: Mapping[UUID, str]
    ) -> None:
        self._objects = actor.workspace.objects
        self._language = actor.language
        self._object, self._letters, self._known, self._numbers = obj, letters, known, numbers

    def report(self, row: Prepared, result: RowResult) -> RowReport:
        if result.outcome in WRITTEN:
            number = self._numbers.get(result.id) if result.id else None
            return RowReport(row, result.outcome, result.id, (), result.matches, number)
        return RowReport(row, result.outcome, result.id, tuple(self._reasons(row, result)), result.matches)

    def _reasons(self, row: Prepared, result: RowResult) -> list[Reason]:
        if result.outcome is Outcome.UNCHANGED:
            return [Reason("", errors.UNCHANGED.text(self._language), errors.UNCHANGED.code)]
        met = [self._met(row, match) for match in result.matches]
        others = [
            Reason(self._place(row, problem.path), problem.text(self._language), problem.code)
            for problem in result.problems
            if not (met and problem.message in (DUPLICATE, DUPLICATE_ROW))
        ]
        found = list(dict.fromkeys([*others, *met]))
        return found or [Reason("", errors.ROW_FAILED.text(self._language), errors.ROW_FAILED.code)]

    def _met(self, row: Prepared, match: Match) -> Reason:
        at = self._place(row, match.field)
        if match.row is not None:
            return Reason(at, errors.REPEATED_ROW.text(self._language, row=match.row), "duplicate_row")
        if match.kind == SOURCE:
            return Reason("", errors.KNOWN_ROW.text(self._language), "known_row")
        field = self._object.fields[match.field].label
        obj = self._objects[match.object].label
        record = self._known.get(match.id) if match.id else None
        if record is not None and record["visible"]:
            text = errors.KNOWN_AS.text(self._language, field=field, object=obj, title=record["title"])
        else:
            owner = (record and record["owner_name"]) or errors.NOBODY
            text = errors.KNOWN_UNSEEN.text(self._language, field=field, object=obj, owner=owner)
        return Reason(at, text, "duplicate")

    def _place(self, row: Prepared, key: str) -> str:
        """The cell of a field as people find it in the file: C12."""
        letter = self._letters.get(key)
        return f"{letter}{row.row}" if letter else ""
