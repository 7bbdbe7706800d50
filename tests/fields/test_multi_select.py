import pytest

from tests.fields.examples import CHOICES
from tests.fields.takes import operand, parse, read, refusal


@pytest.mark.parametrize(
    "cell", ["热、展会", "hot;展会", "热，展会", "Hot/展会", "热|展会", "热\n展会", "热、展会、热"]
)
def test_a_cell_holds_several(cell: str) -> None:
    assert read("multi_select", cell, options=CHOICES) == ["hot", "展会"]


def test_a_label_with_a_separator_is_found_alone() -> None:
    assert read("multi_select", "冷/淡", options=CHOICES) == ["cold"]


def test_doubles_are_dropped_and_order_is_kept() -> None:
    assert parse("multi_select", ["展会", "hot", "展会"], options=CHOICES) == ["展会", "hot"]


def test_an_empty_list_is_empty() -> None:
    assert parse("multi_select", [], options=CHOICES) is None


def test_json_must_be_a_list_of_keys() -> None:
    assert refusal("multi_select", "hot", options=CHOICES) == "not_a_list"
    assert refusal("multi_select", ["热"], options=CHOICES) == "unknown_choice"
    assert refusal("multi_select", ["hot"] * 201, options=CHOICES) == "too_many"


def test_an_operand_is_one_of_them() -> None:
    assert operand("multi_select", "hot", options=CHOICES) == "hot"
