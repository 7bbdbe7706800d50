"""The statements of the relay."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jieli.blueprint.model import Workspace
from jieli.db.sql import Sql, sql


def open_spans(workspace: Workspace, records: Sequence[UUID]) -> Sql:
    return sql(
        "select id, record, entered from {span} where record = any({records}) and left_at is null for update",
        span=workspace.table("span"),
        records=list(records),
    )


def close_spans(workspace: Workspace, closing: Sequence[tuple[UUID, datetime, int, str]]) -> Sql:
    ids, left, seconds, to = zip(*closing, strict=True)
    return sql(
        "update {span} s set left_at = c.left_at, working_seconds = c.seconds, left_to = c.left_to"
        " from unnest({ids}::uuid[], {left}::timestamptz[], {seconds}::bigint[], {to}::text[])"
        " c(id, left_at, seconds, left_to) where s.id = c.id",
        span=workspace.table("span"),
        ids=list(ids),
        left=list(left),
        seconds=list(seconds),
        to=list(to),
    )


def least_loaded(workspace: Workspace, role: str | None) -> Sql:
    """The active member with this role who holds the fewest records; anybody active when nobody has the role."""
    return sql(
        "select m.id from {members} m left join lateral (select count(*) as n from {span} s"
        " where s.holder = m.id and s.left_at is null) held on true"
        " where m.deleted_at is null and m.status is distinct from 'disabled'"
        " order by ({role}::text = any(m.roles)) is true desc, held.n, m.id limit 1",
        members=workspace.object("member").table,
        span=workspace.table("span"),
        role=role,
    )
