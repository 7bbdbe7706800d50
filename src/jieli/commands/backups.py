"""Backups of the whole installation, and bringing one back."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from jieli import __version__
from jieli.base import clock
from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.commands.archives import restore_moment
from jieli.commands.importing import NO_FILE
from jieli.commands.output import JSON, Output, words
from jieli.commands.place import run
from jieli.commands.progress import watching
from jieli.db import server
from jieli.settings import Settings, direct_address, load
from jieli.upkeep.archive import KEYS, Archive, opened
from jieli.upkeep.backup import Errand, back_up
from jieli.upkeep.manifest import Manifest
from jieli.upkeep.restore import RESTORED_KEYS, RESTORED_SETTINGS
from jieli.upkeep.restore import restore as bring_back

SEALED = "jieli.recovery_code"
"""A table that has rows where somebody has a second factor."""
NO_MOMENT_IN_FILE = Message(
    "no_moment_in_file",
    "备份文件只有一个时刻；--to-time 用于归档文件夹",
    "A backup file is of one moment; --to-time is for the folder of an archive",
)

Target = Annotated[
    Path,
    typer.Argument(
        help=words(
            zh="要写的文件；若是文件夹，则自动命名",
            en="The file to write; in a folder it gets a name by itself",
        )
    ),
]
Source = Annotated[
    Path,
    typer.Argument(
        help=words(
            zh="备份文件，或归档文件夹（JIELI_ARCHIVE）",
            en="A backup, or the folder of an archive (JIELI_ARCHIVE)",
        )
    ),
]
ToTime = Annotated[
    str | None,
    typer.Option(
        "--to-time",
        help=words(
            zh="归档中的时刻，如 2026-11-30T12:00:00+08:00；不写则恢复全部",
            en="A moment in the archive, such as 2026-11-30T12:00:00+08:00; without it, all there is",
        ),
    ),
]
WithSettings = Annotated[
    bool,
    typer.Option(
        "--with-settings",
        help=words(
            zh="连同 settings.env（含密码）和 secret.key（密钥）",
            en="Also settings.env, which holds passwords, and the keys in secret.key",
        ),
    ),
]


def backup(file: Target, with_settings: WithSettings = False, as_json: JSON = False) -> None:
    """Write everything into one file while the server runs."""
    out = Output(as_json)
    settings = load()
    target = named(file) if file.is_dir() else file
    made = run(_backup(settings, out, target, with_settings))
    size = target.stat().st_size
    if lost := [*made.missing, *made.damaged]:
        listed = "\n  ".join(lost)
        out.say(
            zh=f"注意：{len(lost)} 个文件缺失或已损坏，备份里也没有完好的：\n  {listed}",
            en=f"Beware: {len(lost)} files are missing or damaged, also in the backup:\n  {listed}",
        )
    if not with_settings and (settings.home / KEYS).exists():
        out.say(
            zh=f"密钥 {settings.home / KEYS} 不在备份里：请与密码一起另行保管，没有它就解不开两步验证",
            en=f"The keys in {settings.home / KEYS} are not in the backup. Keep them with your passwords: "
            "second factors cannot be read without them",
        )
    out.answer(
        {"file": str(target), "bytes": size, **described(made)},
        zh=f"已备份到 {target}：{len(made.workspaces)} 个工作区，{made.files} 个文件，{size:,} 字节",
        en=f"Wrote {target}: {len(made.workspaces)} workspaces, {made.files} files, {size:,} bytes",
    )


def named(folder: Path) -> Path:
    """A file in the folder that sorts by its time."""
    return folder / f"jieli-{clock.now():%Y%m%d-%H%M%S}.zip"


def described(made: Manifest) -> dict[str, object]:
    return {
        "at": made.at.isoformat(),
        "jieli": made.jieli,
        "postgres": made.postgres,
        "workspaces": [one.slug for one in made.workspaces],
        "tables": len(made.tables),
        "rows": sum(made.tables.values()),
        "files": made.files,
        "missing": made.missing,
        "damaged": made.damaged,
    }


async def _backup(settings: Settings, out: Output, target: Path, with_settings: bool) -> Manifest:
    dsn = await asyncio.to_thread(direct_address, settings)
    try:
        return await back_up(Errand(dsn, settings.home, target, with_settings), watching(out))
    finally:
        if settings.database_url is None:
            await asyncio.to_thread(server.stop, settings.home)


def restore(file: Source, to_time: ToTime = None, as_json: JSON = False) -> None:
    """Bring a backup, or a moment of an archive, into an empty installation, all of it or nothing."""
    out = Output(as_json)
    if file.is_dir():
        restore_moment(out, file, to_time)
        return
    if to_time is not None:
        raise Invalid(Problem("to_time", NO_MOMENT_IN_FILE))
    if not file.is_file():
        raise Invalid(Problem("file", NO_FILE, {"file": file}))
    settings = load()
    with opened(file, __version__) as archive:
        run(_restore(settings, out, archive))
        made = archive.manifest
    if (settings.home / RESTORED_SETTINGS).exists():
        place = settings.home / RESTORED_SETTINGS
        out.say(
            zh=f"备份中的设置在 {place}，请查看后自行改名为 settings.env",
            en=f"The settings of the backup are in {place}; look at them and rename it to settings.env",
        )
    _say_keys(out, settings.home, made)
    out.answer(
        {"file": str(file), "home": str(settings.home), **described(made)},
        zh=f"已恢复 {made.at:%Y-%m-%d %H:%M} UTC 的备份：{len(made.workspaces)} 个工作区，{made.files} 个文件",
        en=f"Restored the backup of {made.at:%Y-%m-%d %H:%M} UTC: "
        f"{len(made.workspaces)} workspaces, {made.files} files",
    )


def _say_keys(out: Output, home: Path, made: Manifest) -> None:
    """Where the keys are, if anything was sealed with them."""
    if (home / RESTORED_KEYS).exists():
        out.say(
            zh=f"备份中的密钥在 {home / RESTORED_KEYS}：把其中各行加到 {home / KEYS} 的末尾",
            en=f"The keys of the backup are in {home / RESTORED_KEYS}: add its lines at the end of {home / KEYS}",
        )
    elif made.tables.get(SEALED) and not (home / KEYS).exists():
        out.say(
            zh=f"备份里没有密钥：请把原安装的 secret.key 放到 {home}，否则有两步验证的人无法登录",
            en=f"The backup has no keys: put the secret.key of the original installation into {home}, "
            "or people with a second factor cannot sign in",
        )


async def _restore(settings: Settings, out: Output, archive: Archive) -> None:
    try:
        await bring_back(archive, settings.home, lambda: direct_address(settings), watching(out))
    finally:
        if settings.database_url is None:
            await asyncio.to_thread(server.stop, settings.home)
