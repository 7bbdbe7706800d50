"""Saved views: conditions, order and columns that somebody keeps for themselves or shares with everybody."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from jieli.access import Action as Ask
from jieli.access import Actor, ActorGuard, condition, require
from jieli.base import clock
from jieli.base.errors import Denied, Invalid, NotFound, Problem
from jieli.base.ids import uuid7
from jieli.base.language import Message
from jieli.blueprint.document import Label
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.query.order import sort_keys
from jieli.records import attached_store as store
from jieli.records.errors import UNKNOWN_FIELD
from jieli.records.model import Values
from jieli.records.read import ListQuery

MOST_VIEWS = 200
TOO_MANY = Message("too_many_views", "每个对象最多保存 {max} 个视图", "At most {max} views for each object")


class ViewUnknown(NotFound):
    message = Message("view_unknown", "没有这个视图", "There is no such view")


class NotYourView(Denied):
    message = Message("not_your_view", "只有创建者可以修改视图", "Only who made the view may change it")


@dataclass(frozen=True, slots=True)
class SavedView:
    id: UUID
    object: str
    label: Label
    owner: UUID
    shared: bool
    where: Values
    sort: tuple[str, ...]
    columns: tuple[str, ...]


def _view(row: Record) -> SavedView:
    return SavedView(
        row["id"],
        row["object"],
        Label.model_validate(row["label"]),
        row["owner"],
        row["shared"],
        row["conditions"],
        tuple(row["sort"]),
        tuple(row["columns"]),
    )


async def views(tx: ReadTx, actor: Actor, object_key: str) -> list[SavedView]:
    """The actor's own views of an object and the shared ones, oldest first."""
    obj = actor.workspace.object(object_key)
    require(actor, obj, Ask.READ)
    return [_view(row) for row in await tx.all(store.views(actor.workspace, object_key, actor.member))]


async def add_view(
    tx: Tx,
    actor: Actor,
    object_key: str,
    *,
    label: Label,
    where: Values,
    sort: Sequence[str] = (),
    columns: Sequence[str] = (),
    shared: bool = False,
) -> SavedView:
    """Keep a view. Raises Invalid when the actor could not use it."""
    obj = actor.workspace.object(object_key)
    require(actor, obj, Ask.READ)
    if len(await views(tx, actor, object_key)) >= MOST_VIEWS:
        raise Invalid(Problem("", TOO_MANY, {"max": MOST_VIEWS}))
    assert actor.member is not None
    view = SavedView(uuid7(), object_key, label, actor.member, shared, where, tuple(sort), tuple(columns))
    _require_usable(actor, obj, view)
    await tx.run(store.add_view(actor.workspace, _stored(view), clock.now()))
    return view


async def change_view(tx: Tx, actor: Actor, view_id: UUID, changes: Values) -> SavedView:
    """Change what is given. Raises ViewUnknown, NotYourView, Invalid."""
    view = replace(await _own(tx, actor, view_id), **changes)
    _require_usable(actor, actor.workspace.object(view.object), view)
    await tx.run(store.change_view(actor.workspace, _stored(view)))
    return view


async def drop_view(tx: Tx, actor: Actor, view_id: UUID) -> None:
    await _own(tx, actor, view_id)
    await tx.run(store.drop_view(actor.workspace, view_id))


async def with_view(
    tx: ReadTx, actor: Actor, object_key: str, query: ListQuery, view: str | None
) -> ListQuery:
    """The query within a view, named by its key in the blueprint or by its id; order and columns of the view
    hold where the query has none of its own. Raises ViewUnknown."""
    if not view:
        return query
    where, sort, columns = await _named(tx, actor, object_key, view)
    both = {"all": [where, query.where]} if where and query.where else where or query.where
    return replace(query, where=both, sort=query.sort or sort, columns=query.columns or columns or None)


async def _named(
    tx: ReadTx, actor: Actor, object_key: str, name: str
) -> tuple[Values, Sequence[str], Sequence[str]]:
    obj = actor.workspace.object(object_key)
    given = next((one for one in obj.definition.views if one.key == name), None)
    if given is not None:
        return given.where, given.sort, given.columns
    try:
        view = await _visible(tx, actor, UUID(name))
    except ValueError:
        raise ViewUnknown from None
    if view.object != object_key:
        raise ViewUnknown
    return view.where, view.sort, view.columns


async def _visible(tx: ReadTx, actor: Actor, view_id: UUID) -> SavedView:
    row = await tx.one(store.view(actor.workspace, view_id))
    if row is None or not (row["shared"] or row["owner"] == actor.member):
        raise ViewUnknown
    if row["object"] not in actor.workspace.objects:
        raise ViewUnknown
    return _view(row)


async def _own(tx: Tx, actor: Actor, view_id: UUID) -> SavedView:
    view = await _visible(tx, actor, view_id)
    if view.owner != actor.member:
        raise NotYourView
    return view


def _require_usable(actor: Actor, obj: Object, view: SavedView) -> None:
    condition(actor, obj, view.where)
    guard = ActorGuard(actor)
    sort_keys(obj, view.sort, guard)
    for place, key in enumerate(view.columns):
        field = obj.fields.get(key)
        if field is None or not guard.may_read(obj, field):
            raise Invalid(Problem(f"columns.{place}", UNKNOWN_FIELD, {"field": key[:60]}))


def _stored(view: SavedView) -> Values:
    return {
        "id": view.id,
        "object": view.object,
        "label": view.label.model_dump(),
        "owner": view.owner,
        "shared": view.shared,
        "conditions": view.where,
        "sort": list(view.sort),
        "columns": list(view.columns),
    }
