"""Checks of zip containers (xlsx, ods) before any reader unpacks them: sizes as declared and as they really are."""

import struct
import zipfile
import zlib
from pathlib import Path
from typing import BinaryIO

from jieli.intake.reading.errors import DamagedFile, NotATable, PasswordProtected, TooDemanding
from jieli.intake.reading.limits import MAX_ARCHIVE_MEMBERS, MAX_UNPACKED_BYTES

_CHUNK = 1024 * 1024
_LOCAL_HEADER = struct.Struct("<4s22xHH")
_SPREADSHEETS = ("xl/", "content.xml")
_OTHER_KINDS = {"word/": "Word", "ppt/": "PowerPoint", "META-INF/MANIFEST.MF": "Java"}


def check_archive(path: Path) -> None:
    """Refuses an archive that is no spreadsheet, is locked, broken, or unpacks to more than allowed."""
    try:
        with zipfile.ZipFile(path) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError) as error:
        raise DamagedFile from error
    _check_kind([member.filename for member in members])
    _check_declared(members)
    _check_actual(path, members)


def _check_kind(names: list[str]) -> None:
    if any(name.startswith(_SPREADSHEETS) for name in names):
        return
    for start, kind in _OTHER_KINDS.items():
        if any(name.startswith(start) for name in names):
            raise NotATable(kind=kind)
    raise NotATable(kind="zip")


def _check_declared(members: list[zipfile.ZipInfo]) -> None:
    if any(member.flag_bits & 1 for member in members):
        raise PasswordProtected
    if len(members) > MAX_ARCHIVE_MEMBERS or sum(m.file_size for m in members) > MAX_UNPACKED_BYTES:
        raise TooDemanding


def _check_actual(path: Path, members: list[zipfile.ZipInfo]) -> None:
    """A directory may lie about sizes, and `zipfile` itself stops at the declared one."""
    room = MAX_UNPACKED_BYTES
    with path.open("rb") as file:
        for member in members:
            size = _unpacked_size(file, member, room)
            room -= size
            if room < 0:
                raise TooDemanding
            if size != member.file_size:
                raise DamagedFile


def _unpacked_size(file: BinaryIO, member: zipfile.ZipInfo, room: int) -> int:
    if member.header_offset < 0:
        raise DamagedFile
    file.seek(member.header_offset)
    header = file.read(_LOCAL_HEADER.size)
    if len(header) < _LOCAL_HEADER.size or not header.startswith(b"PK\x03\x04"):
        raise DamagedFile
    _, name_length, extra_length = _LOCAL_HEADER.unpack(header)
    file.seek(name_length + extra_length, 1)
    if member.compress_type == zipfile.ZIP_STORED:
        return member.compress_size
    if member.compress_type != zipfile.ZIP_DEFLATED:
        raise DamagedFile
    return _inflated_size(file, member.compress_size, room)


def _inflated_size(file: BinaryIO, compressed: int, room: int) -> int:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    size, left = 0, compressed
    try:
        while left > 0 and not inflater.eof and size <= room:
            piece = file.read(min(_CHUNK, left))
            if not piece:
                raise DamagedFile
            left -= len(piece)
            while piece and size <= room:
                size += len(inflater.decompress(piece, _CHUNK))
                piece = inflater.unconsumed_tail
    except zlib.error as error:
        raise DamagedFile from error
    return size
