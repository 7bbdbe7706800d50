"""Dates and times as people write them. What could be read in two ways is refused with a reason, never guessed."""

import math
import re
import unicodedata
from datetime import UTC, date, datetime, time, timedelta, timezone
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jieli.base.language import Message

NOT_A_DATE = Message(
    "date.unreadable",
    "无法识别的日期，请写成 2026-01-05 或 2026-01-05 10:30 这样的形式",
    "This is not a date; write it like 2026-01-05 or 2026-01-05 10:30",
)
AMBIGUOUS = Message(
    "date.ambiguous",
    "日期有歧义，请按年-月-日书写，如 2026-01-05",
    "This date can be read in two ways; write year, month, day, like 2026-01-05",
)
INCOMPLETE = Message(
    "date.incomplete",
    "日期不完整，年、月、日都要写明",
    "The date is incomplete; year, month and day are needed",
)
NO_SUCH_DAY = Message("date.no_such_day", "没有这一天", "There is no such day")
NO_SUCH_TIME = Message("date.no_such_time", "没有这个时刻", "There is no such time of day")


class _Moment(NamedTuple):
    day: date
    clock: timedelta | None
    zone: timezone | None


_DATE_FORMS = (
    r"(?P<y>[12][0-9]{3})(?P<sep>[-/.]) ?(?P<m>[0-9]{1,2})(?P=sep) ?(?P<d>[0-9]{1,2})",
    r"(?P<y>[12][0-9]{3}) ?年 ?(?P<m>[0-9]{1,2}) ?月 ?(?P<d>[0-9]{1,2}) ?[日号]?",
    r"(?P<y>[12][0-9]{3})(?P<m>[0-9]{2})(?P<d>[0-9]{2})",
    r"(?P<a>[0-9]{1,2})(?P<sep>[-/.]) ?(?P<b>[0-9]{1,2})(?P=sep) ?(?P<y>[12][0-9]{3})",
    r"(?P<d>[0-9]{1,2})(?:ST|ND|RD|TH)?[ -](?P<name>[A-Z]{3,9})\.?,?[ -](?P<y>[12][0-9]{3})",
    r"(?P<name>[A-Z]{3,9})\.? (?P<d>[0-9]{1,2})(?:ST|ND|RD|TH)?,? (?P<y>[12][0-9]{3})",
)
_WEEKDAY = r"(?: ?\(?(?:星期|周|礼拜)[一二三四五六日天]\)?)?"
_CLOCK = (
    r"(?P<half>上午|下午|凌晨|早上|中午|晚上)? ?(?P<hour>[0-9]{1,2})"
    r"(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<fraction>[0-9]{1,9}))?)?"
    r"|[点时](?:整|(?P<thirty>半)|(?P<fen>[0-9]{1,2})(?:分(?:(?P<miao>[0-9]{1,2})秒)?)?)?)"
    r"(?: ?(?P<ampm>AM|PM))?"
)
_PACKED_CLOCK = r"(?P<hour>[0-9]{2})(?P<minute>[0-9]{2})(?P<second>[0-9]{2})?"
_ZONE = r"(?: ?(?P<zone>Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?"

_DATES = tuple(re.compile(form + _WEEKDAY) for form in _DATE_FORMS)
_TIME = re.compile(f"(?:[T,]? ?){_CLOCK}{_ZONE}")
_PACKED_TIME = re.compile(f"T?{_PACKED_CLOCK}{_ZONE}")
_INCOMPLETE = re.compile(
    r"[12][0-9]{3}(?:[-/.][0-9]{1,2}|年(?:[0-9]{1,2}月)?)?|[0-9]{1,2}(?:[-/.][0-9]{1,2}|月(?:[0-9]{1,2}[日号]?)?)"
)
_SHORT_YEAR = re.compile(r"[0-9]{1,2}([-/.])[0-9]{1,2}\1[0-9]{1,2}|[0-9]{2}年[0-9]{1,2}月[0-9]{1,2}[日号]?")

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_MONTH_NAMES = (
    *("JANUARY", "FEBRUARY", "MARCH", "APRIL", "MAY", "JUNE", "JULY"),
    *("AUGUST", "SEPTEMBER", "OCTOBER", "NOVEMBER", "DECEMBER"),
)
_FORENOON = ("上午", "凌晨", "早上", "AM")
_LAST_SERIAL = 2958466


def parse_date(text: str) -> date | Message:
    """The day as written; a time of day and a zone behind it are allowed and change nothing."""
    read = _read(text)
    return read if isinstance(read, Message) else read.day


def parse_moment(text: str, zone: ZoneInfo) -> datetime | Message:
    """A moment in UTC. A text without a zone means the time in `zone`, one without a time its first moment."""
    read = _read(text)
    if isinstance(read, Message):
        return read
    local = datetime.combine(read.day, time(), read.zone or zone)
    try:
        return (local + (read.clock or timedelta())).astimezone(UTC)
    except OverflowError:
        return NO_SUCH_DAY


def from_excel_serial(serial: float, *, since_1904: bool = False) -> datetime | Message:
    """The naive moment that a spreadsheet means by a number of days, to the millisecond.

    Its 1900 system counts a 29 February 1900 that never was: number 60 is refused, the numbers below it stand a day
    apart from the rest. Numbers without a whole day are times, not dates.
    """
    if not math.isfinite(serial) or serial >= _LAST_SERIAL or serial < (0 if since_1904 else 1):
        return NOT_A_DATE
    if not since_1904 and 60 <= serial < 61:
        return NO_SUCH_DAY
    start = datetime(1904, 1, 1) if since_1904 else datetime(1899, 12, 31 if serial < 60 else 30)
    try:
        return start + timedelta(milliseconds=round(serial * 86_400_000))
    except OverflowError:
        return NOT_A_DATE


def _read(text: str) -> _Moment | Message:
    plain = " ".join(unicodedata.normalize("NFKC", text).upper().split())
    for pattern in _DATES:
        if found := pattern.match(plain):
            day = _day(found)
            rest = plain[found.end() :]
            if isinstance(day, Message) or not rest:
                return day if isinstance(day, Message) else _Moment(day, None, None)
            return _with_clock(day, rest)
    if _SHORT_YEAR.fullmatch(plain):
        return AMBIGUOUS
    return INCOMPLETE if _INCOMPLETE.fullmatch(plain) else NOT_A_DATE


def _day(found: re.Match[str]) -> date | Message:
    part = found.groupdict()
    if "a" in part:
        return _day_of_unknown_order(int(part["y"]), int(part["a"]), int(part["b"]))
    month = _month(part["name"]) if "name" in part else int(part["m"])
    return _existing(int(part["y"]), month, int(part["d"])) if month is not None else NOT_A_DATE


def _day_of_unknown_order(year: int, first: int, second: int) -> date | Message:
    """Day and month can be told apart only if one of them cannot be a month, or they are the same."""
    if first == second or second > 12:
        return _existing(year, first, second)
    return _existing(year, second, first) if first > 12 else AMBIGUOUS


def _month(name: str) -> int | None:
    if name in _MONTH_NAMES or name in _MONTHS or name == "SEPT":
        return _MONTHS.index(name[:3]) + 1
    return None


def _existing(year: int, month: int, day: int) -> date | Message:
    try:
        return date(year, month, day)
    except ValueError:
        return NO_SUCH_DAY


def _with_clock(day: date, rest: str) -> _Moment | Message:
    found = _TIME.fullmatch(rest) or _PACKED_TIME.fullmatch(rest)
    if not found:
        return NOT_A_DATE
    part = {name: value for name, value in found.groupdict().items() if value}
    clock, zone = _clock(part), _offset(part.get("zone"))
    if isinstance(clock, Message) or isinstance(zone, Message):
        return NO_SUCH_TIME
    return _Moment(day, clock, zone)


def _clock(part: dict[str, str]) -> timedelta | Message:
    hour = _hour(int(part["hour"]), part.get("half") or part.get("ampm"))
    minute = 30 if "thirty" in part else int(part.get("minute") or part.get("fen") or 0)
    second = int(part.get("second") or part.get("miao") or 0)
    micros = int(part.get("fraction", "0").ljust(6, "0")[:6])
    clock = timedelta(hours=hour or 0, minutes=minute, seconds=second, microseconds=micros)
    if hour is None or minute > 59 or second > 59 or clock > timedelta(days=1):
        return NO_SUCH_TIME
    return clock


def _hour(hour: int, half: str | None) -> int | None:
    """The hour of the day; None for what nobody means, such as 下午 0 点 or 晚上 12 点, which has two dates."""
    if half is None:
        return hour
    if half in _FORENOON:
        return hour % 12 if hour <= 12 and not (half == "上午" and hour == 12) else None
    if half == "中午":
        return {11: 11, 12: 12, 1: 13, 13: 13}.get(hour)
    if hour == 12 and half != "晚上":
        return 12
    return hour + 12 if 1 <= hour < 12 else hour if 12 < hour < 24 else None


def _offset(text: str | None) -> timezone | Message | None:
    if text is None:
        return None
    if text[0] not in "+-":
        return UTC
    digits = text[1:].replace(":", "").ljust(4, "0")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes > 14 * 60 or int(digits[2:]) > 59:
        return NO_SUCH_TIME
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))
