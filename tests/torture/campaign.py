"""One campaign: a new site under load, so many kills at moments of chance, and the checks."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from random import Random

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.intake import imports
from jieli.jobs import enqueue
from jieli.records import Action, Batch, Change, apply
from jieli.relay import limits
from tests.torture.checks import ALWAYS, AT_THE_END, differences, every_limit_was_noticed
from tests.torture.client import Client
from tests.torture.ledger import Ledger, Tally
from tests.torture.patience import insisting
from tests.torture.site import PAUSE, Site, opened
from tests.torture.victims import Victim, drawn, kill
from tests.torture.workloads import HERD, STEPS, Work, loop

LONGEST_END = 400.0
Say = Callable[[str], None]


async def campaign(
    seed: int, kills: int, rows: list[int], *, every: int = 5, rest: float = 0.8, say: Say = print
) -> Tally:
    """Stops at the first differences. `every` so many kills the load pauses and all is checked; between two kills it
    goes on for at most `rest` seconds once the site answers again."""
    chance = Random(seed)
    site = await opened()
    work = Work(site, Ledger(), Random(seed + 1), rows)
    client = Client(site, work.ledger)
    tally = Tally(counts=work.ledger.counts)
    running: list[asyncio.Task[None]] = []
    over = asyncio.Event()
    supervisor = asyncio.create_task(site.supervise(over))
    try:
        work.herd = await _herd(site)
        await site.ready()
        await client.sign_in()
        running = [asyncio.create_task(loop(work, client, step)) for step in STEPS]
        work.open.set()
        for number, victim in enumerate(drawn(kills, chance), start=1):
            await asyncio.sleep(chance.uniform(0, rest))
            tally.killed(victim.name, await _killed(work, victim, chance))
            _complain(running)
            if number % every == 0 and number < kills:
                await work.pause()
                tally.differences += await differences(work, ALWAYS)
                say(f"seed {seed}: {number} kills, {len(tally.differences)} differences")
                if tally.differences:
                    say("\n".join(tally.differences))
                    break
                work.open.set()
        await _ended(work, running)
        tally.differences += await differences(work, AT_THE_END)
        work.ledger.counts["server starts"] += site.starts
        work.ledger.counts["limits noticed"] += len(work.ledger.overdue)
    except BaseException:
        say(site.last_words())
        raise
    finally:
        if tally.differences:
            say(site.last_words())
        for task in running:
            task.cancel()
        over.set()
        await asyncio.gather(*running, supervisor, return_exceptions=True)
        await client.close()
        await site.close()
    return tally


async def _herd(site: Site) -> list[str]:
    """Records that are changed together."""
    changes = [Change({"name": f"H{n}", "needs": "herd"}) for n in range(HERD)]

    async def made(tx: Tx) -> list[str]:
        boss = await site.company.actor(tx, "boss")
        result = await apply(tx, boss, Batch("lead", Action.CREATE, changes))
        return [str(row.id) for row in result.rows]

    return await insisting(site.db, made)


async def _killed(work: Work, victim: Victim, chance: Random) -> float:
    """Kill, wait until the site answers again, and say that the time of whoever died is over; gives how many seconds
    it took to answer."""
    site = work.site
    deadline = time.monotonic() + 60
    while True:
        found = await asyncio.to_thread(victim.find, site, chance)
        moment = clock.now()
        if kill(found):
            break
        assert time.monotonic() < deadline, f"there is no {victim.name} to kill:\n{site.last_words()}"
        await asyncio.sleep(PAUSE)
    await site.ready()
    seconds = (clock.now() - moment).total_seconds()
    if victim.stalls_jobs:
        await _time_passes(site, moment)
    return seconds


async def _time_passes(site: Site, moment: datetime) -> None:
    """Half a minute without a sign of life, for jobs whose worker was killed at that moment."""

    async def passed(tx: Tx) -> None:
        await tx.run(
            sql(
                "update jieli.pgqueuer set heartbeat = heartbeat - interval '1 hour'"
                " where status = 'picked' and heartbeat < {moment}",
                moment=moment,
            )
        )

    await insisting(site.db, passed)


async def _ended(work: Work, running: "list[asyncio.Task[None]]") -> None:
    """Nothing is killed any more: all that was begun comes to its end, and the queue runs empty."""
    work.ending = True
    work.open.set()
    deadline = time.monotonic() + LONGEST_END
    while not all(task.done() for task in running) or await insisting(
        work.site.db, lambda tx: _unfinished(tx, work)
    ):
        assert time.monotonic() < deadline, "what was begun does not come to its end"
        await insisting(work.site.db, _minute_passes)
        await asyncio.wait(running, timeout=1)
    _complain(running)


async def _minute_passes(tx: Tx) -> None:
    """The schedules of every minute are due."""
    for schedule in (*limits.SCHEDULES, *imports.SCHEDULES):
        await enqueue(tx, schedule.name, {}, key=schedule.name)


async def _unfinished(tx: Tx, work: Work) -> bool:
    jobs = await tx.value(
        sql("select count(*) from jieli.pgqueuer where entrypoint like '%_import' and status <> 'failed'")
    )
    return bool(jobs or await every_limit_was_noticed(tx, work))


def _complain(running: "list[asyncio.Task[None]]") -> None:
    for task in running:
        if task.done():
            task.result()
