"""The whole life of the company in chapters, each of which can be told without the others, so that no more than one
is held in memory."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
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
    made = sum(len(written(world, part).opportunity) for part in of_leads(wanted))
    for part in of_sales(wanted, made):
        written(world, part)
    return world.truth


def fresh(size: Size) -> int:
    """How many of the last leads have only just come in: nobody has done anything about them yet."""
    return max(2, min(FRESH_AT_MOST, size.leads // FRESH_SHARE))


@dataclass(frozen=True, slots=True)
class Part:
    """The lives with these numbers: of leads, or of so many opportunities that sales begins itself."""

    numbers: range
    count: int | None = None


def of_leads(size: Size) -> list[Part]:
    last = size.leads - fresh(size)
    return [Part(range(first, min(first + AT_ONCE, last))) for first in range(0, last, AT_ONCE)]


def of_sales(size: Size, made: int) -> list[Part]:
    """Once so many opportunities have come of leads: the others, until there are as many as the size says."""
    count = max(size.opportunities // BEGUN_BY_SALES, size.opportunities - made)
    return [Part(range(first, min(first + AT_ONCE, count)), count) for first in range(0, count, AT_ONCE)]


def written(world: World, part: Part) -> Chapter:
    """The chapter that tells these lives; the truth about them is added to that of the world."""
    chapter = Chapter()
    for number in part.numbers:
        if part.count is None:
            lead_lives(world, number, chapter)
        else:
            deal_lives(world, number, part.count, chapter)
    return chapter


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
