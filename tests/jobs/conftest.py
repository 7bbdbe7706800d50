"""A queue with nothing in it: jobs are committed, and a worker would take those of another test."""

from collections.abc import AsyncIterator

import pytest_asyncio

from jieli.db.pool import Database
from jieli.db.sql import sql


@pytest_asyncio.fixture(autouse=True)
async def empty_queue(db: Database) -> AsyncIterator[None]:
    async with db.begin() as tx:
        await tx.run(sql("truncate jieli.pgqueuer, jieli.pgqueuer_log, jieli.pgqueuer_schedules"))
    yield
