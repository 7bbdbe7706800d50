from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.fields import FIELD_TYPES
from tests.fields.takes import operand, options, parse, read, refusal


@pytest.mark.parametrize(
    ("raw", "value"), [("12.5", "12.50"), (12.5, "12.50"), (3, "3.00"), ("0.005", "0.01"), ("-0.001", "0.00")]
)
def test_numbers_are_rounded_half_up_to_their_places(raw: object, value: str) -> None:
    assert str(parse("decimal", raw)) == value


@given(st.decimals(-(10**12), 10**12, allow_nan=False), st.integers(0, 10))
def test_rounding_moves_a_number_by_half_a_place_at_most(number: Decimal, scale: int) -> None:
    value = parse("decimal", number, scale=scale)
    assert abs(value - number) * 2 <= Decimal(1).scaleb(-scale)
    assert -value.as_tuple().exponent == scale


@pytest.mark.parametrize("raw", ["1,200", "abc", "1e5", "１２", "+5", ".5", "5.", " 5"])
def test_only_plain_digits_are_a_number(raw: str) -> None:
    assert refusal("decimal", raw) == "not_a_number"


@pytest.mark.parametrize("raw", [True, [1], {"a": 1}, float("nan"), float("-inf")])
def test_other_json_is_refused(raw: object) -> None:
    assert refusal("decimal", raw) == "needs_number"


def test_a_number_that_rounds_beyond_its_digits_is_refused() -> None:
    assert refusal("decimal", "9" * 22 + ".99", scale=2) == ""
    assert refusal("decimal", "9" * 22 + ".999", scale=2) == "number_too_large"


def test_the_scale_decides_the_column() -> None:
    assert FIELD_TYPES["decimal"].columns("k", options("decimal", scale=4))[0].type == "numeric(24,4)"


def test_limits_are_kept() -> None:
    assert refusal("decimal", "-1", min=0) == "out_of_range"
    assert refusal("decimal", "2", max="1.5") == "out_of_range"
    assert read("decimal", "1.5", min=0, max="1.5") == Decimal("1.5")


def test_an_operand_keeps_all_its_places() -> None:
    assert operand("decimal", "0.005") == Decimal("0.005")
