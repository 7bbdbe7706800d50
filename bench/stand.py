"""Where benches run: a folder with an embedded server of its own and the company in it, kept for the next run."""

import hashlib
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from uuid import UUID

import asyncpg
import orjson

from bench.blueprint import document
from bench.company import SLUG, People, Say, found
from jieli import hooks
from jieli.access import Actor, load_actor
from jieli.blueprint import workspaces
from jieli.db import server
from jieli.db.cluster import DATABASE
from jieli.db.migrate import migrate
from jieli.db.pool import Database, PoolOptions, ReadTx

READY = "ready.json"


@dataclass(frozen=True, slots=True)
class Stand:
    """`dsn` is the address of the company, which benches only read; `copied` gives one to write in."""

    home: Path
    dsn: str
    rows: int
    people: People

    async def actor(self, tx: ReadTx, member: UUID) -> Actor:
        return await load_actor(tx, await workspaces.load(tx, SLUG), member)


@asynccontextmanager
async def stand(folder: Path, rows: int, say: Say) -> AsyncIterator[Stand]:
    """The company with so many rows, made if it is not there yet. Its server stops at the end."""
    hooks.install()
    home = folder / f"{rows}-{_version()}"
    _forget_others(folder, rows, home)
    dsn = server.ensure(home)
    try:
        await migrate(dsn)
        if not (home / READY).exists():
            await _make(home, dsn, rows, say)
        yield Stand(home, dsn, rows, _people(home))
    finally:
        server.stop(home)


def _version() -> str:
    """A digest of what decides how the company looks: tables, blueprint, lives."""
    digest = hashlib.sha256(document().model_dump_json().encode())
    for package, names in SHAPING.items():
        folder = Path(import_module(package).__file__ or "").parent
        for path in sorted(one for name in names for one in folder.glob(name)):
            digest.update(path.read_bytes())
    return digest.hexdigest()[:12]


SHAPING = {
    "jieli.db": ("migrations/*.sql",),
    "jieli.blueprint": ("storage.py", "traits.py"),
    "jieli.relay": ("enter.py", "replay.py"),
    "jieli.synthetic": ("*.py",),
    "bench": ("company.py", "rows.py"),
}


def _forget_others(folder: Path, rows: int, home: Path) -> None:
    """Companies of this size that another program made, or that were left unfinished."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.glob(f"{rows}-*"):
        if (old != home or not (old / READY).exists()) and server.stop(old):
            shutil.rmtree(old, ignore_errors=True)


async def _make(home: Path, dsn: str, rows: int, say: Say) -> None:
    db = Database(dsn, PoolOptions(settings=(("synchronous_commit", "off"),)))
    await db.open()
    try:
        people = await found(db, rows, home / "files", say)
    finally:
        await db.close()
    say("statistics", 0, 1)
    await run(dsn, "vacuum (freeze, analyze)", "checkpoint")
    say("statistics", 1, 1)
    (home / READY).write_bytes(orjson.dumps(asdict(people), default=str))


def _people(home: Path) -> People:
    raw = orjson.loads((home / READY).read_bytes())
    each = {key: tuple(UUID(one) for one in raw[key]) for key in ("sellers", "marketers")}
    return People(UUID(raw["administrator"]), **each)


@asynccontextmanager
async def opened(dsn: str) -> AsyncIterator[Database]:
    """Pools as the product opens them."""
    db = Database(dsn)
    await db.open()
    try:
        yield db
    finally:
        await db.close()


@asynccontextmanager
async def copied(place: Stand, name: str = "bench_copy") -> AsyncIterator[str]:
    """The address of a copy that may be written in and is thrown away. Nobody may use the original meanwhile."""
    outside = place.dsn.replace(f"/{DATABASE}?", "/template1?")
    await run(outside, f"drop database if exists {name} with (force)")
    await run(outside, f"create database {name} template {DATABASE} strategy file_copy")
    try:
        yield place.dsn.replace(f"/{DATABASE}?", f"/{name}?")
    finally:
        await run(outside, f"drop database if exists {name} with (force)")


async def run(dsn: str, *statements: str) -> None:
    """Statements that no transaction may hold."""
    connection = await asyncpg.connect(dsn)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
