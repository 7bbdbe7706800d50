"""The statements about a team: each gives one JSON text."""

from collections.abc import Sequence
from datetime import datetime

from jieli.blueprint.model import Workspace
from jieli.db.sql import Sql, ident, join, literal, sql
from jieli.query.rows import Rows
from jieli.query.shape import title_of


def stuck(workspace: Workspace, found: Sequence[Rows], now: datetime, limit: int) -> Sql:
    """{"items": the `limit` that have been stuck longest, "groups": how many by object, stage and holder}."""
    each = [
        sql(
            "select {key} as object, t.id, {title} as title, t.stage, t.holder, t.stage_due, t.stage_since,"
            " t.blocked, t.blocked_since from {table} t where {where}",
            key=literal(rows.object.key),
            title=title_of(rows.object, ident("t")),
            table=rows.object.table,
            where=rows.predicate(),
        )
        for rows in found
    ]
    return sql(
        "with s as materialized ({each}) select json_build_object('items', (select coalesce(json_agg(row_to_json(i)"
        " order by i.place), '[]') from (select s.*, m.name, row_number() over (order by"
        " least(s.stage_due, s.blocked_since), s.id) as place from s left join {members} m on m.id = s.holder"
        " order by place limit {limit}) i), 'groups', (select coalesce(json_agg(row_to_json(g)), '[]') from"
        " (select s.object, s.stage, s.holder, m.name, count(*) as count,"
        " count(*) filter (where s.stage_due < {now}) as overdue, count(s.blocked) as blocked"
        " from s left join {members} m on m.id = s.holder group by 1, 2, 3, 4) g))::text",
        each=join(" union all ", each),
        members=workspace.object("member").table,
        limit=limit,
        now=now,
    )


def loads(workspace: Workspace, found: Sequence[Rows], now: datetime) -> Sql:
    """[{"object", "holder", "name", "role", "held", "overdue"}] of everybody who holds something."""
    each = [
        sql(
            "select {key} as object, t.holder, count(*) as held, count(*) filter (where t.stage_due < {now}) as"
            " overdue from {table} t where {where} group by 2",
            key=literal(rows.object.key),
            now=now,
            table=rows.object.table,
            where=rows.predicate(),
        )
        for rows in found
    ]
    return sql(
        "select coalesce(json_agg(row_to_json(l)), '[]')::text from (select h.*, m.name, m.roles[1] as role"
        " from ({each}) h join {members} m on m.id = h.holder) l",
        each=join(" union all ", each),
        members=workspace.object("member").table,
    )
