"""The holder ledger: one span for each stretch of a record in one stage with one holder.

Opened and closed by the write path in the same transaction as the change, so at every instant an active record
has exactly one open span; the database's unique index would refuse a second.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jieli.access import Actor, system_actor
from jieli.base import clock
from jieli.base.ids import uuid7s
from jieli.blueprint.document import Process
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.records import Action, Batch, Draft
from jieli.records.log import note
from jieli.records.store import append
from jieli.relay import store
from jieli.relay.calendars import calendar_of
from jieli.relay.stages import warn_at

COLUMNS = (
    *("id", "object", "record", "process", "stage"),
    *("holder", "role", "department"),
    *("entered", "due", "warn_at"),
)
CARRIED = ("stage", "holder", "process")


async def keep(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Written step: close the spans that ended with this change and open those that begin."""
    found = actor.workspace.process(obj.key) if obj.has("staged") else None
    if found is None or batch.past:
        return
    changed = [draft for draft in drafts if changes_hands(batch, draft)]
    if not changed:
        return
    ended = await _close(tx, actor, batch, changed)
    await _withdraw(tx, actor, obj, [draft.id for draft in changed if draft.before is not None])
    if batch.action is not Action.DELETE:
        await _open(tx, actor, obj, found[1], changed, ended)


def changes_hands(batch: Batch, draft: Draft) -> bool:
    """Whether another leg begins, or the last one ends."""
    if draft.before is None or batch.action in (Action.DELETE, Action.RESTORE):
        return True
    return any(key in draft.values and draft.values[key] != draft.before.get(key) for key in CARRIED)


async def _close(tx: Tx, actor: Actor, batch: Batch, drafts: Sequence[Draft]) -> dict[UUID, datetime]:
    """End the open spans of these records; gives when, and for those without when the last one ended. A clock set back
    makes an empty span, not a negative one."""
    goes_to = {
        draft.id: "trash" if batch.action is Action.DELETE else draft.after("stage")
        for draft in drafts
        if draft.before is not None
    }
    if not goes_to:
        return {}
    calendar = await calendar_of(tx, actor.workspace)
    now = clock.now()
    closing: list[tuple[UUID, datetime, int, str]] = []
    ended: dict[UUID, datetime] = {}
    for row in await tx.all(store.open_spans(actor.workspace, list(goes_to))):
        until = ended[row["record"]] = max(now, row["entered"])
        seconds = calendar.working_seconds(row["entered"], until)
        closing.append((row["id"], until, seconds, goes_to[row["record"]]))
    if closing:
        await tx.run(store.close_spans(actor.workspace, closing))
    if returning := [record for record in goes_to if record not in ended]:
        rows = await tx.all(store.left_last(actor.workspace, returning))
        ended |= {row["record"]: max(now, row["left_at"]) for row in rows}
    return ended


async def _withdraw(tx: Tx, actor: Actor, obj: Object, records: Sequence[UUID]) -> None:
    """A record that went on by another way, to somebody else or into the trash no longer waits for an answer. That
    is noted as a consequence and not as something that the actor did."""
    rows = await tx.all(store.waiting(actor.workspace, records)) if records else []
    calendar = await calendar_of(tx, actor.workspace) if rows else None
    now = clock.now()
    for row in rows:
        seconds = calendar.working_seconds(row["offered_at"], max(now, row["offered_at"])) if calendar else 0
        answer = {"state": "withdrawn", "at": now, "by": actor.member, "seconds": seconds}
        await tx.run(
            store.answer(
                actor.workspace, row["id"], {**answer, "reason": None, "reason_label": None, "missing": None}
            )
        )
        rule = system_actor(actor.workspace, "rule")
        await note(tx, rule, obj, row["record"], "handoff_withdrawn", about={"handoff": str(row["id"])})


async def _open(
    tx: Tx,
    actor: Actor,
    obj: Object,
    process: Process,
    drafts: Sequence[Draft],
    ended: dict[UUID, datetime],
) -> None:
    """Begin a span where the last one ended, to the microsecond, so that the ledger has no gap."""
    calendar = await calendar_of(tx, actor.workspace)
    now = clock.now()
    stages = {stage.key: stage for stage in process.stages}
    warns: dict[tuple[str, datetime], datetime | None] = {}
    rows: list[tuple[object, ...]] = []
    for number, draft in zip(uuid7s(len(drafts)), drafts, strict=True):
        stage = stages[draft.after("stage")]
        holder = draft.after("holder")
        if not stage.is_active or holder is None:
            continue
        entered = ended.get(draft.id, now)
        due = draft.after("stage_due")
        if due and (stage.key, due) not in warns:
            warns[stage.key, due] = warn_at(stage.limit, due, calendar) if stage.limit else None
        warn = warns[stage.key, due] if due else None
        place = (number, obj.key, draft.id, draft.after("process"), stage.key)
        party = (holder, stage.role, draft.after("department"))
        rows.append((*place, *party, entered, due, warn))
    if rows:
        await append(tx, actor.workspace, "span", COLUMNS, rows)
