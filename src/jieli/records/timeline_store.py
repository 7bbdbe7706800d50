"""The statements of a record's timeline."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from jieli.blueprint.model import Field, Object, Workspace
from jieli.db.sql import FALSE, Sql, ident, join, sql
from jieli.query.shape import shape

Mark = tuple[datetime, UUID]
"""Where a page ends: the moment and the id of its last item."""


def events(
    workspace: Workspace,
    record: UUID,
    kinds: Sequence[str],
    hidden: Iterable[str],
    before: Mark | None,
    limit: int,
) -> Sql:
    """The newest events of a record, with the comment they speak of; without kinds, all of them. Files that came or
    went in hidden fields are left out."""
    return sql(
        "select e.id, e.at, e.actor, e.kind, e.changes, e.about, c.text as comment, c.mentions,"
        " c.deleted_at is not null as withdrawn from {event} e left join {comment} c"
        " on e.kind = 'commented' and c.id = (e.about ->> 'comment')::uuid where e.record = {record}"
        " and not exists (select 1 from {file} f where f.id = (e.about -> 'file' ->> 'id')::uuid"
        " and f.field = any({hidden}::text[]))"
        " and (cardinality({kinds}::text[]) = 0 or e.kind = any({kinds})) and {older}"
        " order by e.at desc, e.id desc limit {limit}",
        event=workspace.table("event"),
        comment=workspace.table("comment"),
        file=workspace.table("file"),
        hidden=list(hidden),
        record=record,
        kinds=list(kinds),
        older=_older(before, sql("e.at"), sql("e.id")),
        limit=limit,
    )


def activities(
    workspace: Workspace,
    obj: Object,
    visible: Sql,
    links: Sequence[Field],
    record: UUID,
    *,
    before: Mark | None,
    limit: int,
    fields: Sequence[Field],
) -> Sql:
    """The newest follow-ups about a record as JSON, with the moment they tell of. Few are about one record, so each of
    them is looked at and not all that may be seen."""
    shaped = shape(workspace, fields, ident("t"))
    linked = [sql("t.{c} = {id}", c=ident(link.columns[0].name), id=record) for link in links]
    return sql(
        "select x.id, x.moment as at, x.author as actor, row_to_json(x)::jsonb - 'moment' - 'author' as record"
        " from (select {columns}, coalesce(t.at, t.created_at) as moment, coalesce(t.owner, t.created_by) as author"
        " from {table} t{joins} where t.deleted_at is null and {visible} and {linked} and {older}"
        " order by coalesce(t.at, t.created_at) desc, t.id desc limit {limit}) x",
        columns=shaped.columns,
        joins=shaped.joins,
        table=obj.table,
        visible=visible,
        linked=sql("({any})", any=join(" or ", linked)) if linked else FALSE,
        older=_older(before, sql("coalesce(t.at, t.created_at)"), sql("t.id")),
        limit=limit,
    )


def _older(before: Mark | None, at: Sql, number: Sql) -> Sql:
    if before is None:
        return sql("true")
    return sql("({at}, {number}) < ({moment}, {id})", at=at, number=number, moment=before[0], id=before[1])
