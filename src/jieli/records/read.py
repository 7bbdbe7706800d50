"""Reading records: pages, single records, counts, boards, aggregates and search, always within access."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

import orjson

from jieli.access import (
    Action,
    Actor,
    ActorGuard,
    condition,
    hidden_fields,
    predicate,
    require,
    rows,
    visible_fields,
)
from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint.document import Process
from jieli.blueprint.model import Object
from jieli.db.errors import BadValue
from jieli.db.pool import ReadTx, Record
from jieli.db.sql import ident, sql
from jieli.query.aggregate import aggregate_statement, parse_aggregate
from jieli.query.board import Board, board_statement
from jieli.query.order import BAD_CURSOR, Key, cursor, is_sortable, sort_keys
from jieli.query.page import EXACT_UP_TO, Page, count_statement, estimate_statement, page_statement
from jieli.query.rows import Rows
from jieli.query.search import search_condition
from jieli.query.shape import chosen
from jieli.records import reading_store
from jieli.records.errors import MayNotChange, RecordNotFound
from jieli.records.model import Values
from jieli.records.store import loaded

BAD_LIMIT = Message("bad_limit", "每页 1 到 {max} 条", "From 1 to {max} rows a page")
NOT_STAGED = Message("not_staged", "该对象没有流程阶段", "This object has no stages")
LARGEST_PAGE = 500


@dataclass(frozen=True, slots=True)
class ListQuery:
    """What a list asks for. `where` is a condition tree, `q` words to search, `after` a cursor."""

    where: object = field(default_factory=dict)
    sort: Sequence[str] = ()
    columns: Sequence[str] | None = None
    limit: int = 50
    after: str | None = None
    q: str = ""
    count: bool = False
    trash: bool = False


def ranged(actor: Actor, obj: Object, query: ListQuery, action: Action = Action.READ) -> Rows:
    """The rows that a query ranges over: those on which the action is allowed, as far as they may be seen. Raises
    NotPermitted or Invalid."""
    require(actor, obj, action)
    where = condition(actor, obj, query.where)
    if query.q.strip():
        found = search_condition(obj, ident("t"), query.q, ActorGuard(actor))
        where = sql("{where} and {found}", where=where, found=found)
    if action is not Action.READ:
        where = sql("{where} and {seen}", where=where, seen=predicate(actor, obj))
    return rows(actor, obj, where, trash=query.trash, action=action)


def ordered(actor: Actor, obj: Object, asked: Sequence[str]) -> tuple[Key, ...]:
    """The order asked for, else the object's own as far as the actor may read it. Raises Invalid."""
    usual = [name for name in obj.definition.sort if name.removeprefix("-") not in hidden_fields(actor, obj)]
    return sort_keys(obj, asked or usual, ActorGuard(actor))


async def list_records(tx: ReadTx, actor: Actor, object_key: str, query: ListQuery) -> bytes:
    """A page as the JSON text {"items", "next", "count"?}, built by PostgreSQL."""
    obj = actor.workspace.object(object_key)
    if not 1 <= query.limit <= LARGEST_PAGE:
        raise Invalid(Problem("limit", BAD_LIMIT, {"max": LARGEST_PAGE}))
    keys = ordered(actor, obj, query.sort)
    found = ranged(actor, obj, query)
    fields = chosen(obj, visible_fields(actor, obj), query.columns)
    page = Page(fields, keys, query.limit, query.after)
    try:
        row = await tx.one(page_statement(actor.workspace, found, page))
    except BadValue:
        if not query.after:
            raise
        # Of all values only those of a cursor have not been read by the types of their fields.
        raise Invalid(Problem("after", BAD_CURSOR)) from None
    assert row is not None
    parts = [b'{"items":', row["items"].encode(), b',"next":', _next(row)]
    if query.count:
        parts += [b',"count":', orjson.dumps(await counted(tx, found))]
    return b"".join([*parts, b"}"])


def _next(row: Record) -> bytes:
    return orjson.dumps(cursor(row["last"])) if row["more"] else b"null"


async def counted(tx: ReadTx, found: Rows) -> Values:
    """{"value", "exact"}: exact up to EXACT_UP_TO, beyond that the planner's estimate."""
    value = await tx.value(count_statement(found))
    if value <= EXACT_UP_TO:
        return {"value": value, "exact": True}
    plan = await tx.value(estimate_statement(found))
    plan = orjson.loads(plan) if isinstance(plan, str | bytes) else plan
    return {"value": max(EXACT_UP_TO, int(plan[0]["Plan"]["Plan Rows"])), "exact": False}


async def get_record(tx: ReadTx, actor: Actor, object_key: str, record: UUID) -> Values:
    """One record with what the actor may do to it under `can`. Raises RecordNotFound, also when not visible."""
    obj = actor.workspace.object(object_key)
    text = await tx.text(reading_store.one(actor, obj, visible_fields(actor, obj), record))
    if text is None:
        raise RecordNotFound
    found: Values = orjson.loads(text)
    return found


async def visible_ids(tx: ReadTx, actor: Actor, obj: Object, ids: Sequence[UUID]) -> list[UUID]:
    """Those of the records, in the trash or not, that the actor may see."""
    return [row["id"] for row in await tx.all(reading_store.visible_ids(actor, obj, ids))]


async def stored_values(tx: ReadTx, actor: Actor, obj: Object, record: UUID) -> Values:
    """The values of one visible record as the write path knows them, with those of hidden fields: for checks, not
    for showing. Raises RecordNotFound."""
    row = await tx.one(reading_store.stored(actor, obj, record))
    if row is None:
        raise RecordNotFound
    return loaded(obj.fields.values(), row)


async def require_visible(
    tx: ReadTx, actor: Actor, obj: Object, record: UUID, action: Action = Action.READ
) -> None:
    """Raises RecordNotFound for what the actor may not see; NotPermitted is the caller's business."""
    if not await tx.value(reading_store.exists(actor, obj, record, action)):
        raise RecordNotFound


async def require_changeable(tx: ReadTx, actor: Actor, obj: Object, record: UUID) -> None:
    """Raises RecordNotFound, and MayNotChange for who may see the record but neither change it nor hold it."""
    may_change = await tx.value(reading_store.changeable(actor, obj, record))
    if may_change is None:
        raise RecordNotFound
    if not may_change:
        raise MayNotChange


async def board(
    tx: ReadTx, actor: Actor, object_key: str, query: ListQuery, process_key: str | None = None
) -> Values:
    """The columns of a process: {"columns": [{"stage", "count", "sum", "items", "next"}]} in the order of its
    stages, with the sums of the money fields that the cards show. `next` continues the column as a list with the same
    sort, restricted to the stage."""
    obj = actor.workspace.object(object_key)
    key, process = _process(actor, obj, process_key)
    visible = visible_fields(actor, obj)
    keys = ordered(actor, obj, query.sort)
    stages = [stage.key for stage in process.stages]
    fields = chosen(obj, visible, query.columns)
    sums = [field for field in fields if field.type.key == "money"]
    shown = Board(key, stages, fields, sums, keys, query.limit)
    text = await tx.text(board_statement(actor.workspace, ranged(actor, obj, query), shown))
    found = orjson.loads(text or "{}")
    return {"columns": [_column(stage, found.get(stage, {})) for stage in stages]}


def _process(actor: Actor, obj: Object, asked: str | None) -> tuple[str, Process]:
    found = actor.workspace.process(obj.key)
    if found is None or not obj.has("staged") or asked not in (None, found[0]):
        raise Invalid(Problem("process" if asked else "object", NOT_STAGED))
    return found


def _column(stage: str, found: Values) -> Values:
    last = found.get("last")
    return {
        "stage": stage,
        "count": found.get("count", 0),
        "sum": found.get("sum", {}),
        "items": found.get("items", []),
        "next": cursor(last) if last else None,
    }


async def aggregate(
    tx: ReadTx,
    actor: Actor,
    object_key: str,
    query: ListQuery,
    *,
    group: Sequence[object],
    measures: Sequence[object],
) -> bytes:
    """{"rows": [{"group": […], "values": […]}]} as JSON text, over the rows that the query ranges over."""
    obj = actor.workspace.object(object_key)
    wanted = parse_aggregate(obj, ActorGuard(actor), group, measures)
    found = ranged(actor, obj, query)
    text = await tx.text(aggregate_statement(actor.workspace, found, wanted, str(actor.zone)))
    return b'{"rows":' + (text or "[]").encode() + b"}"


def sortable(obj: Object) -> frozenset[str]:
    return frozenset(key for key, field in obj.fields.items() if is_sortable(field))


async def ids_of(
    tx: ReadTx, actor: Actor, object_key: str, query: ListQuery, *, action: Action, limit: int
) -> list[UUID]:
    """The ids for a bulk action chosen by condition: at most `limit`, only what the action is allowed on."""
    found = ranged(actor, actor.workspace.object(object_key), query, action)
    return [row["id"] for row in await tx.all(reading_store.ids(found, limit))]


async def titles_of(
    tx: ReadTx, actor: Actor, wanted: Mapping[str, Iterable[UUID]]
) -> dict[tuple[str, UUID], str]:
    """The titles of records of several objects, whether the actor may see them or not; one statement."""
    asked = {key: list(ids) for key, ids in wanted.items() if key in actor.workspace.objects}
    asked = {key: ids for key, ids in asked.items() if ids}
    rows_found = await tx.all(reading_store.titles(actor.workspace, asked)) if asked else []
    return {(row["object"], row["id"]): row["title"] for row in rows_found}
