"""Forgets what is over: sessions, invitations, browsers not seen for a year, and old events."""

from datetime import timedelta

from jieli.base import clock
from jieli.db.pool import Database
from jieli.identity import door_store
from jieli.jobs import Schedule

EVENTS_KEPT = timedelta(days=400)
DEVICES_KEPT = timedelta(days=366)
INVITES_KEPT = timedelta(days=30)


async def tidy(db: Database) -> None:
    now = clock.now()
    async with db.begin(statement_timeout=600) as tx:
        await tx.run(door_store.forget_sessions(now))
        await tx.run(door_store.forget_events(now - EVENTS_KEPT))
        await tx.run(door_store.forget_devices(now - DEVICES_KEPT))
        await tx.run(door_store.forget_invites(now - INVITES_KEPT))


SCHEDULES = (Schedule("identity.tidy", "29 2 * * *", tidy),)
