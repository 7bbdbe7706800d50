"""Reading in this process, beside the very statements of that reading alone."""

import time
from collections.abc import Awaitable, Callable
from statistics import median
from uuid import UUID

from bench.inline import inlined
from bench.noted import NotedTx
from bench.pgbench import Load, pgbench
from bench.stand import Stand
from jieli.access import Actor
from jieli.db.pool import Database, ReadTx

Read = Callable[[ReadTx, Actor], Awaitable[bytes]]
WARM = 5


async def milliseconds(place: Stand, db: Database, member: UUID, read: Read, seconds: float) -> float:
    """The median time of one reading, from the actor to the bytes that would be sent."""
    async with db.read() as tx:
        actor = await place.actor(tx, member)
        for _ in range(WARM):
            await read(tx, actor)
    times: list[float] = []
    end = time.perf_counter() + seconds
    while time.perf_counter() < end or not times:
        start = time.perf_counter()
        async with db.read() as tx:
            await read(tx, actor)
        times.append((time.perf_counter() - start) * 1000)
    return median(times)


async def script(place: Stand, db: Database, member: UUID, read: Read) -> str:
    """What the reading asks of PostgreSQL."""
    async with db.read() as tx:
        actor = await place.actor(tx, member)
        noted = NotedTx(tx.connection)
        await read(noted, actor)
    return "".join(f"{inlined(statement)};\n" for statement in noted.noted)


async def limit(dsn: str, text: str, seconds: float) -> float:
    """The mean time of the same statements when nothing else is done."""
    return (await pgbench(dsn, Load([text], seconds=seconds))).milliseconds
