"""Asks for work within the caller's transaction: the job exists if and only if the change does."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import orjson

from jieli.base import clock, tracing
from jieli.db.codecs import to_json
from jieli.db.pool import ReadTx, Tx
from jieli.jobs import store
from jieli.jobs.model import Values


async def enqueue(
    tx: Tx, task: str, payload: Values, *, at: datetime | None = None, key: str | None = None
) -> None:
    """Have a task done after the commit, or not before `at`. The payload travels as JSON.

    Jobs of one task and `key` that wait at the same time are done once, so the key must say all that matters
    in the payload. With `at`, a job that waits for a later time under the key is replaced by this one.
    Writers never wait for each other here.
    """
    job = store.New(task, to_json(payload), _headers(key))
    if at is None and key is None:
        await store.add(tx, job, clock.now())
    elif at is None:
        assert key is not None
        await store.add_once(tx, job, clock.now(), key)
    elif key is None:
        await store.add_at(tx, job, at)
    else:
        await store.move(tx, job, at, key)


def _headers(key: str | None) -> Values | None:
    """What travels with a job: its key, and the place in a trace that asked for it."""
    tracer = tracing.current()
    told = {"key": key, "trace": tracer.carried() if tracer else None}
    return {name: value for name, value in told.items() if value is not None} or None


async def enqueue_all(tx: Tx, task: str, payloads: Iterable[Values]) -> int:
    """Many jobs of one task in one statement; their number."""
    return await store.add_all(
        tx, task, [to_json(payload) for payload in payloads], clock.now(), _headers(None)
    )


async def unfinished(tx: ReadTx, tasks: Sequence[str]) -> list[Values]:
    """The payloads of the jobs of these tasks that wait or are being done, not of those that failed for good."""
    return [orjson.loads(row["payload"] or b"{}") for row in await store.unfinished(tx, tasks)]
