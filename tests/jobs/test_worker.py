import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest

from jieli.db.pool import Database, PoolOptions
from jieli.db.sql import sql
from jieli.jobs import Schedule, Task, Values, WorkerOptions, drain, enqueue, failures, work
from jieli.jobs.tidy import SCHEDULES

pytestmark = pytest.mark.database

QUICK = WorkerOptions(concurrency=4, heartbeat=timedelta(seconds=1), grace=5)
Run = Callable[[Database, Values], Awaitable[None]]


@asynccontextmanager
async def working(
    db: Database, tasks: Sequence[Task], schedules: Sequence[Schedule] = (), options: WorkerOptions = QUICK
) -> AsyncIterator[asyncio.Event]:
    """A worker that runs during the block and is stopped gracefully after it."""
    stop = asyncio.Event()
    worker = asyncio.create_task(work(db, tasks, schedules, stop=stop, options=options))
    try:
        yield stop
    finally:
        stop.set()
        await asyncio.wait_for(worker, 30)


async def ask(db: Database, task: str, payload: Values | None = None, key: str | None = None) -> None:
    async with db.begin() as tx:
        await enqueue(tx, task, payload or {}, key=key)


async def soon(event: asyncio.Event) -> None:
    await asyncio.wait_for(event.wait(), 30)


async def left(db: Database) -> int:
    async with db.read() as tx:
        count: int = await tx.value(sql("select count(*) from jieli.pgqueuer"))
        return count


async def test_a_worker_does_what_is_asked_while_it_runs(db: Database) -> None:
    done = asyncio.Event()
    seen: list[Values] = []

    async def run(db: Database, payload: Values) -> None:
        async with db.begin() as tx:
            seen.append({"value": await tx.value(sql("select {n}::int + 1", n=payload["n"]))})
        done.set()

    async with working(db, [Task("tests.add", run)]):
        await ask(db, "tests.add", {"n": 1})
        await soon(done)
    assert seen == [{"value": 2}]
    assert await left(db) == 0


async def test_stopping_lets_a_running_job_end(db: Database) -> None:
    started, ended = asyncio.Event(), asyncio.Event()

    async def run(_db: Database, _payload: Values) -> None:
        started.set()
        await stop.wait()
        ended.set()

    async with working(db, [Task("tests.slow", run)]) as stop:
        await ask(db, "tests.slow")
        await soon(started)
    assert ended.is_set()
    assert await left(db) == 0


async def test_a_job_that_does_not_end_in_time_goes_back_to_the_queue(db: Database) -> None:
    started = asyncio.Event()

    async def run(_db: Database, _payload: Values) -> None:
        started.set()
        await asyncio.Event().wait()

    impatient = WorkerOptions(concurrency=4, heartbeat=timedelta(seconds=1), grace=0.05)
    async with working(db, [Task("tests.slow", run)], options=impatient):
        await ask(db, "tests.slow")
        await soon(started)
    again = asyncio.Event()

    async def quick(_db: Database, _payload: Values) -> None:
        again.set()

    assert await drain(db, [Task("tests.slow", quick)]) == 1
    assert again.is_set()


async def test_a_failure_is_tried_again_and_in_the_end_kept(db: Database) -> None:
    tried = asyncio.Semaphore(0)

    async def run(_db: Database, _payload: Values) -> None:
        tried.release()
        raise LookupError("it is broken")

    task = Task("tests.broken", run, attempts=2, first_pause=timedelta(milliseconds=10))
    async with working(db, [task]):
        await ask(db, "tests.broken")
        for _ in range(2):
            await asyncio.wait_for(tried.acquire(), 30)
    async with db.read() as tx:
        [kept] = await failures(tx)
    assert (kept.task, kept.error) == ("tests.broken", "it is broken")
    assert "LookupError" in kept.traceback


KILLED = """
import asyncio, sys
from jieli.db.pool import Database
from jieli.jobs import Task, work

async def run(db, payload):
    print("started", flush=True)
    await asyncio.Event().wait()

async def main():
    db = Database(sys.argv[1])
    await db.open()
    await work(db, [Task("tests.fatal", run)], (), stop=asyncio.Event())

asyncio.run(main())
"""


async def test_the_job_of_a_killed_worker_is_taken_by_another(db: Database, dsn: str) -> None:
    await ask(db, "tests.fatal", {"n": 1})
    victim = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED, dsn, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert victim.stdout is not None
    await asyncio.wait_for(victim.stdout.readline(), 30)
    victim.kill()
    await victim.wait()
    assert await left(db) == 1
    done = asyncio.Event()

    async def run(_db: Database, payload: Values) -> None:
        assert payload == {"n": 1}
        done.set()

    async with working(db, [Task("tests.fatal", run)]):
        await soon(done)
    assert await left(db) == 0


async def test_no_more_of_a_task_run_at_once_than_its_limit_over_all_workers(db: Database) -> None:
    running, most, count = 0, 0, 0
    finished = asyncio.Event()

    async def run(db: Database, _payload: Values) -> None:
        nonlocal running, most, count
        running += 1
        most = max(most, running)
        async with db.read() as tx:
            await tx.value(sql("select pg_sleep(0.01)"))
        running -= 1
        count += 1
        if count == 12:
            finished.set()

    async with db.begin() as tx:
        for n in range(12):
            await enqueue(tx, "tests.narrow", {"n": n})
    task = Task("tests.narrow", run, limit=2)
    async with working(db, [task]), working(db, [task]):
        await soon(finished)
    assert most == 2


async def test_a_due_schedule_is_run_by_one_of_the_workers(db: Database) -> None:
    runs = 0
    ran = asyncio.Event()

    async def run(_db: Database) -> None:
        nonlocal runs
        runs += 1
        ran.set()

    schedule = Schedule("tests.yearly", "0 0 1 1 *", run)
    async with db.begin() as tx:
        await tx.run(
            sql(
                "insert into jieli.pgqueuer_schedules (expression, entrypoint, next_run)"
                " values ('0 0 1 1 *', 'tests.yearly', now() - interval '1 hour')"
            )
        )
    async with working(db, [], [schedule]), working(db, [], [schedule]):
        await soon(ran)
    assert runs == 1


async def test_a_worker_outlives_the_loss_of_its_connections(db: Database, dsn: str) -> None:
    done = asyncio.Semaphore(0)

    async def run(_db: Database, _payload: Values) -> None:
        done.release()

    database = Database(dsn, PoolOptions(application_name="unlucky"))
    await database.open()
    async with working(database, [Task("tests.note", run)]):
        await ask(db, "tests.note")
        await asyncio.wait_for(done.acquire(), 30)
        async with db.begin() as tx:
            await tx.all(
                sql(
                    "select pg_terminate_backend(pid) from pg_stat_activity"
                    " where application_name like 'unlucky%'"
                )
            )
        await ask(db, "tests.note")
        await asyncio.wait_for(done.acquire(), 30)
    await database.close()


async def test_old_history_is_forgotten_and_the_rest_kept(db: Database) -> None:
    async with db.begin() as tx:
        await tx.run(
            sql(
                "insert into jieli.pgqueuer_log (created, job_id, status, priority, entrypoint, aggregated)"
                " values (now() - interval '15 days', 1, 'successful', 0, 'a.b', true),"
                " (now() - interval '15 days', 2, 'successful', 0, 'a.b', false),"
                " (now(), 3, 'successful', 0, 'a.b', true)"
            )
        )
    assert await drain(db, [], SCHEDULES) == 1
    async with db.read() as tx:
        kept = await tx.value(sql("select array_agg(job_id order by job_id) from jieli.pgqueuer_log"))
    assert kept == [2, 3]
