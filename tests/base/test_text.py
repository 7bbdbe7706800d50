"""Comparing and searching texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base import text


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("  ＡＢＣ　１２３ ", "abc 123"),
        ("接力（集团）", "接力(集团)"),
        ("㈱接力", "(株)接力"),
        ("a\u200bb\ufeffc\x00d", "abcd"),
        ("a\x1fb\t\n c", "a b c"),
        ("", ""),
    ],
)
def test_width_case_and_spaces_do_not_matter(written: str, normal: str) -> None:
    assert text.normalise(written) == normal


@given(st.text())
def test_normalising_twice_changes_nothing(written: str) -> None:
    assert text.normalise(text.normalise(written)) == text.normalise(written)


@given(st.text())
def test_a_normal_text_never_holds_the_separator(written: str) -> None:
    assert text.SEPARATOR not in text.normalise(written)


def test_traditional_characters_become_simplified() -> None:
    assert text.simplified("臺灣積體電路製造") == "台湾积体电路制造"
    assert text.simplified("Relay 接力") == "Relay 接力"
    assert text.simplified("café") == "café"


def test_a_search_text_holds_the_name_its_pinyin_and_its_initials() -> None:
    made = text.search_text(["上海接力科技（集团）", "", "  ", "Relay Ltd"])
    assert made.split(text.SEPARATOR) == [
        "上海接力科技(集团)",
        "shanghaijielikejijituan",
        "shjlkjjt",
        "relay ltd",
    ]


def test_equal_parts_are_stored_once() -> None:
    assert text.search_text(["接力", "接力", "jieli"]).split(text.SEPARATOR) == ["接力", "jieli", "jl"]


def test_people_are_read_by_their_surnames() -> None:
    made = text.search_text(["接力"], people=["曾黎"])
    assert made.split(text.SEPARATOR) == ["接力", "jieli", "jl", "曾黎", "zengli", "zl"]


def test_a_character_that_simplification_merges_keeps_its_sound() -> None:
    assert text.search_text(["永乾農業"]).split(text.SEPARATOR) == ["永干农业", "yongqiannongye", "yqny"]


def test_grams_are_distinct_pairs_within_one_part() -> None:
    assert text.grams("abab") == ["ab", "ba"]
    assert text.grams("ab\x1fcd e") == [" e", "ab", "cd", "d "]
    assert text.grams("接") == []
    assert text.grams("") == []


def test_a_query_of_one_character_has_no_grams() -> None:
    assert text.query_grams("接") == []


def test_the_words_of_a_query_are_sought_apart() -> None:
    assert text.query_words(" 接力  上海 接力 ") == ["接力", "上海"]
    assert text.query_grams("接力 上海") == ["上海", "接力"]


@given(st.lists(st.text(st.sampled_from("上海接力科技重庆abc 吕乾"), max_size=8), max_size=4), st.data())
def test_the_grams_of_a_query_are_among_those_of_every_text_that_holds_it(
    parts: list[str], data: st.DataObject
) -> None:
    made = text.search_text(parts)
    start = data.draw(st.integers(0, len(made)))
    words = made[start : start + data.draw(st.integers(0, 6))].replace(text.SEPARATOR, " ")
    assert set(text.query_grams(words)) <= set(text.grams(made))


@pytest.mark.parametrize("typed", ["接力", "JIELI", "jl", "shjl", "接力科", "ＪＬＫＪ", "捷力"])
def test_a_name_is_found_by_what_people_type(typed: str) -> None:
    made = text.search_text(["上海接力科技"])
    found = all(word in made for word in text.query_words(typed))
    assert found is (typed != "捷力")
