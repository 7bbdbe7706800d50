"""The relay track 接力带 of one record: who carried it through which stage, for how long, and who comes next."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from jieli.access import Actor, predicate
from jieli.base import clock
from jieli.base.worktime import Calendar
from jieli.blueprint.document import Process, Stage
from jieli.db.pool import ReadTx, Record
from jieli.records import Values
from jieli.records.errors import RecordNotFound
from jieli.relay import store
from jieli.relay.calendars import calendar_of
from jieli.relay.errors import NotStaged


async def track(tx: ReadTx, actor: Actor, object_key: str, record: UUID) -> Values:
    """Stages in their order with their spans, durations in working seconds up to now. Raises RecordNotFound."""
    obj = actor.workspace.object(object_key)
    found = actor.workspace.process(object_key)
    if found is None or not obj.has("staged"):
        raise NotStaged
    row = await tx.one(store.standing(actor.workspace, obj, record, predicate(actor, obj)))
    if row is None:
        raise RecordNotFound
    calendar = await calendar_of(tx, actor.workspace)
    now = clock.now()
    by_stage: dict[str, list[Values]] = defaultdict(list)
    for span in await tx.all(store.spans_of(actor.workspace, record)):
        by_stage[span["stage"]].append(_span(span, calendar, now))
    stages = [
        _stage(stage, by_stage.get(stage.key, []), row["stage"]) for stage in _shown(found[1], row, by_stage)
    ]
    _mark_passed(found[1], stages, row["stage"])
    open_ = await tx.one(store.open_handoff(actor.workspace, record))
    return {
        "stages": stages,
        "stage": row["stage"],
        "since": row["stage_since"],
        "outcome": row["outcome"],
        "holder": _person(row["holder"], row["holder_name"]),
        "backup": _person(row["backup"], row["backup_name"]),
        "due": row["stage_due"],
        "working_seconds_total": sum(stage["working_seconds"] for stage in stages),
        "handoff": _offer(open_),
    }


def _shown(process: Process, row: Record, spans: dict[str, list[Values]]) -> list[Stage]:
    """The way to the win, and where else the record has been; other ends are left out."""
    main = [s for s in process.stages if s.kind in ("open", "won")]
    others = [s for s in process.stages if s not in main and (s.key == row["stage"] or s.key in spans)]
    return [*main, *others]


def _span(span: Record, calendar: Calendar, now: datetime) -> Values:
    seconds = span["working_seconds"]
    if seconds is None:
        seconds = calendar.working_seconds(span["entered"], max(now, span["entered"]))
    return {
        "holder": _person(span["holder"], span["holder_name"]),
        "entered": span["entered"],
        "left": span["left_at"],
        "due": span["due"],
        "breached": span["breached_at"] is not None,
        "working_seconds": seconds,
        "returns": span["returns"],
    }


def _stage(stage: Stage, spans: list[Values], current: str) -> Values:
    state = "current" if stage.key == current else "done" if spans else "coming"
    return {
        "stage": stage.key,
        "label": stage.label.model_dump(),
        "kind": stage.kind,
        "state": state,
        "spans": spans,
        "role": stage.role,
        "backup_role": stage.backup,
        "working_seconds": sum(span["working_seconds"] for span in spans),
        "returns": sum(span["returns"] for span in spans),
    }


def _mark_passed(process: Process, stages: list[Values], current: str) -> None:
    """Stages before the current one that nobody held were skipped."""
    order = {stage.key: place for place, stage in enumerate(process.stages)}
    for stage in stages:
        if stage["state"] == "coming" and order[stage["stage"]] < order[current]:
            stage["state"] = "skipped"


def _person(member: UUID | None, name: str | None) -> Values | None:
    return {"id": member, "title": name} if member else None


def _offer(row: Record | None) -> Values | None:
    if row is None:
        return None
    return {
        "id": row["id"],
        "to": _person(row["receiver"], row["receiver_name"]),
        "from": _person(row["sender"], row["sender_name"]),
        "to_stage": row["to_stage"],
        "due": row["due"],
        "offered_at": row["offered_at"],
        "message": row["message"],
    }
