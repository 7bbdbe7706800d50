"""Bulk actions: many records changed in one step, chosen one by one or by a condition."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from jieli.access import Action as Ask
from jieli.access import Actor, require
from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.records import reading_store
from jieli.records.apply import apply
from jieli.records.model import Action, Batch, BatchResult, Change, Outcome, RowResult, Values
from jieli.records.read import ListQuery, ids_of

MOST = 10_000
MOST_SHOWN = 200
TOO_MANY = Message("too_many_records", "一次最多处理 {max} 条", "At most {max} records at a time")
NO_CHOICE = Message("no_records_chosen", "请选择要处理的记录", "Choose the records")
NO_OWNER = Message("no_owner", "请选择新的负责人", "Choose the new owner")


class BulkAction(StrEnum):
    UPDATE = "update"
    TRANSFER = "transfer"
    DELETE = "delete"
    RESTORE = "restore"


ASKED = {
    BulkAction.UPDATE: Ask.UPDATE,
    BulkAction.TRANSFER: Ask.TRANSFER,
    BulkAction.DELETE: Ask.DELETE,
    BulkAction.RESTORE: Ask.DELETE,
}
DONE = (Outcome.UPDATED, Outcome.DELETED, Outcome.RESTORED)


@dataclass(frozen=True, slots=True)
class Bulk:
    """`ids` or `query` chooses; by condition only those are chosen on which the action is allowed."""

    object: str
    action: BulkAction
    ids: Sequence[UUID] | None = None
    query: ListQuery | None = None
    values: Values = field(default_factory=dict)
    owner: str | None = None
    dry_run: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    id: UUID
    title: str | None
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class BulkResult:
    """`refused` names the first of those that were rejected; titles only of what the actor may see."""

    count: int
    batch: UUID | None
    updated: int
    rejected: int
    refused: tuple[Refused, ...]


class _TriedOut(Exception):
    """Ends the savepoint of a dry run."""

    def __init__(self, result: BatchResult) -> None:
        super().__init__("tried out")
        self.result = result


async def change_many(tx: Tx, actor: Actor, bulk: Bulk) -> BulkResult:
    """Do it; good rows are written and the others reported. Raises NotPermitted and Invalid."""
    obj = actor.workspace.object(bulk.object)
    require(actor, obj, ASKED[bulk.action])
    ids = await chosen(tx, actor, bulk)
    batch = Batch(bulk.object, _written_as(bulk.action), _changes(bulk, ids), atomic=False)
    result = await (_tried(tx, actor, batch) if bulk.dry_run else apply(tx, actor, batch))
    return await bulk_result(tx, actor, obj, result, ids=ids, dry_run=bulk.dry_run)


async def bulk_result(
    tx: Tx, actor: Actor, obj: Object, result: BatchResult, *, ids: Sequence[UUID] = (), dry_run: bool = False
) -> BulkResult:
    """A batch's result as people get it; `ids` are those of the rows, where rejected ones must be named."""
    rejected = [(i, row) for i, row in zip(ids, result.rows, strict=False) if row.outcome is Outcome.REJECTED]
    refused = await _refused(tx, actor, obj, rejected[:MOST_SHOWN])
    updated = result.count(*DONE)
    number = result.batch if updated and not dry_run else None
    return BulkResult(len(result.rows), number, updated, result.count(Outcome.REJECTED), refused)


async def chosen(tx: Tx, actor: Actor, bulk: Bulk) -> list[UUID]:
    if bulk.ids is not None:
        ids = list(dict.fromkeys(bulk.ids))
    elif bulk.query is not None:
        action = ASKED[bulk.action]
        ids = await ids_of(tx, actor, bulk.object, bulk.query, action=action, limit=MOST + 1)
    else:
        raise Invalid(Problem("ids", NO_CHOICE))
    if len(ids) > MOST:
        raise Invalid(Problem("ids", TOO_MANY, {"max": MOST}))
    return ids


def _written_as(action: BulkAction) -> Action:
    return Action.UPDATE if action is BulkAction.TRANSFER else Action(action)


def _changes(bulk: Bulk, ids: Sequence[UUID]) -> list[Change]:
    values: Values = {}
    if bulk.action is BulkAction.TRANSFER:
        if not bulk.owner:
            raise Invalid(Problem("owner", NO_OWNER))
        values = {"owner": bulk.owner}
    elif bulk.action is BulkAction.UPDATE:
        values = bulk.values
    return [Change(values, id=record, row=row) for row, record in enumerate(ids)]


async def _tried(tx: Tx, actor: Actor, batch: Batch) -> BatchResult:
    """What would happen, found out by doing it and taking it back."""
    try:
        async with tx.savepoint():
            raise _TriedOut(await apply(tx, actor, batch))
    except _TriedOut as tried:
        return tried.result


async def _refused(
    tx: Tx, actor: Actor, obj: Object, rejected: Sequence[tuple[UUID, RowResult]]
) -> tuple[Refused, ...]:
    if not rejected:
        return ()
    rows = await tx.all(reading_store.visible_titles(actor, obj, [record for record, _ in rejected]))
    titles = {row["id"]: row["title"] for row in rows}
    return tuple(Refused(record, titles.get(record), row.problems) for record, row in rejected)
