"""The statements of verification. Each gives `record` and `detail`, and `object` where it is not one object."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from jieli.blueprint.model import Field, Object, Workspace
from jieli.db.sql import TRUE, Sql, ident, sql


def count(obj: Object) -> Sql:
    return sql("select count(*) from {table}", table=obj.table)


def spans(workspace: Workspace) -> Sql:
    return sql("select count(*) from {span}", span=workspace.table("span"))


def without_holder(obj: Object, active: Sequence[str], limit: int) -> Sql:
    return sql(
        "select t.id as record, t.stage as detail from {table} t where t.deleted_at is null"
        " and (t.stage = any({active})) is distinct from (t.holder is not null) limit {limit}",
        table=obj.table,
        active=list(active),
        limit=limit,
    )


def span_differs(workspace: Workspace, obj: Object, active: Sequence[str], limit: int) -> Sql:
    """Open spans against the record's own stage and holder, both ways."""
    return sql(
        "select coalesce(t.id, s.record) as record, concat_ws(' / ', t.stage, s.stage) as detail"
        " from (select * from {table} where deleted_at is null and stage = any({active})) t"
        " full join (select * from {span} where object = {object} and left_at is null) s on s.record = t.id"
        " where (t.stage, t.holder) is distinct from (s.stage, s.holder) limit {limit}",
        table=obj.table,
        active=list(active),
        span=workspace.table("span"),
        object=obj.key,
        limit=limit,
    )


def outside_process(obj: Object, known: Sequence[str], limit: int) -> Sql:
    return sql(
        "select t.id as record, t.stage as detail from {table} t"
        " where (t.stage = any({known})) is not true limit {limit}",
        table=obj.table,
        known=list(known),
        limit=limit,
    )


def wrong_outcome(obj: Object, kinds: Mapping[str, str], limit: int) -> Sql:
    return sql(
        "select t.id as record, concat_ws(' / ', t.stage, t.outcome) as detail from {table} t"
        " join unnest({stages}::text[], {kinds}::text[]) k(stage, kind) on k.stage = t.stage"
        " where t.outcome is distinct from k.kind limit {limit}",
        table=obj.table,
        stages=list(kinds),
        kinds=list(kinds.values()),
        limit=limit,
    )


def behind(obj: Object, order: Sequence[str], limit: int) -> Sql:
    """Records that stand further on than they are said to have come."""
    return sql(
        "select t.id as record, concat_ws(' / ', t.stage, t.reached) as detail from {table} t"
        " where array_position({order}::text[], t.stage)"
        " > coalesce(array_position({order}::text[], t.reached), 0) limit {limit}",
        table=obj.table,
        order=list(order),
        limit=limit,
    )


def _ordered(workspace: Workspace) -> Sql:
    return sql(
        "select s.*, lead(s.entered) over w as next_entered from {span} s"
        " window w as (partition by s.record order by s.entered, s.left_at nulls last, s.id)",
        span=workspace.table("span"),
    )


def overlaps(workspace: Workspace, limit: int) -> Sql:
    return sql(
        "select object, record, stage as detail from ({ordered}) s"
        " where next_entered < coalesce(left_at, 'infinity') or left_at < entered limit {limit}",
        ordered=_ordered(workspace),
        limit=limit,
    )


def gaps(workspace: Workspace, active: Sequence[tuple[str, str]], limit: int) -> Sql:
    """A span that went on to an active stage is followed by the next at the same microsecond."""
    return sql(
        "select object, record, stage as detail from ({ordered}) s"
        " where left_at is not null and (process, left_to) in (select * from unnest({processes}::text[],"
        " {stages}::text[])) and next_entered is distinct from left_at limit {limit}",
        ordered=_ordered(workspace),
        processes=[process for process, _ in active],
        stages=[stage for _, stage in active],
        limit=limit,
    )


def closed_spans(workspace: Workspace, after: UUID | None, limit: int) -> Sql:
    past = sql("id > {after}", after=after) if after else TRUE
    return sql(
        "select id, object, record, entered, left_at, working_seconds from {span}"
        " where left_at is not null and {past} order by id limit {limit}",
        span=workspace.table("span"),
        past=past,
        limit=limit,
    )


def offers_without_holder(workspace: Workspace, limit: int) -> Sql:
    return sql(
        "select h.object, h.record, h.state as detail from {handoff} h where h.state = 'offered'"
        " and not exists (select 1 from {span} s where s.record = h.record and s.left_at is null"
        " and s.holder = h.sender and s.stage = h.stage) limit {limit}",
        handoff=workspace.table("handoff"),
        span=workspace.table("span"),
        limit=limit,
    )


def answers_missing(workspace: Workspace, limit: int) -> Sql:
    return sql(
        "select h.object, h.record, h.state as detail from {handoff} h"
        " where (h.state = 'offered') is distinct from (h.answered_at is null)"
        " or (h.state = 'accepted' and h.answered_by is distinct from h.receiver and h.answered_by is not null)"
        " or (h.state = 'returned' and h.reason is null) limit {limit}",
        handoff=workspace.table("handoff"),
        limit=limit,
    )


def lost_claims(workspace: Workspace, obj: Object, limit: int) -> Sql:
    return sql(
        "select c.record, c.kind || ' ' || c.key as detail from {claim} c left join {table} t on t.id = c.record"
        " where c.object = {object} and (t.id is null or t.deleted_at is not null) limit {limit}",
        claim=workspace.table("claim"),
        table=obj.table,
        object=obj.key,
        limit=limit,
    )


def dangling(obj: Object, field: Field, target: Object, limit: int) -> Sql:
    return sql(
        "select t.id as record, {key} as detail from {table} t left join {target} r on r.id = t.{column}"
        " where t.{column} is not null and r.id is null limit {limit}",
        key=field.key,
        table=obj.table,
        target=target.table,
        column=ident(field.columns[0].name),
        limit=limit,
    )
