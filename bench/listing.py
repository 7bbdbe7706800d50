"""A page of fifty opportunities for a salesperson, who sees what they own, hold or were given to see."""

from collections.abc import Sequence
from functools import partial
from urllib.parse import urlencode
from uuid import UUID

import orjson

from bench.clients import Visit, request, visit
from bench.inline import inlined
from bench.noted import NotedTx
from bench.pgbench import Load, pgbench
from bench.result import Result, Target
from bench.rounds import taking_turns
from bench.setting import Setting
from bench.stand import Stand, opened
from bench.web import ADDRESS, served, sessions
from jieli.db.pool import Database
from jieli.records.read import ListQuery, list_records

TARGET = Target("ratio", 0.5)
MOST_FOR_RESTRICTED = 1.5
CLIENTS = 8
LIMIT = 50


async def measure(place: Stand, setting: Setting) -> Result:
    people = place.people
    sellers = people.sellers[:CLIENTS]
    async with opened(place.dsn) as db:
        restricted = [await _statement(place, db, one) for one in sellers]
        whole = [await _statement(place, db, people.administrator)]
        tokens = await sessions(db, [*sellers, people.administrator])
        path = await _path(place, db)
    async with served(place.home, place.dsn) as port:
        ask = [request("GET", path, token) for token in tokens]
        seen = partial(_seen, port=port, seconds=setting.seconds)
        await seen(ask[:-1])
        found = await taking_turns(
            {
                "value": partial(seen, ask[:-1]),
                "limit": partial(_limit, place.dsn, restricted, setting.seconds),
                "administrator": partial(seen, ask[-1:] * CLIENTS),
                "administrator_limit": partial(_limit, place.dsn, whole, setting.seconds),
            },
            setting.rounds,
        )
    cost = found["administrator"] / found["value"]
    extra = {
        "administrator": found["administrator"],
        "administrator_ratio": found["administrator"] / found["administrator_limit"],
        "restricted_cost": cost,
        "clients": CLIENTS,
    }
    fair = cost <= MOST_FOR_RESTRICTED
    return Result("list", found["value"], found["limit"], "req/s", TARGET, place.rows, extra, also_met=fair)


async def _statement(place: Stand, db: Database, member: UUID) -> str:
    """What a page asks of PostgreSQL, for one member."""
    async with db.read() as tx:
        actor = await place.actor(tx, member)
        noted = NotedTx(tx.connection)
        columns = actor.workspace.object("opportunity").definition.columns
        await list_records(noted, actor, "opportunity", ListQuery(columns=columns, limit=LIMIT))
    (statement,) = noted.noted
    return inlined(statement)


async def _path(place: Stand, db: Database) -> str:
    """The address that the screen of opportunities asks: the columns it shows."""
    async with db.read() as tx:
        actor = await place.actor(tx, place.people.administrator)
    columns = actor.workspace.object("opportunity").definition.columns
    asked = urlencode({"limit": LIMIT, "columns": ",".join(columns)})
    return f"{ADDRESS}/objects/opportunity/records?{asked}"


async def _seen(requests: Sequence[bytes], *, port: int, seconds: float) -> float:
    seen = await visit(Visit(port, tuple((one,) for one in requests), seconds))
    assert orjson.loads(seen.sample)["items"], "the page is empty"
    return seen.per_second


async def _limit(dsn: str, statements: Sequence[str], seconds: float) -> float:
    pace = await pgbench(dsn, Load([f"{one};\n" for one in statements], CLIENTS, seconds))
    return pace.per_second
