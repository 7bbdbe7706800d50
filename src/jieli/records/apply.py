"""The write path: check → match → derive → write → log → announce, for one row as for a hundred thousand."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.base.errors import Conflict, Invalid, JieliError
from jieli.base.ids import uuid7
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.records import derive, errors, log, members, store
from jieli.records.draft import check_references, drafted, missing_required, values_of
from jieli.records.hooks import installed
from jieli.records.model import Action, Batch, BatchResult, Draft, Outcome, RowResult, Values

DONE = {
    Action.CREATE: Outcome.CREATED,
    Action.UPDATE: Outcome.UPDATED,
    Action.DELETE: Outcome.DELETED,
    Action.RESTORE: Outcome.RESTORED,
}


async def apply(tx: Tx, actor: Actor, batch: Batch) -> BatchResult:
    """Make the changes of a batch. Nothing else in the system changes a record.

    With `atomic` the first refusal is raised (NotFound, Denied, Conflict or Invalid with all problems) and the
    caller's transaction must be rolled back; otherwise refused rows are reported and the rest is written.
    All of a batch happens at one moment.
    """
    with clock.at(clock.now()):
        return await _applied(tx, actor, batch)


async def _applied(tx: Tx, actor: Actor, batch: Batch) -> BatchResult:
    obj = actor.workspace.object(batch.object)
    drafts = await drafted(tx, actor, obj, batch)
    hooks = installed()
    if obj.key == "member":
        members.guard(actor, batch, drafts)
    if batch.action in (Action.CREATE, Action.UPDATE) and not batch.past:
        await check_references(tx, actor, obj, batch, drafts)
    for step in hooks.prepare:
        await step(tx, actor, obj, batch, drafts)
    if batch.action in (Action.CREATE, Action.UPDATE):
        missing_required(obj, drafts)
        await derive.derived(tx, actor, obj, batch, drafts, hooks.derive)
    for step in hooks.settle:
        await step(tx, actor, obj, batch, drafts)
    if batch.atomic:
        _raise_first(drafts, batch)
    number = batch.id or uuid7()
    done = await _write(tx, actor, obj, batch, drafts)
    await log.record(tx, actor, batch, number, done)
    for step in hooks.written:
        await step(tx, actor, obj, batch, done)
    log.tell(tx, actor, batch, done)
    return _result(number, batch, drafts)


async def _write(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> list[Draft]:
    """Write the rows that nothing speaks against; gives them back."""
    alive = [draft for draft in drafts if draft.is_alive]
    match batch.action:
        case Action.CREATE:
            written = await _insert(tx, actor, obj, alive)
        case Action.UPDATE:
            written = await _update(tx, actor, obj, alive)
        case Action.DELETE | Action.RESTORE:
            written = await _mark(tx, actor, obj, batch, alive)
    for draft in written:
        draft.outcome = (
            DONE[batch.action] if draft.before is None or batch.action is not Action.CREATE else None
        )
        draft.outcome = draft.outcome or Outcome.UPDATED
    return written


async def _insert(tx: Tx, actor: Actor, obj: Object, drafts: Sequence[Draft]) -> list[Draft]:
    """New rows; drafts that a duplicate policy turned into updates are written as such."""
    fresh = [draft for draft in drafts if draft.before is None]
    now, by = clock.now(), actor.member
    for draft in fresh:
        values = draft.values
        values["created_at"] = values.get("created_at") or now
        values["updated_at"] = values.get("updated_at") or now
        if by:
            values["created_by"] = values.get("created_by") or by
            values["updated_by"] = by
    used = {key for draft in fresh for key, value in draft.values.items() if value is not None}
    fields = [field for field in obj.fields.values() if field.key in used]
    searchable = derive.is_searchable(obj)
    columns = ["id", *(["search_text"] if searchable else []), *store.columns_of(fields)]
    row = store.storing(fields)
    rows: Iterator[list[object]] = ([draft.id, *row(draft.values)] for draft in fresh)
    if searchable:
        texts = derive.search_texts(obj, fresh)
        rows = ([d.id, text, *row(d.values)] for d, text in zip(fresh, texts, strict=True))
    if fresh:
        await store.insert(tx, obj, columns, rows, len(fresh))
    return [*fresh, *await _update(tx, actor, obj, [draft for draft in drafts if draft.before is not None])]


async def _update(tx: Tx, actor: Actor, obj: Object, drafts: Sequence[Draft]) -> list[Draft]:
    """Write what differs; rows in which nothing does are left alone and count as unchanged."""
    groups: dict[frozenset[str], list[Draft]] = {}
    for draft in drafts:
        draft.values = values_of(draft)
        if not draft.values:
            draft.outcome = Outcome.UNCHANGED
            continue
        groups.setdefault(frozenset(draft.values), []).append(draft)
    now = clock.now()
    written: list[Draft] = []
    for keys, group in groups.items():
        for draft in group:
            stamps: Values = {"updated_at": now} | ({"updated_by": actor.member} if actor.member else {})
            draft.values = stamps | draft.values
        fields = [f for f in obj.fields.values() if f.key in keys or f.key in group[0].values]
        searched = derive.is_searchable(obj) and any(field.search for field in fields)
        columns = [*(["search_text"] if searched else []), *store.columns_of(fields)]
        row = store.storing(fields)
        rows = [row(draft.values) for draft in group]
        if searched:
            texts = derive.search_texts(obj, group)
            rows = [[text, *values] for text, values in zip(texts, rows, strict=True)]
        await store.update(tx, obj, columns, [draft.id for draft in group], rows)
        written += group
    return written


async def _mark(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> list[Draft]:
    """Into the trash or out of it; the row itself stays as it is, but for what hooks have put into the drafts."""
    gone = batch.action is Action.DELETE
    marks: list[object] = [clock.now(), actor.member] if gone else [None, None]
    groups: dict[frozenset[str], list[Draft]] = {}
    for draft in drafts:
        groups.setdefault(frozenset(draft.values), []).append(draft)
    for keys, group in groups.items():
        fields = [field for field in obj.fields.values() if field.key in keys]
        columns = ["deleted_at", "deleted_by", *store.columns_of(fields)]
        row = store.storing(fields)
        rows = [[*marks, *row(draft.values)] for draft in group]
        await store.update(tx, obj, columns, [draft.id for draft in group], rows)
    return list(drafts)


def _raise_first(drafts: Sequence[Draft], batch: Batch) -> None:
    refused = [draft for draft in drafts if draft.problems]
    if not refused:
        return
    if len(drafts) == 1:
        raise _single(refused[0])
    raise Invalid(*[p.under(f"rows.{draft.row}") for draft in refused for p in draft.problems])


KINDS: dict[str, type[JieliError]] = {
    errors.NOT_FOUND.code: errors.RecordNotFound,
    errors.MAY_NOT_CHANGE.code: errors.MayNotChange,
    errors.VERSION_CONFLICT.code: errors.VersionConflict,
    errors.DuplicateFound.message.code: errors.DuplicateFound,
}


def _single(draft: Draft) -> JieliError:
    """A batch of one answers with the kind of error that fits its first problem."""
    for problem in draft.problems:
        kind = KINDS.get(problem.code)
        if kind is not None:
            found = kind(*draft.problems) if issubclass(kind, Conflict) else kind()
            found.params["matches"] = draft.matches
            return found
    return Invalid.of(draft.problems)


def _result(number: UUID, batch: Batch, drafts: Sequence[Draft]) -> BatchResult:
    rows = tuple(
        RowResult(
            draft.row,
            draft.id if draft.outcome is not None else None,
            draft.outcome if draft.outcome and not draft.problems else Outcome.REJECTED,
            tuple(draft.problems),
            tuple(draft.matches),
        )
        for draft in drafts
    )
    return BatchResult(number, rows)
