"""Brings the rows of a file into the workspace, all in the caller's transaction, through the one write path.

A check does exactly this and is rolled back, so that it cannot tell anything else than what happens then.
"""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol
from uuid import UUID

from jieli.access import Actor
from jieli.base import collector
from jieli.base.ids import uuid7
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.intake.imports import references
from jieli.intake.imports.cells import ColumnReader, reader, refers
from jieli.intake.imports.errors import NOT_BROUGHT_IN
from jieli.intake.imports.fields import widened
from jieli.intake.imports.model import Prepared, Reason, Report, RowReport, Setup
from jieli.intake.imports.plan import Pair, Plan, planned
from jieli.intake.imports.references import Found
from jieli.intake.imports.rows import Preparing
from jieli.intake.imports.survey import Survey, empty_texts, survey
from jieli.intake.imports.verdicts import verdicts
from jieli.intake.reading import Table
from jieli.records import Action, Batch, Change, Outcome, apply

Watch = Callable[[int, int], Awaitable[None]]
"""Is told how many rows of how many are done; raises to stop."""


class Sink(Protocol):
    """Takes the rows as they are done, in the order of the file. Called in another thread."""

    def take(self, obj: Object, rows: Sequence[RowReport]) -> None: ...

    def warn(self, rows: Sequence[RowReport]) -> None:
        """Rows that are in, but not with everything."""


@dataclass(frozen=True, slots=True)
class Load:
    """What is to be brought in, where, and how."""

    object: str
    table: Table
    setup: Setup


async def bring_in(
    tx: Tx, actor: Actor, load: Load, *, sink: Sink, watch: Watch, rehearsal: bool = False
) -> Report:
    """All rows of the table. Raises NotPermitted, MayNotAddFields, Invalid, and what `watch` raises; then the
    transaction must be rolled back, as it must after a rehearsal."""
    obj = actor.workspace.object(load.object)
    plan = planned(actor, obj, load.table, load.setup)
    seen = await asyncio.to_thread(survey, actor, obj, load.table, plan, load.setup)
    made = await widened(tx, actor, obj, seen.asked, seen.choices, rehearsal=rehearsal)
    pairs = [*plan.pairs, *(Pair(asked.column, made.made[asked.column.index]) for asked in seen.asked)]
    report = Report(uuid7(), added_fields=tuple(field.key for field in made.made.values()))
    knowing = replace(actor, workspace=made.workspace)
    acting = actor if rehearsal else knowing
    found = await _resolved(tx, acting, plan, load, seen, report)
    preparing = Preparing(
        knowing,
        knowing.workspace.object(obj.key),
        _readers(knowing, obj.key, pairs, load.setup, found),
        load.setup,
        leave_out=frozenset(report.added_fields) if rehearsal else frozenset(),
    )
    letters = {pair.field.key: pair.column.letter for pair in pairs}
    with collector.resting():
        await _Carrying(tx, acting, load, report, sink=sink, watch=watch, letters=letters).run(preparing)
    return report


async def _resolved(
    tx: Tx, actor: Actor, plan: Plan, load: Load, seen: Survey, report: Report
) -> dict[str, dict[str, Found]]:
    """What the words of references stand for, by field."""
    by_target: dict[str, dict[str, None]] = {}
    fields = [pair.field for pair in plan.pairs if refers(pair.field)]
    for field in fields:
        by_target.setdefault(str(field.target), {}).update(dict.fromkeys(seen.names[field.key]))
    known: dict[str, dict[str, Found]] = {}
    for key, texts in by_target.items():
        target = actor.workspace.object(key)
        titles = seen.titles if key == load.object else ()
        known[key] = await references.look_up(tx, actor, target, list(texts), titles)
        if load.setup.create_missing:
            count = await references.make_missing(tx, actor, target, known[key], report.batch)
            report.created_missing.update({key: count} if count else {})
    return {field.key: known[str(field.target)] for field in fields}


def _readers(
    actor: Actor, object_key: str, pairs: Sequence[Pair], setup: Setup, found: Mapping[str, dict[str, Found]]
) -> list[ColumnReader]:
    fields = actor.workspace.object(object_key).fields
    empty = empty_texts(setup)
    made = []
    for pair in pairs:
        # The field with its new choices, where it got some.
        current = Pair(pair.column, fields[pair.field.key])
        read = reader(actor.workspace, object_key, current.field)
        made.append(ColumnReader(current, read, empty, found.get(pair.field.key)))
    return made


class _Carrying:
    """One passage of all rows: while PostgreSQL writes a chunk, the next one is read and the last one filed."""

    def __init__(
        self,
        tx: Tx,
        actor: Actor,
        load: Load,
        report: Report,
        *,
        sink: Sink,
        watch: Watch,
        letters: dict[str, str],
    ) -> None:
        self._tx, self._actor, self._load, self._report = tx, actor, load, report
        self._sink, self._watch, self._letters = sink, watch, letters
        self._object = actor.workspace.object(load.object)
        self._late: list[tuple[UUID, Prepared]] = []
        self._filing: asyncio.Task[None] | None = None

    async def run(self, preparing: Preparing) -> None:
        chunks = preparing.chunks(self._load.table)
        total = self._load.table.row_count
        coming = asyncio.create_task(asyncio.to_thread(_next, chunks))
        try:
            while chunk := await coming:
                coming = asyncio.create_task(asyncio.to_thread(_next, chunks))
                await self._file(await self._written(chunk))
                await self._watch(self._report.rows, total)
        finally:
            await asyncio.gather(coming, *([self._filing] if self._filing else []), return_exceptions=True)
        await self._file([])
        await self._settle_late()

    async def _written(self, chunk: list[Prepared]) -> list[RowReport]:
        good = [row for row in chunk if not row.problems]
        result = None
        if good:
            changes = [
                Change(row.values, row=row.row, source_key=row.key, besides=row.besides) for row in good
            ]
            result = await apply(self._tx, self._actor, self._batch(changes))
        rows = await verdicts(self._tx, self._actor, self._object, self._letters, chunk, result)
        self._report.outcomes.update(row.outcome for row in rows)
        self._report.duplicates += sum(
            bool(row.matches) for row in rows if row.outcome is not Outcome.REJECTED
        )
        self._late += [(row.id, row.prepared) for row in rows if row.id and row.prepared.later]
        return rows

    def _batch(self, changes: Sequence[Change]) -> Batch:
        setup = self._load.setup
        return Batch(
            self._load.object,
            Action.CREATE,
            changes,
            atomic=False,
            typed=True,
            duplicates=setup.duplicates,
            automations=setup.automations,
            assign=setup.assign == "rules" and self._object.has("owned"),
            source="import",
            id=self._report.batch,
        )

    async def _file(self, rows: Sequence[RowReport]) -> None:
        """Hand rows to the sink, one chunk at a time."""
        if self._filing:
            await self._filing
        self._filing = (
            asyncio.create_task(asyncio.to_thread(self._sink.take, self._object, rows)) if rows else None
        )

    async def _settle_late(self) -> None:
        """Set the references of rows to others of the same file, now that all are in."""
        if not self._late:
            return
        texts = sorted({text for _, row in self._late for text in row.later.values()})
        found = await references.look_up(self._tx, self._actor, self._object, texts)
        changes, warned = list[Change](), list[RowReport]()
        for record, row in self._late:
            known = {key: found[text] for key, text in row.later.items()}
            values = {key: target for key, target in known.items() if isinstance(target, UUID)}
            if values:
                changes.append(Change(dict(values), id=record, row=row.row))
            missing = [self._missing(row, key) for key in row.later if key not in values]
            if missing:
                warned.append(RowReport(row, Outcome.CREATED, record, tuple(missing)))
        if changes:
            await apply(
                self._tx,
                self._actor,
                replace(self._batch(changes), action=Action.UPDATE, trusted=True, assign=False),
            )
        self._report.warnings += [reason for row in warned for reason in row.reasons]
        await asyncio.to_thread(self._sink.warn, warned)

    def _missing(self, row: Prepared, key: str) -> Reason:
        label = self._object.fields[key].label
        text = NOT_BROUGHT_IN.text(self._actor.language, field=label, text=row.later[key][:60])
        return Reason(str(row.row), text, NOT_BROUGHT_IN.code)


def _next(chunks: Iterator[list[Prepared]]) -> list[Prepared]:
    return next(chunks, [])
