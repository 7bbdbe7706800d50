"""Building a company: its people first, then its life, chapter by chapter through the write path."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from jieli.access import Actor, load_actor, system_actor
from jieli.base import clock
from jieli.blueprint import workspaces
from jieli.db.pool import Database, Tx
from jieli.records import Action, Batch, Change, apply
from jieli.records.content import ContentStore
from jieli.relay.enter import enter_pasts, link_pasts, people_of
from jieli.relay.replay import People
from jieli.synthetic import store
from jieli.synthetic.life import lead_values
from jieli.synthetic.people import PASSWORD, settle_in
from jieli.synthetic.size import SIZES, Size
from jieli.synthetic.story import chapters, fresh, papers, world_of
from jieli.synthetic.truth import Truth
from jieli.synthetic.world import LEAD, Chapter, Own, World

TIMEOUT = 600
IN_ORDER = ("account", "contact", "lead", "opportunity", "activity")
LINKED = {"lead": frozenset({"opportunity"})}
"""What refers to records that come later in the order."""


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
) -> Report:
    """Fill an empty workspace. The time that is lived through ends now; `progress` gets leads and opportunities made
    and about how many there will be."""
    wanted = SIZES[size] if isinstance(size, str) else size
    end = clock.now().replace(microsecond=0)
    async with db.begin(statement_timeout=TIMEOUT) as tx:
        workspace = await workspaces.load(tx, slug)
        world = await world_of(tx, workspace, wanted, seed, end, own=own)
        with clock.at(world.start):
            logins = await settle_in(tx, workspace, world.roster)
        people = await people_of(tx, system_actor(workspace), [one.id for one in world.roster.people])
    world = replace(world, papers=await papers(workspace, files))
    actor = system_actor(workspace, "synthetic")
    made = 0
    for chapter in chapters(world):
        async with db.begin(statement_timeout=TIMEOUT) as tx:
            await _enter(tx, actor, chapter, world, people)
        made += len(chapter.lead) + len(chapter.opportunity)
        if progress:
            progress(made, max(made, wanted.leads + wanted.opportunities))
    async with db.begin(statement_timeout=TIMEOUT) as tx:
        await _come_in(tx, world)
        row = await tx.one(store.counts(workspace))
    assert row is not None
    by_role = {role: world.roster.having(role) for role in logins}
    counted = (row["leads"], row["opportunities"], row["events"])
    return Report(*counted, logins, PASSWORD, by_role, world.truth)


async def _enter(tx: Tx, actor: Actor, chapter: Chapter, world: World, people: People) -> None:
    links: dict[str, list[Change]] = {}
    with clock.at(world.end):
        for key in IN_ORDER:
            pasts = getattr(chapter, key)
            linked = LINKED.get(key, frozenset())
            links[key] = await enter_pasts(
                tx, actor, key, pasts, until=world.end, people=people, linked=linked
            )
        for key, found in links.items():
            await link_pasts(tx, actor, key, found)


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
