"""The backup that is made before a newer version changes the structure of an embedded database."""

import asyncio
import fcntl
import logging
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path

from jieli import __version__
from jieli.base import clock
from jieli.db.migrate import migrate
from jieli.db.pool import Database, PoolOptions
from jieli.settings import Settings, direct_address
from jieli.upkeep.backup import Errand, back_up
from jieli.upkeep.pending import Pending, waiting

log = logging.getLogger(__name__)

FOLDER = "backups"
FRESH_SECONDS = 600
"""Several processes start at once, and only the first makes the backup."""


async def bring_up(settings: Settings) -> None:
    """Bring what all workspaces share up to this program, after a backup if need be. Raises what stands in the way:
    a database that is newer, too old, or half restored."""
    await back_up_before_upgrade(settings)
    await migrate(await asyncio.to_thread(direct_address, settings))


async def back_up_before_upgrade(settings: Settings) -> Path | None:
    """Where the backup is; None if none is needed. A database elsewhere has backups of its own, and its structure is
    changed all the same. If the backup fails, nothing may be changed."""
    if settings.database_url is not None or not settings.backup_before_upgrade:
        return None
    dsn = await asyncio.to_thread(direct_address, settings)
    missing = await _waiting(dsn)
    if not missing:
        return None
    folder = settings.home / FOLDER
    async with _one_at_a_time(folder):
        target = folder / f"before-{__version__}-{_fingerprint(missing)}.zip"
        if _is_fresh(target):
            return target
        log.info("making a backup before the structure of the database changes: %s", target)
        await back_up(Errand(dsn, settings.home, target), lambda *_: None)
        return target


async def _waiting(dsn: str) -> Pending:
    db = Database(dsn, PoolOptions(readers=1, writers=1, application_name="jieli upgrade"))
    await db.open()
    try:
        async with db.read() as tx:
            return await waiting(tx)
    finally:
        await db.close()


@asynccontextmanager
async def _one_at_a_time(folder: Path) -> AsyncIterator[None]:
    descriptor = _lock_file(folder)
    try:
        await asyncio.to_thread(fcntl.flock, descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _lock_file(folder: Path) -> int:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return os.open(folder / "lock", os.O_RDWR | os.O_CREAT, 0o600)


def _fingerprint(missing: Pending) -> str:
    return sha256(repr(missing).encode()).hexdigest()[:12]


def _is_fresh(target: Path) -> bool:
    return target.exists() and clock.now().timestamp() - target.stat().st_mtime < FRESH_SECONDS
