"""The statements of reading: single records, titles, search, what refers to a record, and rows for bulk actions."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from jieli.access import Action, Actor, predicate
from jieli.blueprint.model import Field, Object, Workspace
from jieli.db.sql import Sql, ident, join, literal, sql
from jieli.query.rows import Rows
from jieli.query.shape import shape, title_of
from jieli.records.store import columns_of


def one(actor: Actor, obj: Object, fields: Iterable[Field], record: UUID) -> Sql:
    """A visible record as one JSON text, with what the actor may do to it."""
    shaped = shape(actor.workspace, fields, ident("t"))
    staged = obj.has("staged")
    return sql(
        "select row_to_json(x)::text from (select {columns}, t.deleted_at, json_build_object("
        "'update', {update}, 'delete', {delete}, 'transfer', {transfer}, 'move', {move}, 'handoff', {handoff})"
        " as can from {table} t{joins} where t.id = {id} and {visible}) x",
        columns=shaped.columns,
        joins=shaped.joins,
        update=predicate(actor, obj, Action.UPDATE),
        delete=predicate(actor, obj, Action.DELETE),
        transfer=predicate(actor, obj, Action.TRANSFER),
        move=_held_or(actor, obj, Action.UPDATE) if staged else sql("false"),
        handoff=_held_or(actor, obj, Action.TRANSFER) if staged else sql("false"),
        table=obj.table,
        id=record,
        visible=predicate(actor, obj),
    )


def _held_or(actor: Actor, obj: Object, action: Action) -> Sql:
    """Whoever holds the record may, and who has the right."""
    return sql(
        "(t.holder is not null and (t.holder is not distinct from {me}::uuid or {right}))",
        me=actor.member,
        right=predicate(actor, obj, action),
    )


def stored(actor: Actor, obj: Object, record: UUID) -> Sql:
    """A visible record's columns."""
    return sql(
        "select {columns} from {table} t where t.id = {id} and {visible}",
        columns=join(", ", [sql("t.{c}", c=ident(name)) for name in columns_of(obj.fields.values())]),
        table=obj.table,
        id=record,
        visible=predicate(actor, obj),
    )


def exists(actor: Actor, obj: Object, record: UUID, action: Action) -> Sql:
    return sql(
        "select true from {table} t where t.id = {id} and {visible}",
        table=obj.table,
        id=record,
        visible=predicate(actor, obj, action),
    )


def ids(found_rows: Rows, limit: int) -> Sql:
    return sql(
        "select t.id from {table} t where {where} order by t.id limit {limit}",
        table=found_rows.object.table,
        where=found_rows.predicate(),
        limit=limit,
    )


def titles(workspace: Workspace, wanted: Mapping[str, Sequence[UUID]]) -> Sql:
    """The titles of records of several objects in one statement, whoever asks."""
    parts = [
        sql(
            "select {key} as object, t.id, {title} as title from {table} t where t.id = any({ids})",
            key=literal(key),
            title=title_of(workspace.object(key), ident("t")),
            table=workspace.object(key).table,
            ids=list(some),
        )
        for key, some in wanted.items()
    ]
    return join(" union all ", parts)


def visible_titles(actor: Actor, obj: Object, records: Sequence[UUID]) -> Sql:
    """The titles of those records that the actor may see."""
    return sql(
        "select t.id, {title} as title from {table} t where t.id = any({ids}) and {visible}",
        title=title_of(obj, ident("t")),
        table=obj.table,
        ids=list(records),
        visible=predicate(actor, obj),
    )
