"""What would be in the ledger, the log and the record if a past had been lived in Jieli, found in memory.

It goes by the same functions as the write path does (`stages.Arriving`, `package.pack`, the calendar); a test lives the
same past step by step and compares.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from jieli.access import Actor
from jieli.base.ids import uuid7_at
from jieli.base.worktime import Calendar
from jieli.blueprint.document import HandOff, Label, Move, Process, Stage
from jieli.blueprint.model import Object
from jieli.records import Action, Batch, Draft, Outcome, Values
from jieli.records.draft import values_of
from jieli.records.files import file_row
from jieli.records.log import changes_of, dumps_of
from jieli.relay.errors import ActsOutOfOrder, NothingOffered, NotStaged, NotTheHolder
from jieli.relay.handoffs import answer_due
from jieli.relay.package import pack
from jieli.relay.past import Accepted, Act, Attached, Filled, Moved, Offered, Past, Returned, Ticked
from jieli.relay.sharing import context_of
from jieli.relay.stages import Arriving, warn_at

People = Mapping[UUID, tuple[UUID | None, UUID | None]]
"""Department and manager of each member."""

SPAN = (
    *("id", "object", "record", "process", "stage", "holder", "role", "department", "entered", "due"),
    *("warn_at", "warned_at", "breached_at", "left_at", "working_seconds", "left_to"),
)
HANDOFF = (
    *("id", "object", "record", "process", "stage", "to_stage", "sender", "receiver", "role", "state"),
    *("offered_at", "due", "answered_at", "answered_by", "working_seconds", "message", "reason"),
    *("reason_label", "missing", "package", "automatic"),
)
TICK = ("record", "stage", "key", "object", "by", "at")
Row = tuple[object, ...]
Share = tuple[UUID, str, UUID, str, datetime]
"""Member, object, record, for what reason, and since when."""
NO_PROCESS = Process(object="none", label=Label(zh="无", en="None"), stages=(), moves=())
"""Records of objects without a process have a past as well, only without stages."""


@dataclass(slots=True)
class Rows:
    """What goes into the tables beside the records themselves."""

    spans: list[Row] = field(default_factory=list)
    handoffs: list[Row] = field(default_factory=list)
    ticks: list[Row] = field(default_factory=list)
    files: list[Row] = field(default_factory=list)
    notices: list[Row] = field(default_factory=list)
    events: list[Row] = field(default_factory=list)
    shares: list[Share] = field(default_factory=list)


class Replay:
    """Pasts of one object, replayed one after the other; `rows` gathers what they leave behind."""

    def __init__(
        self, actor: Actor, obj: Object, calendar: Calendar, until: datetime, people: People
    ) -> None:
        self.actor, self.object, self.calendar = actor, obj, calendar
        self.until, self.people = until, people
        self.process_key, self.process = actor.workspace.process(obj.key) or ("", NO_PROCESS)
        self.stages = {stage.key: stage for stage in self.process.stages}
        self.moves = _moves(self.process)
        self.dumps = dumps_of(obj)
        self.noise = Random()
        batch = Batch(obj.key, Action.UPDATE, ())
        self.arriving = Arriving(actor, obj, self.process, batch, calendar)
        self.rows = Rows()

    @property
    def is_staged(self) -> bool:
        return bool(self.stages)

    def require_stage(self, key: str) -> None:
        """Raises NotStaged, UnknownStage."""
        if not self.is_staged:
            raise NotStaged
        self.actor.workspace.stage(self.process_key, key)

    def lived(self, past: Past, values: Values) -> Values:
        """Replay the past of a record that came in with these values; gives those that it has in the end."""
        life = _Life(self, past)
        life.begin(values)
        for act in past.acts:
            life.live(act)
        return life.end()


def _moves(process: Process) -> dict[tuple[str, str], Move]:
    """The first move of the process that leads from one stage to another."""
    found: dict[tuple[str, str], Move] = {}
    for move in process.moves:
        for source in move.source:
            found.setdefault((source, move.to), move)
    return found


@dataclass(slots=True)
class _Leg:
    """The span that is open."""

    id: UUID
    stage: Stage
    holder: UUID
    department: UUID | None
    entered: datetime
    due: datetime | None
    warn: datetime | None
    warned: datetime | None = None
    breached: datetime | None = None


@dataclass(slots=True)
class _Offer:
    """The hand-off that waits for an answer."""

    id: UUID
    act: Offered
    stage: Stage
    sender: UUID
    due: datetime
    package: Values


@dataclass(frozen=True, slots=True)
class _Answer:
    at: datetime | None = None
    by: UUID | None = None
    seconds: int | None = None
    reason: str | None = None
    label: Values | None = None
    missing: list[str] | None = None


class _Life:
    """One record while its past is replayed."""

    def __init__(self, replay: Replay, past: Past) -> None:
        self.r, self.past = replay, past
        self.values: Values = {}
        self.now = past.entered
        self.leg: _Leg | None = None
        self.offer: _Offer | None = None
        self.ticked: set[tuple[str, str]] = set()
        self.files: list[Values] = []
        self.shared: set[tuple[UUID, UUID]] = set()
        self._count = 0

    def begin(self, values: Values) -> None:
        past = self.past
        owner = values.get("owner")
        draft = Draft(0, past.id, None, dict(values))
        draft.values["created_at"] = past.entered
        self._follow_owner(draft, owner)
        if self.r.is_staged:
            self._place(draft)
        self._write(draft, "created", past.by, Outcome.CREATED)
        if self.r.is_staged:
            self._open()

    def _place(self, draft: Draft) -> None:
        first = self.r.process.stages[0].key
        draft.values = {"process": self.r.process_key, "stage": first} | draft.values
        self.r.require_stage(draft.values["stage"])
        self.r.arriving.arrive(draft, self.now)

    def live(self, act: Act) -> None:
        if act.at < self.now:
            raise ActsOutOfOrder
        self._pass_time(act.at)
        self.now = act.at
        match act:
            case Filled():
                self._change(act.values, "updated", act.by)
            case Ticked():
                self._tick(act)
            case Attached():
                self._attach(act)
            case Moved():
                self.r.require_stage(act.to)
                about = {"from": self.values["stage"], "to": act.to, **act.about}
                self._move({**act.values, "stage": act.to}, act.event, act.by, about)
            case Offered():
                self._make_offer(act)
            case Accepted():
                self._accept(act)
            case Returned():
                self._give_back(act)
            case _:
                raise TypeError(act)

    def end(self) -> Values:
        """Let the time pass until the present, leave word of what waits, and give the record's values."""
        self._pass_time(self.r.until + timedelta(microseconds=1))
        if self.leg:
            self._keep_span(self.leg)
            self._tell_of_limit(self.leg)
        if self.offer:
            self._keep_offer(self.offer, "offered", _Answer())
            about = {"handoff": str(self.offer.id)}
            self._tell(self.offer.act.to, "handoff_offered", self.offer.act.at, about, self.offer.act.by)
        return {key: value for key, value in self.values.items() if value is not None}

    def _id(self, at: datetime) -> UUID:
        self._count += 1
        return uuid7_at(at, self._count, self.r.noise.getrandbits(62))

    def _log(
        self, kind: str, by: UUID | None, about: Values | None, changes: Values | None = None,
        at: datetime | None = None,
    ) -> None:  # fmt: skip
        moment = at or self.now
        channel = self.r.actor.channel if by else "rule"
        key = self.r.object.key
        row = (self._id(moment), moment, by, channel, key, self.past.id, kind, None, changes, about)
        self.r.rows.events.append(row)

    def _write(
        self, draft: Draft, kind: str, by: UUID | None, outcome: Outcome, about: Values | None = None
    ) -> None:
        """What the write path does with a draft: log what differs, and keep it."""
        draft.outcome = outcome
        draft.values = values_of(draft)
        if not draft.values:
            return
        stamps: Values = {"updated_at": self.now} | ({"updated_by": by} if by else {})
        if draft.before is None and by:
            stamps["created_by"] = by
        self._log(kind, by, about, changes_of(self.r.dumps, draft))
        self.values = {**self.values, **draft.values, **stamps}

    def _change(self, values: Values, kind: str, by: UUID | None, about: Values | None = None) -> None:
        draft = Draft(0, self.past.id, self.values, dict(values))
        self._write(draft, kind, by, Outcome.UPDATED, about)

    def _move(self, values: Values, kind: str, by: UUID | None, about: Values) -> None:
        """Arrive at another stage, or with another holder."""
        before = self.values
        draft = Draft(0, self.past.id, before, values)
        owner = values.get("owner")
        if owner and owner != before.get("owner"):
            self._follow_owner(draft, owner)
            if before.get("owner"):
                self._share(before["owner"], "passed", alone=True)
        if values.get("stage", before["stage"]) != before["stage"]:
            self.r.arriving.arrive(draft, self.now)
        self._write(draft, kind, by, Outcome.UPDATED, about)
        self._close(self.values["stage"])
        if self.offer:
            number = self.offer.id
            self._answered("withdrawn", by)
            self._log("handoff_withdrawn", None, {"handoff": str(number)})
        self._open()

    def _follow_owner(self, draft: Draft, owner: UUID | None) -> None:
        department, manager = self.r.people.get(owner, (None, None)) if owner else (None, None)
        for key, value in (("department", department), ("backup", manager)):
            if value:
                draft.values.setdefault(key, value)

    def _open(self) -> None:
        stage = self.r.stages[self.values["stage"]]
        holder = self.values.get("holder")
        if not stage.is_active or holder is None:
            return
        due = self.values.get("stage_due")
        warn = warn_at(stage.limit, due, self.r.calendar) if stage.limit and due else None
        department = self.values.get("department")
        self.leg = _Leg(self._id(self.now), stage, holder, department, self.now, due, warn)

    def _close(self, goes_to: str) -> None:
        if self.leg:
            seconds = self.r.calendar.working_seconds(self.leg.entered, self.now)
            self._keep_span(self.leg, self.now, seconds, goes_to)
            self.leg = None

    def _keep_span(
        self, leg: _Leg, left: datetime | None = None, seconds: int | None = None, goes_to: str | None = None
    ) -> None:
        place = (leg.id, self.r.object.key, self.past.id, self.r.process_key, leg.stage.key)
        party = (leg.holder, leg.stage.role, leg.department)
        limit = (leg.entered, leg.due, leg.warn, leg.warned, leg.breached)
        self.r.rows.spans.append((*place, *party, *limit, left, seconds, goes_to))

    def _tick(self, act: Ticked) -> None:
        stage = self.values["stage"]
        if (stage, act.key) not in self.ticked:
            self.ticked.add((stage, act.key))
            self.r.rows.ticks.append((self.past.id, stage, act.key, self.r.object.key, act.by, act.at))
        self._log("deliverable_ticked", act.by, {"key": act.key, "stage": stage, "done": True})

    def _attach(self, act: Attached) -> None:
        row = file_row(self._id(act.at), self.r.object.key, self.past.id, act.paper, by=act.by, at=act.at)
        self.files.append(row)
        self.r.rows.files.append(tuple(row.values()))
        shown = {key: row[key] for key in ("id", "name", "size", "type")}
        self._log("file_added", act.by, {"file": shown, "key": act.paper.deliverable})

    def _make_offer(self, act: Offered) -> None:
        if self.leg is None or self.offer is not None:
            raise NotTheHolder
        stage = self.leg.stage
        due = answer_due(self._hand_off(stage, act.stage), self.now, self.r.calendar)
        package = pack(self.r.object, stage, self.values, self._done(stage), self.files)
        self.offer = _Offer(self._id(self.now), act, stage, self.leg.holder, due, package)
        self._share(act.to, "handoff")
        about = {"handoff": str(self.offer.id), "to": str(act.to), "to_stage": act.stage}
        self._log("handoff_offered", act.by, {**about, "message": act.message or None})

    def _hand_off(self, stage: Stage, to: str) -> HandOff | None:
        move = self.r.moves.get((stage.key, to))
        return move.handoff if move else None

    def _done(self, stage: Stage) -> set[str]:
        """The deliverables of the stage that are there."""
        attached = {row["deliverable"] for row in self.files}
        met = {
            "check": lambda one: (stage.key, one.key) in self.ticked,
            "file": lambda one: one.key in attached,
            "field": lambda one: bool(one.field) and self.values.get(one.field) is not None,
        }
        return {one.key for one in stage.deliverables if met[one.kind](one)}

    def _accept(self, act: Accepted) -> None:
        offer = self._answering()
        self._answered("accepted", offer.act.to)
        self._share(offer.sender, "passed")
        about = {"handoff": str(offer.id), "from_member": str(offer.sender)}
        values: Values = {"stage": offer.act.stage, "holder": offer.act.to}
        handoff = self._hand_off(offer.stage, offer.act.stage)
        if handoff and handoff.takes_ownership:
            values["owner"] = offer.act.to
        moved = {"from": offer.stage.key, "to": offer.act.stage, **about}
        self._move(values, "moved", act.by, moved)
        self._log("handoff_accepted", act.by, about)

    def _give_back(self, act: Returned) -> None:
        offer = self._answering()
        said = self.r.process.return_reason(act.reason)
        label = said.label.model_dump() if said else None
        missing = list(act.missing)
        self._answered("returned", offer.act.to, {"reason": act.reason, "label": label, "missing": missing})
        why = {"reason": act.reason, "reason_label": label, "missing": missing, "message": None}
        self._log("handoff_returned", act.by, {"handoff": str(offer.id), **why, "to": str(offer.sender)})

    def _answering(self) -> _Offer:
        if self.offer is None:
            raise NothingOffered
        return self.offer

    def _answered(self, state: str, by: UUID | None, why: Values | None = None) -> None:
        """`why` has reason, its label and what was missing."""
        offer = self._answering()
        seconds = self.r.calendar.working_seconds(offer.act.at, self.now)
        self._keep_offer(offer, state, _Answer(self.now, by, seconds, **(why or {})))
        self.offer = None

    def _keep_offer(self, offer: _Offer, state: str, answer: _Answer) -> None:
        act = offer.act
        place = (offer.id, self.r.object.key, self.past.id, self.r.process_key, offer.stage.key, act.stage)
        parties = (offer.sender, act.to, offer.stage.role, state, act.at, offer.due)
        when = (answer.at, answer.by, answer.seconds)
        told = (act.message or None, answer.reason, answer.label, answer.missing or None)
        self.r.rows.handoffs.append((*place, *parties, *when, *told, offer.package, act.by is None))

    def _share(self, member: UUID, via: str, *, alone: bool = False) -> None:
        """With what belongs to the record, unless it is shared alone."""
        found = [(self.r.object.key, self.past.id)]
        if not alone:
            found += context_of(self.r.actor, self.r.object, self.values)
        for key, record in found:
            if (member, record) not in self.shared:
                self.shared.add((member, record))
                self.r.rows.shares.append((member, key, record, via, self.now))

    def _pass_time(self, moment: datetime) -> None:
        """What the clock alone brings about before this moment, in its order."""
        while True:
            comes = [(at, kind) for at, kind in self._coming() if at < moment]
            if not comes:
                return
            at, kind = min(comes)
            if kind == "handoff_expired" and self.offer:
                self._log(kind, None, {"handoff": str(self.offer.id)}, at=at)
                self._keep_offer(self.offer, "expired", _Answer(at))
                self.offer = None
            elif self.leg:
                self._log(kind, None, _about_limit(self.leg), at=at)
                setattr(self.leg, LIMITS[kind], at)

    def _coming(self) -> Iterator[tuple[datetime, str]]:
        leg, offer = self.leg, self.offer
        if leg and leg.warn and not leg.warned:
            yield leg.warn, "limit_warned"
        if leg and leg.due and not leg.breached:
            yield leg.due, "limit_breached"
        if offer:
            yield offer.due, "handoff_expired"

    def _tell_of_limit(self, leg: _Leg) -> None:
        """The last reminder of a leg that goes on."""
        kind, at = ("limit_breached", leg.breached) if leg.breached else ("limit_warned", leg.warned)
        if at is None:
            return
        manager = self.r.people.get(leg.holder, (None, None))[1] if leg.breached else None
        for member in dict.fromkeys((leg.holder, manager)):
            if member:
                self._tell(member, kind, at, _about_limit(leg), None)

    def _tell(self, member: UUID, kind: str, at: datetime, about: Values, by: UUID | None) -> None:
        who = {"by": str(by)} if by else {}
        row = (self._id(at), member, at, kind, self.r.object.key, self.past.id, {**who, **about})
        self.r.rows.notices.append(row)


LIMITS = {"limit_warned": "warned", "limit_breached": "breached"}


def _about_limit(leg: _Leg) -> Values:
    due = leg.due.isoformat() if leg.due else None
    return {"stage": leg.stage.key, "due": due, "holder": str(leg.holder)}
