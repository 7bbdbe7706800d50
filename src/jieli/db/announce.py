"""Tells listening processes what has been committed, some of it at a time.

A NOTIFY inside a transaction makes its commit wait for all others that notify, each through its own write to disk.
So it is sent right after the commit, by a transaction that writes nothing. Who is told may therefore trust that it is
so, but not that every change is told: a process that dies in between says nothing.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from jieli.base.errors import JieliError
from jieli.db.sql import Sql, sql

log = logging.getLogger(__name__)

MOST = 500
"""So many messages in one statement."""

Told = tuple[str, str]
"""Channel and payload."""


class Announcer:
    """`send` runs one statement by itself."""

    def __init__(self, send: Callable[[Sql], Awaitable[None]]) -> None:
        self._send = send
        self._waiting: list[Told] = []
        self._sending: asyncio.Task[None] | None = None

    def tell(self, told: Sequence[Told]) -> None:
        """Send soon; what comes together goes together."""
        self._waiting += told
        if self._waiting and self._sending is None:
            self._sending = asyncio.create_task(self._send_all())

    async def finish(self) -> None:
        """Wait until everything has been sent."""
        if self._sending is not None:
            await self._sending

    async def _send_all(self) -> None:
        try:
            while self._waiting:
                told, self._waiting = self._waiting[:MOST], self._waiting[MOST:]
                await self._send(_notify(told))
        except JieliError as error:
            log.warning("%d messages to open screens were lost: %s", len(told), error)
        finally:
            self._sending = None


def _notify(told: Sequence[Told]) -> Sql:
    channels, payloads = zip(*told, strict=True)
    return sql(
        "select pg_notify(t.channel, t.payload) from unnest({channels}::text[], {payloads}::text[])"
        " t(channel, payload)",
        channels=list(channels),
        payloads=list(payloads),
    )
