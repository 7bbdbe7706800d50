"""The past that the records came through: the legs that have ended, who was let see what, and no leg begun today."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from bench.rows import LEAD_STAGES, WAY
from jieli.blueprint.model import Workspace
from jieli.db.sql import Sql, sql

OFFICE_SHARE = 0.24
"""Forty hours of a week are working time."""
SHARED_EACH = 50
"""One in so many opportunities is shared with a second salesperson."""


def statements(workspace: Workspace, sellers: Sequence[UUID]) -> Iterator[Sql]:
    yield _ended_legs(workspace, "opportunity", WAY)
    yield _ended_legs(workspace, "lead", [*list(LEAD_STAGES)[:3]])
    yield _running_legs(workspace, "opportunity")
    yield _running_legs(workspace, "lead")
    yield _shares(workspace, sellers)


def _ended_legs(workspace: Workspace, object_key: str, way: Sequence[str]) -> Sql:
    """The stages that a record has left: the time from entry until now in equal parts."""
    return sql(
        "insert into {span} (id, object, record, process, stage, holder, department, entered, left_at,"
        " working_seconds, left_to)"
        " select gen_random_uuid(), {object}, t.id, t.process, s.stage, t.owner, t.department,"
        " t.created_at + (t.stage_since - t.created_at) * ((s.n - 1)::float8 / w.total),"
        " t.created_at + (t.stage_since - t.created_at) * (s.n::float8 / w.total),"
        " extract(epoch from t.stage_since - t.created_at) / w.total * {share}::float8 * (0.5 + random()),"
        " coalesce(({way}::text[])[s.n + 1], t.stage)"
        " from {table} t, lateral (select array_position({way}::text[], coalesce(t.reached, t.stage))"
        " - (t.stage = any({way}::text[]))::int as total) w,"
        " unnest({way}::text[]) with ordinality s(stage, n) where s.n <= w.total and t.owner is not null",
        span=workspace.table("span"),
        table=workspace.object(object_key).table,
        object=object_key,
        share=OFFICE_SHARE,
        way=list(way),
    )


def _running_legs(workspace: Workspace, object_key: str) -> Sql:
    return sql(
        "update {span} s set entered = t.stage_since, due = s.due - (s.entered - t.stage_since)"
        " from {table} t where t.id = s.record and s.left_at is null",
        span=workspace.table("span"),
        table=workspace.object(object_key).table,
    )


def _shares(workspace: Workspace, sellers: Sequence[UUID]) -> Sql:
    return sql(
        "insert into {share} (member, object, record, level, via, since)"
        " select s.member, 'opportunity', t.id, 'read', 'shared', t.created_at"
        " from (select id, created_at, row_number() over (order by id) as n from {table}) t"
        " join unnest({sellers}::uuid[]) with ordinality s(member, n)"
        " on s.n = t.n / {each}::int % {people}::int + 1 where t.n % {each}::int = 0",
        share=workspace.table("share"),
        table=workspace.object("opportunity").table,
        sellers=list(sellers),
        each=SHARED_EACH,
        people=len(sellers),
    )
