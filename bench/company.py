"""The company that is measured: some fifty people, their customers, opportunities and leads, made through the one
write path. Only what time has left behind is written by SQL, since nobody can wait for it here."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from bench import history
from bench.blueprint import document
from bench.rows import Owners, accounts, leads, opportunities
from jieli.access import system_actor
from jieli.base import clock
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.pool import Database
from jieli.records import Action, Batch, Change, Duplicates, Values, apply
from jieli.synthetic.people import Staff, staff
from jieli.synthetic.size import Size
from jieli.synthetic.truth import Truth

SLUG = "bench"
DAYS = 540
STAFF = Size(33, 5, 4, 3, 0, 0, 24, DAYS)
PER_ACCOUNT = 4
AT_ONCE = 5_000
SEED = 20_250_101

Say = Callable[[str, int, int], None]
"""What is being done, how much of it, and how much there is to do."""


@dataclass(frozen=True, slots=True)
class People:
    """Whom the benches act as."""

    administrator: UUID
    sellers: tuple[UUID, ...]
    marketers: tuple[UUID, ...]


async def found(db: Database, rows: int, say: Say) -> People:
    """Make the workspace with `rows` opportunities and as many leads."""
    rng = Random(SEED)
    start = clock.now() - timedelta(days=DAYS)
    async with db.begin(statement_timeout=600) as tx:
        workspace = await workspaces.create(tx, SLUG, document())
        people = await staff(tx, workspace, rng, STAFF, Truth(), start)
    filling = _Filling(db, workspace, rng, people, start, say)
    customers = await filling.load("account", max(1, rows // PER_ACCOUNT), accounts)
    await filling.load("opportunity", rows, lambda given, count: opportunities(given, count, customers))
    await filling.load("lead", rows, leads)
    say("history", 0, 1)
    async with db.begin(statement_timeout=3600) as tx:
        for statement in history.statements(workspace, people.by_role["sales"]):
            await tx.run(statement)
    say("history", 1, 1)
    (administrator,) = people.by_role["admin"]
    return People(administrator, tuple(people.by_role["sales"]), tuple(people.by_role["marketing"]))


@dataclass(frozen=True, slots=True)
class _Filling:
    db: Database
    workspace: Workspace
    rng: Random
    people: Staff
    start: datetime
    say: Say

    async def load(
        self, object_key: str, count: int, make: Callable[[Owners, int], Iterator[Values]]
    ) -> list[UUID]:
        """So many records in transactions of a few thousand; gives their ids. Automations are off."""
        owners = Owners(self.rng, self.people, self.start, clock.now())
        made: list[UUID] = []
        changes: list[Change] = []
        for number, values in enumerate(make(owners, count)):
            changes.append(Change(values, row=number))
            if len(changes) == AT_ONCE or number == count - 1:
                made += await self._written(object_key, changes)
                changes = []
                self.say(object_key, len(made), count)
        return made

    async def _written(self, object_key: str, changes: list[Change]) -> list[UUID]:
        batch = Batch(
            object_key,
            Action.CREATE,
            changes,
            trusted=True,
            typed=True,
            duplicates=Duplicates.CREATE,
            automations=False,
            source="synthetic",
        )
        async with self.db.begin(statement_timeout=600) as tx:
            result = await apply(tx, system_actor(self.workspace, "bench"), batch)
        return [row.id for row in result.rows if row.id]
