"""The board of all opportunities: every column with its count, sums and first cards."""

from functools import partial

from bench import reading
from bench.result import Result, Target
from bench.rounds import taking_turns
from bench.setting import Setting
from bench.stand import Stand, opened
from jieli.access import Actor
from jieli.db.codecs import to_json
from jieli.db.pool import ReadTx
from jieli.records.read import ListQuery, board

TARGET = Target("value", 30)
CARDS = 50


async def measure(place: Stand, setting: Setting) -> Result:
    seller, administrator = place.people.sellers[0], place.people.administrator
    async with opened(place.dsn) as db:
        sides = {}
        for name, member in (("seller", seller), ("administrator", administrator)):
            text = await reading.script(place, db, member, _board)
            sides[name] = partial(reading.milliseconds, place, db, member, _board, setting.seconds)
            sides[f"{name}_limit"] = partial(reading.limit, place.dsn, text, setting.seconds)
        found = await taking_turns(sides, setting.rounds)
    extra = {
        "administrator": found["administrator"],
        "administrator_ratio": found["administrator_limit"] / found["administrator"],
    }
    return Result("board", found["seller"], found["seller_limit"], "ms", TARGET, place.rows, extra)


async def _board(tx: ReadTx, actor: Actor) -> bytes:
    """As the screen asks: the fields of a card."""
    card = actor.workspace.object("opportunity").definition.card
    columns = [*card.fields, *([card.subtitle] if card.subtitle else []), "owner", "stage_due"]
    return to_json(await board(tx, actor, "opportunity", ListQuery(columns=columns, limit=CARDS)))
