"""The statements about a team: each gives one JSON text."""

from collections.abc import Sequence
from datetime import datetime

from jieli.blueprint.model import Object, Workspace
from jieli.db.sql import Sql, ident, join, literal, sql
from jieli.query.rows import Rows
from jieli.query.shape import title_of


def stuck(workspace: Workspace, found: Sequence[Rows], now: datetime, limit: int) -> Sql:
    """{"items": the `limit` that have been stuck longest, "groups": how many by object, stage and holder}."""
    each = [
        sql(
            "select {key} as object, t.id as record, t.stage, t.holder, t.stage_due, t.blocked_since from {table} t"
            " where {where}",
            key=literal(rows.object.key),
            table=rows.object.table,
            where=rows.predicate(),
        )
        for rows in found
    ]
    return sql(
        "with s as materialized ({each}), first as (select s.* from s order by least(s.stage_due, s.blocked_since),"
        " s.record limit {limit}) select json_build_object('items', (select coalesce(json_agg(json_build_object("
        "'object', i.object, 'record', i.record, 'stage', i.stage, 'holder', i.holder, 'due', i.stage_due,"
        " 'blocked_since', i.blocked_since, 'name', m.name, 'more', {more})"
        " order by least(i.stage_due, i.blocked_since), i.record), '[]')"
        " from first i left join {members} m on m.id = i.holder),"
        " 'groups', (select coalesce(json_agg(row_to_json(g)), '[]') from (select c.*, m.name from"
        " (select s.object, s.stage, s.holder, count(*) as count,"
        " count(*) filter (where s.stage_due < {now}) as overdue, count(s.blocked_since) as blocked"
        " from s group by 1, 2, 3) c left join {members} m on m.id = c.holder) g))::text",
        each=join(" union all ", each),
        more=_more([rows.object for rows in found]),
        members=workspace.object("member").table,
        limit=limit,
        now=now,
    )


def _more(objects: Sequence[Object]) -> Sql:
    """What is shown besides, looked up for the few that are shown."""
    cases = [
        sql(
            "when {key} then (select json_build_object('title', {title}, 'since', v.stage_since,"
            " 'blocked', v.blocked) from {table} v where v.id = i.record)",
            key=literal(obj.key),
            title=title_of(obj, ident("v")),
            table=obj.table,
        )
        for obj in objects
    ]
    return sql("case i.object {cases} end", cases=join(" ", cases))


def loads(workspace: Workspace, found: Sequence[Rows]) -> Sql:
    """[{"object", "holder", "name", "role", "held"}] of everybody who holds something."""
    each = [
        sql(
            "select {key} as object, t.holder, count(*) as held from {table} t where {where} group by 2",
            key=literal(rows.object.key),
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
