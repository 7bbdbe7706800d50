"""Jobs that have used up their attempts. They are kept until someone has them tried again, or for 90 days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import orjson

from jieli.db.pool import ReadTx, Tx
from jieli.jobs import store
from jieli.jobs.model import Values


@dataclass(frozen=True, slots=True)
class Failure:
    job: int
    task: str
    payload: Values
    failed_at: datetime
    error: str
    traceback: str


async def failures(tx: ReadTx, *, limit: int = 100) -> list[Failure]:
    """The latest first."""
    return [
        Failure(
            row["id"],
            row["entrypoint"],
            orjson.loads(row["payload"] or b"{}"),
            row["updated"],
            (row["traceback"] or {}).get("exception_message", ""),
            (row["traceback"] or {}).get("traceback", ""),
        )
        for row in await store.failed(tx, limit)
    ]


async def retry(tx: Tx, jobs: Sequence[int]) -> int:
    """Have failed jobs tried again with all their attempts; how many there were."""
    return await store.requeue(tx, jobs)
