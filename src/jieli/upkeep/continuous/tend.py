"""What the worker does for the archive without being asked."""

import logging
from contextlib import suppress
from pathlib import Path

from jieli.db.archive import Archive
from jieli.db.pool import Database
from jieli.jobs import Schedule
from jieli.upkeep.blocking import to_its_end
from jieli.upkeep.continuous.bases import Errand, is_due, make_base
from jieli.upkeep.continuous.mirror import mirror
from jieli.upkeep.errors import AlreadyWriting

log = logging.getLogger(__name__)

NIGHTLY = "30 18 * * *"
"""In UTC: half past two in the morning in China."""


def schedules(home: Path, archive: Archive, days: int) -> tuple[Schedule, ...]:
    def errand(db: Database) -> Errand:
        return Errand(db.options.listen_dsn or db.dsn, home, archive, days)

    async def base(db: Database) -> None:
        await make_base(errand(db))

    async def tend(db: Database) -> None:
        await tend_archive(errand(db))

    return Schedule("upkeep.tend_archive", "* * * * *", tend), Schedule("upkeep.make_base", NIGHTLY, base)


async def tend_archive(errand: Errand) -> None:
    """Bring files that are missing in the archive, and make a base backup where there is none to begin with."""
    try:
        await to_its_end(mirror, errand.home, errand.archive)
    except OSError as error:
        log.warning("the archive %s cannot be written: %s", errand.archive.root, error)
        return
    if is_due(errand.home, errand.archive):
        with suppress(AlreadyWriting):
            await make_base(errand)
