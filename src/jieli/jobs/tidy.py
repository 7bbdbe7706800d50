"""Keeps the queue's own history short."""

from jieli.db.pool import Database
from jieli.jobs import store
from jieli.jobs.model import Schedule


async def tidy(db: Database) -> None:
    async with db.begin(statement_timeout=600) as tx:
        await store.forget(tx)


SCHEDULES = (Schedule("jobs.tidy", "41 * * * *", tidy),)
