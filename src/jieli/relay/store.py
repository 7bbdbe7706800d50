"""The statements of the relay."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jieli.blueprint.model import Object, Workspace
from jieli.db.sql import Sql, sql
from jieli.records import Values


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


def ticks(workspace: Workspace, record: UUID, stage: str) -> Sql:
    return sql(
        "select key, by, at from {deliverable} where record = {record} and stage = {stage}",
        deliverable=workspace.table("deliverable"),
        record=record,
        stage=stage,
    )


def ticked(
    workspace: Workspace, object_key: str, record: UUID, stage: str, key: str, by: UUID | None, at: datetime
) -> Sql:
    return sql(
        "insert into {deliverable} (record, stage, key, object, by, at)"
        " values ({record}, {stage}, {key}, {object}, {by}, {at}) on conflict do nothing",
        deliverable=workspace.table("deliverable"),
        record=record,
        stage=stage,
        key=key,
        object=object_key,
        by=by,
        at=at,
    )


def unticked(workspace: Workspace, record: UUID, stage: str, key: str) -> Sql:
    return sql(
        "delete from {deliverable} where record = {record} and stage = {stage} and key = {key}",
        deliverable=workspace.table("deliverable"),
        record=record,
        stage=stage,
        key=key,
    )


def deliverable_files(workspace: Workspace, record: UUID) -> Sql:
    return sql(
        "select id, name, size, type, deliverable from {file}"
        " where record = {record} and deliverable is not null and deleted_at is null order by id",
        file=workspace.table("file"),
        record=record,
    )


def record_files(workspace: Workspace, record: UUID) -> Sql:
    return sql(
        "select id, name, size from {file} where record = {record} and deleted_at is null order by id",
        file=workspace.table("file"),
        record=record,
    )


def member(workspace: Workspace, member_id: UUID) -> Sql:
    return sql(
        "select name, roles, status is distinct from 'disabled' as active from {members}"
        " where id = {id} and deleted_at is null",
        members=workspace.object("member").table,
        id=member_id,
    )


def add_handoff(workspace: Workspace, values: Values) -> Sql:
    return sql(
        "insert into {handoff} (id, object, record, process, stage, to_stage, sender, receiver, role, state,"
        " offered_at, due, message, package, automatic) values ({id}, {object}, {record}, {process}, {stage},"
        " {to_stage}, {sender}, {receiver}, {role}, 'offered', {offered_at}, {due}, {message}, {package},"
        " {automatic})",
        handoff=workspace.table("handoff"),
        **values,
    )


def share(
    workspace: Workspace,
    member_id: UUID,
    object_key: str,
    record: UUID,
    level: str,
    via: str,
    since: datetime,
) -> Sql:
    """Let somebody see a record; an existing share is kept when it allows more."""
    return sql(
        "insert into {share} (member, object, record, level, via, since)"
        " values ({member}, {object}, {record}, {level}, {via}, {since}) on conflict do nothing",
        share=workspace.table("share"),
        member=member_id,
        object=object_key,
        record=record,
        level=level,
        via=via,
        since=since,
    )


def handoff(workspace: Workspace, handoff_id: UUID) -> Sql:
    return sql("select * from {handoff} where id = {id}", handoff=workspace.table("handoff"), id=handoff_id)


def lock_handoff(workspace: Workspace, handoff_id: UUID) -> Sql:
    return sql(
        "select * from {handoff} where id = {id} for update",
        handoff=workspace.table("handoff"),
        id=handoff_id,
    )


def lock_record(obj: Object, record: UUID) -> Sql:
    return sql("select 1 from {table} where id = {id} for update", table=obj.table, id=record)


def answer(workspace: Workspace, handoff_id: UUID, values: Values) -> Sql:
    return sql(
        "update {handoff} set state = {state}, answered_at = {at}, answered_by = {by},"
        " working_seconds = {seconds}, reason = {reason}, missing = {missing} where id = {id}",
        handoff=workspace.table("handoff"),
        id=handoff_id,
        **values,
    )


def withdraw(workspace: Workspace, record: UUID, by: UUID | None) -> Sql:
    """The offer that was waiting, withdrawn; gives its id."""
    return sql(
        "update {handoff} set state = 'withdrawn', answered_at = now(), answered_by = {by}"
        " where record = {record} and state = 'offered' returning id",
        handoff=workspace.table("handoff"),
        record=record,
        by=by,
    )


def receivers(workspace: Workspace, role: str | None, but: UUID | None) -> Sql:
    """Active members with the role (or any), those who hold least first, with their record of answering."""
    return sql(
        "select m.id, m.name, held.n as load, answered.on_time from {members} m"
        " left join lateral (select count(*) as n from {span} s where s.holder = m.id and s.left_at is null)"
        " held on true left join lateral (select round(avg((h.answered_at <= h.due)::int), 2)::float8 as on_time"
        " from {handoff} h where h.receiver = m.id and h.answered_at is not null) answered on true"
        " where m.deleted_at is null and m.status is distinct from 'disabled'"
        " and ({role}::text is null or {role} = any(m.roles)) and m.id is distinct from {but}"
        " order by held.n, m.id limit 200",
        members=workspace.object("member").table,
        span=workspace.table("span"),
        handoff=workspace.table("handoff"),
        role=role,
        but=but,
    )
