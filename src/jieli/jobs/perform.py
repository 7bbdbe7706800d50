"""What happens to one job that a worker has taken, whichever way it was taken."""

import asyncio
from contextlib import AbstractContextManager, nullcontext
from datetime import timedelta

import orjson
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.models import Job

from jieli.base import clock, tracing
from jieli.db.pool import Database, Tx
from jieli.jobs import store
from jieli.jobs.model import Task

_DEATHS = 5
_YOUNG = timedelta(seconds=20)


class GivenUp(Exception):
    """The workers that took this job died with it too often."""


async def perform(db: Database, task: Task, job: Job) -> None:
    """Run the task. Raises `RetryRequested` if it shall be tried again, and what went wrong if it shall not.

    A cancellation means that the worker stops, which is not the job's fault: it goes back to the queue.
    """
    try:
        await _begin(db, task, job)
        with _traced(task, job):
            await task.run(db, orjson.loads(job.payload or b"{}"))
    except GivenUp:
        raise
    except asyncio.CancelledError:
        if current := asyncio.current_task():
            current.uncancel()
        raise RetryRequested(reason="the worker stops") from None
    except Exception as error:
        failures = job.attempts + 1
        if failures >= task.attempts:
            raise
        raise RetryRequested(task.pause_after(failures), f"{type(error).__name__}: {error}") from error


def _traced(task: Task, job: Job) -> AbstractContextManager[object]:
    cause = (job.headers or {}).get("trace")
    tracer = tracing.current()
    return tracer.job(task.name, cause if isinstance(cause, str) else None) if tracer else nullcontext()


async def _begin(db: Database, task: Task, job: Job) -> None:
    """In a transaction of its own before the run, so that the run sees the changes of all it stands for."""
    key = (job.headers or {}).get("key")
    # A job this young cannot have been taken before by a worker that died.
    is_old = job.updated - job.created > _YOUNG
    if not isinstance(key, str) and not is_old:
        return

    async def look(tx: Tx) -> int:
        if isinstance(key, str):
            await store.merge_twins(tx, job.id, task.name, key, clock.now())
        return await store.count_starts(tx, job.id) if is_old else 1

    if await db.write(look) > task.attempts + _DEATHS:
        raise GivenUp(f"{task.name} has been started too often without coming to an end")
