"""Creating one lead after another: validated, held against all others, scored, assigned, placed and logged."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count, islice
from random import Random
from uuid import UUID

import orjson

from bench.bare import bare_inserts
from bench.clients import Seen, Visit, request, visit
from bench.company import SEED
from bench.pgbench import Load, pgbench
from bench.result import Result, Target
from bench.rounds import taking_turns
from bench.rows import lead
from bench.setting import Setting
from bench.stand import Stand, copied, opened
from bench.web import ADDRESS, served, sessions
from jieli.access import Actor
from jieli.blueprint.model import Object
from jieli.db.pool import Database
from jieli.records import Action, Batch, Change, Values, apply

TARGET = Target("ratio", 0.35)
CLIENTS = 4
AT_MOST = 800
"""Requests that one client could make in a second."""
CREATED = 201
APART = 10**9


@dataclass(frozen=True, slots=True)
class _Desk:
    """Who creates leads, and the next ones to create; none comes twice."""

    obj: Object
    actors: Sequence[Actor]
    tokens: Sequence[str]
    numbers: Iterator[int]
    rng: Random = field(default_factory=lambda: Random(SEED))

    def values(self) -> Iterator[Values]:
        """Leads as a form sends them."""
        for number in self.numbers:
            typed = lead(self.rng, number)
            yield {key: self.obj.fields[key].type.dump(value) for key, value in typed.items()}

    def requests(self, token: str, amount: int) -> tuple[bytes, ...]:
        path = f"{ADDRESS}/objects/lead/records"
        bodies = (orjson.dumps({"values": values}) for values in islice(self.values(), amount))
        return tuple(request("POST", path, token, body) for body in bodies)


async def measure(place: Stand, setting: Setting) -> Result:
    async with copied(place) as dsn, opened(dsn) as db, served(place.home, dsn) as port:
        desk = await _desk(place, db)
        sample = await _sample(desk, port)
        script = await bare_inserts(db, desk.obj, sample)
        rounds = count(1)
        found = await taking_turns(
            {
                "value": partial(_over_http, desk, port, setting.seconds),
                "limit": partial(_limit, dsn, script, setting.seconds, rounds),
                "in_process": partial(_in_process, desk, db, setting.seconds),
            },
            setting.rounds,
        )
    extra = {
        "in_process": found["in_process"],
        "in_process_ratio": found["in_process"] / found["limit"],
        "clients": CLIENTS,
    }
    return Result("create", found["value"], found["limit"], "records/s", TARGET, place.rows, extra)


async def _desk(place: Stand, db: Database) -> _Desk:
    marketers = place.people.marketers[:CLIENTS]
    async with db.read() as tx:
        actors = [await place.actor(tx, one) for one in marketers]
    obj = actors[0].workspace.object("lead")
    return _Desk(obj, actors, await sessions(db, marketers), count(place.rows))


async def _sample(desk: _Desk, port: int) -> UUID:
    """One lead, created and looked at: it must have been through everything."""
    seen = await visit(Visit(port, (desk.requests(desk.tokens[0], 1),), 5, CREATED, repeat=False))
    made = orjson.loads(seen.sample)
    assert made["owner"], "nobody got the lead"
    assert made["score"], "the lead has no score"
    return UUID(made["id"])


async def _over_http(desk: _Desk, port: int, seconds: float) -> float:
    amount = round(AT_MOST * seconds)
    connections = tuple(desk.requests(token, amount) for token in desk.tokens)
    seen: Seen = await visit(Visit(port, connections, seconds, CREATED, repeat=False))
    return seen.per_second


async def _in_process(desk: _Desk, db: Database, seconds: float) -> float:
    """Without HTTP, and with the actors known."""
    start = time.perf_counter()
    end = start + seconds
    made = await asyncio.gather(*(_create(desk, db, actor, end) for actor in desk.actors))
    return sum(made) / (time.perf_counter() - start)


async def _create(desk: _Desk, db: Database, actor: Actor, end: float) -> int:
    made = 0
    for values in desk.values():
        batch = Batch("lead", Action.CREATE, [Change(values)])
        await db.write(lambda tx, batch=batch: apply(tx, actor, batch))  # type: ignore[misc]
        made += 1
        if time.perf_counter() >= end:
            break
    return made


async def _limit(dsn: str, script: str, seconds: float, rounds: Iterator[int]) -> float:
    load = Load([script], CLIENTS, seconds, {"n": 0, "base": next(rounds) * APART})
    return (await pgbench(dsn, load)).per_second
