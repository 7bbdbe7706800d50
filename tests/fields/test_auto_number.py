from datetime import date

import pytest
from pydantic import ValidationError

from jieli.fields import FIELD_TYPES, Numbered
from tests.fields.takes import options

DAY = date(2026, 1, 5)


def number(count: int, **given: object) -> str:
    kind = FIELD_TYPES["auto_number"]
    assert isinstance(kind, Numbered)
    return kind.number(options("auto_number", **given), DAY, count)


def period(day: date, **given: object) -> str:
    kind = FIELD_TYPES["auto_number"]
    assert isinstance(kind, Numbered)
    return kind.period(options("auto_number", **given), day)


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ({}, "0042"),
        ({"prefix": "C"}, "C0042"),
        ({"prefix": "HT-", "date": "YYYYMM", "digits": 5}, "HT-202601-00042"),
        ({"digits": 1}, "42"),
    ],
)
def test_a_number_is_composed(given: dict[str, object], shown: str) -> None:
    assert number(42, **given) == shown


def test_a_count_beyond_its_digits_is_not_cut() -> None:
    assert number(123456, digits=4) == "123456"


@pytest.mark.parametrize(
    ("reset", "same_year", "same_month"),
    [("none", True, True), ("year", True, True), ("month", False, True), ("day", False, False)],
)
def test_counts_start_again_with_their_period(reset: str, same_year: bool, same_month: bool) -> None:
    given = {"reset": reset, "date": "YYYYMMDD"}
    assert (period(DAY, **given) == period(date(2026, 2, 5), **given)) == same_year
    assert (period(DAY, **given) == period(date(2026, 1, 6), **given)) == same_month


@pytest.mark.parametrize(
    "given", [{"reset": "year"}, {"reset": "day", "date": "YYYYMM"}, {"prefix": "a b"}, {"digits": 0}]
)
def test_numbers_that_could_repeat_are_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        options("auto_number", **given)
