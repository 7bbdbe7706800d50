"""Readings of names; the oracle is the converter of pypinyin, which is right but slow."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin

from jieli.base import pinyin


@pytest.mark.parametrize(
    ("text", "full", "initials"),
    [
        ("上海接力科技", "shanghaijielikeji", "shjlkj"),
        ("重庆", "chongqing", "cq"),
        ("长沙", "changsha", "cs"),
        ("厦门", "xiamen", "xm"),
        ("六安", "luan", "la"),
        ("银行", "yinhang", "yh"),
        ("尉迟", "yuchi", "yc"),
        ("长孙", "zhangsun", "zs"),
        ("重庆长安abc 12号", "chongqingchanganabc12hao", "cqcaabc12h"),
        ("接力(集团)", "jielijituan", "jljt"),
        ("𠮷野家", "𠮷yejia", "𠮷yj"),
        ("", "", ""),
    ],
)
def test_a_text_has_its_full_pinyin_and_initials(text: str, full: str, initials: str) -> None:
    assert pinyin.pinyin(text) == full
    assert pinyin.initials(text) == initials


def test_company_names_read_as_the_reference_converter_reads_them(shared: Path) -> None:
    names = (shared / "data" / "cn-company-names" / "company-names-20k.txt").read_text("utf-8").split()
    sample = random.Random(7).sample(names, 4000)
    same = sum(pinyin.syllables(name) == _reference(name) for name in sample)
    assert same / len(sample) >= 0.999


@given(st.text(st.sampled_from("重长行乐会大都朝银庆安为一不了的地得上海接力"), max_size=12))
def test_overlapping_phrases_are_cut_as_the_reference_converter_cuts_them(text: str) -> None:
    assert pinyin.syllables(text) == _reference(text)


def test_every_single_character_reads_as_in_the_reference() -> None:
    characters = "".join(map(chr, range(0x4E00, 0x9FA6)))
    assert [pinyin.syllables(char) for char in characters[::5]] == [
        _reference(char) for char in characters[::5]
    ]


@given(st.text(st.characters(max_codepoint=0x9FA5), max_size=20))
def test_there_is_one_syllable_for_each_character(text: str) -> None:
    assert len(pinyin.syllables(text)) == len(text)
    assert len(pinyin.person_syllables(text)) == len(text)


def test_a_u_umlaut_can_be_typed_as_v_or_u() -> None:
    assert pinyin.readings("吕布") == ("lvbu", "lb", "lubu")
    assert pinyin.readings("绿地tv") == ("lvditv", "ldtv", "luditv")


def test_a_latin_v_stays_a_v() -> None:
    assert pinyin.readings("tv台") == ("tvtai", "tvt")


@pytest.mark.parametrize(
    ("name", "full"),
    [
        ("曾志伟", "zengzhiwei"),
        ("单雄信", "shanxiongxin"),
        ("仇英", "qiuying"),
        ("区志明", "ouzhiming"),
        ("查良镛", "zhaliangyong"),
        ("解缙", "xiejin"),
        ("翟天临", "zhaitianlin"),
        ("缪斯", "miaosi"),
        ("任正非", "renzhengfei"),
        ("单于明", "chanyuming"),
        ("尉迟恭", "yuchigong"),
        ("万俟卨", "moqixie"),
        ("长孙无忌", "zhangsunwuji"),
        ("欧阳修", "ouyangxiu"),
        ("王五", "wangwu"),
    ],
)
def test_a_surname_is_read_as_a_surname(name: str, full: str) -> None:
    assert pinyin.person_pinyin(name) == full


def test_a_person_is_found_by_the_initial_of_the_surname() -> None:
    assert pinyin.person_readings("曾黎") == ("zengli", "zl")
    assert pinyin.person_readings("单绿") == ("shanlv", "sl", "shanlu")


def _reference(text: str) -> list[str]:
    """The converter joins what is not Han into runs; here there is one entry for each character."""
    read: list[str] = []
    for syllable, han in _runs(text):
        read += [syllable] if han else list(syllable)
    return read


def _runs(text: str) -> list[tuple[str, bool]]:
    marked = lazy_pinyin(text, errors=lambda run: "\x00" + run)
    return [(part.removeprefix("\x00"), not part.startswith("\x00")) for part in marked]
