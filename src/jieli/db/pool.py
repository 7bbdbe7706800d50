"""Connections and transactions. Reading and writing show in the type: `ReadTx` or `Tx`."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any, TypeAlias, TypeVar

import asyncpg
from asyncpg.pool import Pool, PoolConnectionProxy

from jieli.base import tracing
from jieli.db import codecs
from jieli.db.announce import Announcer, Told
from jieli.db.errors import Retryable, Unreachable, translating
from jieli.db.listen import Listener
from jieli.db.sql import Sql, ident, join, sql

log = logging.getLogger(__name__)

_LOST = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)

Record: TypeAlias = asyncpg.Record
Connection: TypeAlias = "PoolConnectionProxy[asyncpg.Record]"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class PoolOptions:
    """How a process uses the database. `pooler` is for PgBouncer in transaction mode: no statement survives
    its transaction there and notifications need `listen_dsn`, an address that leads past it."""

    readers: int = 8
    writers: int = 8
    statement_timeout: float = 30.0
    acquire_timeout: float = 15.0
    start_timeout: float = 30.0
    pooler: bool = False
    listen_dsn: str | None = None
    application_name: str = "jieli"
    settings: tuple[tuple[str, str], ...] = ()


class ReadTx:
    """What may be asked of the database. `statements` counts what was sent, for tests that bound it."""

    __slots__ = ("connection", "statements")

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.statements = 0

    async def all(self, statement: Sql) -> list[Record]:
        text, values = self._next(statement)
        with translating():
            return await self.connection.fetch(text, *values)

    async def one(self, statement: Sql) -> Record | None:
        """The first row, if there is one."""
        text, values = self._next(statement)
        with translating():
            return await self.connection.fetchrow(text, *values)

    async def value(self, statement: Sql) -> Any:  # house: allow any - the caller knows the column
        """The first column of the first row; None when there is no row."""
        text, values = self._next(statement)
        with translating():
            return await self.connection.fetchval(text, *values)

    async def text(self, statement: Sql) -> str | None:
        """A JSON text built by PostgreSQL, unparsed. The statement casts its only column with `::text`."""
        found = await self.value(statement)
        if found is not None and not isinstance(found, str):
            raise TypeError(f"cast the column to text: {statement!r}")
        return found

    def _next(self, statement: Sql) -> tuple[str, list[object]]:
        self.statements += 1
        return statement.render()


class Tx(ReadTx):
    """A transaction that `Database.begin` commits. Nothing else does."""

    __slots__ = ("_callbacks", "_later", "announced")

    def __init__(self, connection: Connection) -> None:
        super().__init__(connection)
        self._callbacks: list[Callable[[], None]] = []
        self._later: list[Sql] = []
        self.announced: list[Told] = []

    async def all(self, statement: Sql) -> list[Record]:
        await self.settle()
        return await super().all(statement)

    async def one(self, statement: Sql) -> Record | None:
        await self.settle()
        return await super().one(statement)

    async def value(self, statement: Sql) -> Any:  # house: allow any - the caller knows the column
        await self.settle()
        return await super().value(statement)

    async def run(self, statement: Sql) -> int:
        """Run a statement for its effect; the number of rows it touched."""
        await self.settle()
        return await self._run(statement)

    def later(self, statement: Sql) -> None:
        """Run an insert before whatever is asked next, together with others that wait: so a record, its event and
        its leg are one round trip. None of them may look at what another one writes."""
        self._later.append(statement)

    async def settle(self) -> None:
        """Run what waits."""
        if self._later:
            waiting, self._later = self._later, []
            await self._run(_together(waiting))

    async def copy(
        self, schema: str | None, table: str, columns: Sequence[str], rows: Iterable[Sequence[object]]
    ) -> int:
        """Stream rows into a table (COPY); without a schema, into a temporary one. Returns their number."""
        ident(table, *columns)
        await self.settle()
        self.statements += 1
        with translating():
            status = await self.connection.copy_records_to_table(
                table, schema_name=schema, columns=list(columns), records=rows
            )
        return int(status.rpartition(" ")[2])

    @asynccontextmanager
    async def savepoint(self) -> AsyncIterator[None]:
        """What fails within the block is undone back to its start, and the transaction can go on."""
        await self.settle()
        callbacks, announced = len(self._callbacks), len(self.announced)
        with translating():
            point = self.connection.transaction()
            await point.start()
        try:
            yield
            await self.settle()
        except BaseException:
            del self._callbacks[callbacks:], self.announced[announced:], self._later[:]
            with translating():
                await point.rollback()
            raise
        with translating():
            await point.commit()

    def announce(self, channel: str, payload: str) -> None:
        """Tell listening processes, once the transaction is durable."""
        self.announced.append((channel, payload))

    def after_commit(self, callback: Callable[[], None]) -> None:
        """Call back once the transaction is durable, never otherwise. For waking listeners, not for work."""
        self._callbacks.append(callback)

    def committed(self) -> None:
        """Run what waits for the commit. A callback that fails must not make a durable change look lost."""
        for callback in self._callbacks:
            try:
                callback()
            except Exception:  # house: allow broad-except - the change is durable whatever a callback does
                log.exception("a callback after commit failed")

    async def _run(self, statement: Sql) -> int:
        text, values = self._next(statement)
        with translating():
            status = await self.connection.execute(text, *values)
        count = status.rpartition(" ")[2]
        return int(count) if count.isdigit() else 0


def _together(inserts: Sequence[Sql]) -> Sql:
    """Several inserts as one statement."""
    *others, last = inserts
    if not others:
        return last
    parts = [sql("{name} as ({insert})", name=ident(f"w{n}"), insert=one) for n, one in enumerate(others)]
    return sql("with {parts} {last}", parts=join(", ", parts), last=last)


class _Connection(asyncpg.Connection):
    """Given back without the usual RESET round trip: only SET LOCAL and transaction locks are used here."""

    __slots__ = ()

    def get_reset_query(self) -> str:
        return ""

    async def _prepare(self, query: str, *, use_cache: bool = False, **more: object) -> object:
        """Only COPY asks for the cache here: it learns the types of the columns from a statement kept by its text,
        and would write wrong bytes into another temporary table of the same name, or after a change of type."""
        return await super()._prepare(query, **more)  # type: ignore[misc]  # the stubs leave out what is private


class Database:
    """Two pools to one database, so that neither lists starve saves nor a save waits for its own reading."""

    def __init__(self, dsn: str, options: PoolOptions | None = None) -> None:
        self.dsn = dsn
        self.options = options or PoolOptions()
        self._readers: Pool[asyncpg.Record] | None = None
        self._writers: Pool[asyncpg.Record] | None = None
        self._listener: Listener | None = None
        self._announcer = Announcer(self._send)

    async def open(self) -> None:
        """Connect, waiting for a server that is just starting, for at most `start_timeout`."""
        self._writers = await self._connected(self.options.writers, {})
        self._readers = await self._connected(self.options.readers, {"default_transaction_read_only": "on"})

    async def close(self) -> None:
        await self._announcer.finish()
        if self._listener:
            await self._listener.close()
        for pool in (self._readers, self._writers):
            if pool:
                await pool.close()
        self._readers = self._writers = self._listener = None

    def use(self) -> dict[str, tuple[int, int]]:
        """For each pool how many connections it has and how many of them are idle."""
        pools = {"readers": self._readers, "writers": self._writers}
        return {name: (pool.get_size(), pool.get_idle_size()) for name, pool in pools.items() if pool}

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadTx]:
        """Read only. Each statement sees what is committed when it starts, and costs one round trip."""
        async with _leased(self._readers, self.options.acquire_timeout) as connection:
            if not self.options.pooler:
                yield ReadTx(connection)
                return
            async with connection.transaction(readonly=True):
                await _limit(connection, self.options.statement_timeout)
                yield ReadTx(connection)

    @asynccontextmanager
    async def begin(self, *, statement_timeout: float | None = None) -> AsyncIterator[Tx]:
        """A transaction, committed when the block ends and rolled back when it raises."""
        async with _leased(self._writers, self.options.acquire_timeout) as connection:
            tx = Tx(connection)
            with translating():
                transaction = connection.transaction()
                await transaction.start()
            try:
                if statement_timeout is not None or self.options.pooler:
                    await _limit(connection, statement_timeout or self.options.statement_timeout)
                yield tx
                await tx.settle()
            except BaseException:
                with suppress(*_LOST):
                    await transaction.rollback()
                raise
            with translating():
                await transaction.commit()
        tx.committed()
        self._announcer.tell(tx.announced)

    async def write(self, work: Callable[[Tx], Awaitable[T]], *, tries: int = 3) -> T:
        """Do the work in a transaction, and again in a new one when another transaction came in between."""
        while True:
            tries -= 1
            try:
                async with self.begin() as tx:
                    return await work(tx)
            except Retryable:
                if tries <= 0:
                    raise

    async def listen(self, channel: str, callback: Callable[[str], None]) -> Callable[[], Awaitable[None]]:
        """Hear what others `pg_notify` on a channel; the function returned stops it.

        One connection serves all channels and comes back by itself. After an interruption each callback is
        called with an empty payload, which means that something may have been missed.
        """
        if self._listener is None:
            self._listener = Listener(self.options.listen_dsn or self.dsn, self.options.application_name)
        return await self._listener.add(channel, callback)

    async def _send(self, statement: Sql) -> None:
        text, values = statement.render()
        async with _leased(self._writers, self.options.acquire_timeout) as connection:
            with translating():
                await connection.fetch(text, *values)

    async def _connected(self, size: int, settings: dict[str, str]) -> "Pool[asyncpg.Record]":
        deadline = asyncio.get_running_loop().time() + self.options.start_timeout
        pause = 0.05
        while True:
            try:
                with translating():
                    return await self._pool(size, settings)
            except Unreachable:
                if asyncio.get_running_loop().time() + pause > deadline:
                    raise
                log.info("waiting for the database")
                await asyncio.sleep(pause)
                pause = min(pause * 2, 2.0)

    async def _pool(self, size: int, settings: dict[str, str]) -> "Pool[asyncpg.Record]":
        options = self.options
        common = {"application_name": options.application_name, "TimeZone": "UTC"}
        session = {
            "statement_timeout": str(round(options.statement_timeout * 1000)),
            # Names are always qualified; one that is not shall fail here rather than at a customer.
            "search_path": "pg_catalog",
            "standard_conforming_strings": "on",
            **settings,
        }
        return await asyncpg.create_pool(
            self.dsn,
            min_size=1,
            max_size=size,
            max_inactive_connection_lifetime=120,
            statement_cache_size=0 if options.pooler else 256,
            connection_class=_Connection,
            init=_prepared,
            timeout=10,
            server_settings=common if options.pooler else common | session | dict(options.settings),
        )


async def _prepared(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    """Run once for each new connection."""
    await codecs.install(connection)
    if tracing.current():
        connection.add_query_logger(_told)


def _told(done: asyncpg.connection.LoggedQuery) -> None:
    """Tell the tracer of a statement. Called right after it, in the context of who made it."""
    if tracer := tracing.current():
        tracer.statement(done.query, done.elapsed, failed=done.exception is not None)


@asynccontextmanager
async def _leased(pool: "Pool[asyncpg.Record] | None", patience: float) -> AsyncIterator[Connection]:
    if pool is None:
        raise RuntimeError("open the database first")
    with translating():
        connection = await pool.acquire(timeout=patience)
    try:
        yield connection
    finally:
        # One that dies as it is given back is ended by the pool. What was done with it stands, or has failed already.
        with suppress(*_LOST):
            await pool.release(connection)


async def _limit(connection: Connection, seconds: float) -> None:
    with translating():
        await connection.execute(
            "select set_config('statement_timeout', $1, true)", str(round(seconds * 1000))
        )
