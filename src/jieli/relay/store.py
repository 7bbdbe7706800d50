"""The statements of the relay."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from jieli.blueprint.model import Object, Workspace
from jieli.db.sql import Sql, ident, sql
from jieli.query.shape import title_of
from jieli.records import Values


def open_spans(workspace: Workspace, records: Sequence[UUID]) -> Sql:
    return sql(
        "select id, record, entered from {span} where record = any({records}) and left_at is null for update",
        span=workspace.table("span"),
        records=list(records),
    )


def left_last(workspace: Workspace, records: Sequence[UUID]) -> Sql:
    """When the last span of each record ended."""
    return sql(
        "select record, max(left_at) as left_at from {span} where record = any({records}) group by record",
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


def ticked(workspace: Workspace, what: Values, at: datetime) -> Sql:
    """`what` has object, record, stage, key and by. Ticking twice is once."""
    return sql(
        "insert into {deliverable} (record, stage, key, object, by, at)"
        " values ({record}, {stage}, {key}, {object}, {by}, {at}) on conflict do nothing",
        deliverable=workspace.table("deliverable"),
        at=at,
        **what,
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


def files_in(workspace: Workspace, ids: Iterable[UUID], fields: Iterable[str]) -> Sql:
    """Which of the files lie in one of these fields of their record."""
    return sql(
        "select id from {file} where id = any({ids}) and field = any({fields})",
        file=workspace.table("file"),
        ids=list(ids),
        fields=list(fields),
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


def share(workspace: Workspace, rows: Sequence[tuple[UUID, str, UUID]], via: str, since: datetime) -> Sql:
    """Let members (first) read records (object, id); an existing share is kept."""
    members, objects, records = zip(*rows, strict=True)
    return sql(
        "insert into {share} (member, object, record, level, via, since)"
        " select m, o, r, 'read', {via}, {since}"
        " from unnest({members}::uuid[], {objects}::text[], {records}::uuid[]) w(m, o, r) on conflict do nothing",
        share=workspace.table("share"),
        members=list(members),
        objects=list(objects),
        records=list(records),
        via=via,
        since=since,
    )


def share_past(workspace: Workspace, rows: Sequence[tuple[UUID, str, UUID, str, datetime]]) -> Sql:
    """Let members read records, each since then and for that reason: the first reason is kept."""
    members, objects, records, via, since = zip(*rows, strict=True)
    return sql(
        "insert into {share} (member, object, record, level, via, since) select m, o, r, 'read', v, s"
        " from unnest({members}::uuid[], {objects}::text[], {records}::uuid[], {via}::text[],"
        " {since}::timestamptz[]) w(m, o, r, v, s) on conflict do nothing",
        share=workspace.table("share"),
        members=list(members),
        objects=list(objects),
        records=list(records),
        via=list(via),
        since=list(since),
    )


def unshare(workspace: Workspace, rows: Sequence[tuple[UUID, str, UUID]], via: str) -> Sql:
    members, objects, records = zip(*rows, strict=True)
    return sql(
        "delete from {share} s using unnest({members}::uuid[], {objects}::text[], {records}::uuid[]) w(m, o, r)"
        " where s.member = w.m and s.object = w.o and s.record = w.r and s.via = {via}",
        share=workspace.table("share"),
        members=list(members),
        objects=list(objects),
        records=list(records),
        via=via,
    )


def unshare_owners(
    workspace: Workspace, obj: Object, rows: Sequence[tuple[UUID, str, UUID]], since: datetime
) -> Sql:
    """Take back what members were given at a moment for passing on a record, if they own it now."""
    members, _, records = zip(*rows, strict=True)
    return sql(
        "delete from {share} s using unnest({members}::uuid[], {records}::uuid[]) w(m, r), {table} t"
        " where s.member = w.m and s.object = {object} and s.record = w.r and s.via = 'passed'"
        " and s.since = {since} and t.id = w.r and t.owner = w.m",
        share=workspace.table("share"),
        table=obj.table,
        object=obj.key,
        members=list(members),
        records=list(records),
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
        " working_seconds = {seconds}, reason = {reason}, reason_label = {reason_label},"
        " missing = {missing} where id = {id}",
        handoff=workspace.table("handoff"),
        id=handoff_id,
        **values,
    )


def waiting(workspace: Workspace, records: Sequence[UUID]) -> Sql:
    """The offers of these records that nobody has answered, locked."""
    return sql(
        "select id, record, offered_at from {handoff} where record = any({records}) and state = 'offered'"
        " order by record for update",
        handoff=workspace.table("handoff"),
        records=list(records),
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


def standing(workspace: Workspace, obj: Object, record: UUID, visible: Sql) -> Sql:
    """Where a record stands, with the names of who is responsible."""
    return sql(
        "select t.stage, t.stage_since, t.stage_due, t.outcome, t.holder, h.name as holder_name, t.backup,"
        " b.name as backup_name from {table} t left join {members} h on h.id = t.holder"
        " left join {members} b on b.id = t.backup where t.id = {id} and {visible}",
        table=obj.table,
        members=workspace.object("member").table,
        id=record,
        visible=visible,
    )


def spans_of(workspace: Workspace, record: UUID) -> Sql:
    """The spans of a record in their order, each with how often its package came back."""
    return sql(
        "select s.*, m.name as holder_name, (select count(*) from {handoff} h where h.record = s.record"
        " and h.state = 'returned' and h.offered_at >= s.entered"
        " and h.offered_at < coalesce(s.left_at, 'infinity')) as returns"
        " from {span} s left join {members} m on m.id = s.holder where s.record = {record} order by s.entered, s.id",
        span=workspace.table("span"),
        handoff=workspace.table("handoff"),
        members=workspace.object("member").table,
        record=record,
    )


def _handoffs(workspace: Workspace, where: Sql) -> Sql:
    return sql(
        "select h.*, f.name as sender_name, t.name as receiver_name from {handoff} h"
        " left join {members} f on f.id = h.sender left join {members} t on t.id = h.receiver where {where}",
        handoff=workspace.table("handoff"),
        members=workspace.object("member").table,
        where=where,
    )


def open_handoff(workspace: Workspace, record: UUID) -> Sql:
    return _handoffs(workspace, sql("h.record = {record} and h.state = 'offered'", record=record))


def handoff_named(workspace: Workspace, handoff_id: UUID) -> Sql:
    return _handoffs(workspace, sql("h.id = {id}", id=handoff_id))


def handoffs_of(
    workspace: Workspace, party: str, member_id: UUID | None, states: Sequence[str], limit: int
) -> Sql:
    """The newest hand-offs of one party; without states, all of them."""
    condition = sql(
        "h.{party} = {member} and (cardinality({states}::text[]) = 0 or h.state = any({states}))"
        " order by h.id desc limit {limit}",
        party=ident(party),
        member=member_id,
        states=list(states),
        limit=limit,
    )
    return _handoffs(workspace, condition)


def titles(obj: Object, ids: Sequence[UUID]) -> Sql:
    return sql(
        "select t.id, {title} as title from {table} t where t.id = any({ids})",
        title=title_of(obj, ident("t")),
        table=obj.table,
        ids=list(ids),
    )


def _due(workspace: Workspace, mark: str, column: str, now: datetime, limit: int) -> Sql:
    return sql(
        "update {span} s set {mark} = {now} from (select id from {span} where {column} <= {now}"
        " and left_at is null and {mark} is null order by {column} limit {limit} for update skip locked) d"
        " where s.id = d.id returning s.object, s.record, s.stage, s.due, s.holder,"
        " (select m.manager from {members} m where m.id = s.holder) as manager",
        span=workspace.table("span"),
        members=workspace.object("member").table,
        mark=ident(mark),
        column=ident(column),
        now=now,
        limit=limit,
    )


def due_to_warn(workspace: Workspace, now: datetime, limit: int) -> Sql:
    """Mark the open spans whose reminder is due, and give them."""
    return _due(workspace, "warned_at", "warn_at", now, limit)


def due_to_breach(workspace: Workspace, now: datetime, limit: int) -> Sql:
    """Mark the open spans whose limit has passed, and give them."""
    return _due(workspace, "breached_at", "due", now, limit)


def expire_handoffs(workspace: Workspace, now: datetime, limit: int) -> Sql:
    """Offers that nobody answered in time end; the sender goes on holding the record."""
    return sql(
        "update {handoff} h set state = 'expired', answered_at = {now} from (select id from {handoff}"
        " where state = 'offered' and due <= {now} order by due limit {limit} for update skip locked) d"
        " where h.id = d.id returning h.id, h.object, h.record, h.sender, h.receiver",
        handoff=workspace.table("handoff"),
        now=now,
        limit=limit,
    )


def days(workspace: Workspace) -> Sql:
    """The days that differ from the usual week."""
    return sql("select day, kind from {days}", days=workspace.table("calendar_day"))


def holds(obj: Object, record: UUID, condition: Sql) -> Sql:
    """Whether a condition over `t` holds for one record."""
    return sql(
        "select {condition} from {table} t where t.id = {id}", condition=condition, table=obj.table, id=record
    )
