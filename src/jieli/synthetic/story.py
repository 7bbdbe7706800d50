"""The whole life of the company, chapter by chapter, so that no more than one chapter is held in memory."""

import asyncio
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from io import BytesIO

from jieli.blueprint.model import Workspace
from jieli.db.pool import ReadTx
from jieli.records.content import ContentStore
from jieli.records.files import Attachment
from jieli.relay.calendars import calendar_of
from jieli.synthetic import store
from jieli.synthetic.deals import deal_lives
from jieli.synthetic.life import lead_lives
from jieli.synthetic.people import roster
from jieli.synthetic.size import SIZES, Size
from jieli.synthetic.truth import Truth, change_of
from jieli.synthetic.world import Chapter, Own, World

AT_ONCE = 3_000
"""Lives in one chapter; a customer with its opportunities is never torn apart."""
BEGUN_BY_SALES = 4
"""At least one in so many opportunities begins without a lead."""
FRESH_AT_MOST, FRESH_SHARE = 8, 100


async def world_of(
    tx: ReadTx, workspace: Workspace, size: Size, seed: int, end: datetime, *, own: Own | None = None
) -> World:
    """The company of this size and seed whose time ends at `end`, before anything has been written."""
    start = end - timedelta(days=size.days)
    found = roster(size, seed, start)
    truth = Truth(change_of(start, end), {person.id: person.habits for person in found.people})
    calendar = await calendar_of(tx, workspace)
    return World(workspace, size, seed, start, end, calendar, found, truth, own=own)


async def truth_of(tx: ReadTx, workspace: Workspace, size: str | Size, seed: int) -> Truth:
    """The truth behind a company that was built earlier, found anew from its size and seed: it is kept nowhere."""
    wanted = SIZES[size] if isinstance(size, str) else size
    start = await tx.value(store.founded(workspace))
    world = await world_of(tx, workspace, wanted, seed, start + timedelta(days=wanted.days))
    for _ in chapters(world):
        pass
    return world.truth


def fresh(size: Size) -> int:
    """How many of the last leads have only just come in: nobody has done anything about them yet."""
    return max(2, min(FRESH_AT_MOST, size.leads // FRESH_SHARE))


def chapters(world: World) -> Iterator[Chapter]:
    """All lives: those of leads, then those of the opportunities that sales begins itself, until there are as many
    opportunities as the size says."""
    size = world.size
    leads = size.leads - fresh(size)
    made = 0
    for first in range(0, leads, AT_ONCE):
        chapter = Chapter()
        for number in range(first, min(first + AT_ONCE, leads)):
            lead_lives(world, number, chapter)
        made += len(chapter.opportunity)
        yield chapter
    others = max(size.opportunities // BEGUN_BY_SALES, size.opportunities - made)
    for first in range(0, others, AT_ONCE):
        chapter = Chapter()
        for number in range(first, min(first + AT_ONCE, others)):
            deal_lives(world, number, others, chapter)
        yield chapter


async def papers(workspace: Workspace, files: ContentStore) -> Mapping[str, Attachment]:
    """A file for each deliverable that is one, kept in the store."""
    found: dict[str, Attachment] = {}
    for process in workspace.document.processes.values():
        for stage in process.stages:
            for one in stage.deliverables:
                if one.kind == "file":
                    text = f"{one.label.zh}\n".encode()
                    content = await asyncio.to_thread(files.put, BytesIO(text))
                    found[one.key] = Attachment(
                        content, f"{one.label.zh}.txt", files.name, deliverable=one.key
                    )
    return found
