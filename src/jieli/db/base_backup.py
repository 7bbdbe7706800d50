"""A copy of the embedded server's files while it runs, by PostgreSQL's own pg_basebackup.

Its manifest is compared here, because the pg_verifybackup that comes with the embedded server (18.4) crashes.
"""

import asyncio
import hashlib
import json
import os
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from jieli.db.dump import PART, Program, ProgramFailed, without_password

DATA = "base.tar.gz"
MANIFEST = "backup_manifest"
_OPTIONS = (
    "--format=tar", "--compress=client-gzip:3", "--wal-method=fetch", "--checkpoint=fast",
    "--manifest-checksums=SHA256", "--no-password",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Span:
    """Which part of the log the copy needs to be of one moment."""

    timeline: int
    start: int
    end: int


async def base_backup(pg_basebackup: Program, dsn: str, folder: Path) -> None:
    """Write DATA and MANIFEST into an empty folder, on disk when this returns. Raises ProgramFailed. A cancellation
    ends the program."""
    address, secret = without_password(dsn)
    running = await asyncio.create_subprocess_exec(
        pg_basebackup.path,
        *_OPTIONS,
        f"--pgdata={folder}",
        f"--dbname={address}",
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C", **secret},
    )
    try:
        _, spoken = await running.communicate()
    except BaseException:
        if running.returncode is None:
            running.kill()
            await running.wait()
        raise
    if running.returncode != 0:
        raise ProgramFailed(name=pg_basebackup.name, reason=spoken.decode(errors="replace").strip() or "?")


def verified(folder: Path) -> Span:
    """Read what was written and compare it with the manifest. Raises ProgramFailed. Blocks."""
    manifest = json.loads((folder / MANIFEST).read_bytes())
    expected = {_path(one): (one["Size"], one["Checksum"]) for one in manifest["Files"]}
    found = dict(_contents(folder / DATA))
    # The log that was fetched along is guarded by its own checksums and does not stand in the manifest.
    found = {name: told for name, told in found.items() if name in expected or not name.startswith("pg_wal/")}
    if differing := sorted({name for name, _ in expected.items() ^ found.items()}):
        raise ProgramFailed(name="pg_basebackup", reason=f"differs from its manifest: {differing[:5]}")
    (needed,) = manifest["WAL-Ranges"]
    return Span(needed["Timeline"], _position(needed["Start-LSN"]), _position(needed["End-LSN"]))


def _path(file: dict[str, str]) -> str:
    return file["Path"] if "Path" in file else os.fsdecode(bytes.fromhex(file["Encoded-Path"]))


def _contents(packed: Path) -> Iterator[tuple[str, tuple[int, str]]]:
    with tarfile.open(packed, "r|gz") as source:
        for member in source:
            if (content := source.extractfile(member)) is None:
                continue
            checksum = hashlib.sha256()
            while part := content.read(PART):
                checksum.update(part)
            yield member.name.removeprefix("./"), (member.size, checksum.hexdigest())


def _position(lsn: str) -> int:
    high, low = lsn.split("/")
    return int(high, 16) << 32 | int(low, 16)
