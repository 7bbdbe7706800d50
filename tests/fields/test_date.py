from datetime import UTC, date, datetime

import pytest

from tests.fields.takes import operand, parse, refusal


@pytest.mark.parametrize(
    "raw",
    [
        "2026-1-5",
        "20260105",
        "2026-W01-1",
        "2026-02-29",
        "2026/01/05",
        "0001-01-01",
        20260105,
        True,
        ["2026-01-05"],
    ],
)
def test_only_the_one_form_of_a_day_is_json(raw: object) -> None:
    assert refusal("date", raw)


def test_a_moment_is_the_day_where_the_workspace_is() -> None:
    assert operand("date", datetime(2026, 1, 5, 20, tzinfo=UTC)) == date(2026, 1, 6)


def test_a_leap_day_is_a_day() -> None:
    assert parse("date", "2028-02-29") == date(2028, 2, 29)
