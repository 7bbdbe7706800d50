"""An installation with a bit of everything, made once, and empty databases to restore it into."""

import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
import pytest_asyncio

from jieli.base.ids import uuid7
from jieli.db import server
from jieli.db.migrate import migrate
from jieli.db.pool import Database
from jieli.intake.imports import Reading
from jieli.intake.imports.runs import New, enter, shelf
from jieli.records.content import Disk
from jieli.records.files import Attachment, attach
from jieli.upkeep.archive import Archive, opened
from jieli.upkeep.backup import Errand, back_up
from jieli.upkeep.manifest import Manifest
from jieli.upkeep.restore import restore
from tests.company import Company, found, make
from tests.conftest import server_home

VERSION = "0.1.0"


@dataclass(frozen=True)
class Installation:
    """A database and the JIELI_HOME that belongs to it."""

    dsn: str
    home: Path


@dataclass(frozen=True)
class Original(Installation):
    db: Database
    company: Company

    async def saved(self, target: Path, **more: bool) -> Manifest:
        return await back_up(Errand(self.dsn, self.home, target, **more), unwatched)


def unwatched(_step: object, _done: int, _total: int) -> None: ...


def archive(file: Path) -> Archive:
    return opened(file, VERSION)


async def restored(file: Path, into: Installation) -> None:
    with archive(file) as found_archive:
        await restore(found_archive, into.home, lambda: into.dsn, unwatched)


@pytest_asyncio.fixture(scope="session")
async def original() -> AsyncIterator[Original]:
    with server_home() as home:
        dsn = server.ensure(home)
        await migrate(dsn)
        db = Database(dsn)
        await db.open()
        company = await found(db)
        async with db.begin() as tx:
            for name in ("甲", "乙"):
                await make(tx, company.system, "lead", name=name)
            deal = await make(tx, company.system, "opportunity", name="工厂")
            content = Disk(home / "files").put(io.BytesIO(b"quotation"))
            sam = await company.actor(tx, "boss")
            await attach(tx, sam, "opportunity", deal, Attachment(content, "报价.txt", Disk.name))
            number, lead = uuid7(), company.workspace.object("lead")
            await enter(tx, sam, lead, New(number, "a.csv", Reading(), {"rows_estimate": 1}))
        async with db.begin() as tx:
            # Tests are run in years whose holidays are not published yet.
            await tx.connection.execute(
                f"insert into {company.workspace.schema}.calendar_day (day, kind)"
                " select make_date(extract(year from now())::integer + n, 1, 1), 'holiday'"
                " from generate_series(0, 1) n on conflict do nothing"
            )
        source = shelf(home / "files", company.workspace.slug, number, "a.csv").source
        source.parent.mkdir(parents=True)
        source.write_text("手机\n13700000009\n")
        yield Original(dsn, home, db, company)
        await db.close()


@pytest_asyncio.fixture
async def empty(original: Original, tmp_path: Path) -> AsyncIterator[Installation]:
    """Another database of the same server, and a folder for its files."""
    name = f"t_{uuid4().hex[:12]}"
    async with connected(original.dsn) as connection:
        await connection.execute(f"create database {name}")
    yield Installation(original.dsn.replace("/postgres?", f"/{name}?"), tmp_path / "home")
    async with connected(original.dsn) as connection:
        await connection.execute(f"drop database {name} with (force)")


@dataclass(frozen=True)
class Saved:
    """A backup, and what the original held when it was made."""

    file: Path
    contents: dict[str, str]


@pytest_asyncio.fixture(scope="session")
async def saved(original: Original, tmp_path_factory: pytest.TempPathFactory) -> Saved:
    file = tmp_path_factory.mktemp("saved") / "saved.zip"
    await original.saved(file)
    return Saved(file, await contents(original.dsn))


class connected:
    """A plain connection, closed at the end of the block."""

    def __init__(self, dsn: str, name: str = "test") -> None:
        self._dsn, self._name = dsn, name

    async def __aenter__(self) -> "asyncpg.Connection[asyncpg.Record]":
        self._connection = await asyncpg.connect(self._dsn, server_settings={"application_name": self._name})
        return self._connection

    async def __aexit__(self, *_error: object) -> None:
        await self._connection.close()


async def contents(dsn: str) -> dict[str, str]:
    """Everything a database holds: a digest of each table, and where each running number stands."""
    listed = (
        "select n.nspname || '.' || quote_ident(c.relname) as name, c.relkind::text as kind from pg_class c"
        " join pg_namespace n on n.oid = c.relnamespace"
        " where c.relkind in ('r', 'S') and n.nspname !~ '^pg_|^information_schema|^public' order by 1"
    )
    digest = "select md5(coalesce(string_agg(t::text, chr(10) order by t::text collate \"C\"), '')) from {} t"
    number = "select last_value::text || is_called::text from {}"
    async with connected(dsn) as connection:
        rows = await connection.fetch(listed)
        return {
            row["name"]: await connection.fetchval(
                (digest if row["kind"] == "r" else number).format(row["name"])
            )
            for row in rows
        }


async def structure(dsn: str) -> set[tuple[str, ...]]:
    """Columns, constraints and indexes by their definitions."""
    asked = (
        "select table_schema, table_name, column_name, data_type, is_nullable, coalesce(column_default, ''),"
        " coalesce(generation_expression, '') from information_schema.columns where table_schema ~ '^(jieli|ws_)'",
        "select conrelid::regclass::text, conname, pg_get_constraintdef(oid) from pg_constraint"
        " where connamespace::regnamespace::text ~ '^(jieli|ws_)' and contype <> 'n'",
        "select schemaname, indexname, indexdef from pg_indexes where schemaname ~ '^(jieli|ws_)'",
        "select tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) from pg_trigger where not tgisinternal",
        "select proname, pg_get_functiondef(oid) from pg_proc where pronamespace::regnamespace::text = 'jieli'",
    )
    async with connected(dsn) as connection:
        return {tuple(row) for question in asked for row in await connection.fetch(question)}


def files(home: Path) -> dict[str, str]:
    """Every file of an installation with its checksum."""
    folder = home / "files"
    return {
        str(path.relative_to(folder)): sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }
