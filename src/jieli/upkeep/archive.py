"""A backup as a file: one zip whose parts are stored one after the other, with a manifest at its end.

A zip is complete when its directory is there, which stands at the very end; so one cut short is known at once, and
every system has a program that opens it. Everything here blocks.
"""

import fcntl
import hashlib
import os
import re
import struct
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import IO, BinaryIO, TypeVar
from zipfile import ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from pydantic import BaseModel, ValidationError

from jieli.db.dump import PART
from jieli.upkeep import keyfile
from jieli.upkeep.errors import AlreadyWriting, CannotWrite, DamagedBackup, NewerBackup, NoBackup
from jieli.upkeep.manifest import FORMAT, Entry, Header, Manifest

MANIFEST = "manifest.json"
DATABASE = "database.dump"
SETTINGS = "settings.env"
KEYS = keyfile.NAME
FILES = "files/"
_ENCRYPTED = 1
_LARGEST_MANIFEST = 512 * 1024 * 1024
_FILE = re.compile(
    r"files/(?:[0-9a-f]{2}/[0-9a-f]{64}|imports/[a-z][a-z0-9_]*/[0-9a-f-]{36}/[A-Za-z0-9_.-]{1,80})"
)
# What the zip module raises over bytes that are not as they were written.
_BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, KeyError, ValueError, NotImplementedError, RuntimeError,
    OverflowError, OSError,
)  # fmt: skip
M = TypeVar("M", bound=BaseModel)


class Step(StrEnum):
    DATABASE = "database"
    FILES = "files"
    CHECK = "check"


Watch = Callable[[Step, int, int], None]


@contextmanager
def unfinished(target: Path) -> Iterator[BinaryIO]:
    """A file that takes the name of the target once the block has ended well. One that is killed leaves its name with
    `.unfinished` at the end, which the next one for the same target writes over."""
    temporary = target.with_name(f"{target.name}.unfinished")
    with _complaining(temporary):
        descriptor = os.open(temporary, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        if not _is_ours(file, temporary):
            raise AlreadyWriting(file=temporary)
        try:
            with _complaining(temporary):
                os.fchmod(descriptor, 0o600)
                file.truncate(0)
                yield file
                file.flush()
                os.fsync(descriptor)
                temporary.replace(target)
                _sync_folder(target.parent)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise


def _is_ours(file: BinaryIO, path: Path) -> bool:
    """Locked, and not the file of one that has just ended and renamed it."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except (BlockingIOError, FileNotFoundError):
        return False


@contextmanager
def _complaining(file: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise CannotWrite(file=file, reason=error.strerror or error) from error


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


class Sink:
    """Writes one part and keeps count of it."""

    def __init__(self, target: IO[bytes]) -> None:
        self._target = target
        self._checksum = hashlib.sha256()
        self._size = 0

    def write(self, part: bytes, /) -> None:
        self._checksum.update(part)
        self._size += len(part)
        self._target.write(part)

    def entry(self, name: str) -> Entry:
        return Entry(name=name, size=self._size, sha256=self._checksum.hexdigest())


class Writer:
    """A zip in the making: parts in any number, and `finish` at the end."""

    def __init__(self, file: BinaryIO) -> None:
        self._zip = ZipFile(file, "w", ZIP_STORED)
        self.entries: list[Entry] = []

    def __enter__(self) -> "Writer":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # After a failure the file goes away; the zip would else be closed when it is forgotten.
        with suppress(OSError, ValueError):
            self._zip.close()

    @contextmanager
    def part(self, name: str) -> Iterator[Sink]:
        with self._zip.open(_named(name), "w", force_zip64=True) as target:
            sink = Sink(target)
            yield sink
        self.entries.append(sink.entry(name))

    def add(self, name: str, source: BinaryIO) -> Entry:
        with self.part(name) as sink:
            while piece := source.read(PART):
                sink.write(piece)
        return self.entries[-1]

    def finish(self, manifest: Manifest) -> None:
        self._zip.writestr(_named(MANIFEST), manifest.model_dump_json(indent=1))
        self._zip.close()


def _named(name: str) -> ZipInfo:
    found = ZipInfo(name)
    found.external_attr = 0o600 << 16
    return found


@dataclass(frozen=True, slots=True)
class Archive:
    """A backup that is open for reading. Trust nothing of it but its manifest before `check` has returned."""

    file: Path
    manifest: Manifest
    _zip: ZipFile

    def __enter__(self) -> "Archive":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def check(self, watch: Watch) -> None:
        """Read every byte and compare. Raises DamagedBackup."""
        expected = {entry.name: entry for entry in self.manifest.entries}
        names = [info.filename for info in self._zip.infolist()]
        if sorted(names) != sorted([*expected, MANIFEST]) or DATABASE not in expected:
            raise DamagedBackup(file=self.file, place=MANIFEST)
        for number, entry in enumerate(self.manifest.entries, start=1):
            if not is_known(entry.name) or self._read(entry.name) != entry:
                raise DamagedBackup(file=self.file, place=entry.name)
            watch(Step.CHECK, number, len(expected))

    def open(self, name: str) -> IO[bytes]:
        return _open(self._zip, name)

    def _read(self, name: str) -> Entry | None:
        checksum, size = hashlib.sha256(), 0
        try:
            with self.open(name) as source:
                while piece := source.read(PART):
                    checksum.update(piece)
                    size += len(piece)
        except _BROKEN:
            return None
        return Entry(name=name, size=size, sha256=checksum.hexdigest())


def is_known(name: str) -> bool:
    """Only names that a backup gives: none leads out of the folder that it is restored to."""
    return name in (DATABASE, SETTINGS, KEYS) or (_FILE.fullmatch(name) is not None and "/.." not in name)


def opened(file: Path, version: str) -> Archive:
    """Raises NoBackup, DamagedBackup, or NewerBackup if it is of a format that `version` does not know."""
    try:
        found = ZipFile(file)
    except _BROKEN:
        raise (
            DamagedBackup(file=file, place="zip") if _begins_as_zip(file) else NoBackup(file=file)
        ) from None
    try:
        if MANIFEST not in found.namelist():
            raise NoBackup(file=file)
        text = _manifest_text(found, file)
        header = _parsed(Header, text, file)
        if header.format > FORMAT:
            raise NewerBackup(file=file, theirs=header.jieli, ours=version)
        return Archive(file, _parsed(Manifest, text, file), found)
    except BaseException:
        found.close()
        raise


def _manifest_text(found: ZipFile, file: Path) -> bytes:
    try:
        with _open(found, MANIFEST) as source:
            return source.read(_LARGEST_MANIFEST)
    except _BROKEN:
        raise DamagedBackup(file=file, place=MANIFEST) from None


def _parsed(shape: type[M], text: bytes, file: Path) -> M:
    try:
        return shape.model_validate_json(text)
    except ValidationError:
        raise DamagedBackup(file=file, place=MANIFEST) from None


def _open(found: ZipFile, name: str) -> IO[bytes]:
    """Only as it is written here: neither compressed, which could grow beyond measure, nor encrypted."""
    info = found.getinfo(name)
    if info.compress_type != ZIP_STORED or info.flag_bits & _ENCRYPTED:
        raise BadZipFile(name)
    return found.open(info)


def _begins_as_zip(file: Path) -> bool:
    try:
        with file.open("rb") as source:
            return source.read(4) == b"PK\x03\x04"
    except OSError:
        return False
