"""The holder ledger: one span for each stretch of a record in one stage with one holder.

Opened and closed by the write path in the same transaction as the change, so at every instant an active record
has exactly one open span; the database's unique index would refuse a second.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.blueprint.document import Process
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.records import Action, Batch, Draft
from jieli.records.store import append
from jieli.relay import store
from jieli.relay.calendars import calendar_of
from jieli.relay.stages import stage_of, warn_at

COLUMNS = (
    "id", "object", "record", "process", "stage", "holder", "role", "department", "entered", "due", "warn_at",
    "handoff",
)  # fmt: skip
CARRIED = ("stage", "holder", "process")


async def keep(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Written step: close the spans that ended with this change and open those that begin."""
    found = actor.workspace.process(obj.key) if obj.has("staged") else None
    if found is None:
        return
    changed = [draft for draft in drafts if _changes_hands(batch, draft)]
    if not changed:
        return
    await _close(tx, actor, batch, changed)
    await _open(tx, actor, obj, found[1], batch, changed)


def _changes_hands(batch: Batch, draft: Draft) -> bool:
    if draft.before is None or batch.action in (Action.DELETE, Action.RESTORE):
        return True
    return any(key in draft.values and draft.values[key] != draft.before.get(key) for key in CARRIED)


async def _close(tx: Tx, actor: Actor, batch: Batch, drafts: Sequence[Draft]) -> None:
    existing = [draft for draft in drafts if draft.before is not None]
    if not existing:
        return
    calendar = await calendar_of(tx, actor.workspace)
    left = clock.now()
    goes_to = {d.id: "trash" if batch.action is Action.DELETE else d.after("stage") for d in existing}
    ids = [draft.id for draft in existing]
    closing: list[tuple[UUID, datetime, int, str]] = []
    for row in await tx.all(store.open_spans(actor.workspace, ids)):
        until = max(left, row["entered"])
        seconds = calendar.working_seconds(row["entered"], until)
        closing.append((row["id"], until, seconds, goes_to[row["record"]]))
    if closing:
        await tx.run(store.close_spans(actor.workspace, closing))


async def _open(
    tx: Tx, actor: Actor, obj: Object, process: Process, batch: Batch, drafts: Sequence[Draft]
) -> None:
    if batch.action is Action.DELETE:
        return
    calendar = await calendar_of(tx, actor.workspace)
    now = clock.now()
    rows = []
    for draft in drafts:
        stage = stage_of(process, draft.after("stage"))
        holder = draft.after("holder")
        if not stage.is_active or holder is None:
            continue
        due = draft.after("stage_due")
        warn = warn_at(stage.limit, now, calendar) if stage.limit and due else None
        rows.append(
            (
                uuid7(), obj.key, draft.id, draft.after("process"), stage.key, holder, stage.role,
                draft.after("department"), now, due, warn, draft.extra.get("handoff"),
            )
        )  # fmt: skip
    if rows:
        await append(tx, actor.workspace, "span", COLUMNS, rows)
