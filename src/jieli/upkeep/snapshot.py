"""One moment of the database, held open for who copies it: what there is, and the name under which pg_dump sees it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from jieli.db.errors import Retryable
from jieli.db.migrate import RESTORING, HalfRestored
from jieli.db.pool import Database, PoolOptions, Tx
from jieli.upkeep import store
from jieli.upkeep.errors import NothingThere, SeveralMachines
from jieli.upkeep.manifest import WorkspaceState

PATIENCE = 6 * 3600
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Snapshot:
    name: str
    server: int
    """PostgreSQL's version as a number, such as 180004."""
    migrations: dict[str, str]
    workspaces: list[WorkspaceState]
    tables: dict[str, int]
    contents: list[str]
    imports: list[str]

    @property
    def schemas(self) -> list[str]:
        return ["jieli", *(one.schema_name for one in self.workspaces)]


@asynccontextmanager
async def snapshot(dsn: str) -> AsyncIterator[Snapshot]:
    """While the block lasts, everybody goes on reading and writing; who wants to alter tables has to wait. The address
    must not lead through a pooler."""
    settings = (
        ("default_transaction_isolation", "repeatable read"),
        ("idle_in_transaction_session_timeout", "0"),
        ("lock_timeout", "30s"),
    )
    options = PoolOptions(
        readers=1, writers=1, statement_timeout=PATIENCE, application_name="jieli backup", settings=settings
    )
    db = Database(dsn, options)
    await db.open()
    try:
        await _require_something(db)
        async with _held(db) as (tx, rows):
            yield await _taken(tx, rows)
    finally:
        await db.close()


async def _require_something(db: Database) -> None:
    async with db.read() as tx:
        if await tx.value(store.is_citus()):
            raise SeveralMachines
        if await tx.value(store.has_schema(RESTORING)):
            raise HalfRestored
        if not await tx.value(store.has_table("jieli", "workspace")):
            raise NothingThere


@asynccontextmanager
async def _held(db: Database) -> AsyncIterator[tuple[Tx, list[tuple[str, str, int]]]]:
    """The first statement takes the snapshot; if a workspace was altered while it waited for its row, the snapshot is
    too old and another one is taken."""
    tries = _TRIES
    while True:
        begun = False
        try:
            async with db.begin() as tx:
                rows = await tx.all(store.held_workspaces())
                begun = True
                yield tx, [(row["slug"], row["schema"], row["blueprint_version"]) for row in rows]
            return
        except Retryable:
            tries -= 1
            if begun or tries == 0:
                raise


async def _taken(tx: Tx, rows: list[tuple[str, str, int]]) -> Snapshot:
    name = await tx.value(store.export_snapshot())
    schemas = [schema for _, schema, _ in rows]
    seen = {
        row["schema"]: row["numbers"]
        for row in (await tx.all(store.workspace_migrations(schemas)) if schemas else [])
    }
    contents: set[str] = set()
    imports: list[str] = []
    for schema in schemas:
        contents |= {row["sha256"] for row in await tx.all(store.contents(schema))}
        imports += [row["storage"] for row in await tx.all(store.import_folders(schema))]
    return Snapshot(
        name,
        await tx.value(store.server_version()),
        {row["name"]: row["checksum"] for row in await tx.all(store.migrations())},
        [
            WorkspaceState(
                slug=slug, schema_name=schema, blueprint_version=version, migrations=list(seen[schema])
            )
            for slug, schema, version in rows
        ],
        await counted(tx, ["jieli", *schemas]),
        sorted(contents),
        imports,
    )


async def counted(tx: Tx, schemas: list[str]) -> dict[str, int]:
    """The number of rows of each table."""
    found = await tx.all(store.tables(schemas))
    return {
        f"{row['schema']}.{row['name']}": await tx.value(store.count(row["schema"], row["name"]))
        for row in found
    }
