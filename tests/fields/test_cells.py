from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

import pytest

from jieli.fields import BadValue
from jieli.fields.cells import cell_number, cell_text


@dataclass
class Shortened:
    """What the reading of files makes of a number that lost digits."""

    shown: str

    def __str__(self) -> str:
        return self.shown


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("甲", "甲"),
        (13800138000.0, "13800138000"),
        (5.25, "5.25"),
        (Decimal("7.00"), "7"),
        (True, "TRUE"),
        (date(2026, 1, 5), "2026-01-05"),
        (datetime(2026, 1, 5, 9, 30), "2026-01-05 09:30"),
    ],
)
def test_a_cell_says_what_people_see_in_it(cell: object, text: str) -> None:
    assert cell_text(cell) == text


@pytest.mark.parametrize("cell", [10**15, 1e15, -1e300, float("nan"), Decimal("sNaN"), Shortened("1.38E+18")])
def test_a_cell_that_lost_digits_is_no_text(cell: object) -> None:
    with pytest.raises(BadValue) as refused:
        cell_text(cell)
    assert refused.value.message.code == "lost_digits"


@pytest.mark.parametrize(
    ("cell", "number"),
    [
        ("1,200.50", "1200.50"),
        ("￥1.2万", "12000"),
        ("(300)", "-300"),
        ("1.5E+07", "15000000"),
        (Shortened("1.38E+10"), "13800000000"),
        (0.1, "0.1"),
        (3, "3"),
    ],
)
def test_a_number_is_exact_however_it_is_written(cell: object, number: str) -> None:
    assert cell_number(cell) == Decimal(number)


@pytest.mark.parametrize("cell", ["", "abc", "12,34", "1-2", True, float("inf"), Decimal("NaN"), "1e999"])
def test_what_is_no_number_is_refused(cell: object) -> None:
    with pytest.raises(BadValue):
        cell_number(cell)
