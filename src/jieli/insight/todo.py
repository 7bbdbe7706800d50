"""What I must do now, as one ordered list, and what became of what I passed on."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from jieli.access import Action, Actor, may, predicate, visible_fields
from jieli.base import clock
from jieli.blueprint.model import Object, Workspace
from jieli.db.pool import ReadTx, Record
from jieli.db.sql import Sql, ident
from jieli.insight import home_store as store
from jieli.insight.urgency import reason
from jieli.records import Values

MOST, MOST_PASSED, PASSED_DAYS = 100, 20, 30
TASK = "task"
BOXES = {"offered": "waiting", "accepted": "accepted", "returned": "returned", "expired": "expired"}


async def todo(tx: ReadTx, actor: Actor) -> Values:
    """{"items", "count"}: the most urgent MOST, and how many there are; in one statement."""
    now, zone = clock.now(), actor.zone
    rows = await tx.all(store.todo(list(actor.workspace.objects.values()), list(_parts(actor, now)), MOST))
    items = [_item(actor.workspace, row, now, zone) for row in rows]
    return {"items": items, "count": rows[0]["total"] if rows else 0}


def _parts(actor: Actor, now: datetime) -> Iterator[Sql]:
    """One for each kind of thing to do. The day ends at midnight where the person is."""
    workspace, me = actor.workspace, actor.member
    local = now.astimezone(actor.zone)
    tonight = datetime.combine(local.date() + timedelta(1), time(), actor.zone)
    readable = [obj for obj in workspace.objects.values() if may(actor, obj.key, Action.READ)]
    keys = [obj.key for obj in readable]
    yield store.waiting(workspace, me)
    yield store.returned(workspace, me, keys, now - timedelta(PASSED_DAYS))
    seen = {obj.key: predicate(actor, obj) for obj in readable}
    if held := [store.about(obj, ident("s"), seen[obj.key]) for obj in readable if obj.has("staged")]:
        yield store.limits(workspace, me, held, now, tonight)
    for obj in readable:
        fields = {field.key for field in visible_fields(actor, obj)} if obj.has("owned") else set()
        if {"next_at", "next_action"} <= fields:
            yield store.follow_ups(obj, me, seen[obj.key], now, tonight)
        if obj.key == TASK and {"due_at", "status"} <= fields:
            yield store.tasks(obj, me, seen[obj.key], now, tonight)
        if {"owner", "stage"} <= fields and (first := _assigned_by(actor, obj)):
            yield store.unassigned(obj, *first, seen[obj.key], now)
    if readable:
        yield store.mentions(workspace, me, [store.about(obj, ident("n"), seen[obj.key]) for obj in readable])


def _assigned_by(actor: Actor, obj: Object) -> tuple[str, str] | None:
    """The process and its stage in which records wait to be assigned, if that is the business of a role of the
    actor's."""
    process = actor.workspace.process(obj.key)
    if process is None or obj.key not in actor.workspace.document.assignments:
        return None
    first = process[1].stages[0]
    return (process[0], first.key) if first.role in actor.roles else None


def _item(workspace: Workspace, row: Record, now: datetime, zone: ZoneInfo) -> Values:
    """As the screen shows it; `also` are further reasons why the same record is in the list."""
    said = reason(row["kind"], _named(workspace, row["object"], row["note"]), row["due"], now, zone)
    others = [
        reason(
            other["kind"], _named(workspace, row["object"], other["note"]), _moment(other["due"]), now, zone
        )
        for other in row["kinds"]
    ]
    return {
        "kind": row["kind"],
        "rank": row["rank"],
        "object": row["object"],
        "record": {"id": row["record"], "title": row["title"]},
        "reason": said,
        "also": [other for other in others if other != said],
        "due": row["due"],
        "since": row["since"],
        "late": row["due"] is not None and row["due"] < now,
        "handoff": row["handoff"],
    }


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _named(workspace: Workspace, object_key: str, note: Values) -> Values:
    """With the labels of the stage and of the reason in the place of their keys."""
    process = workspace.document.processes.get(note.get("process") or "")
    stage = next((s for s in process.stages if s.key == note.get("stage")), None) if process else None
    why = workspace.return_reason(object_key, note.get("reason"), note.get("reason_label"))
    return {**note, "stage": stage.label if stage else note.get("stage"), "reason": why}


async def passed(tx: ReadTx, actor: Actor) -> Values:
    """Hand-offs that I offered, by what became of them, in one statement: `waiting`, and `accepted`, `returned` and
    `expired` of the last PASSED_DAYS days; of each the newest MOST_PASSED, and under `counts` how many."""
    objects = [obj for obj in actor.workspace.objects.values() if obj.has("staged")]
    since = clock.now() - timedelta(PASSED_DAYS)
    found: Values = {box: [] for box in BOXES.values()} | {"counts": dict.fromkeys(BOXES.values(), 0)}
    if not objects:
        return found
    for row in await tx.all(store.passed(actor.workspace, objects, actor.member, since, MOST_PASSED)):
        found[BOXES[row["state"]]].append(_passed(actor.workspace, row))
        found["counts"][BOXES[row["state"]]] = row["total"]
    return found


def _passed(workspace: Workspace, row: Record) -> Values:
    named = (
        "id",
        "object",
        "stage",
        "to_stage",
        "state",
        "offered_at",
        "due",
        "answered_at",
        "message",
    )
    return {
        **{key: row[key] for key in named},
        "reason": workspace.return_reason(row["object"], row["reason"], row["reason_label"]),
        "record": {"id": row["record"], "title": row["title"]},
        "to": {"id": row["receiver"], "title": row["receiver_name"]},
        "missing": row["missing"] or [],
    }
