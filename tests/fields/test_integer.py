import pytest
from pydantic import ValidationError

from tests.fields.takes import operand, options, parse, read, refusal


@pytest.mark.parametrize(("raw", "value"), [(5, 5), (5.0, 5), (-3, -3), (None, None)])
def test_a_json_number_without_fraction_is_taken(raw: object, value: int | None) -> None:
    assert parse("integer", raw) == value


@pytest.mark.parametrize("raw", [5.5, "5", True, [5], float("nan"), float("inf")])
def test_anything_else_is_refused(raw: object) -> None:
    assert refusal("integer", raw) == "not_a_whole_number"


@pytest.mark.parametrize("raw", [2**53, -(2**53), pytest.param(10**5000, id="huge")])
def test_what_json_readers_would_change_is_refused(raw: int) -> None:
    assert refusal("integer", raw) == "out_of_range"


@pytest.mark.parametrize(("cell", "value"), [("1,200", 1200), ("3万", 30_000), (4.0, 4), ("2.0", 2)])
def test_cells_are_read(cell: object, value: int) -> None:
    assert read("integer", cell) == value


def test_limits_are_kept_but_not_for_operands() -> None:
    assert refusal("integer", 11, max=10) == "out_of_range"
    assert operand("integer", 11, max=10) == 11


def test_limits_must_be_in_order() -> None:
    with pytest.raises(ValidationError):
        options("integer", min=5, max=4)
