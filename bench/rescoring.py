"""Scoring all leads anew after the scorecard has changed, beside a plain UPDATE of the same columns and rows."""

import time
from dataclasses import replace
from functools import partial
from itertools import count

from bench.result import Result, Target
from bench.rounds import taking_turns
from bench.setting import Setting
from bench.stand import Stand, copied, opened, run
from jieli.access import Actor
from jieli.db.pool import Database
from jieli.db.sql import Sql, ident, sql
from jieli.intake.scoring import rescore

TARGET = Target("ratio", 0.5)
ROUNDS = 2
PATIENCE = 3600


async def measure(place: Stand, setting: Setting) -> Result:
    bases = count(1)
    sides = {
        "value": partial(_rescored, place, bases),
        "limit": partial(_updated, place),
    }
    found = await taking_turns(sides, min(setting.rounds, ROUNDS))
    return Result("rescore", found["value"], found["limit"], "rows/s", TARGET, place.rows)


async def _rescored(place: Stand, bases: "count[int]") -> float:
    """A card with another base changes every score that is not at its bounds."""
    async with copied(place) as dsn, opened(dsn) as db:
        await run(dsn, "checkpoint")
        async with db.begin(statement_timeout=PATIENCE) as tx:
            actor = _with_base(await place.actor(tx, place.people.administrator), next(bases))
            start = time.perf_counter()
            changed = await rescore(tx, actor, actor.workspace.object("lead"))
        taken = time.perf_counter() - start
    assert changed > place.rows / 2, "the scorecard changed too little"
    return changed / taken


async def _updated(place: Stand) -> float:
    async with copied(place) as dsn, opened(dsn) as db:
        await run(dsn, "checkpoint")
        table = await _table(place, db)
        async with db.begin(statement_timeout=PATIENCE) as tx:
            start = time.perf_counter()
            changed = await tx.run(
                sql("update {t} set score = score + 1, score_parts = score_parts", t=table)
            )
        return changed / (time.perf_counter() - start)


async def _table(place: Stand, db: Database) -> Sql:
    async with db.read() as tx:
        actor = await place.actor(tx, place.people.administrator)
    obj = actor.workspace.object("lead")
    return ident(obj.schema, obj.key)


def _with_base(actor: Actor, base: int) -> Actor:
    document = actor.workspace.document
    card = document.scorecards["lead"]
    changed = card.model_copy(update={"base": card.base + base})
    cards = {**document.scorecards, "lead": changed}
    workspace = replace(actor.workspace, document=document.model_copy(update={"scorecards": cards}))
    return replace(actor, workspace=workspace)
