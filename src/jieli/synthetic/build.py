"""Building a company: its people first, then its life, chapter by chapter through the write path."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from jieli.access import load_actor
from jieli.base import clock
from jieli.blueprint import workspaces
from jieli.db.pool import Database, Tx
from jieli.records import Action, Batch, Change, apply
from jieli.records.content import ContentStore
from jieli.records.hooks import installed
from jieli.synthetic import store
from jieli.synthetic.life import lead_values
from jieli.synthetic.people import PASSWORD, settle_in
from jieli.synthetic.size import SIZES, Size
from jieli.synthetic.story import Part, fresh, of_leads, of_sales, papers, world_of
from jieli.synthetic.telling import FEW, TIMEOUT, Script, Teller, Told, teller, told
from jieli.synthetic.truth import Truth
from jieli.synthetic.world import LEAD, Own, World


@dataclass(frozen=True, slots=True)
class Report:
    """What was made, the login of one person of each role, everybody by role, and the truth behind it."""

    leads: int
    opportunities: int
    events: int
    logins: dict[str, str]
    password: str
    people: dict[str, list[UUID]]
    truth: Truth


Progress = Callable[[int, int], None]


async def build(
    db: Database,
    slug: str,
    size: str | Size,
    seed: int,
    *,
    files: ContentStore,
    progress: Progress | None = None,
    own: Own | None = None,
    processes: int | None = None,
) -> Report:
    """Fill an empty workspace. The time that is lived through ends now; `progress` gets leads and opportunities made
    and about how many there will be. Large companies are made by as many processes as there are processors."""
    wanted = SIZES[size] if isinstance(size, str) else size
    end = clock.now().replace(microsecond=0)
    async with db.begin(statement_timeout=TIMEOUT) as tx:
        workspace = await workspaces.load(tx, slug)
        world = await world_of(tx, workspace, wanted, seed, end, own=own)
        with clock.at(world.start):
            logins = await settle_in(tx, workspace, world.roster)
        kept = await papers(workspace, files)
        script = Script(installed(), db.dsn, db.options, slug, wanted, seed, end, kept, own)
        first = await teller(db, tx, script)
    await _live(first, script, processes, progress)
    async with db.begin(statement_timeout=TIMEOUT) as tx:
        await _come_in(tx, world)
        row = await tx.one(store.counts(workspace))
    assert row is not None
    by_role = {role: world.roster.having(role) for role in logins}
    counted = (row["leads"], row["opportunities"], row["events"])
    return Report(*counted, logins, PASSWORD, by_role, first.world.truth)


@dataclass(slots=True)
class _Tally:
    """How many leads and opportunities there are by now, and who wants to know."""

    expected: int
    progress: Progress | None
    leads: int = 0
    opportunities: int = 0

    def add(self, chapter: Told) -> None:
        self.leads += chapter.leads
        self.opportunities += chapter.opportunities
        if self.progress:
            done = self.leads + self.opportunities
            self.progress(done, max(done, self.expected))


async def _live(own: Teller, script: Script, processes: int | None, progress: Progress | None) -> None:
    """All chapters: those of leads, then those of sales, of which there are as many as are still wanted."""
    size = script.size
    tally = _Tally(size.leads + size.opportunities, progress)
    await _tell_all(own, script, of_leads(size), processes, tally)
    await _tell_all(own, script, of_sales(size, tally.opportunities), processes, tally)


async def _tell_all(
    own: Teller, script: Script, parts: list[Part], processes: int | None, tally: _Tally
) -> None:
    several = processes or (1 if len(parts) <= FEW else os.cpu_count() or 1)
    async for chapter in told(own, script, parts, several):
        own.world.truth.add(chapter.truth)
        tally.add(chapter)


async def _come_in(tx: Tx, world: World) -> None:
    """The last leads, entered by marketing as anybody enters one: rules decide who gets them."""
    size = world.size
    for number in range(size.leads - fresh(size), size.leads):
        rng = world.luck(LEAD, number)
        at = world.arrival(rng, number, size.leads)
        marketer = world.roster.pick(rng, "marketing")
        values = lead_values(world, rng, number, at)
        with clock.at(at):
            actor = await load_actor(tx, world.workspace, marketer, channel="synthetic")
            await apply(
                tx, actor, Batch("lead", Action.CREATE, [Change(values)], typed=True, source="synthetic")
            )
