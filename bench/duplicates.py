"""What a new lead would duplicate among all leads, accounts and contacts, as typing asks."""

from collections.abc import Iterator
from functools import partial
from random import Random

from bench import reading
from bench.company import SEED
from bench.result import Result, Target
from bench.rounds import taking_turns
from bench.rows import lead
from bench.setting import Setting
from bench.stand import Stand, opened
from jieli.access import Actor
from jieli.db.codecs import to_json
from jieli.db.pool import ReadTx
from jieli.intake.checking import warnings
from jieli.intake.duplicates import described
from jieli.records import Values

TARGET = Target("value", 5)


async def measure(place: Stand, setting: Setting) -> Result:
    seller = place.people.sellers[0]
    typed = _Typed(place.rows)
    async with opened(place.dsn) as db:
        text = await reading.script(place, db, seller, typed.checked)
        found = await taking_turns(
            {
                "value": partial(reading.milliseconds, place, db, seller, typed.checked, setting.seconds),
                "limit": partial(reading.limit, place.dsn, text, setting.seconds),
            },
            setting.rounds,
        )
    return Result("duplicates", found["value"], found["limit"], "ms", TARGET, place.rows)


class _Typed:
    """Leads as they are typed in, by turns one that is there already, one that is new, and one that is there under a
    shorter name."""

    def __init__(self, rows: int) -> None:
        self._leads = self._all(rows)

    def _all(self, rows: int) -> Iterator[Values]:
        rng = Random(SEED)
        for number in range(10**9):
            values = lead(rng, rows + number if number % 3 == 1 else rng.randrange(rows))
            yield values if number % 3 < 2 else {"company": str(values["company"])[2:]}

    async def checked(self, tx: ReadTx, actor: Actor) -> bytes:
        matches = await warnings(tx, actor, actor.workspace.object("lead"), next(self._leads))
        return to_json(await described(tx, actor, matches))
