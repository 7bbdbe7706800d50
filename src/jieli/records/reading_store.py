"""The statements of reading: single records, titles, search, what refers to a record, and rows for bulk actions."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from jieli.access import Action, Actor, predicate
from jieli.blueprint.model import Field, Object, Workspace
from jieli.db.sql import FALSE, Sql, ident, join, literal, sql
from jieli.query.order import Key, order_by
from jieli.query.page import found as page_rows
from jieli.query.rows import Rows
from jieli.query.shape import shape, title_of
from jieli.records.model import Values
from jieli.records.store import columns_of


@dataclass(frozen=True, slots=True)
class ExportPage:
    fields: Sequence[Field]
    limit: int
    cursor: str | None


def one(actor: Actor, obj: Object, fields: Iterable[Field], record: UUID) -> Sql:
    """A visible record as one JSON text, with what the actor may do to it."""
    shaped = shape(actor.workspace, fields, ident("t"))
    staged = obj.has("staged")
    return sql(
        "select row_to_json(x)::text from (select {columns}, t.deleted_at, json_build_object("
        "'update', {update}, 'delete', {delete}, 'transfer', {transfer}, 'move', {move},"
        " 'handoff', {active} and {handoff}) as can from {table} t{joins} where t.id = {id} and {visible}) x",
        columns=shaped.columns,
        joins=shaped.joins,
        update=_may(actor, obj, Action.UPDATE),
        delete=_may(actor, obj, Action.DELETE),
        transfer=_may(actor, obj, Action.TRANSFER),
        move=_held_or(actor, obj, Action.UPDATE) if staged else FALSE,
        handoff=_held_or(actor, obj, Action.TRANSFER) if staged else FALSE,
        active=sql("t.holder is not null") if staged else FALSE,
        table=obj.table,
        id=record,
        visible=predicate(actor, obj),
    )


def _may(actor: Actor, obj: Object, action: Action) -> Sql:
    """Whether the action is allowed on the row: never null, as a scope over an empty field would be."""
    return sql("({right}) is true", right=predicate(actor, obj, action))


def _held_or(actor: Actor, obj: Object, action: Action) -> Sql:
    """Whoever holds the record may, and who has the right."""
    return sql(
        "(t.holder is not distinct from {me}::uuid or {right})",
        me=actor.member,
        right=_may(actor, obj, action),
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


def changeable(actor: Actor, obj: Object, record: UUID) -> Sql:
    """Whether the actor may change or holds a visible record that is not in the trash; no row when not visible."""
    right = _may(actor, obj, Action.UPDATE)
    return sql(
        "select t.deleted_at is null and {right} from {table} t where t.id = {id} and {visible}",
        right=_held_or(actor, obj, Action.UPDATE) if obj.has("staged") else right,
        table=obj.table,
        id=record,
        visible=predicate(actor, obj),
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


def visible_ids(actor: Actor, obj: Object, records: Sequence[UUID]) -> Sql:
    return sql(
        "select t.id from {table} t where t.id = any({ids}) and {visible}",
        table=obj.table,
        ids=list(records),
        visible=predicate(actor, obj),
    )


def visible_titles(actor: Actor, obj: Object, records: Sequence[UUID]) -> Sql:
    """The titles of those records that the actor may see."""
    return sql(
        "select t.id, {title} as title from {table} t where t.id = any({ids}) and {visible}",
        title=title_of(obj, ident("t")),
        table=obj.table,
        ids=list(records),
        visible=predicate(actor, obj),
    )


def referring(workspace: Workspace, link: Field, found: Rows, fields: Sequence[Field], limit: int) -> Sql:
    """How many visible records refer to one through a field, and the newest of them, as a JSON object."""
    shaped = shape(workspace, fields, ident("t"))
    parts = {"table": found.object.table, "where": found.predicate()}
    return sql(
        "json_build_object('object', {object}, 'field', {field},"
        " 'count', (select count(*) from {table} t where {where}),"
        " 'items', (select coalesce(json_agg(row_to_json(x)), '[]') from (select {columns} from {table} t{joins}"
        " where {where} order by t.id desc limit {limit}) x))",
        object=literal(found.object.key),
        field=literal(link.key),
        columns=shaped.columns,
        joins=shaped.joins,
        limit=limit,
        **parts,
    )


def together(parts: Sequence[Sql]) -> Sql:
    """JSON expressions as one JSON array, in one statement."""
    return sql("select json_build_array({parts})::text", parts=join(", ", parts))


def hits(workspace: Workspace, found: Rows, fields: Sequence[Field], words: Sql, limit: int) -> Sql:
    """The newest matches of one object as a JSON object; those that begin with the words come first."""
    shaped = shape(workspace, fields, ident("t"))
    newest = found.first(sql("t.id"), sql("t.id desc"), limit * 4)
    return sql(
        "json_build_object('object', {object}, 'items', (select coalesce(json_agg(row_to_json(x)), '[]') from"
        " (select {columns} from ({newest}) n join {table} t on t.id = n.id{joins}"
        " order by {title} ilike {words} desc, t.id desc limit {limit}) x))",
        object=literal(found.object.key),
        columns=shaped.columns,
        joins=shaped.joins,
        newest=newest,
        table=found.object.table,
        title=title_of(found.object, ident("t")),
        words=words,
        limit=limit,
    )


def exported(workspace: Workspace, found: Rows, keys: Sequence[Key], page: ExportPage) -> Sql:
    """A page of raw columns in the order of the keys, with the sort values as `last` for the next one."""
    names = [sql("t.{c}", c=ident(name)) for name in columns_of(page.fields)]
    return sql(
        "select t.id, array[{last}] as last, {columns} from"
        " (select * from ({found}) p order by {order} limit {limit}) p join {table} t on t.id = p.id"
        " order by {order}",
        last=join(", ", [sql("p.{k}::text", k=ident(key.name)) for key in keys]),
        columns=join(", ", names) if names else sql("t.id"),
        found=page_rows(found, keys, page.limit, page.cursor),
        order=order_by(keys, inner=False),
        limit=page.limit,
        table=found.object.table,
    )


def batch_note(workspace: Workspace, batch: UUID, note: Values) -> Sql:
    return sql(
        "update {batch} set note = {note} where id = {id}",
        batch=workspace.table("batch"),
        note=note,
        id=batch,
    )
