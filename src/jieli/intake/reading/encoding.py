"""Which encoding a text file has. Wrong guesses turn names into noise, so the whole file is looked at once."""

import codecs
import re
from dataclasses import dataclass
from pathlib import Path

from charset_normalizer import from_bytes

from jieli.intake.reading.errors import LineTooLong, NotATable
from jieli.intake.reading.limits import MAX_LINE_BYTES

_CHUNK = 1024 * 1024
_SAMPLE = 256 * 1024
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_OTHERS = ["gb18030", "cp1252", "big5", "cp932", "euc_kr", "cp1251", "koi8_r", "cp1250", "cp1253", "cp1254"]
_CHOOSABLE = frozenset(
    codecs.lookup(name).name
    for name in (
        *(
            "ascii",
            "utf-8",
            "utf-8-sig",
            "gb2312",
            "gbk",
            "latin-1",
            "big5hkscs",
            "shift_jis",
            "euc_jp",
            "cp949",
        ),
        *("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be", *_OTHERS),
    )
)
"""Python knows more, some of which are no encodings of files or take hours over a large one."""
_GB_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]")
_GB_EVERYDAY = re.compile(rb"[\xa1-\xa3\xb0-\xd7][\xa1-\xfe]")
_UTF8_SEQUENCE = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}",
)
_HIGH = re.compile(rb"[\x80-\xff]")
_HIGH_RUN = re.compile(rb"[\x80-\xff]+")
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
_LONGEST_GB = 4


@dataclass(frozen=True, slots=True)
class Encoding:
    name: str
    damaged: bool = False
    """Some bytes do not fit; they are read as U+FFFD."""
    has_nul: bool = False

    @property
    def errors(self) -> str:
        return "replace" if self.damaged else "strict"


def detect_encoding(path: Path) -> Encoding:
    """Byte-order mark, else wide by its NULs, else strict UTF-8, else GB18030 where it reads like Chinese,
    else what charset-normalizer takes it for. Refuses what is no text."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    has_nul = _look_through(path)
    wide = _marked(head) or (_wide(head) if b"\0" in head else None)
    if wide:
        return Encoding(wide, damaged=not _decodes(path, wide), has_nul=has_nul)
    if len(_CONTROL.findall(head)) * 20 > len(head):
        raise NotATable(kind="binary")
    bad = _first_bad_byte(path, "utf-8")
    if bad is None:
        return Encoding("utf-8", has_nul=has_nul)
    return _eight_bit(path, head, bad, has_nul)


def is_choosable(name: str) -> bool:
    """Whether somebody may choose this encoding, by any of its names."""
    try:
        return codecs.lookup(name).name in _CHOOSABLE
    except (LookupError, ValueError):
        return False


def checked_encoding(path: Path, name: str) -> Encoding:
    """An encoding that somebody chose, whether it fits or not."""
    return Encoding(name, damaged=not _decodes(path, name), has_nul=_look_through(path))


def _look_through(path: Path) -> bool:
    """Whether there are NULs; refuses a line no table would have, before anything tries to hold it."""
    has_nul, line = False, 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            has_nul = has_nul or b"\0" in chunk
            last = max(chunk.rfind(b"\n"), chunk.rfind(b"\r"))
            line = line + len(chunk) if last < 0 else len(chunk) - last
            if line > MAX_LINE_BYTES:
                raise LineTooLong
    return has_nul


def _marked(head: bytes) -> str | None:
    return next((name for mark, name in _MARKS if head.startswith(mark)), None)


def _wide(head: bytes) -> str | None:
    """UTF-16 and UTF-32 without a mark: even Chinese tables have ASCII separators, whose NULs all fall on the
    same side. Stray NULs in other text fall on either."""
    usable = head[: len(head) // 4 * 4]
    nuls = [usable[place::4].count(0) for place in range(4)]
    quarter = max(len(usable) // 4, 1)
    if nuls[2] + nuls[3] > 1.9 * quarter and nuls[1] >= quarter * 0.3:
        return "utf-32-le"
    if nuls[0] + nuls[1] > 1.9 * quarter and nuls[2] >= quarter * 0.3:
        return "utf-32-be"
    little, big = nuls[1] + nuls[3], nuls[0] + nuls[2]
    if little > 0.03 * quarter and little > 10 * big:
        return _if_text(usable, "utf-16-le")
    if big > 0.03 * quarter and big > 10 * little:
        return _if_text(usable, "utf-16-be")
    return None


def _if_text(sample: bytes, encoding: str) -> str | None:
    """Text in 8-bit letters taken for UTF-16 becomes rare characters without separators between them."""
    text = sample.decode(encoding, "ignore")
    return encoding if any(mark in text for mark in "\n\r,;\t|") else None


def _decodes(path: Path, encoding: str) -> bool:
    return _first_bad_byte(path, encoding) is None


def _first_bad_byte(path: Path, encoding: str) -> int | None:
    decoder = codecs.getincrementaldecoder(encoding)()
    place = 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK)
            try:
                decoder.decode(chunk, final=not chunk)
            except UnicodeDecodeError as error:
                return max(place + error.start - _LONGEST_GB, 0)
            if not chunk:
                return None
            place += len(chunk)


def _eight_bit(path: Path, head: bytes, bad: int, has_nul: bool) -> Encoding:
    sample = _lines_around(path, bad) + (head if _HIGH.search(head) else b"")
    if _is_broken_utf8(sample):
        return Encoding("utf-8", damaged=True, has_nul=has_nul)
    if _reads_like_chinese(sample):
        return Encoding("gb18030", damaged=not _decodes(path, "gb18030"), has_nul=has_nul)
    name = "cp1252" if _reads_like_western(sample) else _asked(sample)
    return Encoding(name if _decodes(path, name) else "latin-1", has_nul=has_nul)


def _asked(sample: bytes) -> str:
    best = from_bytes(sample, cp_isolation=_OTHERS, enable_fallback=False).best()
    return best.encoding if best else "cp1252"


def _lines_around(path: Path, place: int) -> bytes:
    """Whole lines from a little before the place, because a sample that starts inside a character misleads."""
    with path.open("rb") as file:
        file.seek(max(place - _CHUNK // 16, 0))
        sample = file.read(_SAMPLE)
    start = sample.find(b"\n", 0, _CHUNK // 16) + 1 if place > _CHUNK // 16 else 0
    return sample[start:]


def _is_broken_utf8(sample: bytes) -> bool:
    """Cut or pasted files: nearly all of it is UTF-8, which no other encoding looks like by chance."""
    whole = _UTF8_SEQUENCE.findall(sample)
    inside = sum(map(len, whole))
    return len(whole) >= 10 and inside > 0.98 * len(_HIGH.findall(sample))


def _reads_like_chinese(sample: bytes) -> bool:
    """Everyday characters and punctuation lie in few rows of GB 2312; other languages read as GB18030
    scatter over rare characters or pair a letter with what follows."""
    high = [pair for line in sample.splitlines() for pair in _GB_PAIR.findall(line)]
    everyday = sum(1 for pair in high if _GB_EVERYDAY.fullmatch(pair))
    loners = len(_HIGH.findall(_GB_PAIR.sub(b"", sample)))
    return everyday >= 0.75 * len(high) and loners <= 0.02 * len(high)


def _reads_like_western(sample: bytes) -> bool:
    """Accented letters stand alone between plain ones; scripts of their own come in runs."""
    runs = _HIGH_RUN.findall(sample)
    return sum(1 for run in runs if len(run) == 1) > 0.7 * sum(map(len, runs))
