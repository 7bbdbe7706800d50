"""The fixed tables of one workspace: `migrations/workspace_NNNN_*.sql`, each run once for each workspace.

What has been run is recorded inside the workspace, so that a workspace copied to another server knows it.
"""

import re
from functools import cache
from importlib.resources import files

from jieli.db.migrate import statements
from jieli.db.pool import ReadTx, Tx
from jieli.db.sql import ident, sql

_FILE = re.compile(r"workspace_(\d{4})_\w+\.sql")
_RELATION = re.compile(r"(create|drop) (table|(?:unique )?index) (?:{schema}\.)?(\w+)")


async def create(tx: Tx, schema: str) -> None:
    """The schema with all its fixed tables."""
    await tx.run(sql("create schema {schema}", schema=ident(schema)))
    await tx.run(
        sql(
            "create table {table} (number integer primary key, at timestamptz not null default now())",
            table=ident(schema, "migration"),
        )
    )
    await migrate(tx, schema)


async def migrate(tx: Tx, schema: str) -> list[int]:
    """Run what this workspace has not seen yet; the numbers of what was run. Running at the same time is safe."""
    await tx.run(sql("select pg_advisory_xact_lock(hashtextextended({schema}, 0))", schema=schema))
    done = await seen(tx, schema)
    waiting = [number for number in migrations() if number not in done]
    for number in waiting:
        for command in migrations()[number]:
            await tx.run(sql(command, schema=ident(schema)))
        await tx.run(
            sql(
                "insert into {table} (number) values ({number})",
                table=ident(schema, "migration"),
                number=number,
            )
        )
    return waiting


async def seen(tx: ReadTx, schema: str) -> set[int]:
    rows = await tx.all(sql("select number from {table}", table=ident(schema, "migration")))
    return {row["number"] for row in rows}


@cache
def migrations() -> dict[int, tuple[str, ...]]:
    """The commands of each file in order. Citus takes one command at a time, so each is run by itself."""
    found: dict[int, tuple[str, ...]] = {}
    folder = files("jieli.db") / "migrations"
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if named := _FILE.fullmatch(file.name):
            found[int(named[1])] = tuple(statements(file.read_text("utf-8")))
    return found


@cache
def fixed_names() -> frozenset[str]:
    """What an object cannot be called, because the schema holds a table or an index of that name."""
    names = {"migration", "migration_pkey"}
    for commands in migrations().values():
        for command in commands:
            if found := _RELATION.match(command):
                meant = {found[3], f"{found[3]}_pkey"} if found[2] == "table" else {found[3]}
                names = names | meant if found[1] == "create" else names - meant
    return frozenset(names)
