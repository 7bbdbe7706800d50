"""Work that is done later: jobs that exist if and only if the change that asked for them does, and schedules.

Packages export their own `TASKS` and `SCHEDULES`; the root joins them. This package knows none of them, and it
decides nothing about records.
"""

from jieli.jobs.drain import drain
from jieli.jobs.failures import Failure, failures, retry
from jieli.jobs.model import Schedule, Task, Values
from jieli.jobs.queue import enqueue, enqueue_all, unfinished
from jieli.jobs.tidy import SCHEDULES
from jieli.jobs.worker import WorkerOptions, work

__all__ = [
    "SCHEDULES",
    "Failure",
    "Schedule",
    "Task",
    "Values",
    "WorkerOptions",
    "drain",
    "enqueue",
    "enqueue_all",
    "failures",
    "retry",
    "unfinished",
    "work",
]
