"""Chapters are told and entered, by this process or, when there are many, by several at once."""

import asyncio
import multiprocessing
from collections.abc import AsyncIterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime

from jieli.access import Actor, system_actor
from jieli.blueprint import workspaces
from jieli.db.pool import Database, PoolOptions, Tx
from jieli.records.files import Attachment
from jieli.records.hooks import Hooks, install
from jieli.relay.enter import enter_pasts, people_of
from jieli.relay.replay import People
from jieli.synthetic.size import Size
from jieli.synthetic.story import Part, world_of, written
from jieli.synthetic.truth import Truth
from jieli.synthetic.world import Own, World

TIMEOUT = 600
FEW = 20
"""Up to so many chapters one process is as fast, since others would have to start first."""


@dataclass(frozen=True, slots=True)
class Told:
    """What one chapter has brought: so many records of each kind, and the truth about them."""

    leads: int
    opportunities: int
    truth: Truth


@dataclass(frozen=True, slots=True)
class Script:
    """All that another process needs to tell chapters of the same company, with what takes part in its writes."""

    hooks: Hooks
    dsn: str
    options: PoolOptions
    slug: str
    size: Size
    seed: int
    end: datetime
    papers: Mapping[str, Attachment]
    own: Own | None = None


@dataclass(frozen=True, slots=True)
class Teller:
    """Tells chapters of a world whose people have settled in."""

    db: Database
    world: World
    actor: Actor
    people: People

    async def tell(self, part: Part) -> Told:
        """Enter one chapter in a transaction of its own."""
        world = replace(self.world, truth=self.world.truth.empty())
        chapter = written(world, part)
        async with self.db.begin(statement_timeout=TIMEOUT) as tx:
            pasts = {
                "account": chapter.account,
                "contact": chapter.contact,
                "lead": chapter.lead,
                "opportunity": chapter.opportunity,
                "activity": chapter.activity,
            }
            await enter_pasts(tx, self.actor, pasts, until=world.end, people=self.people)
        return Told(len(chapter.lead), len(chapter.opportunity), world.truth)


async def teller(db: Database, tx: Tx, script: Script) -> Teller:
    workspace = await workspaces.load(tx, script.slug)
    world = await world_of(tx, workspace, script.size, script.seed, script.end, own=script.own)
    actor = system_actor(workspace, "synthetic")
    people = await people_of(tx, actor, [one.id for one in world.roster.people])
    return Teller(db, replace(world, papers=script.papers), actor, people)


async def told(own: Teller, script: Script, parts: Sequence[Part], processes: int) -> AsyncIterator[Told]:
    """All these chapters, in any order. The first is told alone: it makes what all of them count with."""
    for part in parts[:1] if processes > 1 else parts:
        yield await own.tell(part)
    if processes <= 1 or len(parts) <= 1:
        return
    loop = asyncio.get_running_loop()
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, _begin, (script,)) as pool:
        for one in asyncio.as_completed([loop.run_in_executor(pool, _tell, part) for part in parts[1:]]):
            yield await one


_runner = asyncio.Runner()
_tellers: list[Teller] = []


def _begin(script: Script) -> None:
    """Make a process ready to tell chapters, with connections of its own."""
    install(script.hooks)
    _tellers.append(_runner.run(_opened(script)))


async def _opened(script: Script) -> Teller:
    db = Database(script.dsn, replace(script.options, readers=1, writers=1))
    await db.open()
    async with db.begin() as tx:
        return await teller(db, tx, script)


def _tell(part: Part) -> Told:
    return _runner.run(_tellers[0].tell(part))
