"""Every task and schedule that the workers of this program know, by plain imports."""

from jieli import identity, jobs
from jieli.api import idempotency
from jieli.intake import imports, likeness
from jieli.jobs import Schedule, Task
from jieli.relay import limits
from jieli.settings import Settings, archive_of
from jieli.upkeep import continuous


def tasks(settings: Settings) -> list[Task]:
    return [*imports.tasks(settings.home / "files")]


def schedules(settings: Settings) -> list[Schedule]:
    archive = archive_of(settings)
    return [
        *jobs.SCHEDULES,
        *identity.SCHEDULES,
        *imports.SCHEDULES,
        *likeness.SCHEDULES,
        *limits.SCHEDULES,
        *idempotency.SCHEDULES,
        *(continuous.schedules(settings.home, archive, settings.archive_days) if archive else ()),
    ]
