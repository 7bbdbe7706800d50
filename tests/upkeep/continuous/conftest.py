"""An installation whose database is archived, with one base backup in the archive, made once."""

import asyncio
import os
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from jieli.db import server
from jieli.db.archive import Archive
from jieli.db.cluster import Cluster, postmaster
from jieli.db.migrate import migrate
from jieli.db.pool import Database
from jieli.upkeep.continuous.bases import Errand, make_base
from tests.company import Company, found, make
from tests.conftest import server_home
from tests.upkeep.conftest import connected

DAYS = 14


@dataclass
class Archived:
    home: Path
    archive: Archive
    dsn: str
    company: Company

    @property
    def errand(self) -> Errand:
        return Errand(self.dsn, self.home, self.archive, DAYS)

    async def write(self, name: str) -> datetime:
        """A lead, committed; and a moment after that, before anything else is."""
        db = Database(self.dsn)
        await db.open()
        try:
            async with db.begin() as tx:
                await make(tx, self.company.system, "lead", name=name)
        finally:
            await db.close()
        async with connected(self.dsn) as connection:
            return await connection.fetchval("select clock_timestamp()")

    async def names(self, dsn: str) -> set[str]:
        async with connected(dsn) as connection:
            rows = await connection.fetch(f"select name from {self.company.workspace.schema}.lead")
        return {row["name"] for row in rows}

    async def switch(self) -> str:
        """End a file of the log, which wakes the server's archiver; its name."""
        async with connected(self.dsn) as connection:
            # A file that nothing was written to would not be ended.
            await connection.execute("select pg_logical_emit_message(false, 'test', 'test')")
            name: str = await connection.fetchval("select pg_walfile_name(pg_switch_wal())")
            return name

    async def flush(self) -> str:
        """Have everything archived that is written; the last file of the log."""
        name = await self.switch()
        await until((self.archive.wal / f"{name}.gz").exists)
        return name

    def kill(self) -> None:
        """The whole server at once, as when the machine is lost."""
        running = postmaster(Cluster.of(self.home))
        assert running is not None
        for process in [psutil.Process(running.pid), *psutil.Process(running.pid).children()]:
            process.kill()


@pytest_asyncio.fixture(scope="module")
async def archived(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Archived]:
    with server_home() as home, server_home() as folder:
        archive = Archive(folder / "a rchive's")
        dsn = server.ensure(home, archive)
        await migrate(dsn)
        db = Database(dsn)
        await db.open()
        company = await found(db)
        await db.close()
        made = Archived(home, archive, dsn, company)
        await make_base(made.errand)
        yield made


async def until(holds: Callable[[], bool]) -> None:
    deadline = asyncio.get_running_loop().time() + 60
    while not holds():
        assert asyncio.get_running_loop().time() < deadline, "it did not come about"
        await asyncio.sleep(0.02)


def command(home: Path, *words: str | Path, **settings: str) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "JIELI_HOME": str(home), "LANG": "C", **settings}
    env.pop("DATABASE_URL", None)
    line = [sys.executable, "-m", "jieli", *map(str, words)]
    return subprocess.Popen(line, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def copy_of(archive: Archive, folder: Path) -> Archive:
    """Another one like it, to be spoiled."""
    shutil.copytree(archive.root, folder)
    return Archive(folder)
