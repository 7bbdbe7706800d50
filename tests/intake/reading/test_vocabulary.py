"""The table of names must hold what the rest relies on."""

import pytest

from jieli.fields.registry import FIELD_TYPES
from jieli.intake.reading.vocabulary import is_known_label, plain_label, vocabulary


def test_every_type_is_a_field_type_and_every_near_meaning_exists() -> None:
    words = vocabulary()
    assert set(words.types.values()) <= FIELD_TYPES.keys()
    assert frozenset[str]().union(*words.near.values()) <= words.names.keys()


def test_nearness_goes_both_ways() -> None:
    near = vocabulary().near
    assert all(meaning in near[other] for meaning, others in near.items() for other in others)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("*客户名称（必填）", "客户名称"),
        ("Lead_Source", "leadsource"),
        (" Ｅ－ｍａｉｌ ", "email"),
        ("客戶名稱", "客户名称"),
        ("【备注】", "备注"),
        ("", ""),
    ],
)
def test_marks_width_case_and_script_do_not_matter(written: str, plain: str) -> None:
    assert plain_label(written) == plain


def test_a_long_text_is_no_label() -> None:
    assert is_known_label("手机")
    assert not is_known_label("手机" + " " * 300)
