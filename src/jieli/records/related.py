"""Records of other objects that refer to one."""

from uuid import UUID

import orjson

from jieli.access import Action, Actor, may, may_read_field, rows, visible_fields
from jieli.blueprint.model import Field, Object
from jieli.db.pool import ReadTx
from jieli.db.sql import Sql, ident, sql
from jieli.query.shape import chosen
from jieli.records import reading_store as store
from jieli.records.model import Values
from jieli.records.read import require_visible

SHOWN = 5


async def related(tx: ReadTx, actor: Actor, object_key: str, record: UUID) -> list[Values]:
    """For each field that leads here: {"object", "field", "count", "items"} of what the actor may see, in one
    statement; groups without records are left out. Raises RecordNotFound."""
    obj = actor.workspace.object(object_key)
    await require_visible(tx, actor, obj, record)
    parts = [
        _group(actor, other, link, record)
        for other in actor.workspace.objects.values()
        for link in other.own_fields()
        if link.target == obj.key and _may_follow(actor, other, link)
    ]
    text = await tx.text(store.together(parts)) if parts else None
    groups: list[Values] = orjson.loads(text) if text else []
    return [group for group in groups if group["count"]]


def _may_follow(actor: Actor, other: Object, link: Field) -> bool:
    return may(actor, other.key, Action.READ) and may_read_field(actor, other, link)


def _group(actor: Actor, other: Object, link: Field, record: UUID) -> Sql:
    column = ident(link.columns[0].name)
    leads_here = (
        sql("t.{c} @> array[{id}::uuid]", c=column, id=record)
        if link.is_many
        else sql("t.{c} = {id}", c=column, id=record)
    )
    fields = chosen(other, visible_fields(actor, other), other.definition.columns)
    return store.referring(actor.workspace, link, rows(actor, other, leads_here), fields, SHOWN)
