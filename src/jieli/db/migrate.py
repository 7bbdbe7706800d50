"""Brings the global schema `jieli` up to this program: plain SQL files, each applied once, forward only."""

import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from importlib.resources import files

import asyncpg

from jieli.base.errors import Unavailable
from jieli.base.language import Message
from jieli.db import queue_tables
from jieli.db.errors import translating

log = logging.getLogger(__name__)

OLDEST = 15
_FILE = re.compile(r"\d{4}_\w+\.sql")
LOCK = 0x6A69656C69
RESTORING = "jieli_restore"
"""A schema of this name stands in a database as long as a restore has not come to its end."""


class TooOld(Unavailable):
    message = Message(
        "postgres_too_old",
        "需要 PostgreSQL {oldest} 或更高版本，当前为 {found}",
        "PostgreSQL {oldest} or newer is needed, this is {found}",
    )


class SchemaMismatch(Unavailable):
    message = Message(
        "schema_mismatch",
        "数据库结构与程序不符：{reason}",
        "The database does not fit this program: {reason}",
    )


class HalfRestored(Unavailable):
    message = Message(
        "half_restored",
        "这个数据库正在从备份恢复，或恢复到一半就中断了：等它完成，或重新运行 jieli restore",
        "This database is being restored from a backup, or that was interrupted half way: "
        "wait for it to end, or run jieli restore again",
    )


@dataclass(frozen=True, slots=True)
class Migration:
    name: str
    text: str

    @property
    def checksum(self) -> str:
        return sha256(self.text.encode()).hexdigest()


def shipped() -> list[Migration]:
    """The migrations of this program in the order of their numbers."""
    folder = files("jieli.db") / "migrations"
    found = {path.name: path for path in folder.iterdir() if _FILE.fullmatch(path.name)}
    return [Migration(name, found[name].read_text("utf-8")) for name in sorted(found)]


def statements(text: str) -> Iterator[str]:
    """The single statements of a migration: each ends with a semicolon at a line's end, outside of `$$`."""
    lines: list[str] = []
    for line in text.splitlines():
        if not lines and (not line.strip() or line.startswith("--")):
            continue
        lines.append(line)
        statement = "\n".join(lines)
        if line.rstrip().endswith(";") and statement.count("$$") % 2 == 0:
            yield statement
            lines = []
    if lines:
        raise ValueError(f"the last statement has no semicolon: {lines[0]!r}")


async def migrate(dsn: str) -> list[str]:
    """Apply what is missing; the names of what was applied. Several processes may call it at once.

    Uses a connection of its own and a lock for the session, so the address must not lead through PgBouncer.
    """
    with translating():
        connection = await asyncpg.connect(
            dsn, timeout=30, server_settings={"application_name": "jieli migrate"}
        )
    try:
        with translating():
            _check_version(connection)
            await _refuse_half_restored(connection)
            await connection.execute("select pg_advisory_lock($1)", LOCK)
            await _refuse_half_restored(connection)
            applied = await _apply_missing(connection)
            if await queue_tables.upgrade(connection):
                applied.append("pgqueuer")
            return applied
    finally:
        await connection.close(timeout=10)


def _check_version(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    version = connection.get_server_version()
    if version.major < OLDEST:
        raise TooOld(oldest=OLDEST, found=f"{version.major}.{version.minor}")


async def _refuse_half_restored(connection: "asyncpg.Connection[asyncpg.Record]") -> None:
    if await connection.fetchval("select to_regnamespace($1) is not null", RESTORING):
        raise HalfRestored


async def _apply_missing(connection: "asyncpg.Connection[asyncpg.Record]") -> list[str]:
    # Citus would else distribute this schema, which all workspaces share; elsewhere it has no effect.
    await connection.execute("set citus.enable_schema_based_sharding to off")
    await connection.execute("create schema if not exists jieli")
    await connection.execute(
        "create table if not exists jieli.migration ("
        "name text primary key, checksum text not null, applied_at timestamptz not null default now())"
    )
    rows = await connection.fetch("select name, checksum from jieli.migration")
    applied = {row["name"]: row["checksum"] for row in rows}
    migrations = shipped()
    compare(applied, migrations)
    missing = [migration for migration in migrations if migration.name not in applied]
    for migration in missing:
        log.info("applying migration %s", migration.name)
        await _apply(connection, migration)
    return [migration.name for migration in missing]


def compare(applied: dict[str, str], migrations: list[Migration]) -> None:
    """Raises SchemaMismatch if what was applied is not what this program ships."""
    known = {migration.name: migration.checksum for migration in migrations}
    for name, checksum in applied.items():
        if name not in known:
            raise SchemaMismatch(reason=f"{name} was applied by a newer version")
        if known[name] != checksum:
            raise SchemaMismatch(reason=f"{name} was changed after it had been applied")


async def _apply(connection: "asyncpg.Connection[asyncpg.Record]", migration: Migration) -> None:
    async with connection.transaction():
        for statement in statements(migration.text):
            await connection.execute(statement)
        await connection.execute(
            "insert into jieli.migration (name, checksum) values ($1, $2)", migration.name, migration.checksum
        )
