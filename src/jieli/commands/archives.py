"""The continuous archive of the embedded database, and bringing one of its moments back."""

import asyncio
from datetime import datetime
from pathlib import Path

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.commands.output import JSON, Output
from jieli.commands.place import run
from jieli.commands.progress import watching
from jieli.db import server
from jieli.db.archive import Archive
from jieli.settings import Settings, archive_of, direct_address, load
from jieli.upkeep.continuous.bases import Base, Errand, bases, make_base
from jieli.upkeep.continuous.rewind import Errand as Rewinding
from jieli.upkeep.continuous.rewind import rewind
from jieli.upkeep.errors import NotArchiving

NO_MOMENT = Message(
    "no_moment",
    "「{text}」不是带时区的时刻，例如 2026-11-30T12:00:00+08:00",
    "“{text}” is no moment with its time zone, such as 2026-11-30T12:00:00+08:00",
)
ONLY_EMBEDDED = Message(
    "only_embedded",
    "归档只能恢复为内置数据库：请去掉 DATABASE_URL",
    "An archive becomes an embedded database only: take out DATABASE_URL",
)


def archive(as_json: JSON = False) -> None:
    """Add a base backup to the archive now, and forget what is too old."""
    settings = load()
    place = archive_of(settings)
    if place is None:
        raise NotArchiving
    made = run(_made(settings, place))
    first = bases(place)[0].about.finished
    size = sum(part.size for part in made.about.parts)
    Output(as_json).answer(
        {"folder": str(made.folder), "bytes": size, "first_moment": first.isoformat()},
        zh=f"已写入基础备份 {made.folder}（{size:,} 字节）；可以恢复 {first:%Y-%m-%d %H:%M:%S} UTC 之后的任意时刻",
        en=f"Wrote the base backup {made.folder} ({size:,} bytes); any moment from {first:%Y-%m-%d %H:%M:%S} UTC on "
        "can be restored",
    )


async def _made(settings: Settings, place: Archive) -> Base:
    try:
        dsn = await asyncio.to_thread(direct_address, settings)
        return await make_base(Errand(dsn, settings.home, place, settings.archive_days))
    finally:
        await asyncio.to_thread(server.stop, settings.home)


def restore_moment(out: Output, folder: Path, text: str | None) -> None:
    """Bring the moment back, or everything there is, into an empty home."""
    settings = load()
    if settings.database_url is not None:
        raise Invalid(Problem("folder", ONLY_EMBEDDED))
    moment = moment_of(text) if text else None
    try:
        done = rewind(Rewinding(Archive(folder.absolute()), settings.home, moment), watching(out))
    finally:
        server.stop(settings.home)
    if lost := [*done.missing, *done.damaged]:
        listed = "\n  ".join(lost)
        out.say(
            zh=f"注意：数据库所指的 {len(lost)} 个文件在归档里缺失或已损坏：\n  {listed}",
            en=f"Beware: {len(lost)} files that the database names are missing or damaged:\n  {listed}",
        )
    out.say(
        zh="恢复出的数据库不能继续归档到原来的文件夹：请为 JIELI_ARCHIVE 指定一个新的空文件夹",
        en="The restored database must not archive into that folder: name a new and empty one in JIELI_ARCHIVE",
    )
    out.answer(
        {
            "archive": str(folder),
            "home": str(settings.home),
            "base": done.base.folder.name,
            "last_transaction": done.last,
            "files": done.files,
            "missing": done.missing,
            "damaged": done.damaged,
        },
        zh=f"已恢复：最后一笔是 {done.last or '—'}，{done.files} 个文件",
        en=f"Restored: the last transaction is of {done.last or '—'}, {done.files} files",
    )


def moment_of(text: str) -> datetime:
    """Raises Invalid, also for one that does not say its time zone: it could be eight hours off."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise Invalid(Problem("to_time", NO_MOMENT, {"text": text}))
    return moment
