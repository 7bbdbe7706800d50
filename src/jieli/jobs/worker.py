"""The worker: takes jobs as they become due and starts schedules, until it is told to stop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgPoolDriver
from pgqueuer.domain.errors import PgqException
from pgqueuer.models import Job, TracebackRecord
from pgqueuer.models import Schedule as Tick
from pgqueuer.qm import QueueManager
from pgqueuer.queries import Queries
from pgqueuer.sm import SchedulerManager

from jieli.base.errors import Unavailable
from jieli.db import queue_tables
from jieli.db.pool import Database
from jieli.jobs.model import Schedule, Task, by_name
from jieli.jobs.perform import perform
from jieli.jobs.queue import enqueue

log = logging.getLogger(__name__)

_LOST = (
    OSError,
    TimeoutError,
    asyncpg.PostgresError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,
    PgqException,
    Unavailable,
)
_LONGEST_PAUSE = 30.0


@dataclass(frozen=True, slots=True)
class WorkerOptions:
    """`concurrency` is at least 2. `heartbeat` is after how long without a sign of life
    a job is given to another worker; `grace` is how long running jobs may go on when the worker stops, before
    they are put back."""

    concurrency: int = 20
    heartbeat: timedelta = timedelta(seconds=30)
    grace: float = 20.0


class _Patient(Queries):
    """Waits for a database that is away: what pgqueuer cannot put back at once, it takes for failed."""

    async def retry_job(self, job: Job, delay: timedelta, traceback_record: TracebackRecord | None) -> None:
        for pause in (0.2, 0.5, 1, 2, 5, 10, 20):
            try:
                return await self._put_back(job, delay, traceback_record)
            except _LOST:
                await asyncio.sleep(pause)
        return await self._put_back(job, delay, traceback_record)

    async def _put_back(self, job: Job, delay: timedelta, traceback_record: TracebackRecord | None) -> None:
        await super().retry_job(job, delay, traceback_record)
        await self.driver.notify(queue_tables.SETTINGS.channel, queue_tables.wake_call())


async def work(
    db: Database,
    tasks: Sequence[Task],
    schedules: Sequence[Schedule],
    *,
    stop: asyncio.Event,
    options: WorkerOptions | None = None,
) -> None:
    """Work until `stop` is set. Comes back by itself when the database was away."""
    known = by_name([*tasks, *(schedule.task() for schedule in schedules)])
    pause = 0.5
    while not stop.is_set():
        started = asyncio.get_running_loop().time()
        try:
            await _serve(db, known, schedules, stop, options or WorkerOptions())
        except Exception as error:
            # The worker is an edge: pgqueuer and asyncpg lose connections in more ways than can be named.
            if asyncio.get_running_loop().time() - started > 2 * _LONGEST_PAUSE:
                pause = 0.5
            known_loss = isinstance(error, _LOST)
            log.warning("the worker starts again: %r", error, exc_info=None if known_loss else error)
            await _wait(stop, pause)
            pause = min(pause * 2, _LONGEST_PAUSE)


async def _serve(
    db: Database,
    tasks: dict[str, Task],
    schedules: Sequence[Schedule],
    stop: asyncio.Event,
    options: WorkerOptions,
) -> None:
    # Connections of its own: pgqueuer needs them without our JSON codecs, and one of them to listen with.
    dsn = db.options.listen_dsn or db.dsn
    settings = {"application_name": f"{db.options.application_name} worker"}
    pool = await asyncpg.create_pool(dsn, min_size=2, max_size=4, server_settings=settings, timeout=10)
    try:
        queries = queue_tables.queries(AsyncpgPoolDriver(pool), kind=_Patient)
        manager = QueueManager(queries, channel=queue_tables.SETTINGS.channel)
        for task in tasks.values():
            manager.entrypoint(
                task.name, concurrency_limit=task.limit, accepts_context=False, on_failure="hold"
            )(_handler(db, task))
        scheduler = SchedulerManager(queries)
        for schedule in schedules:
            scheduler.schedule(schedule.name, schedule.cron, accepts_context=False)(_ticker(db, schedule))
        await _run(manager, scheduler, stop, options)
    finally:
        pool.terminate()


async def _run(
    manager: QueueManager, scheduler: SchedulerManager, stop: asyncio.Event, options: WorkerOptions
) -> None:
    running = [
        asyncio.create_task(
            manager.run(
                dequeue_timeout=min(timedelta(seconds=5), options.heartbeat),
                batch_size=options.concurrency // 2,
                max_concurrent_tasks=options.concurrency,
                shutdown_on_listener_failure=True,
                heartbeat_timeout=options.heartbeat,
            )
        )
    ]
    if scheduler.registry:
        running.append(asyncio.create_task(scheduler.run()))
    told = asyncio.create_task(stop.wait())
    try:
        await asyncio.wait([*running, told], return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
        manager.shutdown.set()
        scheduler.shutdown.set()
        await _end(running, options.grace)
    for task in running:
        if not task.cancelled() and (error := task.exception()):
            raise error


async def _end(running: list[asyncio.Task[None]], grace: float) -> None:
    _done, late = await asyncio.wait(running, timeout=grace)
    for task in late:
        task.cancel()
    if late:
        await asyncio.wait(late)


def _handler(db: Database, task: Task) -> Callable[[Job], Awaitable[None]]:
    async def handle(job: Job) -> None:
        await perform(db, task, job)

    return handle


def _ticker(db: Database, schedule: Schedule) -> Callable[[Tick], Awaitable[None]]:
    """A tick only asks for the run, so that the run is retried, limited and recorded like any job."""

    async def tick(_tick: Tick) -> None:
        async with db.begin() as tx:
            await enqueue(tx, schedule.name, {}, key=schedule.name)

    return tick


async def _wait(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
