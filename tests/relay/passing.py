"""How records are passed on: moves, hand-offs and their answers, other owners, and what blocks them."""

from dataclasses import replace
from uuid import UUID

from jieli.blueprint.document import Move
from jieli.db.sql import sql
from jieli.records import Action, Batch, BatchResult, Change, Outcome, apply
from jieli.relay import gate, handoffs
from jieli.relay.moves import block, move_stage
from tests.company import PEOPLE
from tests.relay.history import History, Step, held
from tests.relay.oracle import Baton, Offer, Place, due_after

READY = {
    "lead": {"needs": "三台服务器", "screening": "qualified", "invalid_reason": "other"},
    "opportunity": {
        **{"source": "exhibition", "needs": "扩容", "amount": "1000", "expected_close": "2026-12-01"},
        **{"feasibility": "standard", "solution": "标准版", "quoted_amount": "900", "loss_reason": "price"},
        **{"quote_valid_until": "2026-12-01", "contract_amount": "900", "signed_on": "2026-11-01"},
        **{"void_reason": "other", "customer_satisfaction": 5, "feedback": "满意"},
    },
}
"""What the gates and the moves ask for."""


async def _prepare(history: History, baton: Baton) -> None:
    """Fill in everything that any gate or move asks for."""
    tx, actor, key = history.tx, history.company.system, baton.object
    values = {**READY[key], **({"account": str(history.account)} if key == "lead" else {})}
    result = await apply(tx, actor, Batch(key, Action.UPDATE, [Change(values, id=baton.id)]))
    if result.only.outcome is Outcome.UPDATED:
        baton.touched.append(result.batch)
    stage = next(one for one in history.process(key).stages if one.key == baton.place.stage)
    for one in stage.deliverables:
        if one.kind == "check":
            await gate.tick(tx, actor, key, baton.id, one.key, done=True)
            baton.touched.append("tick")
        if one.kind == "file":
            await _attach(history, baton, one.key)


async def _attach(history: History, baton: Baton, deliverable: str) -> None:
    await history.tx.run(
        sql(
            "insert into {file} (id, object, record, deliverable, name, size, type, sha256, storage, by, at) values"
            " (gen_random_uuid(), {object}, {record}, {key}, 'x', 1, 'text/plain', 'x', 'disk', {by}, {at})",
            file=history.company.workspace.table("file"),
            object=baton.object,
            record=baton.id,
            key=deliverable,
            by=history.id_of("boss"),
            at=history.now,
        )
    )


def _move_of(history: History, baton: Baton, choice: int) -> Move | None:
    moves = [move for move in history.process(baton.object).moves if baton.place.stage in move.source]
    return moves[choice % len(moves)] if moves else None


async def move(history: History, step: Step) -> bool:
    baton = history.picked(step)
    move = _move_of(history, baton, step.choice) if baton else None
    if baton is None or move is None:
        return False
    who = "boss" if step.is_right else step.who
    if step.is_right:
        await _prepare(history, baton)
    result = await move_stage(history.tx, await history.actor(who), baton.object, baton.id, move.to)
    place = held(history, who, replace(baton.place, stage=move.to), baton.object)
    history.note(result.batch, [(baton, place)])
    return True


async def offer(history: History, step: Step) -> bool:
    baton = history.picked(step)
    if baton is None:
        return False
    move = _move_of(history, baton, step.choice) if step.choice % 4 else None
    who, to = step.who, step.to
    if step.is_right:
        await _prepare(history, baton)
        who = baton.place.holder or "boss"
        role = move.handoff.role if move and move.handoff else None
        to = next((n for n in (step.to, *PEOPLE) if n != who and role in (None, PEOPLE[n][1])), step.to)
    receiver = history.company.members[to]
    stage = move.to if move else None
    number = await handoffs.offer(
        history.tx, await history.actor(who), baton.object, baton.id, to=receiver, stage=stage
    )
    due = due_after(history.now, move.handoff.due_hours if move and move.handoff else 8)
    assert baton.place.holder, "nobody can hand over what nobody holds"
    baton.offers.append(Offer(number, baton.place.holder, to, baton.place.stage, stage, history.now, due))
    baton.touched.append("offer")
    return True


async def answer(history: History, step: Step) -> bool:
    """Accept, return or withdraw an offer that waits, or try to answer one that does not any more."""
    known = [(baton, offer) for baton in history.batons for offer in baton.offers]
    waiting = (
        [(baton, offer) for baton, offer in known if offer.state == "offered"] if step.is_right else known
    )
    if not waiting:
        return False
    baton, offer = waiting[step.pick % len(waiting)]
    number = await _number(history, baton, offer)
    party = offer.sender if step.kind == "withdraw" else offer.receiver
    actor = await history.actor(party if step.is_right else step.who)
    if step.kind == "accept":
        result = await handoffs.accept(history.tx, actor, number)
        _accepted(history, baton, offer, result)
    elif step.kind == "return":
        await handoffs.give_back(history.tx, actor, number, reason="需求不清", missing=[])
        offer.answer("returned", history.now)
    else:
        await handoffs.withdraw(history.tx, actor, number)
        offer.answer("withdrawn", history.now)
    if step.kind != "accept":
        baton.touched.append(step.kind)
    return True


async def _number(history: History, baton: Baton, offer: Offer) -> UUID:
    """The id of an offer; that of one which was made by itself is looked up."""
    found: UUID = await history.tx.value(
        sql(
            "select id from {t} where record = {record} order by id offset {place} limit 1",
            t=history.company.workspace.table("handoff"),
            record=baton.id,
            place=baton.offers.index(offer),
        )
    )
    return found


def _accepted(history: History, baton: Baton, offer: Offer, result: BatchResult) -> None:
    offer.answer("accepted", history.now)
    baton.touched.append("accept")
    moves = history.process(baton.object).moves
    move = next((m for m in moves if baton.place.stage in m.source and m.to == offer.to), None)
    owner = offer.receiver if move and move.handoff and move.handoff.takes_ownership else baton.place.owner
    place = Place(offer.to or baton.place.stage, offer.receiver, owner)
    history.note(result.batch, [(baton, held(history, offer.receiver, place, baton.object))])


async def transfer(history: History, step: Step) -> bool:
    """To another owner, one record or some at once; now and then to nobody."""
    chosen = [baton for baton in history.batons if not baton.place.trashed and baton.object == "lead"]
    first = history.picked(step)
    batons = [first] if first and step.choice % 3 else chosen[:3]
    if not batons or not batons[0]:
        return False
    owner = None if step.choice % 5 == 0 else step.to
    actor = await history.actor("boss" if step.is_right else step.who)
    given = str(history.id_of(owner)) if owner else None
    changes = [Change({"owner": given}, id=baton.id, row=i) for i, baton in enumerate(batons)]
    result = await apply(history.tx, actor, Batch(batons[0].object, Action.UPDATE, changes, atomic=False))
    done = [
        (baton, _given(baton, owner))
        for baton, row in zip(batons, result.rows, strict=True)
        if row.outcome is Outcome.UPDATED
    ]
    if done:
        history.note(result.batch, done)
    return bool(done)


def _given(baton: Baton, owner: str | None) -> Place:
    """Who held the record as its owner passes it on with it; a lead that waited for an owner waits no longer."""
    place = baton.place
    if owner and place.holder and (place.owner is None or place.holder == place.owner):
        place = replace(place, holder=owner)
    if owner and place.owner is None and baton.object == "lead" and place.stage == "new":
        place = replace(place, stage="following")
    return replace(place, owner=owner)


async def mark_blocked(history: History, step: Step) -> bool:
    baton = history.picked(step)
    if baton is None:
        return False
    actor = await history.actor(baton.place.holder if step.is_right else step.who)
    reason = "等客户答复" if step.choice % 2 else None
    result = await block(history.tx, actor, baton.object, baton.id, reason)
    if result.only.outcome is not Outcome.UPDATED:
        return False
    history.note(result.batch, [(baton, baton.place)])
    return True
