"""What is thrown away, fetched again, taken back or left to expire."""

from dataclasses import replace
from uuid import UUID

from jieli.db.sql import sql
from jieli.records import Action, Batch, Change, Outcome, UndoResult, apply, undo
from jieli.relay.limits import sweep_workspace
from tests.relay.history import History, Step
from tests.relay.oracle import Baton, Place


async def trash(history: History, step: Step) -> bool:
    return await _mark(history, step, Action.DELETE)


async def restore(history: History, step: Step) -> bool:
    return await _mark(history, step, Action.RESTORE)


async def _mark(history: History, step: Step, action: Action) -> bool:
    """One or two records of one object into the trash or out of it."""
    first = history.picked(step, trashed=action is Action.RESTORE)
    if first is None:
        return False
    others = [baton for baton in history.batons if baton.object == first.object and baton is not first]
    batons = [first, *(others[:1] if step.choice % 3 == 0 else [])]
    actor = await history.actor("boss" if step.is_right else step.who)
    changes = [Change(id=baton.id, row=i) for i, baton in enumerate(batons)]
    result = await apply(history.tx, actor, Batch(first.object, action, changes, atomic=False))
    done = [
        (baton, replace(baton.place, trashed=action is Action.DELETE))
        for baton, row in zip(batons, result.rows, strict=True)
        if row.outcome in (Outcome.DELETED, Outcome.RESTORED)
    ]
    if done:
        history.note(result.batch, done)
    return bool(done)


async def take_back(history: History, step: Step) -> bool:
    """Undo a batch, the last one or any."""
    if not history.batches:
        return False
    place = len(history.batches) - 1 if step.is_right else step.pick % len(history.batches)
    batch, before = history.batches[place]
    actor = await history.actor("boss" if step.choice % 4 else step.who)
    result = await undo(history.tx, actor, batch)
    del history.batches[place]
    for baton in [baton for baton in history.batons if baton.id in before]:
        await _taken_back(history, baton, batch, before[baton.id], result)
    return True


async def _taken_back(
    history: History, baton: Baton, batch: UUID, before: Place | None, result: UndoResult
) -> None:
    """A record to which nothing was done since is where it was; of any other, the program says where it is."""
    is_kept = any(kept.id == baton.id for kept in result.conflicts)
    if baton.touched[-1] != batch:
        if before is None:
            assert is_kept, "what was worked on since is not taken out"
        _arrive(history, baton, await history.place(baton))
        return
    assert not is_kept, "nothing was done since"
    if before is None:
        await _require_no_trace(history, baton)
        history.batons.remove(baton)
        return
    baton.touched.remove(batch)
    _arrive(history, baton, before)


def _arrive(history: History, baton: Baton, place: Place) -> None:
    """A win is offered to customer success by itself, also when it is there again."""
    legs = len(baton.legs)
    baton.goes_to(place, history.now)
    if len(baton.legs) > legs and place.stage == "won":
        history.offered_by_itself(baton)


async def _require_no_trace(history: History, baton: Baton) -> None:
    workspace = history.company.workspace
    for table in ("span", "handoff", "claim", "share", "deliverable"):
        left = sql("select count(*) from {t} where record = {id}", t=workspace.table(table), id=baton.id)
        assert await history.tx.value(left) == 0, table
    gone = sql(
        "select count(*) from {t} where id = {id}", t=workspace.object(baton.object).table, id=baton.id
    )
    assert await history.tx.value(gone) == 0


async def sweep(history: History, step: Step) -> bool:
    """What nobody answered in time expires; a limit that is broken changes nobody's hands."""
    await sweep_workspace(history.tx, history.company.workspace)
    waiting = [baton.waiting for baton in history.batons if baton.waiting]
    for offer in waiting:
        if offer.due <= history.now:
            offer.answer("expired", history.now)
    return bool(waiting)
