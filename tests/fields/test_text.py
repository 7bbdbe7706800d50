import pytest

from tests.fields.takes import operand, parse, read, refusal


def test_outer_white_space_is_taken_off() -> None:
    assert parse("text", " \u3000接力 \n") == "接力"


def test_a_single_line_stays_one() -> None:
    assert parse("text", "a\r\nb\tc") == "a b c"


def test_long_text_keeps_its_lines() -> None:
    assert parse("long_text", "a\r\nb\rc\td") == "a\nb\nc\td"


@pytest.mark.parametrize("key", ["text", "long_text"])
def test_control_characters_are_dropped(key: str) -> None:
    assert parse(key, "a\x1b\x08b\x7f") == "ab"


def test_the_length_is_counted_in_characters() -> None:
    assert parse("text", "字" * 10, max=10) == "字" * 10
    assert refusal("text", "字" * 11, max=10) == "too_long"


@pytest.mark.parametrize("raw", [5, True, ["a"], {"a": 1}])
def test_json_must_be_a_text(raw: object) -> None:
    assert refusal("text", raw) == "not_a_text"


def test_a_number_cell_becomes_text() -> None:
    assert read("text", 7.0) == "7"


def test_an_operand_may_be_longer_than_the_field() -> None:
    assert operand("text", "字" * 300, max=10) == "字" * 300
