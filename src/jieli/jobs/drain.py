"""Does all that is due and returns, for tests and for a company made up in one go."""

from collections.abc import Sequence

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.models import Job, TracebackRecord
from pgqueuer.queries import Queries

from jieli.base import clock
from jieli.db import queue_tables
from jieli.db.pool import Database
from jieli.jobs import store
from jieli.jobs.model import Schedule, Task, by_name
from jieli.jobs.perform import perform


async def drain(
    db: Database, tasks: Sequence[Task], schedules: Sequence[Schedule] = (), *, raising: bool = True
) -> int:
    """Run each given schedule once, then every job of these tasks that is due by `base.clock`, including those
    that the jobs enqueue; how many were run. What fails is recorded as a worker does; the first error is
    raised at the end unless `raising` is off.
    """
    for schedule in schedules:
        await schedule.run(db)
    known = by_name([*tasks, *(schedule.task() for schedule in schedules)])
    connection = await asyncpg.connect(db.dsn)
    queries = queue_tables.queries(AsyncpgDriver(connection))
    count, errors = len(schedules), list[Exception]()
    try:
        while job := await _next(db, list(known)):
            count += 1
            if error := await _finish(db, queries, known[job.entrypoint], job):
                errors.append(error)
    finally:
        await connection.close()
    if errors and raising:
        raise errors[0]
    return count


async def _next(db: Database, names: list[str]) -> Job | None:
    async with db.begin() as tx:
        row = await store.take_due(tx, names, clock.now())
    return Job.model_validate(dict(row)) if row else None


async def _finish(db: Database, queries: Queries, task: Task, job: Job) -> Exception | None:
    try:
        await perform(db, task, job)
    except RetryRequested as request:
        await queries.retry_job(job, request.delay, TracebackRecord.from_exception(request, job.id))
        return request.__cause__ if isinstance(request.__cause__, Exception) else request
    except Exception as error:
        await queries.log_jobs([(job, "failed", TracebackRecord.from_exception(error, job.id))])
        return error
    await queries.log_jobs([(job, "successful", None)])
    return None
