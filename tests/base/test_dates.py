"""Dates and times as people write them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base.dates import (
    AMBIGUOUS,
    INCOMPLETE,
    NO_SUCH_DAY,
    NO_SUCH_TIME,
    NOT_A_DATE,
    from_excel_serial,
    parse_date,
    parse_moment,
)
from jieli.base.language import Message

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05",
        "2026/1/5",
        "2026.1.5",
        "2026. 1. 5",
        "2026年1月5日",
        "2026 年 1 月 5 号",
        "２０２６年０１月０５日",
        "20260105",
        " 2026-1-5 ",
        "2026年1月5日 星期一",
        "2026-01-05(周一)",
        "2026-01-05 00:00:00",
        "2026-01-05T23:30:00Z",
        "5 Jan 2026",
        "5-Jan-2026",
        "January 5th, 2026",
        "Jan. 5 2026",
    ],
)
def test_a_day_is_read_however_it_is_written(text: str) -> None:
    assert parse_date(text) == date(2026, 1, 5)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("13/1/2026", date(2026, 1, 13)),
        ("1/13/2026", date(2026, 1, 13)),
        ("31.12.2025", date(2025, 12, 31)),
        ("5/5/2026", date(2026, 5, 5)),
    ],
)
def test_day_and_month_are_told_apart_where_only_one_reading_exists(text: str, day: date) -> None:
    assert parse_date(text) == day


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("5/1/2026", AMBIGUOUS),
        ("05.01.2026", AMBIGUOUS),
        ("26/1/5", AMBIGUOUS),
        ("26年1月5日", AMBIGUOUS),
        ("2026-02-30", NO_SUCH_DAY),
        ("2026-13-01", NO_SUCH_DAY),
        ("20260231", NO_SUCH_DAY),
        ("29/2/2026", NO_SUCH_DAY),
        ("2026-01", INCOMPLETE),
        ("2026年1月", INCOMPLETE),
        ("2026", INCOMPLETE),
        ("1月5日", INCOMPLETE),
        ("1/5", INCOMPLETE),
        ("", NOT_A_DATE),
        ("明天", NOT_A_DATE),
        ("2026-01/05", NOT_A_DATE),
        ("5 Foo 2026", NOT_A_DATE),
        ("2026-01-05 abc", NOT_A_DATE),
        ("2026-01-051", NOT_A_DATE),
        ("46027", NOT_A_DATE),
        ("2026-01-05 25:00", NO_SUCH_TIME),
        ("2026-01-05 10:60", NO_SUCH_TIME),
        ("2026-01-05 24:01", NO_SUCH_TIME),
        ("2026-01-05 下午0点", NO_SUCH_TIME),
        ("2026-01-05 晚上12点", NO_SUCH_TIME),
        ("2026-01-05 10:00+15:00", NO_SUCH_TIME),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(text: str, reason: Message) -> None:
    assert parse_date(text) is reason
    assert parse_moment(text, SHANGHAI) is reason


@pytest.mark.parametrize(
    ("text", "clock"),
    [
        ("2026-01-05 10:30", (10, 30, 0)),
        ("2026/1/5 10:30:15", (10, 30, 15)),
        ("2026年1月5日10时30分", (10, 30, 0)),
        ("2026年1月5日 10点", (10, 0, 0)),
        ("2026年1月5日 10点半", (10, 30, 0)),
        ("2026年1月5日 10时30分15秒", (10, 30, 15)),
        ("2026年1月5日 下午3:30", (15, 30, 0)),
        ("2026年1月5日 下午15:30", (15, 30, 0)),
        ("2026-01-05 中午12点", (12, 0, 0)),
        ("2026-01-05 凌晨12:30", (0, 30, 0)),
        ("2026-01-05 3:30 PM", (15, 30, 0)),
        ("2026-01-05 12:00 AM", (0, 0, 0)),
        ("2026-01-05 12:00 PM", (12, 0, 0)),
        ("20260105103015", (10, 30, 15)),
        ("20260105T1030", (10, 30, 0)),
        ("2026-01-05", (0, 0, 0)),
    ],
)
def test_a_time_without_a_zone_is_local(text: str, clock: tuple[int, int, int]) -> None:
    expected = datetime(2026, 1, 5, *clock, tzinfo=SHANGHAI)
    read = parse_moment(text, SHANGHAI)
    assert read == expected
    assert isinstance(read, datetime)
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-05T02:30:00Z",
        "2026-01-05T10:30:00+08:00",
        "2026-01-05 10:30 +0800",
        "2026-01-05 10:30+08",
        "2026-01-04T21:30:00.000-05:00",
        "2026-01-05 02:30 UTC",
    ],
)
def test_a_zone_in_the_text_counts(text: str) -> None:
    assert parse_moment(text, NEW_YORK) == datetime(2026, 1, 5, 2, 30, tzinfo=UTC)


def test_midnight_at_the_end_of_a_day_is_the_next_day() -> None:
    assert parse_moment("2026-01-05 24:00", SHANGHAI) == datetime(2026, 1, 6, tzinfo=SHANGHAI)


def test_fractions_of_a_second_are_kept() -> None:
    assert parse_moment("2026-01-05T10:30:00.1234567Z", SHANGHAI) == datetime(
        2026, 1, 5, 10, 30, 0, 123456, UTC
    )


@pytest.mark.parametrize(
    ("serial", "moment"),
    [
        (1, datetime(1900, 1, 1)),
        (59, datetime(1900, 2, 28)),
        (61, datetime(1900, 3, 1)),
        (46027, datetime(2026, 1, 5)),
        (46027.4375, datetime(2026, 1, 5, 10, 30)),
        (46027.43767361111, datetime(2026, 1, 5, 10, 30, 15)),
        (2958465, datetime(9999, 12, 31)),
    ],
)
def test_a_serial_number_of_a_spreadsheet_is_a_day(serial: float, moment: datetime) -> None:
    assert from_excel_serial(serial) == moment


def test_the_leap_day_that_never_was_is_refused() -> None:
    assert from_excel_serial(60) is NO_SUCH_DAY
    assert from_excel_serial(60.5) is NO_SUCH_DAY


def test_the_1904_system_starts_four_years_later() -> None:
    assert from_excel_serial(0, since_1904=True) == datetime(1904, 1, 1)
    assert from_excel_serial(44565, since_1904=True) == datetime(2026, 1, 5)
    assert from_excel_serial(44565, since_1904=True) == from_excel_serial(46027)


@pytest.mark.parametrize("serial", [0, 0.5, -1, 2958466, 1e300, float("nan"), float("inf")])
def test_other_numbers_are_no_dates(serial: float) -> None:
    assert from_excel_serial(serial) is NOT_A_DATE


@given(st.datetimes(min_value=datetime(1900, 3, 1), max_value=datetime(2199, 12, 31)))
def test_serial_numbers_agree_with_the_calendar(moment: datetime) -> None:
    serial = (moment - datetime(1899, 12, 30)) / timedelta(days=1)
    read = from_excel_serial(serial)
    assert isinstance(read, datetime)
    assert abs(read - moment) <= timedelta(milliseconds=1)


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2999, 12, 30)))
def test_iso_moments_are_read_back(moment: datetime) -> None:
    aware = moment.replace(tzinfo=UTC)
    assert parse_moment(aware.isoformat(), SHANGHAI) == aware
    assert parse_date(moment.date().isoformat()) == moment.date()


@given(st.text(max_size=20) | st.text(st.sampled_from("0123456789-/.年月日:T Z+时分半"), max_size=20))
def test_nothing_that_is_typed_breaks_the_reader(text: str) -> None:
    assert isinstance(parse_date(text), date | Message)
    assert isinstance(parse_moment(text, SHANGHAI), datetime | Message)
