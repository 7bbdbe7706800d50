"""Every task and schedule that the workers of this program know, by plain imports."""

from jieli import jobs
from jieli.jobs import Schedule, Task
from jieli.settings import Settings


def tasks(settings: Settings) -> list[Task]:
    return []


SCHEDULES: tuple[Schedule, ...] = (*jobs.SCHEDULES,)
