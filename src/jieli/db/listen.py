"""One dedicated connection that hears notifications and comes back by itself after an interruption."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import asyncpg

from jieli.db.errors import translating

log = logging.getLogger(__name__)

Heard = Callable[[str], None]


class Listener:
    """State: who listens to which channel, the connection, and the task that keeps it."""

    def __init__(self, dsn: str, application_name: str) -> None:
        self._dsn = dsn
        self._name = application_name
        self._heard: dict[str, list[Heard]] = {}
        self._connection: asyncpg.Connection[asyncpg.Record] | None = None
        self._keeper: asyncio.Task[None] | None = None
        self._lost = asyncio.Event()

    async def add(self, channel: str, callback: Heard) -> Callable[[], Awaitable[None]]:
        """Returns once notifications sent from now on will be heard."""
        if self._keeper is None:
            with translating():
                await self._connect()
            self._keeper = asyncio.create_task(self._keep())
        callbacks = self._heard.setdefault(channel, [])
        callbacks.append(callback)
        if len(callbacks) == 1 and self._connection and not self._connection.is_closed():
            with translating():
                await self._connection.add_listener(channel, self._notify)

        async def stop() -> None:
            callbacks.remove(callback)
            if not callbacks and self._heard.pop(channel, None) is not None:
                await self._forget(channel)

        return stop

    async def close(self) -> None:
        if self._keeper:
            self._keeper.cancel()
            await asyncio.gather(self._keeper, return_exceptions=True)
        if self._connection:
            self._connection.remove_termination_listener(self._ended)
            await self._connection.close(timeout=5)

    async def _forget(self, channel: str) -> None:
        if self._connection and not self._connection.is_closed():
            await self._connection.remove_listener(channel, self._notify)

    async def _connect(self) -> None:
        self._lost.clear()
        self._connection = await asyncpg.connect(
            self._dsn, timeout=10, server_settings={"application_name": f"{self._name} listener"}
        )
        self._connection.add_termination_listener(self._ended)
        for channel in list(self._heard):
            await self._connection.add_listener(channel, self._notify)

    async def _keep(self) -> None:
        while True:
            await self._lost.wait()
            pause = 0.1
            while self._lost.is_set():
                try:
                    await self._connect()
                except (OSError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                    self._lost.set()
                    log.warning("notifications are interrupted: %s", error)
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, 5.0)
            for channel in list(self._heard):
                self._tell(channel, "")

    def _ended(self, _connection: object) -> None:
        self._lost.set()

    def _notify(self, _connection: object, _pid: int, channel: str, payload: object) -> None:
        self._tell(channel, str(payload))

    def _tell(self, channel: str, payload: str) -> None:
        for callback in list(self._heard.get(channel, ())):
            try:
                callback(payload)
            except Exception:  # house: allow broad-except - one failing listener must not silence others
                log.exception("a listener on %s failed", channel)
