"""Puts one file of PostgreSQL's log into an archive, or takes it out. The server runs this file by itself, with
nothing but Python: `segment.py keep FROM TO` and `segment.py bring FROM TO`.

A file in the archive is whole once it bears its name, and is never written over: one that is there already must hold
the same, as after a crash between archiving a file and noting that it was archived.
"""

import gzip
import os
import shutil
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

PART = 1024 * 1024
SUFFIX = ".gz"
LEVEL = 6
DAMAGED = (OSError, EOFError, zlib.error)
"""What reading a packed file raises when its bytes are not as they were written."""


def keep(source: Path, target: Path) -> None:
    """Raises FileExistsError if the name is taken by something else."""
    if target.exists():
        if not holds_the_same(source, target):
            raise FileExistsError(f"{target} is there already and is another file than {source}")
        return
    temporary = target.with_name(f"{target.name}.unfinished")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as raw, source.open("rb") as plain:
        # Neither time nor name, so that the same file packed twice is the same.
        with gzip.GzipFile("", "wb", LEVEL, raw, mtime=0) as packed:
            shutil.copyfileobj(plain, packed, PART)
        raw.flush()
        os.fsync(descriptor)
    temporary.rename(target)
    sync_folder(target.parent)


def bring(source: Path, target: Path) -> None:
    """Raises FileNotFoundError at the end of the archive, which the server takes as that."""
    with gzip.open(source, "rb") as packed, target.open("wb") as plain:
        shutil.copyfileobj(packed, plain, PART)


def holds_the_same(source: Path, packed: Path) -> bool:
    try:
        with source.open("rb") as plain, gzip.open(packed, "rb") as kept:
            return all(ours == theirs for ours, theirs in zip(_parts(plain), _parts(kept), strict=True))
    except (ValueError, *DAMAGED):
        return False


def _parts(source: object) -> Iterator[bytes]:
    """Pieces of one size, and an empty one at the end, so that a file that is longer differs."""
    while True:
        part: bytes = source.read(PART)  # type: ignore[attr-defined]  # a file, packed or not
        yield part
        if not part:
            return


def sync_folder(folder: Path) -> None:
    """Make names in the folder as durable as what they name."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


if __name__ == "__main__":
    verb, *places = sys.argv[1:]
    try:
        {"keep": keep, "bring": bring}[verb](*map(Path, places))
    except OSError as error:
        raise SystemExit(f"{verb}: {error}") from None
