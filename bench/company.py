"""The company that is measured: the largest of the synthetic ones, with as many opportunities and leads as asked."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from uuid import UUID

from bench.blueprint import document
from jieli.blueprint import workspaces
from jieli.db.pool import Database
from jieli.records import Values
from jieli.records.content import Disk
from jieli.synthetic import SIZES, build

SLUG = "bench"
SEED = 20_250_101
CODES = 10**7
MANY = 20_000
"""From so many opportunities on the company has the people of the largest."""
DELIVERIES = ("cloud", "on_site")

Say = Callable[[str, int, int], None]
"""What is being done, how much of it, and how much there is to do."""


@dataclass(frozen=True, slots=True)
class People:
    """Whom the benches act as."""

    administrator: UUID
    sellers: tuple[UUID, ...]
    marketers: tuple[UUID, ...]


async def found(db: Database, rows: int, folder: Path, say: Say) -> People:
    """Make the workspace with `rows` opportunities and as many leads, whose files go into the folder."""
    async with db.begin(statement_timeout=600) as tx:
        await workspaces.create(tx, SLUG, document())
    size = replace(SIZES["1m" if rows >= MANY else "demo"], leads=rows, opportunities=rows)
    report = await build(
        db,
        SLUG,
        size,
        SEED,
        files=Disk(folder),
        progress=lambda done, total: say("company", done, total),
        own=_own,
    )
    (administrator,) = report.people["admin"]
    return People(administrator, tuple(report.people["sales"]), tuple(report.people["marketing"]))


def _own(rng: Random) -> Values:
    """Values for the fields that this workspace has added."""
    return {
        "project_code": f"P{rng.randrange(CODES):07d}",
        "delivery": rng.choice(DELIVERIES),
        "seats": rng.randrange(5, 500),
    }
