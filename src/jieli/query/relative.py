"""Relative dates: `this_week`, `last_days 7`. Weeks begin on Monday; days are those of the asker's time zone."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jieli.base.language import Message
from jieli.fields import BadValue

UNKNOWN_PERIOD = Message("unknown_period", "没有「{name}」这个时间范围", "There is no period “{name}”")
BAD_DAYS = Message("bad_days", "天数应为 1 到 3660 的整数", "The days must be a whole number from 1 to 3660")

Days = tuple[date, date]
"""First day, and the day after the last."""


def _month(day: date, step: int) -> date:
    number = day.year * 12 + day.month - 1 + step
    return date(number // 12, number % 12 + 1, 1)


def _quarter(day: date, step: int) -> Days:
    first = _month(day, -((day.month - 1) % 3) + 3 * step)
    return first, _month(first, 3)


def _day(day: date, step: int) -> Days:
    return day + timedelta(step), day + timedelta(step + 1)


def _week(day: date, step: int) -> Days:
    first = day - timedelta(day.weekday()) + timedelta(7 * step)
    return first, first + timedelta(7)


PERIODS: dict[str, Callable[[date], Days]] = {
    "today": lambda day: _day(day, 0),
    "yesterday": lambda day: _day(day, -1),
    "tomorrow": lambda day: _day(day, 1),
    "this_week": lambda day: _week(day, 0),
    "last_week": lambda day: _week(day, -1),
    "next_week": lambda day: _week(day, 1),
    "this_month": lambda day: (_month(day, 0), _month(day, 1)),
    "last_month": lambda day: (_month(day, -1), _month(day, 0)),
    "next_month": lambda day: (_month(day, 1), _month(day, 2)),
    "this_quarter": lambda day: _quarter(day, 0),
    "last_quarter": lambda day: _quarter(day, -1),
    "this_year": lambda day: (date(day.year, 1, 1), date(day.year + 1, 1, 1)),
    "last_year": lambda day: (date(day.year - 1, 1, 1), date(day.year, 1, 1)),
}
COUNTED = ("last_days", "next_days")


def period(raw: object, now: datetime, zone: ZoneInfo) -> Days:
    """The days that `{"relative": name, "n": days}` means at `now`. `last_days` ends with today, `next_days`
    begins with it. Raises BadValue."""
    name = raw.get("relative") if isinstance(raw, dict) else raw
    today = now.astimezone(zone).date()
    if isinstance(name, str) and name in PERIODS:
        return PERIODS[name](today)
    if not isinstance(raw, dict) or name not in COUNTED:
        raise BadValue(UNKNOWN_PERIOD, name=str(name)[:40])
    n = raw.get("n")
    if not isinstance(n, int) or isinstance(n, bool) or not 1 <= n <= 3660:
        raise BadValue(BAD_DAYS)
    if name == "last_days":
        return today - timedelta(n - 1), today + timedelta(1)
    return today, today + timedelta(n)


def moments(days: Days, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The same period as moments."""
    return datetime.combine(days[0], time(), zone), datetime.combine(days[1], time(), zone)
