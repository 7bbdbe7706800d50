"""What several tests of served sites do and look for."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import orjson

from jieli.db.pool import Database
from jieli.db.sql import sql
from tests.torture.client import Client
from tests.torture.patience import insisting
from tests.torture.site import Site
from tests.torture.workloads import FINAL

LOST_AFTER = 30
"""Seconds without a sign of life after which a job is taken from a worker; the program's own setting."""


async def heard(lines: AsyncIterator[str], record: str) -> dict[str, Any]:
    """What a stream says about a record."""
    while True:
        line = await asyncio.wait_for(anext(lines), 30)
        told = orjson.loads(line.removeprefix("data: ")) if line.startswith("data: ") else {}
        if record in told.get("ids", ()):
            return dict(told)


async def bring_in(client: Client, mark: str, rows: int) -> UUID:
    """Ask for an import of so many leads."""
    text = "\n".join(["名称,客户需求", *(f"{mark}-{n},{uuid4()}" for n in range(rows)), ""])
    taken = (await client.upload("/imports", f"{mark}.csv", text, object="lead")).json()
    mapping = [{"index": 0, "target": "name"}, {"index": 1, "target": "needs"}]
    await client.write("POST", f"/imports/{taken['id']}/run", {"mapping": mapping, "policy": "skip"})
    return UUID(taken["id"])


async def ended(client: Client, run: UUID) -> dict[str, Any]:
    shown: dict[str, Any] = {}

    async def look() -> bool:
        shown.update(await client.get(f"/imports/{run}"))
        return shown["state"] in FINAL

    deadline = asyncio.get_running_loop().time() + 3 * LOST_AFTER
    while not await look():
        assert asyncio.get_running_loop().time() < deadline, shown
        await asyncio.sleep(0.1)
    return shown


async def is_picked(db: Database, run: UUID) -> None:
    """Wait until a worker has begun the import."""
    picked = sql(
        "select count(*) from jieli.pgqueuer where status = 'picked' and convert_from(payload, 'UTF8') like {run}",
        run=f"%{run}%",
    )
    for _ in range(600):
        if await insisting(db, lambda tx: tx.value(picked)):
            return
        await asyncio.sleep(0.05)
    raise AssertionError("no worker has begun it")


async def count(site: Site, pattern: str) -> int:
    """The leads whose name is like this."""
    lead = site.company.workspace.object("lead").table
    asked = sql("select count(*) from {lead} where name like {pattern}", lead=lead, pattern=pattern)
    return int(await insisting(site.db, lambda tx: tx.value(asked)))


async def starts(site: Site, runs: list[UUID]) -> list[int]:
    """How often a worker has begun each of these imports."""
    asked = sql(
        "select starts from {runs} where id = any({ids}::uuid[])",
        runs=site.company.workspace.table("import_run"),
        ids=runs,
    )
    return [row["starts"] for row in await insisting(site.db, lambda tx: tx.all(asked))]
