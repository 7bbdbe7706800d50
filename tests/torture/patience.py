"""The torturer's own questions to the database, which is killed under them too."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

from jieli.base.errors import Unavailable
from jieli.db.errors import Retryable
from jieli.db.pool import Database, Tx
from tests.torture.site import PATIENCE, PAUSE

T = TypeVar("T")


async def insisting(db: Database, work: Callable[[Tx], Awaitable[T]]) -> T:
    """Do the work until it is committed. It must do no harm twice: a lost answer may have been a good one."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return await db.write(work)
        except (Unavailable, Retryable):
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(PAUSE)
