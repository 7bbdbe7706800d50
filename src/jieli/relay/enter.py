"""Entering records with their past, many at once."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jieli.access import Actor
from jieli.db.pool import Tx
from jieli.records import Action, Batch, Change, Draft, Duplicates, apply
from jieli.records import store as record_store
from jieli.records.derive import give_numbers
from jieli.records.files import COLUMNS as FILE
from jieli.records.notices import COLUMNS as NOTICE
from jieli.relay import store
from jieli.relay.calendars import calendar_of
from jieli.relay.past import Past
from jieli.relay.replay import HANDOFF, SPAN, TICK, People, Replay

MOST_SHARED = 20_000


async def people_of(tx: Tx, actor: Actor, members: Sequence[UUID]) -> People:
    """Department and manager of these members as they are now: to be asked once for all their records."""
    rows = await tx.all(record_store.members(actor.workspace, members))
    return {row["id"]: (row["department"], row["manager"]) for row in rows}


async def enter_pasts(
    tx: Tx,
    actor: Actor,
    object_key: str,
    pasts: Sequence[Past],
    *,
    until: datetime,
    people: People,
    linked: frozenset[str] = frozenset(),
) -> list[Change]:
    """Enter records with all that happened to them up to `until`, the present. Nobody is told of what is over, and
    rules stay silent. The caller has checked who may.

    `linked` are fields that refer to records which come in later: they are left out, and what is given back must be
    handed to `link_pasts` once those are there.

    Raises ActsOutOfOrder and NothingOffered for what cannot have happened, and what the write path raises.
    """
    obj = actor.workspace.object(object_key)
    if not pasts:
        return []
    replay = Replay(actor, obj, await calendar_of(tx, actor.workspace), until, people)
    drafts = [Draft(row, past.id, None, dict(past.values)) for row, past in enumerate(pasts)]
    await give_numbers(tx, actor, obj, drafts)
    changes = [
        Change(replay.lived(past, draft.values), id=past.id, row=draft.row)
        for past, draft in zip(pasts, drafts, strict=True)
    ]
    links = [link for change in changes if (link := _taken_out(change, linked))]
    await _apply(tx, actor, object_key, Action.CREATE, changes)
    await _write(tx, actor, replay)
    return links


async def link_pasts(tx: Tx, actor: Actor, object_key: str, links: Sequence[Change]) -> None:
    """Write the references that `enter_pasts` has left out."""
    if links:
        await _apply(tx, actor, object_key, Action.UPDATE, links)


def _taken_out(change: Change, linked: frozenset[str]) -> Change | None:
    """The values of these fields, taken out of the change, as a change of their own that leaves no newer stamp."""
    taken = {key: change.values.pop(key) for key in linked & change.values.keys()}
    if not taken:
        return None
    stamp = change.values["updated_at"]
    change.values["updated_at"] = change.values["created_at"]
    return Change({**taken, "updated_at": stamp}, id=change.id, row=change.row)


async def _apply(tx: Tx, actor: Actor, object_key: str, action: Action, changes: Sequence[Change]) -> None:
    batch = Batch(
        object_key,
        action,
        changes,
        trusted=True,
        typed=True,
        duplicates=Duplicates.CREATE,
        automations=False,
        past=True,
        source="past",
    )
    await apply(tx, actor, batch)


async def _write(tx: Tx, actor: Actor, replay: Replay) -> None:
    workspace, rows = actor.workspace, replay.rows
    tables = (
        ("span", SPAN, rows.spans),
        ("handoff", HANDOFF, rows.handoffs),
        ("deliverable", TICK, rows.ticks),
        ("file", FILE, rows.files),
        ("notification", NOTICE, rows.notices),
    )
    for table, columns, found in tables:
        await record_store.append(tx, workspace, table, columns, found)
    for first in range(0, len(rows.shares), MOST_SHARED):
        await tx.run(store.share_past(workspace, rows.shares[first : first + MOST_SHARED]))
    await record_store.add_events(tx, workspace, rows.events, len(rows.events))
