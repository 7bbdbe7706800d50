from datetime import UTC, date, datetime

import pytest

from tests.fields.takes import read, refusal


@pytest.mark.parametrize(
    "cell",
    ["2026/1/5", "2026.1.5", "2026年1月5日", "20260105", 20260105, 46027, 46027.75, datetime(2026, 1, 5, 9)],
)
def test_a_day_is_read_in_all_its_forms(cell: object) -> None:
    assert read("date", cell) == date(2026, 1, 5)


@pytest.mark.parametrize("cell", [5, 3.5, 10**12, -46027, 20261305, True, "明天", "2026-02-30"])
def test_what_is_no_day_is_refused(cell: object) -> None:
    assert refusal("date", cell, cell=True)


def test_a_day_of_two_readings_is_refused() -> None:
    assert refusal("date", "1/5/2026", cell=True) == "date.ambiguous"


@pytest.mark.parametrize(
    ("cell", "hour"),
    [
        ("2026-01-05 09:30", 1),
        ("2026年1月5日 上午9:30", 1),
        ("2026-01-05T09:30:00Z", 9),
        (datetime(2026, 1, 5, 9, 30), 1),
        (datetime(2026, 1, 5, 9, 30, tzinfo=UTC), 9),
    ],
)
def test_a_moment_without_zone_is_local(cell: object, hour: int) -> None:
    assert read("datetime", cell) == datetime(2026, 1, 5, hour, 30, tzinfo=UTC)


def test_a_day_is_its_first_moment() -> None:
    assert (
        read("datetime", date(2026, 1, 5)) == read("datetime", 46027) == datetime(2026, 1, 4, 16, tzinfo=UTC)
    )


def test_years_of_no_calendar_are_refused() -> None:
    assert refusal("date", date(23, 1, 5), cell=True) == "far_date"
