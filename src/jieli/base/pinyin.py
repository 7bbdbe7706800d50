"""Han characters to pinyin without tones, for search boxes in which people type `jlkj` for 接力科技.

The readings come from the dictionaries of the pypinyin package, whose own converter needs 0.1 to 0.2 ms for a
name. Here they are read once into flat tables, and phrases are looked at only where one changes a reading.
All functions take text as `text.plain` gives it: simplified and in lower case.
"""

import json
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from operator import add
from pathlib import Path
from typing import Any

_SINGLE_SURNAMES = (
    "曾zeng 单shan 仇qiu 区ou 查zha 解xie 翟zhai 缪miao 朴piao 任ren 华hua 燕yan 纪ji 盖ge "
    "乐yue 冼xian 覃qin 尹yin 员yun 种chong 折she 召shao 宿su 秘bi 隗kui 繁po 黑he"
)
SURNAMES = {entry[0]: entry[1:] for entry in _SINGLE_SURNAMES.split()}
DOUBLE_SURNAMES = {
    "单于": ("chan", "yu"),
    "长孙": ("zhang", "sun"),
    "万俟": ("mo", "qi"),
    "尉迟": ("yu", "chi"),
    "澹台": ("tan", "tai"),
    "令狐": ("ling", "hu"),
    "乐正": ("yue", "zheng"),
    "宰父": ("zai", "fu"),
    "夹谷": ("jia", "gu"),
    "濮阳": ("pu", "yang"),
}

Readings = Callable[[str], tuple[str, ...]]

_TONES = {0x300: None, 0x301: None, 0x304: None, 0x30C: None}
_NOT_WORD = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class _Dictionary:
    single: dict[int, str]
    first: dict[int, str]
    phrases: dict[str, tuple[str, ...] | None]
    """None where the phrase reads as its characters do; such a phrase still ends the search for others."""
    longest: dict[str, int]
    """The length of the longest phrase that starts with these two characters."""
    telling: frozenset[str]
    """The two first characters of every phrase that changes a reading."""


def syllables(text: str) -> list[str]:
    """One entry for each character: the reading of a Han character, anything else as it stands."""
    known = _dictionary()
    single = known.single
    if known.telling.isdisjoint(map(add, text, text[1:])):
        return [single.get(ord(char), char) for char in text]
    longest = known.longest
    found: list[str] = []
    at, end = 0, len(text)
    while at < end:
        if text[at : at + 2] not in longest:
            found.append(single.get(ord(text[at]), text[at]))
            at += 1
            continue
        phrase = _phrase_at(known, text, at)
        read = known.phrases.get(phrase)
        found += read or [single.get(ord(char), char) for char in phrase]
        at += len(phrase)
    return found


def pinyin(text: str) -> str:
    """The full pinyin in one word, `v` for ü; letters and digits stay, everything else goes."""
    known = _dictionary()
    if known.telling.isdisjoint(map(add, text, text[1:])):
        return _NOT_WORD.sub("", text.translate(known.single))
    return _NOT_WORD.sub("", "".join(syllables(text)))


def initials(text: str) -> str:
    """The first letter of each syllable; letters and digits stay, everything else goes."""
    known = _dictionary()
    if known.telling.isdisjoint(map(add, text, text[1:])):
        return _NOT_WORD.sub("", text.translate(known.first))
    return _initials_of(text, syllables(text))


def readings(text: str) -> tuple[str, ...]:
    """What a Han text can be found by: full pinyin, initials, and with `lu` for `lv` where there is a ü."""
    known = _dictionary()
    if known.telling.isdisjoint(map(add, text, text[1:])):
        full = _word(text.translate(known.single))
        if "v" not in full:
            return full, _word(text.translate(known.first))
    return _all_forms(text, syllables(text))


def person_syllables(name: str) -> list[str]:
    """As `syllables`, with the readings that characters have as surnames: 单雄信 is shan, not dan."""
    if double := DOUBLE_SURNAMES.get(name[:2]):
        return [*double, *syllables(name[2:])]
    if surname := SURNAMES.get(name[:1]):
        return [surname, *syllables(name[1:])]
    return syllables(name)


def person_pinyin(name: str) -> str:
    """The full pinyin of a person's name in one word."""
    return _NOT_WORD.sub("", "".join(person_syllables(name)))


def person_readings(name: str) -> tuple[str, ...]:
    """As `readings`, for the name of a person."""
    return _all_forms(name, person_syllables(name))


def _word(text: str) -> str:
    return text if text.isalnum() else _NOT_WORD.sub("", text)


def _all_forms(text: str, read: list[str]) -> tuple[str, ...]:
    full = _word("".join(read))
    if "v" not in full:
        return full, _initials_of(text, read)
    typed_u = _NOT_WORD.sub(
        "",
        "".join(
            part if part == char else part.replace("v", "u") for char, part in zip(text, read, strict=True)
        ),
    )
    return tuple(dict.fromkeys((full, _initials_of(text, read), typed_u)))


def _initials_of(text: str, read: list[str]) -> str:
    """What reads as itself is one character, or none that has an initial."""
    return _word("".join([part[:1] for part in read]))


def _phrase_at(known: _Dictionary, text: str, at: int) -> str:
    """The longest phrase that starts here, or the character alone."""
    for size in range(known.longest.get(text[at : at + 2], 0), 1, -1):
        if (phrase := text[at : at + size]) in known.phrases:
            return phrase
    return text[at]


@cache
def _dictionary() -> _Dictionary:
    kept: dict[str, str] = {}
    single = {}
    for code, several in _package_data("pinyin_dict.json").items():
        plain = _toneless(several.split(",")[0])
        single[int(code)] = kept.setdefault(plain, plain)
    phrases: dict[str, tuple[str, ...] | None] = {}
    longest: dict[str, int] = {}
    for phrase, marked in _package_data("phrases_dict.json").items():
        read = tuple(kept.setdefault(plain, plain) for plain in (_toneless(one[0]) for one in marked))
        usual = all(single.get(ord(char)) == plain for char, plain in zip(phrase, read, strict=True))
        phrases[phrase] = None if usual else read
        longest[phrase[:2]] = max(longest.get(phrase[:2], 0), len(phrase))
    return _Dictionary(
        single=single,
        first={code: plain[0] for code, plain in single.items()},
        phrases=phrases,
        longest=longest,
        telling=frozenset(phrase[:2] for phrase, read in phrases.items() if read),
    )


def _package_data(
    name: str,
) -> Any:  # house: allow any - a JSON file of the package, shaped as its readers know
    """Read beside the package instead of importing it, which would keep its nested lists in memory."""
    spec = find_spec("pypinyin")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("pypinyin")
    return json.loads(Path(spec.origin).with_name(name).read_text("utf-8"))


@cache
def _toneless(syllable: str) -> str:
    bare = unicodedata.normalize("NFD", syllable).translate(_TONES)
    return unicodedata.normalize("NFC", bare.replace("u\u0308", "v"))
