"""What can be done later, and how often it is tried."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeAlias

from croniter import croniter  # type: ignore[import-untyped]  # it comes without types

from jieli.db.pool import Database

Values: TypeAlias = dict[str, Any]

_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")


@dataclass(frozen=True, slots=True)
class Task:
    """A kind of job. `run` opens its own transactions and is run at least once: after a crash it starts again
    from the beginning, so doing it twice must do no harm. `limit` is how many may run at once over all
    workers; 0 means any number. The pause after a failure doubles from `first_pause` to `longest_pause`.
    """

    name: str
    run: Callable[[Database, Values], Awaitable[None]]
    attempts: int = 6
    first_pause: timedelta = timedelta(seconds=2)
    longest_pause: timedelta = timedelta(minutes=15)
    limit: int = 0

    def __post_init__(self) -> None:
        _check_name(self.name)

    def pause_after(self, failures: int) -> timedelta:
        """How long to wait after the given number of failures, which is at least one."""
        return min(self.first_pause * (1 << min(failures - 1, 30)), self.longest_pause)


@dataclass(frozen=True, slots=True)
class Schedule:
    """What is run at certain times, in UTC, by one of the workers. A time missed while no worker was there is
    made up for once. A run that fails is tried again like any job."""

    name: str
    cron: str
    run: Callable[[Database], Awaitable[None]]

    def __post_init__(self) -> None:
        _check_name(self.name)
        if not croniter.is_valid(self.cron):
            raise ValueError(f"not a cron expression: {self.cron!r}")

    def task(self) -> Task:
        async def run(db: Database, _payload: Values) -> None:
            await self.run(db)

        return Task(self.name, run, attempts=3, limit=1)


def by_name(tasks: list[Task]) -> dict[str, Task]:
    """The tasks by their names, which must differ."""
    found = {task.name: task for task in tasks}
    if len(found) != len(tasks):
        raise ValueError("two tasks have the same name")
    return found


def _check_name(name: str) -> None:
    if not _NAME.fullmatch(name):
        raise ValueError(f"a task is called package.verb: {name!r}")
