"""Checks of the continuous archive: whether a moment of today could be restored from it."""

import shutil
from datetime import datetime, timedelta

from jieli.base import clock
from jieli.base.language import Message
from jieli.db.archive import GAP, Archive
from jieli.db.pool import ReadTx
from jieli.upkeep import store
from jieli.upkeep.continuous.bases import bases
from jieli.upkeep.examine.finding import Finding, Installation, doubtful, right, wrong
from jieli.upkeep.examine.machine import GIGABYTE, LITTLE, MAKE_ROOM, SCARCE

LATE = timedelta(minutes=10)
OLD_BASE = timedelta(days=2)

OFF = Message("archive_off", "没有持续归档", "There is no continuous archive")
HEALTHY = Message(
    "archive",
    "可以恢复 {first} 之后的任意时刻；最近一次归档在 {last}",
    "Any moment from {first} on can be restored; the log was archived last at {last}",
)
NO_EFFECT = Message(
    "archive_no_effect",
    "设置了 JIELI_ARCHIVE，但它对 DATABASE_URL 的数据库不起作用",
    "JIELI_ARCHIVE is set, but has no effect on the database of DATABASE_URL",
)
OWN_MEANS = Message(
    "own_means",
    "去掉 JIELI_ARCHIVE，并用数据库自己的归档",
    "Take out JIELI_ARCHIVE, and use the archiving of that database",
)
NOT_ON = Message(
    "archive_not_on",
    "设置了 JIELI_ARCHIVE，但正在运行的数据库没有归档",
    "JIELI_ARCHIVE is set, but the running database does not archive",
)
START_AGAIN = Message("start_again", "重新启动接力", "Start Jieli again")
FAILS = Message(
    "archive_fails",
    "归档失败：{name}（{at}），{waiting} 个日志文件在等待",
    "Archiving fails: {name} at {at}; {waiting} files of the log are waiting",
)
BEHIND = Message(
    "archive_behind",
    "归档落后：{waiting} 个日志文件在等待，最早的从 {at} 起",
    "Archiving is behind: {waiting} files of the log are waiting, the oldest since {at}",
)
SEE_SERVER_LOG = Message(
    "see_server_log",
    "看归档文件夹能否写入，原因在 JIELI_HOME/postgres/log；没有归档的日志会占满磁盘",
    "See whether the folder can be written; JIELI_HOME/postgres/log says why. Log that is not archived fills the disk",
)
UNREACHED = Message("archive_unreached", "无法读取归档文件夹 {folder}", "The archive {folder} cannot be read")
MOUNT_IT = Message(
    "mount_archive", "检查它所在的磁盘是否已挂载", "See whether the disk that it is on is mounted"
)
NO_BASE = Message(
    "archive_no_base",
    "归档里还没有能用的基础备份",
    "The archive has no base backup yet that the present can be restored from",
)
OLD = Message("archive_old_base", "最近的基础备份在 {at}", "The last base backup in the archive is of {at}")
MAKE_BASE = Message(
    "make_base",
    "运行 jieli archive，并检查后台是否在运行",
    "Run jieli archive, and see whether the worker runs",
)
FULL = Message(
    "archive_disk_full", "归档所在磁盘只剩 {free} GB", "Only {free} GB are free on the archive's disk"
)
SAME_DISK = Message(
    "archive_same_disk",
    "归档与数据库在同一个磁盘上，会一起丢失",
    "The archive is on the disk of the database, and would be lost with it",
)
OTHER_DISK = Message(
    "other_disk",
    "把 JIELI_ARCHIVE 放到另一个磁盘或另一台机器上",
    "Put JIELI_ARCHIVE on another disk or another machine",
)


async def archiving(place: Installation, tx: ReadTx) -> list[Finding]:
    if place.archive is None:
        return [right(OFF)]
    if not place.is_embedded:
        return [doubtful(NO_EFFECT, OWN_MEANS)]
    if await tx.value(store.archive_mode()) != "on":
        return [wrong(NOT_ON, START_AGAIN)]
    if place.archive.owner is None:
        return [wrong(UNREACHED, MOUNT_IT, folder=place.archive.root)]
    return [*await _log(tx), *_bases(place, place.archive), *_disk(place, place.archive)]


async def _log(tx: ReadTx) -> list[Finding]:
    row = await tx.one(store.archiver())
    assert row is not None
    if row["fails"]:
        at = _shown(row["last_failed_time"])
        return [wrong(FAILS, SEE_SERVER_LOG, name=row["last_failed_wal"], at=at, waiting=row["waiting"])]
    if row["since"] and clock.now() - row["since"] > LATE:
        return [wrong(BEHIND, SEE_SERVER_LOG, waiting=row["waiting"], at=_shown(row["since"]))]
    return []


def _bases(place: Installation, archive: Archive) -> list[Finding]:
    found = bases(archive)
    if not found or (place.home / "postgres" / GAP).exists():
        return [wrong(NO_BASE, MAKE_BASE)]
    newest = found[-1].about.finished
    if clock.now() - newest > OLD_BASE:
        return [doubtful(OLD, MAKE_BASE, at=_shown(newest))]
    last = max((path.stat().st_mtime for path in archive.wal.iterdir()), default=newest.timestamp())
    shown = _shown(datetime.fromtimestamp(last, newest.tzinfo))
    return [right(HEALTHY, first=_shown(found[0].about.finished), last=shown)]


def _disk(place: Installation, archive: Archive) -> list[Finding]:
    found = []
    free = shutil.disk_usage(archive.root).free
    if free < SCARCE:
        level = wrong if free < LITTLE else doubtful
        found.append(level(FULL, MAKE_ROOM, free=f"{free / GIGABYTE:.1f}"))
    if archive.root.stat().st_dev == place.home.stat().st_dev:
        found.append(doubtful(SAME_DISK, OTHER_DISK))
    return found


def _shown(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M:%S} UTC"
