"""Entering records with their past, many at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.db.pool import Tx
from jieli.records import Action, Batch, Change, Draft, Duplicates, Values, apply
from jieli.records import store as record_store
from jieli.records.derive import give_numbers
from jieli.records.files import COLUMNS as FILE
from jieli.records.notices import COLUMNS as NOTICE
from jieli.relay import store
from jieli.relay.calendars import calendar_of
from jieli.relay.past import Past
from jieli.relay.replay import HANDOFF, SPAN, TICK, People, Replay, Rows, Share

MOST_SHARED = 20_000


async def people_of(tx: Tx, actor: Actor, members: Sequence[UUID]) -> People:
    """Department and manager of these members as they are now: to be asked once for all their records."""
    rows = await tx.all(record_store.members(actor.workspace, members))
    return {row["id"]: (row["department"], row["manager"]) for row in rows}


async def enter_pasts(
    tx: Tx, actor: Actor, pasts: Mapping[str, Sequence[Past]], *, until: datetime, people: People
) -> None:
    """Enter records of several objects with all that happened to them up to `until`, the present. Nobody is told of
    what is over, and rules stay silent. The caller has checked who may.

    Objects are entered in the order given: what a record refers to comes before it, or it is the other way round,
    as with a lead and the opportunity that it became, and the reference is written once both are there.

    Raises ActsOutOfOrder and NothingOffered for what cannot have happened, and what the write path raises.
    """
    calendar = await calendar_of(tx, actor.workspace)
    links: dict[str, list[Change]] = {}
    shares: list[Share] = []
    with clock.at(until):
        for key, told in pasts.items():
            replay = Replay(actor, actor.workspace.object(key), calendar, until, people)
            changes = await _lived(tx, replay, told)
            coming = [later for later in pasts if later not in links and later != key]
            links[key] = _taken_out(replay, changes, coming, pasts)
            await _apply(tx, actor, key, Action.CREATE, changes)
            await _write(tx, actor, replay.rows)
            shares += replay.rows.shares
        for key, found in links.items():
            if found:
                await _apply(tx, actor, key, Action.UPDATE, found)
        await _share(tx, actor, shares)


async def _lived(tx: Tx, replay: Replay, pasts: Sequence[Past]) -> list[Change]:
    """The records as they are after all that happened to them."""
    drafts = [Draft(row, past.id, None, dict(past.values)) for row, past in enumerate(pasts)]
    await give_numbers(tx, replay.actor, replay.object, drafts)
    return [
        Change(replay.lived(past, draft.values), id=past.id, row=draft.row)
        for past, draft in zip(pasts, drafts, strict=True)
    ]


def _taken_out(
    replay: Replay, changes: Sequence[Change], coming: Sequence[str], pasts: Mapping[str, Sequence[Past]]
) -> list[Change]:
    """References to records that come in later, taken out of the changes, as changes of their own."""
    fields = [f for f in replay.object.fields.values() if f.target in coming and not f.is_many]
    later = {past.id for field in fields for past in pasts[str(field.target)]}
    found = []
    for change in changes:
        values = change.values
        taken: Values = {f.key: values.pop(f.key) for f in fields if values.get(f.key) in later}
        if taken:
            stamp, values["updated_at"] = values["updated_at"], values["created_at"]
            found.append(Change(taken | {"updated_at": stamp}, id=change.id, row=change.row))
    return found


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


async def _write(tx: Tx, actor: Actor, rows: Rows) -> None:
    workspace = actor.workspace
    tables = (
        ("span", SPAN, rows.spans),
        ("handoff", HANDOFF, rows.handoffs),
        ("deliverable", TICK, rows.ticks),
        ("file", FILE, rows.files),
        ("notification", NOTICE, rows.notices),
    )
    for table, columns, found in tables:
        await record_store.append(tx, workspace, table, columns, found)
    await record_store.add_events(tx, workspace, rows.events, len(rows.events))


async def _share(tx: Tx, actor: Actor, shares: list[Share]) -> None:
    """Last and in one order: many records share one campaign, and two transactions that enter them must neither wait
    long nor for each other."""
    shares.sort(key=lambda share: share[:3])
    for first in range(0, len(shares), MOST_SHARED):
        await tx.run(store.share_past(actor.workspace, shares[first : first + MOST_SHARED]))
