import pytest

from jieli.base.language import Language
from jieli.fields import FIELD_TYPES
from tests.fields.takes import parse, read, refusal


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("1:30", 5400),
        ("0:00:07", 7),
        ("1小时30分", 5400),
        ("90 分钟", 5400),
        ("2h", 7200),
        ("1.5", 5400),
        (2, 7200),
        ("1天", 86400),
    ],
)
def test_spans_are_read_as_people_write_them(cell: object, seconds: int) -> None:
    assert read("duration", cell) == seconds


def test_the_unit_says_what_a_bare_number_counts() -> None:
    assert read("duration", 45, unit="minute") == 2700


@pytest.mark.parametrize("cell", ["x", "1.2.3小时", "-1", "1:75", "1e9", True])
def test_what_is_no_span_is_refused(cell: object) -> None:
    assert refusal("duration", cell, cell=True)


def test_json_counts_seconds() -> None:
    assert parse("duration", 90) == 90
    assert refusal("duration", -1) == "out_of_range"
    assert refusal("duration", "1:30") == "not_a_whole_number"


def test_spans_are_shown_in_both_languages() -> None:
    kind = FIELD_TYPES["duration"]
    assert kind.text(5407, None, Language.ZH) == "1小时30分7秒"
    assert kind.text(5400, None, Language.EN) == "1h 30m"
    assert kind.text(0, None, Language.EN) == "0m"
