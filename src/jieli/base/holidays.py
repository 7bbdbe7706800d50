"""Public holidays and make-up workdays (调休) of China, as seed for calendars that an administrator may edit."""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

from chinese_calendar import constants

from jieli.base.worktime import Calendar, DayKind

SHANGHAI = ZoneInfo("Asia/Shanghai")


def known_years() -> range:
    """The years whose holidays are published and known here; of others only weekends are."""
    days = constants.holidays
    return range(min(days).year, max(days).year + 1)


def china_exceptions(years: Iterable[int] | None = None) -> dict[date, DayKind]:
    """The exceptions to an ordinary week in these years, or in all known ones. A year not known has none."""
    wanted = frozenset(known_years() if years is None else years)
    days = {day: DayKind.HOLIDAY for day in constants.holidays if day.year in wanted}
    return days | {day: DayKind.WORKDAY for day in constants.workdays if day.year in wanted}


def china(years: Iterable[int] | None = None) -> Calendar:
    """Office hours in China with all holidays known for these years."""
    return Calendar(SHANGHAI, exceptions=china_exceptions(years))
