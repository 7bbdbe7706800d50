"""300 people at once on the mix of a working day."""

from itertools import count, cycle, islice
from random import Random

from bench.company import SEED
from bench.result import Result, Target
from bench.rows import lead
from bench.setting import Setting
from bench.stand import Stand, copied, opened
from bench.visitors import Day, Visitor, percentile, spend
from bench.web import ADDRESS, served, sessions
from jieli.blueprint.model import Object
from jieli.db.pool import Database

TARGET = Target("value", 100)
P95 = 95
PEOPLE = 300
SIGNED_IN = 60
"""So many of them have an account of their own; the others are further browsers of these."""
PAUSE = 8.0
"""Seconds between two acts of one person, on average, and in which everybody comes; an act is up to five requests."""
LONGER = 6
"""A day takes so many times as long as the side of another bench: the rare acts must come too."""


async def measure(place: Stand, setting: Setting) -> Result:
    """Value is what 95 of 100 requests do not exceed once everybody has come; the limit is the same for one person
    alone who does not think."""
    seconds, alone = setting.seconds * LONGER, setting.seconds * 2
    async with copied(place) as dsn, opened(dsn) as db, served(place.home, dsn) as port:
        visitors = await _visitors(place, db)
        async with db.read() as tx:
            workspace = (await place.actor(tx, place.people.administrator)).workspace
        columns = ",".join(workspace.object("opportunity").definition.columns)
        leads = tuple(_leads(workspace.object("lead"), place.rows, 20 * PEOPLE))
        half = len(leads) // 2
        first = Day(port, ADDRESS, visitors[:1], alone, alone, 0, columns, leads[:half], streams=False)
        limit = percentile((await spend(first)).all(), P95)
        lived = await spend(Day(port, ADDRESS, visitors, PAUSE, seconds, PAUSE, columns, leads[half:]))
    extra = {
        "people": PEOPLE,
        "median": percentile(lived.all(), 50),
        "p99": percentile(lived.all(), 99),
        "p95_arriving": percentile(lived.arriving, P95),
        "requests_per_second": len(lived.all()) / seconds,
        "live_events": lived.heard,
        **{f"p95_{act}": percentile(lived.times[act], P95) for act in sorted(lived.times)},
    }
    return Result("day", percentile(lived.all(), P95), limit, "ms", TARGET, place.rows, extra)


async def _visitors(place: Stand, db: Database) -> tuple[Visitor, ...]:
    """Salespeople and marketers, some of them with more than one browser, and one in fifty who looks at figures."""
    people = place.people
    some = await sessions(db, [*people.marketers, *people.sellers][:SIGNED_IN])
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
