"""Base backups: each a folder in the archive, which bears its name once it is whole and compared."""

import fcntl
import hashlib
import logging
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from pydantic import ValidationError

from jieli import __version__
from jieli.base import clock
from jieli.db.archive import GAP, SEGMENT_SIZE, Archive, segment_name
from jieli.db.base_backup import DATA, MANIFEST, Span, base_backup, verified
from jieli.db.dump import PART, program
from jieli.db.pool import Database, PoolOptions
from jieli.db.segment import sync_folder
from jieli.upkeep import store
from jieli.upkeep.blocking import to_its_end
from jieli.upkeep.continuous.mirror import mirror
from jieli.upkeep.errors import AlreadyWriting, CannotWrite, NotArchiving
from jieli.upkeep.manifest import Entry, Shape

log = logging.getLogger(__name__)

ABOUT = "about.json"
UNFINISHED = ".unfinished"
SEGMENTS = "[0-9A-F]" * 24 + "*"


class About(Shape):
    """What a base backup says about itself. `begun` and `finished` are by the server's clock: a moment can be restored
    if it is not before `finished`."""

    jieli: str
    postgres: int
    timeline: int
    start: int
    end: int
    begun: datetime
    finished: datetime
    parts: list[Entry]

    @property
    def first_segment(self) -> str:
        return segment_name(self.timeline, self.start // SEGMENT_SIZE)


@dataclass(frozen=True, slots=True)
class Base:
    folder: Path
    about: About

    @property
    def data(self) -> Path:
        return self.folder / DATA


@dataclass(frozen=True, slots=True)
class Errand:
    """`dsn` leads to the embedded server of `home`; moments of the last `days` can be restored."""

    dsn: str
    home: Path
    archive: Archive
    days: int


def bases(archive: Archive) -> list[Base]:
    """Those that are whole, the oldest first."""
    found = []
    for folder in archive.base.glob("*"):
        with suppress(OSError, ValidationError):
            found.append(Base(folder, About.model_validate_json((folder / ABOUT).read_bytes())))
    return sorted(
        (one for one in found if one.folder.suffix != UNFINISHED), key=lambda one: one.about.finished
    )


def is_due(home: Path, archive: Archive) -> bool:
    """Whether without another base backup a moment of today could not be restored."""
    return not bases(archive) or _gap(home).exists()


async def make_base(errand: Errand) -> Base:
    """Add a base backup and the files that are not there yet, and forget what is too old. Raises NotArchiving,
    AlreadyWriting, CannotWrite, NoProgram and ProgramFailed."""
    archive = errand.archive
    with _alone(archive):
        for left in archive.base.glob(f"*{UNFINISHED}"):
            shutil.rmtree(left)
        final = archive.base / f"{clock.now():%Y%m%dT%H%M%S%fZ}"
        folder = final.with_name(f"{final.name}{UNFINISHED}")
        folder.mkdir(mode=0o700)
        try:
            about = await _copied(errand, folder)
            await to_its_end(mirror, errand.home, archive)
            made = await to_its_end(_finished, folder, final, about)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        _gap(errand.home).unlink(missing_ok=True)
        await to_its_end(forget, archive, made.about.finished - timedelta(days=errand.days))
    return made


async def _copied(errand: Errand, folder: Path) -> About:
    db = Database(errand.dsn, PoolOptions(readers=1, writers=1, application_name="jieli archive"))
    await db.open()
    try:
        async with db.read() as tx:
            if await tx.value(store.archive_mode()) != "on" or not errand.archive.wal.is_dir():
                raise NotArchiving
            version = await tx.value(store.server_version())
            begun = await tx.value(store.present())
        await base_backup(program("pg_basebackup", version // 10_000), errand.dsn, folder)
        async with db.read() as tx:
            finished = await tx.value(store.present())
    finally:
        await db.close()
    span = await to_its_end(verified, folder)
    parts = [await to_its_end(entry, folder / name) for name in (DATA, MANIFEST)]
    return _about(version, span, (begun, finished), parts)


def _about(version: int, span: Span, when: tuple[datetime, datetime], parts: list[Entry]) -> About:
    return About(
        jieli=__version__,
        postgres=version,
        timeline=span.timeline,
        start=span.start,
        end=span.end,
        begun=when[0],
        finished=when[1],
        parts=parts,
    )


def _finished(folder: Path, final: Path, about: About) -> Base:
    with (folder / ABOUT).open("w") as target:
        target.write(about.model_dump_json(indent=1))
        target.flush()
        os.fsync(target.fileno())
    sync_folder(folder)
    folder.rename(final)
    sync_folder(final.parent)
    return Base(final, about)


def forget(archive: Archive, before: datetime) -> None:
    """Remove the base backups that are not needed for any moment since then, and the log before the oldest one left."""
    found = bases(archive)
    older = [one for one in found if one.about.finished <= before]
    for one in older[:-1]:
        log.info("forgetting the base backup %s", one.folder.name)
        # Renamed first, so that one half removed does not count.
        doomed = one.folder.rename(one.folder.with_name(f"{one.folder.name}{UNFINISHED}"))
        shutil.rmtree(doomed)
    kept = found[len(older[:-1]) :]
    for path in archive.wal.glob(SEGMENTS) if kept else ():
        if path.name[:24] < kept[0].about.first_segment:
            path.unlink(missing_ok=True)


def entry(path: Path) -> Entry:
    checksum = hashlib.sha256()
    with path.open("rb") as source:
        while part := source.read(PART):
            checksum.update(part)
    return Entry(name=path.name, size=path.stat().st_size, sha256=checksum.hexdigest())


def _gap(home: Path) -> Path:
    return home / "postgres" / GAP


@contextmanager
def _alone(archive: Archive) -> Iterator[None]:
    try:
        descriptor = os.open(archive.base / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise CannotWrite(file=archive.base, reason=error.strerror or error) from error
    with os.fdopen(descriptor):
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyWriting(file=archive.base) from None
        yield
