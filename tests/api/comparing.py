"""All ways of reading at once, for some people of a world."""

from collections.abc import Awaitable, Callable, Iterable

from tests.access.oracle import Judge
from tests.access.plans import OBJECTS
from tests.api.inside import Visit
from tests.api.reader import Reader
from tests.api.readings import PATHS
from tests.api.whole_readings import WHOLE


async def compare(visit: Visit, places: Iterable[int | None]) -> None:
    """Everything, for these people of the plan."""
    for place in places:
        await held_against(visit, place, [*PATHS, *WHOLE])


async def held_against(
    visit: Visit, place: int | None, ways: Iterable[Callable[..., Awaitable[None]]]
) -> None:
    """Some ways of reading, for one person of the plan or the administrator."""
    person = await visit.person(place)
    assert person.member is not None
    reader = Reader(visit, person, Judge(visit.snapshot, person.member))
    async with person.client:
        for way in ways:
            for asked in [(reader, key) for key in OBJECTS] if way in PATHS else [(reader,)]:
                await way(*asked)
