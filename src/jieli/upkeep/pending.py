"""Which migrations a database still needs to be of this version."""

from dataclasses import dataclass, field

from jieli.db import workspace
from jieli.db.migrate import RESTORING, compare, shipped
from jieli.db.pool import ReadTx
from jieli.upkeep import store


@dataclass(frozen=True, slots=True)
class Pending:
    """The names of the global migrations and, for each workspace, the numbers of its own that have not run yet."""

    migrations: list[str] = field(default_factory=list)
    workspaces: dict[str, list[int]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.migrations or self.workspaces)


async def pending(tx: ReadTx) -> Pending:
    """Raises SchemaMismatch if the database is newer than this program. It must have the schema already."""
    applied = {row["name"]: row["checksum"] for row in await tx.all(store.migrations())}
    migrations = shipped()
    compare(applied, migrations)
    slugs = {row["schema"]: row["slug"] for row in await tx.all(store.workspaces())}
    rows = await tx.all(store.workspace_migrations(list(slugs))) if slugs else []
    missing = {
        slugs[row["schema"]]: [number for number in workspace.migrations() if number not in row["numbers"]]
        for row in rows
    }
    return Pending(
        [one.name for one in migrations if one.name not in applied],
        {slug: numbers for slug, numbers in missing.items() if numbers},
    )


async def waiting(tx: ReadTx) -> Pending:
    """What is pending where there are workspaces to be lost; nothing in a new database, or one half restored."""
    is_half = await tx.value(store.has_schema(RESTORING))
    if is_half or not await tx.value(store.has_table("jieli", "workspace")):
        return Pending()
    return await pending(tx) if await tx.all(store.workspaces()) else Pending()
