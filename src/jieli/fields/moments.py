"""Days and moments as people write them into spreadsheets."""

import re
import unicodedata
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TypeVar
from zoneinfo import ZoneInfo

from jieli.base.language import Message
from jieli.fields.contract import BadValue, Cell

NOT_A_DATE = Message(
    "not_a_date", "「{text}」不是日期，请写成 2026-01-05", "“{text}” is not a date; write it as 2026-01-05"
)
UNCLEAR_DATE = Message(
    "unclear_date",
    "「{text}」分不清月和日，请写成 2026-01-05",
    "“{text}” may be read in two ways; write it as 2026-01-05",
)
FAR_DATE = Message("far_date", "年份应在 {min} 到 {max} 之间", "The year must lie between {min} and {max}")
EARLIEST, LATEST = 1000, 9998
"""Far enough from the ends of the calendar that no time zone leads out of it."""

_DAY = (
    r"(?:(?P<y>[0-9]{4})(?P<s>[-/. ]|年 ?)(?P<m>[0-9]{1,2})(?:(?P=s)|月 ?)(?P<d>[0-9]{1,2})[日号]?"
    r"|(?P<cy>[0-9]{4})(?P<cm>[0-9]{2})(?P<cd>[0-9]{2})"
    r"|(?P<a>[0-9]{1,2})(?P<t>[-/.])(?P<b>[0-9]{1,2})(?P=t)(?P<ly>[0-9]{4}))"
)
_HALF = "上午|早上|凌晨|中午|下午|晚上|am|pm"
_TIME = (
    rf"[ t,]*(?:星期.|周[一二三四五六日天])?[ ]*(?P<half>{_HALF})?[ ]*"
    r"(?P<h>[0-9]{1,2})[:时点](?P<min>[0-9]{1,2})?分?(?::?(?P<sec>[0-9]{1,2})秒?(?:\.[0-9]{1,9})?)?"
    r"[ ]*(?P<after>am|pm)?[ ]*(?P<zone>z|[-+][0-9]{2}:?[0-9]{2})?"
)
_MOMENT = re.compile(rf"{_DAY}(?:{_TIME})?")
_SERIALS = range(10_000, 110_000)
"""Excel counts days from 1899-12-30; these are the years 1927 to 2201."""
_FIRST_SERIAL = datetime(1899, 12, 30)
_LATE = ("下午", "晚上", "pm")
D = TypeVar("D", date, datetime)


def sane(day: D) -> D:
    if not EARLIEST <= day.year <= LATEST:
        raise BadValue(FAR_DATE, min=EARLIEST, max=LATEST)
    return day


def cell_date(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return sane(cell.date())
    if isinstance(cell, date):
        return sane(cell)
    if isinstance(cell, str) and len(cell) == 10 and cell[4] == cell[7] == "-":
        try:
            return sane(date.fromisoformat(cell))
        except ValueError:
            raise BadValue(NOT_A_DATE, text=cell) from None
    return _written(cell).date()


def cell_moment(cell: Cell, zone: ZoneInfo) -> datetime:
    """A moment of the workspace's time zone, unless the cell names another."""
    if isinstance(cell, datetime):
        moment = cell
    elif isinstance(cell, date):
        moment = datetime.combine(cell, time())
    else:
        moment = _written(cell)
    return sane(moment if moment.tzinfo else moment.replace(tzinfo=zone))


def _written(cell: Cell) -> datetime:
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        return _serial(cell)
    text = unicodedata.normalize("NFKC", str(cell)[:80]).strip().lower()
    found = _MOMENT.fullmatch(text)
    if found is None:
        raise BadValue(NOT_A_DATE, text=str(cell)[:40])
    try:
        return sane(datetime.combine(_day_of(found, text), _time_of(found)))
    except ValueError:
        raise BadValue(NOT_A_DATE, text=str(cell)[:40]) from None


def _serial(cell: int | float | Decimal) -> datetime:
    if 10_000_000 <= cell < 100_000_000 and cell == int(cell):
        return _written(str(int(cell)))
    if not _SERIALS.start <= cell < _SERIALS.stop:
        raise BadValue(
            NOT_A_DATE, text="…" if isinstance(cell, int) and abs(cell) > 10**40 else str(cell)[:40]
        )
    return _FIRST_SERIAL + timedelta(seconds=round(float(cell) * 86_400))


def _day_of(found: re.Match[str], text: str) -> date:
    if found["y"]:
        return date(int(found["y"]), int(found["m"]), int(found["d"]))
    if found["cy"]:
        return date(int(found["cy"]), int(found["cm"]), int(found["cd"]))
    first, second, year = int(found["a"]), int(found["b"]), int(found["ly"])
    if first <= 12 and second <= 12 and first != second:
        raise BadValue(UNCLEAR_DATE, text=text[:40])
    return date(year, min(first, second), max(first, second))


def _time_of(found: re.Match[str]) -> time:
    if found["h"] is None:
        return time()
    hour, half = int(found["h"]), found["after"] or found["half"]
    if half in _LATE and hour < 12:
        hour += 12
    elif half in ("am", "凌晨") and hour == 12:
        hour = 0
    zone = found["zone"]
    offset = datetime.fromisoformat(f"2000-01-01T00:00{zone.upper()}").tzinfo if zone else None
    return time(hour, int(found["min"] or 0), int(found["sec"] or 0), tzinfo=offset)
