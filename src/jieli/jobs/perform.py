"""What happens to one job that a worker has taken, whichever way it was taken."""

import asyncio

import orjson
from pgqueuer.domain.errors import RetryRequested
from pgqueuer.models import Job

from jieli.base import clock
from jieli.db.pool import Database, Tx
from jieli.jobs import store
from jieli.jobs.model import Task

_DEATHS = 5


class GivenUp(Exception):
    """The workers that took this job died with it too often."""


async def perform(db: Database, task: Task, job: Job) -> None:
    """Run the task. Raises `RetryRequested` if it shall be tried again, and what went wrong if it shall not.

    A cancellation means that the worker stops, which is not the job's fault: it goes back to the queue.
    """
    try:
        if await db.write(lambda tx: _begin(tx, task, job)) > task.attempts + _DEATHS:
            raise GivenUp(f"{task.name} has been started too often without coming to an end")
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


async def _begin(tx: Tx, task: Task, job: Job) -> int:
    """In a transaction of its own before the run, so that the run sees the changes of all it stands for.
    Returns how often the job has been started."""
    if isinstance(key := (job.headers or {}).get("key"), str):
        await store.merge_twins(tx, job.id, task.name, key, clock.now())
    return await store.count_starts(tx, job.id)
