import pytest

from tests.fields.takes import read, refusal


@pytest.mark.parametrize("cell", ["是", "Y", "true", "√", 1, 1.0, True, " 有 "])
def test_yes_is_read(cell: object) -> None:
    assert read("boolean", cell) is True


@pytest.mark.parametrize("cell", ["否", "n", "FALSE", "×", 0, 0.0, False, "没有"])
def test_no_is_read(cell: object) -> None:
    assert read("boolean", cell) is False


@pytest.mark.parametrize("raw", ["是", 1, 0, "true", [True]])
def test_json_must_be_true_or_false(raw: object) -> None:
    assert refusal("boolean", raw) == "not_a_boolean"


@pytest.mark.parametrize("cell", ["也许", 2, "yes!"])
def test_what_is_neither_is_refused(cell: object) -> None:
    assert refusal("boolean", cell, cell=True) == "not_a_boolean"
