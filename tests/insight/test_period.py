"""The days of a report and those before them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base.errors import Invalid
from jieli.insight.period import Period, period_of, this_month

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 3, 10, 4, 0, tzinfo=UTC)
TODAY = NOW.date()
AFTERWARDS = date(2027, 1, 1)


def test_both_days_of_a_request_are_within() -> None:
    assert period_of("2026-03-01", "2026-03-05", NOW, SHANGHAI) == Period(date(2026, 3, 1), date(2026, 3, 6))


def test_a_request_without_days_names_no_period() -> None:
    assert period_of(None, "", NOW, SHANGHAI) is None


def test_what_is_missing_is_taken_from_this_month() -> None:
    assert period_of("2026-02-01", None, NOW, SHANGHAI) == Period(date(2026, 2, 1), date(2026, 4, 1))
    assert period_of(None, "2026-03-05", NOW, SHANGHAI) == Period(date(2026, 3, 1), date(2026, 3, 6))


@pytest.mark.parametrize(
    ("first", "last"),
    [("2026-03-05", "2026-03-01"), ("yesterday", None), ("20260301", None), ("2026-03-01T00", None),
     ("0001-01-01", "2026-03-01"), ("1000-01-01", "2026-03-01"), (None, "2026-13-01")],
)  # fmt: skip
def test_days_that_make_no_period_are_refused(first: str | None, last: str | None) -> None:
    with pytest.raises(Invalid):
        period_of(first, last, NOW, SHANGHAI)


def test_this_month_is_that_of_the_workspace() -> None:
    late = datetime(2026, 3, 31, 17, 0, tzinfo=UTC)
    assert this_month(late, SHANGHAI) == Period(date(2026, 4, 1), date(2026, 5, 1))


def test_a_day_begins_at_midnight_where_the_workspace_is() -> None:
    start, end = Period(date(2026, 3, 1), date(2026, 3, 2)).moments(SHANGHAI)
    assert (start.astimezone(UTC).hour, end - start) == (16, timedelta(1))


def test_before_a_month_comes_the_month_before() -> None:
    assert Period(date(2026, 3, 1), date(2026, 4, 1)).previous(AFTERWARDS) == Period(
        date(2026, 2, 1), date(2026, 3, 1)
    )


def test_before_a_quarter_comes_the_quarter_before() -> None:
    assert Period(date(2026, 1, 1), date(2026, 4, 1)).previous(AFTERWARDS) == Period(
        date(2025, 10, 1), date(2026, 1, 1)
    )


def test_before_some_days_come_as_many() -> None:
    assert Period(date(2026, 3, 8), date(2026, 3, 15)).previous(AFTERWARDS) == Period(
        date(2026, 3, 1), date(2026, 3, 8)
    )


def test_a_month_that_is_running_is_compared_with_as_much_of_the_one_before() -> None:
    assert Period(date(2026, 3, 1), date(2026, 4, 1)).previous(TODAY) == Period(
        date(2026, 2, 1), date(2026, 2, 11)
    )


def test_the_end_of_a_long_month_is_compared_with_all_of_a_short_one() -> None:
    assert Period(date(2026, 3, 1), date(2026, 4, 1)).previous(date(2026, 3, 30)) == Period(
        date(2026, 2, 1), date(2026, 3, 1)
    )


days = st.dates(date(2000, 1, 1), date(2100, 1, 1))


@given(days, st.integers(1, 800), days)
def test_the_period_before_ends_where_this_begins_unless_this_is_running(
    start: date, length: int, today: date
) -> None:
    period = Period(start, start + timedelta(length))
    before = period.previous(today)
    assert before.start < before.end <= period.start
    if not period.start <= today < period.end:
        assert before.end == period.start


@given(days, st.integers(1, 800))
def test_a_period_says_its_days_as_a_request_gives_them(start: date, length: int) -> None:
    period = Period(start, start + timedelta(length))
    said = period.as_json()
    assert period_of(said["from"], said["to"], NOW, SHANGHAI) == period
