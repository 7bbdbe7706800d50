"""Limits: reminders before, breaches after. The sweep looks only at what is due, through two partial indexes."""

from jieli.access import Actor, system_actor
from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.pool import Database, Record, Tx
from jieli.jobs import Schedule
from jieli.records import Values
from jieli.records.log import note
from jieli.records.notices import tell_member
from jieli.records.store import add_events
from jieli.relay import store

AT_ONCE = 500


async def sweep(db: Database) -> None:
    """Every workspace, in transactions of at most AT_ONCE records, until nothing is due."""
    async with db.read() as tx:
        slugs = await workspaces.known(tx)
    for slug in slugs:
        while True:
            async with db.begin() as tx:
                workspace = await workspaces.load(tx, slug)
                if await sweep_workspace(tx, workspace) < AT_ONCE:
                    break


async def sweep_workspace(tx: Tx, workspace: Workspace) -> int:
    """Remind of and record what is due by now; gives how much there was. Two sweeps at once share the work."""
    actor = system_actor(workspace, "rule")
    now = clock.now()
    done = 0
    for kind, statement in (
        ("limit_warned", store.due_to_warn(workspace, now, AT_ONCE)),
        ("limit_breached", store.due_to_breach(workspace, now, AT_ONCE)),
    ):
        rows = await tx.all(statement)
        done = max(done, len(rows))
        await _record(tx, actor, kind, rows)
    expired = await tx.all(store.expire_handoffs(workspace, now, AT_ONCE))
    for row in expired:
        obj = workspace.object(row["object"])
        about = {"handoff": str(row["id"])}
        await note(tx, actor, obj, row["record"], "handoff_expired", about=about)
        for member in (row["sender"], row["receiver"]):
            await tell_member(tx, actor, member, "handoff_expired", obj, row["record"], about=about)
    return max(done, len(expired))


async def _record(tx: Tx, actor: Actor, kind: str, rows: list[Record]) -> None:
    if not rows:
        return
    now = clock.now()
    events = [
        (uuid7(), now, None, actor.channel, row["object"], row["record"], kind, None, None, _about(row))
        for row in rows
    ]
    await add_events(tx, actor.workspace, events)
    for row in rows:
        obj = actor.workspace.object(row["object"])
        people = {row["holder"]} | (
            {row["manager"]} if kind == "limit_breached" and row["manager"] else set()
        )
        for member in people:
            await tell_member(tx, actor, member, kind, obj, row["record"], about=_about(row))


def _about(row: Record) -> Values:
    return {"stage": row["stage"], "due": row["due"].isoformat(), "holder": str(row["holder"])}


SCHEDULES = (Schedule("relay.sweep", "* * * * *", sweep),)
