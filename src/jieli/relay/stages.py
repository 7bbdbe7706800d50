"""Where a staged record stands: the steps of the write path that keep stage, holder, limit and outcome true."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from jieli.access import Actor
from jieli.base import clock
from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.base.worktime import Calendar
from jieli.blueprint.document import Limit, Process, Stage
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.records import Action, Batch, Draft, Values
from jieli.relay import store
from jieli.relay.calendars import calendar_of
from jieli.relay.progress import note_progress

UNKNOWN_STAGE = Message(
    "unknown_stage", "流程中没有「{stage}」这个阶段", "The process has no stage “{stage}”"
)
MOVE_IT = Message(
    "stage_by_move",
    "阶段只能通过推进或交棒来改变",
    "A stage changes only by moving the record or handing it over",
)


async def enter(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Prepare step: a new record starts at the first stage unless it says where it stands; a stage that does
    not exist is refused, and so is a change of stage that is not a move."""
    if not obj.has("staged") or batch.action not in (Action.CREATE, Action.UPDATE):
        return
    found = actor.workspace.process(obj.key)
    if found is None:
        return
    key, process = found
    known = {stage.key for stage in process.stages}
    first = process.stages[0].key
    for draft in drafts:
        if not draft.is_alive:
            continue
        if draft.before is None:
            draft.values["process"] = key
            draft.values["stage"] = draft.values.get("stage") or first
        elif "stage" in draft.values and not batch.trusted:
            draft.refuse(Problem("stage", MOVE_IT))
        if draft.after("stage") not in known and "stage" in draft.values:
            draft.refuse(Problem("stage", UNKNOWN_STAGE, {"stage": draft.after("stage")}))


async def place(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Settle step: when the stage or the owner changes, so do outcome, holder and limit."""
    found = actor.workspace.process(obj.key) if obj.has("staged") else None
    if found is None or batch.past or batch.action not in (Action.CREATE, Action.UPDATE):
        return
    alive = [draft for draft in drafts if draft.is_alive]
    for draft in alive if not batch.exact else ():
        if _owner_changed(draft) and not _is_moved(draft):
            _pass_on(actor, obj, draft)
    # Who gets a record that waited for an owner takes it into another stage.
    moved = [draft for draft in alive if _is_moved(draft)]
    arriving = Arriving(actor, obj, found[1], batch, await calendar_of(tx, actor.workspace))
    now = clock.now()
    for draft in moved:
        arriving.arrive(draft, now)
    await _find_holders(tx, actor, found[1], moved)


def _is_moved(draft: Draft) -> bool:
    return draft.before is None or (
        "stage" in draft.values and draft.values["stage"] != draft.before.get("stage")
    )


def _owner_changed(draft: Draft) -> bool:
    return "owner" in draft.values and draft.values["owner"] != (draft.before or {}).get("owner")


def _pass_on(actor: Actor, obj: Object, draft: Draft) -> None:
    """Whoever held the baton as owner gives it on with the record; the first owner of an unassigned record takes
    it out of the stage where it waited. A record that loses its owner stays with who holds it."""
    before = draft.before or {}
    if draft.values["owner"] is None:
        return
    held_as_owner = before.get("holder") in (None, before.get("owner")) or before.get("owner") is None
    if held_as_owner and before.get("holder") is not None:
        draft.values.setdefault("holder", draft.values["owner"])
    assignment = actor.workspace.document.assignments.get(obj.key)
    first = actor.workspace.document.processes[before["process"]].stages[0].key
    waiting = before.get("owner") is None and before.get("stage") == first
    if assignment and assignment.stage and waiting:
        draft.values.setdefault("stage", assignment.stage)


class Arriving:
    """Records of one batch that reach their stages; what only stage and moment decide is found out once."""

    def __init__(self, actor: Actor, obj: Object, process: Process, batch: Batch, calendar: Calendar) -> None:
        self._actor, self._object, self._batch = actor, obj, batch
        self._process, self._calendar = process, calendar
        self._stages = {stage.key: stage for stage in process.stages}
        self._given: dict[tuple[str, datetime], Values] = {}
        self._chances: dict[str, object] = {}

    def arrive(self, draft: Draft, now: datetime) -> None:
        stage = self._stages[draft.after("stage")]
        if not self._batch.exact:
            self._begin(draft, stage, now)
        if not stage.is_active:
            draft.values["holder"] = None
        elif draft.values.get("holder") is None:
            draft.values["holder"] = draft.after("holder") or draft.after("owner") or self._actor.member

    def _begin(self, draft: Draft, stage: Stage, now: datetime) -> None:
        """What counts from the arrival on, and what only the stage decides."""
        values = draft.values
        since = values.get("stage_since") if draft.before is None else None
        values["stage_since"] = since or now
        if stage.kind == "open":
            values["closed_at"] = None
        elif not draft.after("closed_at"):
            values["closed_at"] = now
        given = self._given.get((stage.key, now))
        if given is None:
            given = self._given[stage.key, now] = self._of_stage(stage, now)
        values.update(given)
        note_progress(self._process, self._batch, draft, stage, self._calendar)

    def _of_stage(self, stage: Stage, now: datetime) -> Values:
        limited = stage.limit if stage.is_active else None
        given: Values = {
            "outcome": stage.kind,
            "stage_due": due_at(limited, now, self._calendar) if limited else None,
            "blocked": None,
            "blocked_since": None,
        }
        chance = self._object.fields.get("probability")
        if chance is not None:
            if stage.key not in self._chances:
                context = self._actor.workspace.context
                self._chances[stage.key] = chance.type.parse(stage.probability, chance.options, context)
            given["probability"] = self._chances[stage.key]
        return given


def due_at(limit: Limit, start: datetime, calendar: Calendar) -> datetime:
    """When a limit that starts now ends. It counts from when the record came under the relay, not from an
    earlier date in an imported file."""
    seconds = round(limit.hours * 3600)
    if limit.clock == "natural":
        return start + timedelta(seconds=seconds)
    return calendar.add_working(start, seconds)


def warn_at(limit: Limit, due: datetime, calendar: Calendar) -> datetime | None:
    """When to remind: `warn_hours` before the end, on the same clock, however late a holder came to the record."""
    if not limit.warn_hours:
        return None
    seconds = round(min(limit.warn_hours, limit.hours) * 3600)
    if limit.clock == "natural":
        return due - timedelta(seconds=seconds)
    return calendar.add_working(due, -seconds)


async def _find_holders(tx: Tx, actor: Actor, process: Process, drafts: Sequence[Draft]) -> None:
    """A record that the program itself brings in, without an owner, is held by somebody of the stage's role."""
    active = {stage.key: stage for stage in process.stages if stage.is_active}
    lone = [d for d in drafts if d.after("stage") in active and d.after("holder") is None]
    if not lone:
        return
    roles = {active[d.after("stage")].role for d in lone}
    for role in roles:
        holder = await tx.value(store.least_loaded(actor.workspace, role))
        for draft in lone:
            if active[draft.after("stage")].role == role:
                draft.values["holder"] = holder


def stage_of(process: Process, key: str) -> Stage:
    return next(stage for stage in process.stages if stage.key == key)
