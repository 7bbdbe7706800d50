"""The statements about hand-offs; alias `h` throughout."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from jieli.blueprint.model import Object, Workspace
from jieli.db.sql import FALSE, TRUE, Sql, ident, join, literal, sql


def ended(states: Sequence[str], *, in_time: bool) -> Sql:
    """Ended in one of these states; one without a deadline was in time."""
    timely = sql("coalesce(h.answered_at <= h.due, true)") if in_time else TRUE
    return sql("(h.state = any({states}) and {timely})", states=list(states), timely=timely)


def within(moments: tuple[datetime, datetime], receiver: UUID | None) -> Sql:
    """Ended between the two moments."""
    to = sql("h.receiver = {receiver}", receiver=receiver) if receiver else TRUE
    return sql(
        "h.answered_at >= {start} and h.answered_at < {end} and {to}", start=moments[0], end=moments[1], to=to
    )


def of_object(obj: Object, allowed: Sql, member: UUID | None) -> Sql:
    """Those of the records of one object that `allowed` holds for, or that the member takes part in."""
    return sql(
        "(h.object = {key} and exists (select 1 from {table} t where t.id = h.record and t.deleted_at is null"
        " and ({allowed} or h.sender = {me}::uuid or h.receiver = {me})))",
        key=obj.key,
        table=obj.table,
        allowed=allowed,
        me=member,
    )


def either(seen: Sequence[Sql]) -> Sql:
    return sql("({any})", any=join(" or ", seen)) if seen else FALSE


def counts(workspace: Workspace, where: Sql, counted: Mapping[str, Sql], *, by_receiver: bool) -> Sql:
    """Gives one JSON text of [[receiver, {key: number}]]."""
    names = {key: ident(f"m{number}") for number, key in enumerate(counted)}
    return sql(
        "select coalesce(json_agg(json_build_array(a.place, json_build_object({pairs}))), '[]')::text"
        " from (select {place} as place, {values} from {handoff} h where {where}{grouping}) a",
        pairs=join(", ", [sql("{k}, a.{n}", k=literal(key), n=name) for key, name in names.items()]),
        place=sql("h.receiver") if by_receiver else sql("null::text"),
        values=join(
            ", ",
            [
                sql("count(*) filter (where {c}) as {n}", c=counted[key], n=name)
                for key, name in names.items()
            ],
        ),
        handoff=workspace.table("handoff"),
        where=where,
        grouping=sql(" group by 1") if by_receiver else sql(""),
    )


def listed(workspace: Workspace, where: Sql, limit: int) -> Sql:
    """The newest of them, each with how many there are in all."""
    return sql(
        "select h.id, h.object, h.record, h.process, h.stage, h.to_stage, h.sender, h.receiver, h.state,"
        " h.offered_at, h.due, h.answered_at, h.working_seconds, h.reason, h.reason_label,"
        " count(*) over () as total"
        " from {handoff} h where {where} order by h.answered_at desc, h.id limit {limit}",
        handoff=workspace.table("handoff"),
        where=where,
        limit=limit,
    )
