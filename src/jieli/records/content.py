"""Where the content of files lies: on disk, under its own checksum, so that the same content is kept once."""

import contextlib
import hashlib
import logging
import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

log = logging.getLogger(__name__)

PART = 1024 * 1024
HEAD = 4096


@dataclass(frozen=True, slots=True)
class Content:
    """What was kept: its checksum, its size, and its first bytes."""

    sha256: str
    size: int
    head: bytes


class ContentStore(Protocol):
    """Keeps bytes. Calls block: run them in a thread."""

    name: str
    """Kept with each file, so that several stores can be used side by side."""

    def put(self, source: BinaryIO) -> Content: ...

    def path(self, sha256: str) -> Path | None:
        """A file to read from, or None when the content is not there."""


class Disk:
    """A folder: `ab/abcdef…`. A file is complete once it bears its name. It is also put into the folder `copies`, so
    that it is there before the record that names it; what does not get there is brought later by `upkeep`."""

    name = "disk"

    def __init__(self, folder: Path, copies: Path | None = None) -> None:
        self.folder = folder
        self.copies = copies

    def put(self, source: BinaryIO) -> Content:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        number, temporary = tempfile.mkstemp(dir=self.folder, prefix="incoming-")
        try:
            with os.fdopen(number, "wb") as target:
                content = _taken_in(source, target)
                target.flush()
                os.fsync(target.fileno())
            place = self._place(content.sha256)
            place.parent.mkdir(mode=0o700, exist_ok=True)
            os.replace(temporary, place)
        except BaseException:
            with contextlib.suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
        if self.copies is not None:
            self._copy(place, self.copies)
        return content

    def _copy(self, place: Path, copies: Path) -> None:
        """Only into a folder that is there: the disk it is on may not be mounted."""
        copy = copies / place.relative_to(self.folder)
        try:
            copies.stat()
            if not copy.exists():
                copied(place, copy)
        except OSError as error:
            log.warning("an uploaded file is not in the archive yet: %s", error)

    def path(self, sha256: str) -> Path | None:
        place = self._place(sha256)
        return place if place.is_file() else None

    def _place(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256


def copied(source: Path, target: Path) -> None:
    """A copy of a file that is on disk when it bears its name."""
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    number, temporary = tempfile.mkstemp(dir=target.parent, prefix="incoming-")
    try:
        with os.fdopen(number, "wb") as copy, source.open("rb") as original:
            shutil.copyfileobj(original, copy, PART)
            copy.flush()
            os.fsync(number)
        os.replace(temporary, target)
    except BaseException:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
        raise


def _taken_in(source: BinaryIO, target: BinaryIO) -> Content:
    checksum, size, head = hashlib.sha256(), 0, b""
    while part := source.read(PART):
        checksum.update(part)
        target.write(part)
        size += len(part)
        head += part[: HEAD - len(head)]
    return Content(checksum.hexdigest(), size, head)
