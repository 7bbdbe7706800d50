"""From the command to the first page with the embedded database, and the memory that everything takes at rest."""

import asyncio
import os
import shutil
import sys
import tempfile
import time
from functools import partial
from pathlib import Path

import httpx
import psutil

from bench.result import Result, Target
from bench.rounds import taking_turns
from bench.setting import Setting
from bench.stand import Stand
from bench.web import free_port
from jieli.blueprint import workspaces
from jieli.db import server
from jieli.db.cluster import Cluster, postmaster
from jieli.db.migrate import migrate
from jieli.db.pool import Database
from jieli.standard import load

TARGET = Target("value", 3_000)
MOST_MEGABYTES = 350
LONGEST = 60
LOOK_AGAIN = 0.02
REST = 3
"""Seconds after which a server that nobody uses has come to rest."""
MEGABYTE = 2**20


async def measure(place: Stand, setting: Setting) -> Result:
    home = Path(tempfile.mkdtemp(prefix="jieli-bench-start-"))
    sizes: list[float] = []
    try:
        await _prepared(home)
        found = await taking_turns(
            {"value": partial(_served, home, sizes), "limit": partial(_database_alone, home)}, setting.rounds
        )
    finally:
        server.stop(home)
        shutil.rmtree(home, ignore_errors=True)
    memory = max(sizes)
    extra = {"idle_megabytes": memory, "idle_megabytes_target": MOST_MEGABYTES}
    also_met = memory <= MOST_MEGABYTES
    return Result("start", found["value"], found["limit"], "ms", TARGET, place.rows, extra, also_met)


async def _prepared(home: Path) -> None:
    """An installation with a workspace, at rest."""
    dsn = await asyncio.to_thread(server.ensure, home)
    await migrate(dsn)
    db = Database(dsn)
    await db.open()
    async with db.begin(statement_timeout=120) as tx:
        await workspaces.create(tx, "start", load())
    await db.close()
    await asyncio.to_thread(server.stop, home)


async def _database_alone(home: Path) -> float:
    start = time.perf_counter()
    await asyncio.to_thread(server.ensure, home)
    taken = time.perf_counter() - start
    await asyncio.to_thread(server.stop, home)
    return taken * 1000


async def _served(home: Path, sizes: list[float]) -> float:
    port = free_port()
    environment = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    start = time.perf_counter()
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "jieli", "serve", "--port", str(port)),
        env={**environment, "JIELI_HOME": str(home)},
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        await _first_page(port)
        taken = time.perf_counter() - start
        await asyncio.sleep(REST)
        sizes.append(_megabytes(process.pid, home))
    finally:
        process.terminate()
        await process.wait()
        await asyncio.to_thread(server.stop, home)
    return taken * 1000


async def _first_page(port: int) -> None:
    async with httpx.AsyncClient(trust_env=False) as client, asyncio.timeout(LONGEST):
        while True:
            try:
                if (await client.get(f"http://127.0.0.1:{port}/readyz")).status_code == httpx.codes.OK:
                    await client.get(f"http://127.0.0.1:{port}/")
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(LOOK_AGAIN)


def _megabytes(server_process: int, home: Path) -> float:
    """What web, worker and database hold together; memory that several share is counted once."""
    found = postmaster(Cluster.of(home))
    tops = [server_process, *([found.pid] if found else [])]
    processes = {one.pid: one for top in tops for one in _with_children(psutil.Process(top))}
    return sum(one.memory_full_info().pss for one in processes.values()) / MEGABYTE


def _with_children(process: psutil.Process) -> list[psutil.Process]:
    return [process, *process.children(recursive=True)]
