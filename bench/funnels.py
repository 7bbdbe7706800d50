"""The funnel of all opportunities and the time their legs took, for who may see everything."""

from functools import partial

from bench import reading
from bench.result import Result, Target
from bench.rounds import taking_turns
from bench.setting import Setting
from bench.stand import Stand, opened
from jieli.access import Actor
from jieli.db.codecs import to_json
from jieli.db.pool import ReadTx
from jieli.db.sql import sql
from jieli.insight.funnel import funnel

TARGET = Target("value", 100)


async def measure(place: Stand, setting: Setting) -> Result:
    seller, administrator = place.people.sellers[0], place.people.administrator
    async with opened(place.dsn) as db:
        sides = {}
        for name, member in (("administrator", administrator), ("seller", seller)):
            text = await reading.script(place, db, member, _funnel)
            sides[name] = partial(reading.milliseconds, place, db, member, _funnel, setting.seconds)
            sides[f"{name}_limit"] = partial(reading.limit, place.dsn, text, setting.seconds)
        found = await taking_turns(sides, setting.rounds)
        async with db.read() as tx:
            actor = await place.actor(tx, administrator)
            spans = await tx.value(sql("select count(*) from {span}", span=actor.workspace.table("span")))
    extra = {
        "seller": found["seller"],
        "seller_ratio": found["seller_limit"] / found["seller"],
        "spans": spans,
    }
    value, limit = found["administrator"], found["administrator_limit"]
    return Result("funnel", value, limit, "ms", TARGET, place.rows, extra)


async def _funnel(tx: ReadTx, actor: Actor) -> bytes:
    return to_json(await funnel(tx, actor, "opportunity"))
