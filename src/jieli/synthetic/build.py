"""Living through the company's time, moment by moment."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from random import Random
from uuid import UUID

from jieli.access import Actor, load_actor
from jieli.base import clock
from jieli.base.errors import JieliError
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.pool import Database, Tx
from jieli.records import Action, Batch, Change, apply
from jieli.records.content import ContentStore
from jieli.relay.calendars import calendar_of
from jieli.relay.limits import sweep_workspace
from jieli.synthetic import store
from jieli.synthetic.fill import Supplies
from jieli.synthetic.life import WORK, Step, World, begin_lead, carry, lead_values
from jieli.synthetic.people import PASSWORD, Staff, create, staff
from jieli.synthetic.size import SIZES, Size
from jieli.synthetic.truth import Truth

AT_ONCE = 200
"""Steps in one transaction."""
ACTIVITIES = 500


@dataclass(frozen=True, slots=True)
class Report:
    """What was made, the login of one person of each role, and the truth behind it."""

    leads: int
    opportunities: int
    events: int
    logins: dict[str, str]
    password: str
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
) -> Report:
    """Fill an empty workspace. The time that is lived through ends now; `progress` gets days done and in all."""
    wanted = SIZES[size] if isinstance(size, str) else size
    rng = Random(seed)
    truth = Truth()
    end = clock.now().replace(microsecond=0)
    start = end - timedelta(days=wanted.days)
    async with db.begin(statement_timeout=600) as tx:
        workspace = await workspaces.load(tx, slug)
        with clock.at(start):
            people = await staff(tx, workspace, rng, wanted, truth, start)
        calendar = await calendar_of(tx, workspace)
        actors = {m: await load_actor(tx, workspace, m, channel="synthetic") for m in truth.habits}
    simulation = _Simulation(db, workspace, people, actors)
    world = World(Supplies(rng, files), people, truth, calendar, end, actors.__getitem__, simulation.plan)
    simulation.world = world
    _plan_arrivals(simulation, world, wanted.leads, wanted.opportunities // 3, start)
    await simulation.run(start, progress)
    return await _report(db, workspace, people, truth)


def _plan_arrivals(simulation: "_Simulation", world: World, leads: int, deals: int, start: datetime) -> None:
    """When leads and direct opportunities come in: in office hours, more of them as the company grows."""
    days = (world.end - start).days
    for amount, arrive in ((leads, _lead_arrives), (deals, _deal_arrives)):
        for _ in range(amount):
            day = days * world.rng.random() ** 0.75
            moment = world.calendar.next_working(start + timedelta(days=day))
            simulation.plan(moment + timedelta(seconds=world.rng.randrange(3 * 3600)), arrive)


async def _lead_arrives(world: World, tx: Tx, now: datetime) -> None:
    marketer = world.pick("marketing")
    values = lead_values(world, now)
    by_rule = world.rng.random() < 0.7
    if not by_rule:
        values["owner"] = str(marketer)
    batch = Batch("lead", Action.CREATE, [Change(values)], source="synthetic")
    try:
        result = await apply(tx, world.actors(marketer), batch)
    except JieliError:
        return
    if result.only.id is None:
        return
    owner = await tx.value(store.owner(world.actors(marketer).workspace, result.only.id)) if by_rule else None
    world.plan(now, begin_lead(result.only.id, owner, str(values["source"]), marketer))


async def _deal_arrives(world: World, tx: Tx, now: datetime) -> None:
    """Some opportunities begin with a customer that a salesperson knows."""
    seller = world.pick("sales")
    actor = world.actors(seller)
    lead = lead_values(world, now)
    try:
        made = await apply(
            tx,
            actor,
            Batch(
                "account", Action.CREATE, [Change({"name": lead["company"], "industry": lead["industry"]})]
            ),
        )
    except JieliError:
        return
    values = {
        "name": f"{lead['company'].removesuffix('有限公司')} 采购项目",
        "account": str(made.only.id),
        "source": "personal_resource",
        "products": lead["products"],
        "stage": "confirm",
    }
    deal = await apply(tx, actor, Batch("opportunity", Action.CREATE, [Change(values)], source="synthetic"))
    if deal.only.id:
        world.plan(world.later(now, WORK["confirm"], seller), carry(deal.only.id, seller))


class _Simulation:
    """The queue of what is still to happen."""

    def __init__(self, db: Database, workspace: Workspace, people: Staff, actors: dict[UUID, Actor]) -> None:
        self.db = db
        self.workspace = workspace
        self.world: World | None = None
        self._queue: list[tuple[datetime, int, Step]] = []
        self._number = count()

    def plan(self, moment: datetime, step: Step) -> None:
        heapq.heappush(self._queue, (moment, next(self._number), step))

    async def run(self, start: datetime, progress: Progress | None) -> None:
        world = self.world
        assert world is not None
        days = (world.end - start).days
        swept = start
        while self._queue and self._queue[0][0] <= world.end:
            async with self.db.begin(statement_timeout=600) as tx:
                for _ in range(AT_ONCE):
                    if not self._queue or self._queue[0][0] > world.end:
                        break
                    moment, _, step = heapq.heappop(self._queue)
                    if moment - swept > timedelta(hours=6):
                        swept = moment
                        with clock.at(moment):
                            await sweep_workspace(tx, self.workspace)
                    await self._live(tx, moment, step)
                await self._write_activities(tx, least=ACTIVITIES)
            if progress:
                progress(min((swept - start).days, days), days)
        async with self.db.begin(statement_timeout=600) as tx:
            await self._write_activities(tx, least=1)
        if progress:
            progress(days, days)

    async def _live(self, tx: Tx, moment: datetime, step: Step) -> None:
        """One step at its moment. What the rules refuse (a record that was closed meanwhile, an offer that has
        expired) did not happen, as in life."""
        assert self.world is not None
        with clock.at(moment):
            try:
                async with tx.savepoint():
                    await step(self.world, tx, moment)
            except JieliError:
                return

    async def _write_activities(self, tx: Tx, least: int) -> None:
        assert self.world is not None
        if len(self.world.activities) >= least:
            await create(tx, self.workspace, "activity", self.world.activities)
            self.world.activities.clear()


async def _report(db: Database, workspace: Workspace, people: Staff, truth: Truth) -> Report:
    async with db.read() as tx:
        row = await tx.one(store.counts(workspace))
    assert row is not None
    return Report(row["leads"], row["opportunities"], row["events"], dict(people.logins), PASSWORD, truth)
