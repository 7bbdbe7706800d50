"""The statements of undo."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from jieli.blueprint.model import Field, Object, Workspace
from jieli.db.pool import Record
from jieli.db.sql import EMPTY, FALSE, Sql, ident, join, sql
from jieli.query.shape import title_of
from jieli.records.store import columns_of

RECORD_TABLES = (
    "claim",
    "share",
    "span",
    "handoff",
    "deliverable",
    "comment",
    "file",
    "notification",
    "assignment",
)
"""What hangs on a record besides its events."""


def events(workspace: Workspace, batch: UUID) -> Sql:
    """What a batch did, in order; of what it created only that."""
    return sql(
        "select id, at, actor, channel, object, record, kind, case when kind <> 'created' then changes end as changes"
        " from {event} where batch = {batch} order by id",
        event=workspace.table("event"),
        batch=batch,
    )


def mark(workspace: Workspace, batch: UUID, by: UUID | None, at: datetime, first: Record) -> Sql:
    """Gives the id when this call is the one that marks it. A single edit has no batch row until now."""
    return sql(
        "insert into {table} as b (id, at, actor, channel, object, action, source, rows, undone_at, undone_by)"
        " values ({id}, {done}, {actor}, {channel}, {object}, 'update', 'screen', 1, {at}, {by})"
        " on conflict (id) do update set undone_at = {at}, undone_by = {by} where b.undone_at is null returning id",
        table=workspace.table("batch"),
        id=batch,
        done=first["at"],
        actor=first["actor"],
        channel=first["channel"],
        object=first["object"],
        at=at,
        by=by,
    )


def current(obj: Object, ids: Sequence[UUID]) -> Sql:
    """The rows as they are now, locked."""
    return sql(
        "select t.id, {columns}, {title} as title_text from {table} t where t.id = any({ids}) order by t.id"
        " for update",
        columns=join(", ", [sql("t.{c}", c=ident(c)) for c in columns_of(obj.fields.values())]),
        title=title_of(obj, ident("t")),
        table=obj.table,
        ids=list(ids),
    )


def present(obj: Object, ids: Sequence[UUID]) -> Sql:
    """Which of the rows are there, locked."""
    return sql(
        "select t.id from {table} t where t.id = any({ids}) order by t.id for update",
        table=obj.table,
        ids=list(ids),
    )


def touched_since(workspace: Workspace, obj: Object, batch: UUID, last: Mapping[UUID, UUID]) -> Sql:
    """Which of the records have events of people after the `last` of the batch, but for what is taken back already.
    What the program did by itself, such as reminding or offering a win to customer success, is nobody's work."""
    return sql(
        "select t.id, {title} as title_text from {table} t join unnest({ids}::uuid[], {last}::uuid[]) w(id, last)"
        " using (id) where exists (select 1 from {event} e where e.record = t.id and e.id > w.last"
        " and e.object = {object} and e.batch is distinct from {batch} and e.kind <> 'undone'"
        " and e.channel <> 'rule' and not exists (select 1 from {batches} b where b.id = e.batch"
        " and b.undone_at is not null))",
        title=title_of(obj, ident("t")),
        table=obj.table,
        ids=list(last),
        last=list(last.values()),
        event=workspace.table("event"),
        batches=workspace.table("batch"),
        object=obj.key,
        batch=batch,
    )


def used_elsewhere(workspace: Workspace, obj: Object, going: Mapping[str, Sequence[UUID]]) -> Sql:
    """Which of the object's records that are `going`, by object, others refer to that are not. Every field is asked by
    itself, so that each can use its index."""
    ids = going[obj.key]
    uses = [
        _uses(other, field, ids, going.get(other.key, ()))
        for other in workspace.objects.values()
        for field in other.fields.values()
        if field.target == obj.key
    ]
    return sql(
        "select t.id, {title} as title_text from {table} t where t.id = any({ids}) and {used}",
        title=title_of(obj, ident("t")),
        table=obj.table,
        ids=list(ids),
        used=sql("t.id in ({uses})", uses=join(" union all ", uses)) if uses else FALSE,
    )


def _uses(other: Object, field: Field, ids: Sequence[UUID], going: Sequence[UUID]) -> Sql:
    parts = {
        "table": other.table,
        "column": ident(field.columns[0].name),
        "ids": list(ids),
        "others": sql(" and o.id <> all({going}::uuid[])", going=list(going)) if going else EMPTY,
    }
    if field.is_many:
        return sql(
            "select unnest(o.{column}) from {table} o where o.{column} && {ids}::uuid[]{others}", **parts
        )
    return sql("select o.{column} from {table} o where o.{column} = any({ids}::uuid[]){others}", **parts)


def forget(workspace: Workspace, table: str, ids: Sequence[UUID]) -> Sql:
    return sql("delete from {table} where record = any({ids})", table=workspace.table(table), ids=list(ids))


def remove(workspace: Workspace, going: Mapping[str, Sequence[UUID]]) -> Sql:
    """Records of several objects, which may refer to one another, in one statement."""
    removals = [
        sql(
            "{name} as (delete from {table} where id = any({ids}))",
            name=ident(f"d{n}"),
            table=table,
            ids=list(ids),
        )
        for n, (table, ids) in enumerate((workspace.object(key).table, ids) for key, ids in going.items())
    ]
    return sql("with {removals} select", removals=join(", ", removals))
