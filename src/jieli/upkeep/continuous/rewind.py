"""Brings a moment back from an archive into an empty home: all of it, or nothing. Everything here blocks."""

import asyncio
import gzip
import os
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from jieli.db.archive import SEGMENT_SIZE, Archive, segment_name
from jieli.db.pool import Database, PoolOptions
from jieli.db.recovery import EndsBefore, Rebuilt, rebuilding, replayed, unpack
from jieli.db.segment import DAMAGED, SUFFIX
from jieli.records.content import copied
from jieli.upkeep import store
from jieli.upkeep.archive import Step, Watch
from jieli.upkeep.continuous.bases import SEGMENTS, Base, bases, entry
from jieli.upkeep.errors import ArchiveEnds, BrokenArchive, DamagedBase, NoArchive, NoBase


@dataclass(frozen=True, slots=True)
class Errand:
    """Without a moment everything that is archived is brought back."""

    archive: Archive
    home: Path
    moment: datetime | None = None


@dataclass(slots=True)
class Rewound:
    """What was brought back: the time of the last transaction, and the files that the database refers to."""

    base: Base
    last: str = ""
    files: int = 0
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def rewind(errand: Errand, watch: Watch) -> Rewound:
    """Raises HasData, NoArchive, NoBase, DamagedBase, BrokenArchive, ArchiveEnds and ServerFailed; nothing is left of
    it then. The restored database goes its own way: it must not archive into the same folder."""
    base, enough = _base(errand), _enough(errand)
    try:
        return _rewound(errand, base, enough, watch)
    except ArchiveEnds:
        if enough is None:
            raise
        # Nobody wrote anything for a day after the moment, so its end is only seen further on.
        return _rewound(errand, base, None, watch)


def _rewound(errand: Errand, base: Base, enough: str | None, watch: Watch) -> Rewound:
    with rebuilding(errand.home) as place:
        _require_whole(errand.archive, base)
        unpack(base.data, place)
        broken = _lay_out(errand.archive, base, place, enough, watch)
        try:
            with replayed(place, errand.moment) as (dsn, last):
                if broken and errand.moment is None:
                    raise BrokenArchive(name=broken, last=last)
                return _with_files(errand, Rewound(base, last), asyncio.run(_referred(dsn)), watch)
        except EndsBefore as end:
            # A broken log is no harm as long as the moment lies before the break.
            short = BrokenArchive(name=broken, last=end.last) if broken else ArchiveEnds(last=end.last)
            raise short from None


def _base(errand: Errand) -> Base:
    """The last one before the moment."""
    found = bases(errand.archive)
    if not found and not errand.archive.wal.is_dir():
        raise NoArchive(folder=errand.archive.root)
    fitting = [one for one in found if errand.moment is None or one.about.finished <= errand.moment]
    if not fitting:
        first = found[0].about.finished.isoformat(timespec="seconds") if found else "-"
        raise NoBase(folder=errand.archive.root, first=first)
    return fitting[-1]


def _enough(errand: Errand) -> str | None:
    """The last file of the log that is worth laying out: that of the second base backup after the moment. There may be
    many more of them."""
    later = [one for one in bases(errand.archive) if errand.moment and one.about.begun > errand.moment]
    return later[1].about.first_segment if len(later) > 1 else None


def _require_whole(archive: Archive, base: Base) -> None:
    for part in base.about.parts:
        try:
            whole = entry(base.folder / part.name) == part
        except OSError:
            whole = False
        if not whole:
            others = [one.folder.name for one in bases(archive) if one.about.finished < base.about.finished]
            raise DamagedBase(file=base.folder / part.name, others=", ".join(others) or "-")


def _lay_out(archive: Archive, base: Base, place: Rebuilt, enough: str | None, watch: Watch) -> str | None:
    """Put the log since the base backup where the server will look for it, up to the first file that is missing or
    damaged; the name of that. Packed as it is, for there may be many; and readable for the server's account."""
    names = {path.name.removesuffix(SUFFIX) for path in archive.wal.glob(f"{SEGMENTS}{SUFFIX}")}
    first, last = base.about.first_segment, enough or "G"
    wanted = sorted(name for name in names if len(name) == 24 and first <= name <= last)
    number = base.about.start // SEGMENT_SIZE
    for done, name in enumerate(wanted, start=1):
        expected = segment_name(base.about.timeline, number)
        if name != expected or not _laid_out(archive.wal / f"{name}{SUFFIX}", place):
            return expected
        number += 1
        watch(Step.CHECK, done, len(wanted))
    return None


def _laid_out(source: Path, place: Rebuilt) -> bool:
    try:
        packed = source.read_bytes()
        if len(gzip.decompress(packed)) != SEGMENT_SIZE:
            return False
    except DAMAGED:
        return False
    target = place.wal / source.name
    target.write_bytes(packed)
    if who := place.cluster.who:
        os.chown(target, who["user"], who["group"])
    return True


async def _referred(dsn: str) -> tuple[set[str], list[str]]:
    """The files that the database names: uploaded content and the folders of imports."""
    contents: set[str] = set()
    imports: list[str] = []
    db = Database(dsn, PoolOptions(readers=1, writers=1, application_name="jieli restore"))
    await db.open()
    try:
        async with db.read() as tx:
            there = await tx.value(store.has_table("jieli", "workspace"))
            for row in await tx.all(store.workspaces()) if there else ():
                contents |= {one["sha256"] for one in await tx.all(store.contents(row["schema"]))}
                imports += [one["storage"] for one in await tx.all(store.import_folders(row["schema"]))]
    finally:
        await db.close()
    return contents, imports


def _with_files(errand: Errand, done: Rewound, named: tuple[set[str], list[str]], watch: Watch) -> Rewound:
    contents, imports = named
    kept, folder = errand.archive.files, errand.home / "files"
    folder.mkdir(mode=0o700, exist_ok=True)
    names = sorted(f"{sha256[:2]}/{sha256}" for sha256 in contents)
    for number, name in enumerate(names, start=1):
        try:
            copied(kept / name, folder / name)
        except FileNotFoundError:
            done.missing.append(name)
            continue
        done.files += 1
        if entry(folder / name).sha256 != Path(name).name:
            done.damaged.append(name)
        watch(Step.FILES, number, len(names))
    for path in (path for storage in imports for path in sorted((kept / storage).glob("*"))):
        copied(path, folder / path.relative_to(kept))
        done.files += 1
    return done
