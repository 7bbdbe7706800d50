"""Public holidays of China."""

from datetime import date, datetime, timedelta

import chinese_calendar
import pytest

from jieli.base.holidays import SHANGHAI, china, china_exceptions, known_years
from jieli.base.worktime import DayKind

CHINA = china()


def test_ten_years_of_workdays_are_those_of_the_published_calendars() -> None:
    days = [date(2017, 1, 1) + timedelta(days=n) for n in range(3652)]
    assert days[-1] == date(2026, 12, 31)
    assert [day for day in days if CHINA.is_workday(day) != chinese_calendar.is_workday(day)] == []


def test_ten_years_have_the_working_time_of_their_workdays() -> None:
    workdays = len(chinese_calendar.get_workdays(date(2017, 1, 1), date(2026, 12, 31)))
    start, end = datetime(2017, 1, 1, tzinfo=SHANGHAI), datetime(2027, 1, 1, tzinfo=SHANGHAI)
    assert CHINA.working_seconds(start, end) == workdays * 8 * 3600


@pytest.mark.parametrize(
    "day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]
)
def test_a_weekend_is_worked_for_a_longer_holiday(day: str) -> None:
    assert CHINA.is_workday(date.fromisoformat(day))


@pytest.mark.parametrize(
    "day", ["2026-01-02", "2026-02-16", "2026-02-23", "2026-04-06", "2026-05-05", "2026-06-19", "2026-10-07"]
)
def test_a_holiday_is_not_worked(day: str) -> None:
    assert not CHINA.is_workday(date.fromisoformat(day))


def test_a_year_without_data_has_ordinary_weeks() -> None:
    assert 2003 not in known_years()
    assert CHINA.is_workday(date(2003, 10, 1))
    assert CHINA.is_workday(date(2099, 10, 1))
    assert not CHINA.is_workday(date(2099, 10, 3))
    assert china_exceptions([2003, 2099]) == {}


def test_only_the_years_asked_for_are_seeded() -> None:
    seeded = china_exceptions([2026])
    assert {day.year for day in seeded} == {2026}
    assert seeded[date(2026, 10, 1)] is DayKind.HOLIDAY
    assert seeded[date(2026, 10, 10)] is DayKind.WORKDAY
