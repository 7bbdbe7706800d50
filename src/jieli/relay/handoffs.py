"""Hand-offs: offered with a package, then accepted, or returned with a reason. The sender holds the record until
the receiver has accepted it; of several answers at once exactly one counts."""

from datetime import datetime, timedelta
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.base.worktime import Calendar
from jieli.blueprint.document import HandOff, Move
from jieli.db.errors import UniqueViolation
from jieli.db.pool import Record, Tx
from jieli.records import Action, Batch, BatchResult, Change, Values, apply
from jieli.records.log import note
from jieli.records.notices import tell_member
from jieli.relay import gate, store
from jieli.relay.calendars import calendar_of
from jieli.relay.errors import (
    STATES,
    AlreadyOffered,
    HandOffAnswered,
    HandOffUnknown,
    NotTheHolder,
    ReasonNeeded,
    WrongReceiver,
)
from jieli.relay.leg import Leg, leg
from jieli.relay.moves import arrive
from jieli.relay.package import packed
from jieli.relay.sharing import share_with

DUE_HOURS = 8


async def offer(
    tx: Tx,
    actor: Actor,
    object_key: str,
    record: UUID,
    *,
    to: UUID,
    stage: str | None = None,
    message: str = "",
    due: datetime | None = None,
    values: Values | None = None,
) -> UUID:
    """Offer the record to somebody, with the move that acceptance makes; gives the hand-off's id.

    Raises NotTheHolder, WrongReceiver, AlreadyOffered, and GateNotMet when the package is not complete.
    """
    at = await leg(tx, actor, object_key, record)
    _require_sender(actor, at)
    move = at.move_to(stage) if stage else None
    await _require_receiver(tx, actor, at, move, to)
    if values:
        await apply(tx, actor, Batch(object_key, Action.UPDATE, [Change(values, id=record)]))
        at = await leg(tx, actor, object_key, record)
    if move:
        await gate.require_gate(tx, actor, at, move, {})
        await gate.require_condition(tx, actor, at, move)
    due = due or answer_due(
        move.handoff if move else None, clock.now(), await calendar_of(tx, actor.workspace)
    )
    return await _offered(tx, actor, at, to=to, stage=stage, message=message, due=due, automatic=False)


def _require_sender(actor: Actor, at: Leg) -> None:
    """The holder, or who may give the record away in the holder's stead. What nobody holds cannot be handed over."""
    if at.values.get("holder") is None:
        raise NotTheHolder
    if actor.is_system or at.values.get("holder") == actor.member or at.may_transfer:
        return
    raise NotTheHolder


async def _require_receiver(tx: Tx, actor: Actor, at: Leg, move: Move | None, to: UUID) -> None:
    """An active member other than the holder, with the role that the move names."""
    row = await tx.one(store.member(actor.workspace, to))
    if row is None or not row["active"] or to == at.values.get("holder"):
        raise WrongReceiver(name=row["name"] if row else "?")
    if move and move.handoff and move.handoff.role not in (row["roles"] or ()):
        raise WrongReceiver(name=row["name"])


def answer_due(handoff: HandOff | None, now: datetime, calendar: Calendar) -> datetime:
    """Until when an offer made now waits for its answer."""
    hours = handoff.due_hours if handoff else DUE_HOURS
    if handoff and handoff.clock == "natural":
        return now + timedelta(hours=hours)
    return calendar.add_working(now, round(hours * 3600))


async def _offered(
    tx: Tx,
    actor: Actor,
    at: Leg,
    *,
    to: UUID,
    stage: str | None,
    message: str,
    due: datetime,
    automatic: bool,
) -> UUID:
    number = uuid7()
    sender = at.values["holder"]
    package = await packed(tx, actor, at)
    values: Values = {
        "id": number,
        "object": at.object.key,
        "record": at.id,
        "process": at.process_key,
        "stage": at.stage.key,
        "to_stage": stage,
        "sender": sender,
        "receiver": to,
        "role": at.stage.role,
        "offered_at": clock.now(),
        "due": due,
        "message": message.strip()[:2000] or None,
        "package": package,
        "automatic": automatic,
    }
    try:
        async with tx.savepoint():
            await tx.run(store.add_handoff(actor.workspace, values))
    except UniqueViolation as violation:
        if violation.constraint == "handoff_one_open":
            raise AlreadyOffered from None
        raise
    await share_with(tx, actor, at.object, at.id, at.values, member=to, via="handoff")
    about = {"handoff": str(number), "to": str(to), "to_stage": stage, "message": values["message"]}
    await note(tx, actor, at.object, at.id, "handoff_offered", about=about)
    await tell_member(tx, actor, to, "handoff_offered", at.object, at.id, about={"handoff": str(number)})
    return number


async def accept(tx: Tx, actor: Actor, handoff: UUID) -> BatchResult:
    """Take the record over: the receiver becomes the holder and the offered move is made. Raises HandOffUnknown
    for who is not the receiver, HandOffAnswered when another answer was first."""
    row = await _answering(tx, actor, handoff, "receiver")
    at = await leg(tx, actor, row["object"], row["record"])
    await _answer(tx, actor, row, "accepted")
    sender, me = row["sender"], row["receiver"]
    await share_with(tx, actor, at.object, at.id, at.values, member=sender, via="passed")
    about = {"handoff": str(handoff), "from_member": str(sender)}
    move = next((m for m in at.process.moves if at.stage.key in m.source and m.to == row["to_stage"]), None)
    owner = me if move and move.handoff and move.handoff.takes_ownership else None
    if row["to_stage"] and row["to_stage"] != at.stage.key:
        result = await arrive(tx, actor, at, row["to_stage"], holder=me, owner=owner, about=about)
    else:
        result = await _take(tx, actor, at, me, about)
    await note(tx, actor, at.object, at.id, "handoff_accepted", about=about)
    await tell_member(
        tx, actor, sender, "handoff_accepted", at.object, at.id, about={"handoff": str(handoff)}
    )
    return result


async def _take(tx: Tx, actor: Actor, at: Leg, holder: UUID, about: Values) -> BatchResult:
    change = Change({"holder": holder}, id=at.id)
    batch = Batch(at.object.key, Action.UPDATE, [change], trusted=True, typed=True, about=about)
    return await apply(tx, actor, batch)


async def give_back(
    tx: Tx, actor: Actor, handoff: UUID, *, reason: str, missing: list[str], message: str = ""
) -> None:
    """Return the package with a reason, which is one of the process's list or a text of one's own; the sender goes
    on holding the record. Raises ReasonNeeded."""
    said = reason.strip()[:200]
    if not said:
        raise ReasonNeeded
    row = await _answering(tx, actor, handoff, "receiver")
    why = _why(actor, row["object"], said)
    await _answer(tx, actor, row, "returned", why=why, missing=missing)
    obj = actor.workspace.object(row["object"])
    about = {
        "handoff": str(handoff),
        **why,
        "missing": missing,
        "message": message.strip()[:2000] or None,
        "to": str(row["sender"]),
    }
    await note(tx, actor, obj, row["record"], "handoff_returned", about=about)
    told = {"handoff": str(handoff), **why}
    await tell_member(tx, actor, row["sender"], "handoff_returned", obj, row["record"], about=told)


def _why(actor: Actor, object_key: str, said: str) -> Values:
    """A reason of the list by its key, with what it is called now; any other text as it is."""
    found = actor.workspace.process(object_key)
    reason = found[1].return_reason(said) if found else None
    if reason is None:
        return {"reason": said, "reason_label": None}
    return {"reason": reason.key, "reason_label": reason.label.model_dump()}


async def withdraw(tx: Tx, actor: Actor, handoff: UUID) -> None:
    """Take an offer back before it is answered; only its sender may."""
    row = await _answering(tx, actor, handoff, "sender")
    await _answer(tx, actor, row, "withdrawn")
    obj = actor.workspace.object(row["object"])
    await note(tx, actor, obj, row["record"], "handoff_withdrawn", about={"handoff": str(handoff)})


async def _answering(tx: Tx, actor: Actor, handoff: UUID, party: str) -> Record:
    """The hand-off, locked and still open, if the actor is this party of it. The record is locked first, so that
    an answer and a move of the same record queue up instead of blocking each other."""
    seen = await tx.one(store.handoff(actor.workspace, handoff))
    if seen is None or (not actor.is_system and seen[party] != actor.member):
        raise HandOffUnknown
    await tx.run(store.lock_record(actor.workspace.object(seen["object"]), seen["record"]))
    row = await tx.one(store.lock_handoff(actor.workspace, handoff))
    if row is None:
        raise HandOffUnknown
    if row["state"] != "offered":
        raise HandOffAnswered(state=STATES[row["state"]])
    return row


async def _answer(
    tx: Tx,
    actor: Actor,
    row: Record,
    state: str,
    *,
    why: Values | None = None,
    missing: list[str] | None = None,
) -> None:
    now = clock.now()
    calendar = await calendar_of(tx, actor.workspace)
    seconds = calendar.working_seconds(row["offered_at"], max(now, row["offered_at"]))
    await tx.run(
        store.answer(
            actor.workspace,
            row["id"],
            {
                "state": state,
                "at": now,
                "by": actor.member,
                "seconds": seconds,
                **(why or {"reason": None, "reason_label": None}),
                "missing": missing or None,
            },
        )
    )


async def offer_by_itself(tx: Tx, actor: Actor, object_key: str, record: UUID) -> UUID | None:
    """The hand-off that a stage makes without being asked, such as won → customer success. Gives None when
    there is none, or nobody who could take it; then the holder keeps the record and can offer it by hand."""
    at = await leg(tx, actor, object_key, record)
    move = next(
        (m for m in at.process.moves if at.stage.key in m.source and m.handoff and m.handoff.automatic), None
    )
    if move is None or move.handoff is None:
        return None
    people = await tx.all(store.receivers(actor.workspace, move.handoff.role, at.values.get("holder")))
    if not people:
        return None
    to = _chosen(at, move.handoff, people)
    due = answer_due(move.handoff, clock.now(), await calendar_of(tx, actor.workspace))
    return await _offered(tx, actor, at, to=to, stage=move.to, message="", due=due, automatic=True)


def _chosen(at: Leg, handoff: HandOff, people: list[Record]) -> UUID:
    """Receivers come with the fewest held records first."""
    if handoff.choose == "owner":
        owner = at.values.get("owner")
        if any(person["id"] == owner for person in people):
            return UUID(str(owner))
    return UUID(str(people[0]["id"]))


async def candidates(tx: Tx, actor: Actor, object_key: str, record: UUID, stage: str | None) -> list[Values]:
    """Who could take the record over, best first, each with what speaks for them: records in hand, and the
    share of offers that they answered in time."""
    at = await leg(tx, actor, object_key, record)
    move = at.move_to(stage) if stage else None
    role = move.handoff.role if move and move.handoff else None
    rows = await tx.all(store.receivers(actor.workspace, role, at.values.get("holder")))
    owner = at.values.get("owner")
    prefers_owner = bool(move and move.handoff and move.handoff.choose == "owner")
    found = [
        {
            "id": row["id"],
            "title": row["name"],
            "load": row["load"],
            "on_time": row["on_time"],
            "owner": row["id"] == owner,
        }
        for row in rows
    ]
    return sorted(found, key=lambda one: not (prefers_owner and one["owner"]))
