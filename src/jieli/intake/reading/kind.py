"""What a file is, told by its first bytes; its name is not asked, because people rename files."""

import codecs
import mmap
import re
import struct
from enum import StrEnum
from pathlib import Path

from jieli.intake.reading.errors import EmptyFile, FileTooBig, NotATable, PasswordProtected, SaveAsXLSX
from jieli.intake.reading.limits import MAX_FILE_BYTES, MAX_HTML_BYTES

_MEGABYTE = 1024 * 1024
_NOTHING = b'\x00\xef\xbb\xbf\xff\xfe \t\r\n\x1a,;|"'
_HEAD_BYTES = 64 * 1024

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SECTOR = 512
_BOF = b"\x09\x08"
_FILE_PASS = 0x2F
_FIRST_RECORDS = 12
_OLD_EXCEL = (b"\x09\x00\x04\x00", b"\x09\x02\x06\x00", b"\x09\x04\x06\x00", b"\x09\x08\x08\x00\x00\x05")
_FOREIGN = {
    b"%PDF": "PDF",
    b"PK\x05\x06": "zip",
    b"Rar!": "rar",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
    b"BZh": "bzip2",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"SQLite format": "SQLite",
    b"{\\rtf": "RTF",
}
_HTML = re.compile(rb"<(!doctype\s+html|html|head|body|table|meta|style|script|tr)\b", re.IGNORECASE)
_XML_WORKBOOK = re.compile(rb"<(\w+:)?Workbook\b|urn:schemas-microsoft-com:office:spreadsheet")


class Kind(StrEnum):
    ARCHIVE = "archive"
    XLS = "xls"
    HTML = "html"
    TEXT = "text"


def recognise(path: Path) -> Kind:
    """The way to read the file; refuses what is empty, too big, locked or evidently something else."""
    size = path.stat().st_size
    if size > MAX_FILE_BYTES:
        raise FileTooBig(megabytes=size // _MEGABYTE, limit=MAX_FILE_BYTES // _MEGABYTE)
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if not head.strip(_NOTHING):
        raise EmptyFile
    if head.startswith(_ZIP):
        return Kind.ARCHIVE
    if head.startswith(_OLE):
        return _ole_kind(path, head)
    _refuse_foreign(head)
    return _text_kind(head, size)


def _ole_kind(path: Path, head: bytes) -> Kind:
    """A locked xlsx is an OLE file whose directory names the encrypted package; a locked xls says so in one
    of its first records."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        if content.find(_ENCRYPTED) >= 0:
            raise PasswordProtected
    starts = (place for place in range(0, len(head), _SECTOR) if head.startswith(_BOF, place))
    if any(_has_file_pass(head, start) for start in starts):
        raise PasswordProtected
    return Kind.XLS


def _has_file_pass(head: bytes, place: int) -> bool:
    for _ in range(_FIRST_RECORDS):
        if place + 4 > len(head):
            return False
        record, length = struct.unpack_from("<HH", head, place)
        if record == _FILE_PASS:
            return True
        place += 4 + length
    return False


def _refuse_foreign(head: bytes) -> None:
    if head.startswith(_OLD_EXCEL):
        raise SaveAsXLSX(kind="Excel 2–5")
    for start, kind in _FOREIGN.items():
        if head.startswith(start):
            raise NotATable(kind=kind)


def _text_kind(head: bytes, size: int) -> Kind:
    start = _without_marks(head)
    if not start.startswith(b"<"):
        return Kind.TEXT
    if _XML_WORKBOOK.search(start):
        raise SaveAsXLSX(kind="XML 2003")
    if not _HTML.search(start):
        if start.startswith(b"<?xml"):
            raise SaveAsXLSX(kind="XML")
        return Kind.TEXT
    if size > MAX_HTML_BYTES:
        raise SaveAsXLSX(kind="HTML")
    return Kind.HTML


def _without_marks(head: bytes) -> bytes:
    """The beginning without byte-order mark, NULs (so that UTF-16 reads like ASCII) and leading blanks."""
    for mark in (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lstrip()
