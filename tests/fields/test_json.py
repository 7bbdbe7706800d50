import pytest

from tests.fields.takes import parse, refusal

DEEP: list[object] = []
for _ in range(2000):
    DEEP = [DEEP]


@pytest.mark.parametrize("raw", [{"a": "\x00"}, {"\x00": 1}, ["\ud800"], {1: 2}, 2**70, DEEP, object()])
def test_what_postgresql_cannot_keep_is_refused(raw: object) -> None:
    assert refusal("json", raw) == "not_json"


def test_letters_that_look_like_an_escape_are_kept() -> None:
    assert parse("json", ["\\u0000"]) == ["\\u0000"]


def test_the_size_is_bounded() -> None:
    assert refusal("json", "字" * 30_000) == "json_too_big"


@pytest.mark.parametrize("raw", [[], {}, "", None])
def test_nothing_is_empty(raw: object) -> None:
    assert parse("json", raw) is None


@pytest.mark.parametrize("raw", [0, False, [[]], {"a": None}])
def test_little_is_not_nothing(raw: object) -> None:
    assert parse("json", raw) == raw
