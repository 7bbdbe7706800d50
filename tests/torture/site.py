"""The site under torture: `jieli serve` in a folder of its own, started again whenever it has ended."""

import asyncio
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from jieli.db import server
from jieli.db.cluster import Cluster, postmaster
from jieli.db.migrate import migrate
from jieli.db.pool import Database, PoolOptions
from jieli.identity import passwords
from jieli.identity.accounts import account_named_like
from jieli.identity.members import link
from tests.company import Company, found

PASSWORD = "relay-race-7"
LOGIN = "boss"
PATIENCE = 120.0
PAUSE = 0.05


class NeverCame(AssertionError):
    """What was waited for did not come about."""


@dataclass
class Site:
    """`starts` counts how often the server was started, as a supervisor such as systemd would have done. `shares` says
    that the database is another one's, and is given as DATABASE_URL."""

    home: Path
    port: int
    dsn: str
    company: Company
    db: Database
    shares: bool = False
    process: "subprocess.Popen[bytes] | None" = None
    starts: int = 0
    family: set[psutil.Process] = field(default_factory=set)
    _starting: threading.Lock = field(default_factory=threading.Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        """Elsewhere, as a system's journal is: the disk of the home may be full."""
        return Path(tempfile.gettempdir()) / f"{self.home.name}.log"

    def ensure(self) -> None:
        """Start the server unless it runs."""
        with self._starting:
            self._ensure()

    async def supervise(self, over: asyncio.Event) -> None:
        """Start the server whenever it has ended, as systemd does."""
        while not over.is_set():
            await asyncio.to_thread(self.ensure)
            await asyncio.sleep(PAUSE)

    def _ensure(self) -> None:
        if self.process is not None and self.process.poll() is None:
            return
        command = [sys.executable, "-m", "jieli", "serve", "--port", str(self.port)]
        environment = {**os.environ, "JIELI_HOME": str(self.home), "PYTHONUNBUFFERED": "1"}
        environment.pop("DATABASE_URL", None)
        if self.shares:
            environment["DATABASE_URL"] = self.dsn
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log
            )
        self.starts += 1

    def living(self) -> list[psutil.Process]:
        """The server's processes, itself first; also those that outlived the one that started them."""
        if self.process is not None and self.process.poll() is None:
            parent = psutil.Process(self.process.pid)
            self.family |= {parent, *parent.children(recursive=True)}
        self.family = {one for one in self.family if _lives(one)}
        return sorted(self.family, key=lambda one: one.pid)

    def worker(self) -> psutil.Process | None:
        return next((one for one in self.living() if "worker" in _command(one)), None)

    def web(self) -> psutil.Process | None:
        own = self.process.pid if self.process else 0
        return next((p for p in self.living() if p.pid != own and "worker" not in _command(p)), None)

    def database(self) -> list[psutil.Process]:
        """The processes of the embedded PostgreSQL, its first one first."""
        running = postmaster(Cluster.of(self.home))
        if running is None or not psutil.pid_exists(running.pid):
            return []
        first = psutil.Process(running.pid)
        return [first, *first.children()] if _lives(first) else []

    async def ready(self) -> None:
        """Wait until the server answers and reaches its database; start it if it has ended."""
        deadline = time.monotonic() + PATIENCE
        async with httpx.AsyncClient(base_url=self.url, timeout=5, verify=False) as client:
            while True:
                await asyncio.to_thread(self.ensure)
                try:
                    if (await client.get("/readyz")).status_code == 200:
                        return
                except httpx.HTTPError:
                    pass
                if time.monotonic() > deadline:
                    raise NeverCame(f"the server is not ready:\n{self.last_words()}")
                await asyncio.sleep(PAUSE)

    def last_words(self) -> str:
        """The end of the server's log and of PostgreSQL's."""
        logs = [self.log, Cluster.of(self.home).log]
        texts = [log.read_text(errors="replace").splitlines() for log in logs if log.exists()]
        return "\n".join(line for text in texts for line in [*filter(_tells_something, text)][-80:])

    async def close(self) -> None:
        await self.db.close()
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        for one in self.living():
            await until(lambda one=one: not _lives(one), 30, lambda one=one: one.kill())
        if self.process is not None:
            self.process.wait()
        await asyncio.to_thread(server.stop, self.home)
        await asyncio.to_thread(shutil.rmtree, self.home, ignore_errors=True)
        self.log.unlink(missing_ok=True)


async def opened(place: Path | None = None) -> Site:
    """A new installation with a company in it; its server is not started yet. Its folder bears a name by which other
    tests find and clear what a killed session has left."""
    home = Path(tempfile.mkdtemp(prefix="jieli-tests-torture-", dir=place))
    dsn = await asyncio.to_thread(server.ensure, home)
    db, company = await peopled(dsn)
    # From here on only the server itself may start and find the database.
    await asyncio.to_thread(server.stop, home)
    return Site(home, free_port(), dsn, company, db)


async def peopled(dsn: str) -> tuple[Database, Company]:
    """A company in this database, whose head has a password."""
    await migrate(dsn)
    options = PoolOptions(readers=2, writers=3, application_name="torture", acquire_timeout=60)
    db = Database(dsn, options)
    await db.open()
    company = await found(db)
    await give_password(db, company, LOGIN)
    return db, company


async def give_password(db: Database, company: Company, name: str) -> None:
    hashed = await passwords.hashed(PASSWORD)
    async with db.begin() as tx:
        account = await account_named_like(tx, name, name, hashed)
        await link(tx, company.workspace.slug, account.id, company.members[name])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def until(
    holds: Callable[[], bool], patience: float = PATIENCE, otherwise: Callable[[], object] | None = None
) -> None:
    """Wait until it holds; after so many seconds do `otherwise`, or complain."""
    deadline = time.monotonic() + patience
    while not holds():
        if time.monotonic() > deadline:
            if otherwise is None:
                raise NeverCame("it did not come about")
            otherwise()
            return
        await asyncio.sleep(PAUSE)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def _tells_something(line: str) -> bool:
    """That the database was away is what everybody says."""
    return "event=unavailable" not in line and "FATAL:" not in line
