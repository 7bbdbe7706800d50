"""300 people at once on the mix of a working day."""

from itertools import count, cycle, islice
from random import Random

from bench.company import SEED
from bench.result import Result, Target
from bench.rows import lead
from bench.setting import Setting
from bench.stand import Stand, copied, opened
from bench.visitors import Day, Lived, Visitor, spend
from bench.web import ADDRESS, served, sessions
from jieli.blueprint.model import Object
from jieli.db.pool import Database

TARGET = Target("value", 100)
PEOPLE = 300
PAUSE = 8.0
"""Seconds between two acts of one person, on average; an act is up to five requests."""
LONGER = 6
"""A day takes so many times as long as the side of another bench: the rare acts must come too."""


async def measure(place: Stand, setting: Setting) -> Result:
    """Value is what 95 of 100 requests do not exceed; the limit is the same for one person alone who does not think."""
    seconds = setting.seconds * LONGER
    async with copied(place) as dsn, opened(dsn) as db, served(place.home, dsn) as port:
        visitors = await _visitors(place, db)
        async with db.read() as tx:
            workspace = (await place.actor(tx, place.people.administrator)).workspace
        columns = ",".join(workspace.object("opportunity").definition.columns)
        leads = tuple(_leads(workspace.object("lead"), place.rows, 20 * PEOPLE))
        half = len(leads) // 2
        alone = await spend(
            Day(port, ADDRESS, visitors[:1], setting.seconds, 0, columns, leads[:half], streams=False)
        )
        together = await spend(Day(port, ADDRESS, visitors, seconds, PAUSE, columns, leads[half:]))
    extra = {
        "people": PEOPLE,
        "median": together.percentile(50),
        "p99": together.percentile(99),
        "requests_per_second": len(together.all()) / seconds,
        "live_events": together.heard,
        **{f"p95_{act}": _p95(together, act) for act in sorted(together.times)},
    }
    return Result("day", together.percentile(95), alone.percentile(95), "ms", TARGET, place.rows, extra)


def _p95(lived: Lived, act: str) -> float:
    one = Lived({act: lived.times[act]})
    return one.percentile(95) if len(one.all()) > 1 else one.all()[0]


async def _visitors(place: Stand, db: Database) -> tuple[Visitor, ...]:
    """Salespeople and marketers, some of them with more than one browser, and one in fifty who looks at figures."""
    people = place.people
    some = await sessions(db, [*people.sellers, *people.marketers])
    (head,) = await sessions(db, [people.administrator])
    everybody = islice(cycle(some), PEOPLE)
    return tuple(
        Visitor(head, reports=True) if number % 50 == 49 else Visitor(token)
        for number, token in enumerate(everybody)
    )


def _leads(obj: Object, start: int, amount: int) -> "list[dict[str, object]]":
    rng = Random(SEED)
    typed = (lead(rng, number) for number in islice(count(start), amount))
    return [{key: obj.fields[key].type.dump(value) for key, value in values.items()} for values in typed]
