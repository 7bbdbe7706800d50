"""The statements of the home page."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jieli.blueprint.model import Object, Workspace
from jieli.db.sql import Sql, ident, join, literal, sql
from jieli.insight.urgency import RANKS
from jieli.query.shape import title_of

SETTLED = ("done", "cancelled")

# Every part of the list of things to do has the columns rank, kind, object, record, due, since, handoff, note.


def waiting(workspace: Workspace, me: UUID | None) -> Sql:
    """Hand-offs that wait for my answer."""
    return sql(
        "select {rank}::int as rank, 'handoff' as kind, h.object, h.record, h.due, h.offered_at as since,"
        " h.id as handoff, jsonb_build_object('by', m.name, 'stage', h.to_stage) as note"
        " from {handoff} h left join {members} m on m.id = h.sender where h.receiver = {me} and h.state = 'offered'"
        " and exists (select 1 from {span} s where s.record = h.record and s.left_at is null)",
        rank=RANKS["handoff"],
        handoff=workspace.table("handoff"),
        members=workspace.object("member").table,
        span=workspace.table("span"),
        me=me,
    )


def returned(workspace: Workspace, me: UUID | None, objects: Sequence[str], since: datetime) -> Sql:
    """What came back to me, as long as I have held it in that stage since and not offered it again."""
    return sql(
        "select {rank}::int, 'returned', h.object, h.record, null::timestamptz, h.answered_at, h.id,"
        " jsonb_build_object('by', m.name, 'reason', h.reason, 'reason_label', h.reason_label)"
        " from {handoff} h left join {members} m on m.id = h.receiver"
        " where h.sender = {me} and h.state = 'returned' and h.answered_at >= {since} and h.object = any({objects})"
        " and exists (select 1 from {span} s where s.record = h.record and s.left_at is null and s.holder = {me}"
        " and s.entered <= h.answered_at)"
        " and not exists (select 1 from {handoff} n where n.record = h.record and n.id > h.id)",
        rank=RANKS["returned"],
        handoff=workspace.table("handoff"),
        members=workspace.object("member").table,
        span=workspace.table("span"),
        me=me,
        since=since,
        objects=list(objects),
    )


def limits(
    workspace: Workspace, me: UUID | None, seen: Sequence[Sql], now: datetime, tonight: datetime
) -> Sql:
    """What I hold and may see that is over the limit of its stage, or will be today."""
    return sql(
        "select case when s.due < {now} then {late}::int else {today}::int end,"
        " case when s.due < {now} then 'overdue' else 'due' end, s.object, s.record, s.due, s.entered,"
        " null::uuid, jsonb_build_object('stage', s.stage, 'process', s.process)"
        " from {span} s where s.holder = {me} and s.left_at is null and s.due < {tonight}"
        " and ({seen})",
        now=now,
        late=RANKS["overdue"],
        today=RANKS["due"],
        span=workspace.table("span"),
        me=me,
        tonight=tonight,
        seen=join(" or ", seen),
    )


def follow_ups(obj: Object, me: UUID | None, visible: Sql, now: datetime, tonight: datetime) -> Sql:
    """Agreed contacts with what I own or hold and may see, as long as somebody is on it."""
    staged = obj.has("staged")
    mine = (
        sql("(t.owner = {me} or t.holder = {me}) and t.holder is not null", me=me)
        if staged
        else sql("t.owner = {me}", me=me)
    )
    return _dated(obj, "follow_up", "next_at", sql("{m} and {v}", m=mine, v=visible), now, tonight)


def tasks(obj: Object, me: UUID | None, visible: Sql, now: datetime, tonight: datetime) -> Sql:
    mine = sql("t.owner = {me} and (t.status = any({settled})) is not true", me=me, settled=list(SETTLED))
    return _dated(obj, "task", "due_at", sql("{m} and {v}", m=mine, v=visible), now, tonight)


def _dated(obj: Object, kind: str, column: str, mine: Sql, now: datetime, tonight: datetime) -> Sql:
    """Records with a moment of their own that has come or comes today."""
    note = sql("t.next_action") if "next_action" in obj.fields else sql("null::text")
    return sql(
        "select case when t.{at} < {now} then {late}::int else {today}::int end, {kind}, {object}, t.id, t.{at},"
        " t.created_at, null::uuid, jsonb_build_object('text', {note})"
        " from {table} t where t.deleted_at is null and t.{at} < {tonight} and {mine}",
        at=ident(column),
        now=now,
        late=RANKS[f"{kind}_late"],
        today=RANKS[kind],
        kind=literal(kind),
        object=literal(obj.key),
        note=note,
        table=obj.table,
        tonight=tonight,
        mine=mine,
    )


def unassigned(obj: Object, process: str, stage: str, visible: Sql, now: datetime) -> Sql:
    """Records that nobody owns, in the stage where they wait to be assigned."""
    return sql(
        "select case when t.stage_due < {now} then {late}::int else {early}::int end, 'assign', {object}, t.id,"
        " t.stage_due, t.stage_since, null::uuid, '{{}}'::jsonb from {table} t"
        " where t.deleted_at is null and t.process = {process} and t.stage = {stage} and t.owner is null"
        " and {visible}",
        now=now,
        late=RANKS["assign_late"],
        early=RANKS["assign"],
        object=literal(obj.key),
        table=obj.table,
        process=process,
        stage=stage,
        visible=visible,
    )


def mentions(workspace: Workspace, me: UUID | None, seen: Sequence[Sql]) -> Sql:
    """Comments that name me and that I have not looked at, on records that I may see."""
    return sql(
        "select {rank}::int, 'mention', n.object, n.record, null::timestamptz, n.at, null::uuid,"
        " jsonb_build_object('by', (select m.name from {members} m where m.id::text = n.about->>'by'))"
        " from {notification} n where n.member = {me} and n.read_at is null and n.kind = 'mentioned'"
        " and ({seen})",
        rank=RANKS["mention"],
        members=workspace.object("member").table,
        notification=workspace.table("notification"),
        me=me,
        seen=join(" or ", seen),
    )


def about(obj: Object, row: Sql, visible: Sql) -> Sql:
    """Whether a row, such as a notification or a leg, is about a record of this object that may be seen."""
    return sql(
        "({row}.object = {key} and exists (select 1 from {table} t where t.id = {row}.record"
        " and t.deleted_at is null and {visible}))",
        row=row,
        key=obj.key,
        table=obj.table,
        visible=visible,
    )


def todo(objects: Sequence[Object], parts: Sequence[Sql], limit: int) -> Sql:
    """The first things to do, each record once under its most urgent kind with all its kinds beside it, and how
    many there are."""
    return sql(
        "with found as ({parts}), ranked as (select f.*, row_number() over w as place, jsonb_agg("
        "jsonb_build_object('kind', f.kind, 'due', f.due, 'note', f.note)) over (partition by f.object, f.record)"
        " as kinds from found f window w as (partition by f.object, f.record order by f.rank, f.due, f.since))"
        " select r.*, {title} as title, count(*) over () as total from ranked r where r.place = 1"
        " order by r.rank, r.due nulls last, r.since, r.record limit {limit}",
        parts=join(" union all ", parts),
        title=titled(objects, ident("r")),
        limit=limit,
    )


def titled(objects: Sequence[Object], row: Sql) -> Sql:
    """The title of the record that a row names by `object` and `record`."""
    cases = [
        sql(
            "when {key} then (select {title} from {table} v where v.id = {row}.record)",
            key=literal(obj.key),
            title=title_of(obj, ident("v")),
            table=obj.table,
            row=row,
        )
        for obj in objects
    ]
    return sql("case {row}.object {cases} end", row=row, cases=join(" ", cases))


def passed(
    workspace: Workspace, objects: Sequence[Object], me: UUID | None, since: datetime, limit: int
) -> Sql:
    """What became of the hand-offs that I offered: those waiting, and those that ended since; of each state the
    newest `limit`, and how many there are."""
    return sql(
        "select h.*, m.name as receiver_name, {title} as title from (select h.*, count(*) over w as total,"
        " row_number() over (w order by coalesce(h.answered_at, h.offered_at) desc, h.id) as place"
        " from {handoff} h where h.sender = {me} and h.state <> 'withdrawn'"
        " and (h.state = 'offered' or h.answered_at >= {since}) window w as (partition by h.state)) h"
        " left join {members} m on m.id = h.receiver where h.place <= {limit} order by h.state, h.place",
        title=titled(objects, ident("h")),
        handoff=workspace.table("handoff"),
        members=workspace.object("member").table,
        me=me,
        since=since,
        limit=limit,
    )
