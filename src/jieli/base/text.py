"""One form for all texts that are compared or searched: width, case, spaces and script no longer matter.

`search_text` makes what a record's search column holds; `grams` cuts it into what its index holds.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import Protocol

from jieli.base import pinyin

SEPARATOR = "\x1f"
"""Stands between the parts of a search text; `normalise` removes it from what people write."""

HAN = re.compile("[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]")

_INVISIBLE = re.compile("[\x00\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")


class _Converter(Protocol):
    def convert(self, text: str) -> str: ...


def normalise(text: str) -> str:
    """NFKC, lower case, runs of white space as one space, none at the ends, nothing invisible. Idempotent."""
    if text.isascii():
        return " ".join(text.replace("\x00", "").lower().split())
    visible = _INVISIBLE.sub("", text)
    lowered = unicodedata.normalize("NFKC", visible).lower()
    return " ".join(unicodedata.normalize("NFKC", lowered).split())


def simplified(text: str) -> str:
    """Traditional characters as simplified ones: 臺灣積體電路 becomes 台湾积体电路."""
    if text.isascii() or not HAN.search(text):
        return text
    return _converter().convert(text)


def plain(text: str) -> str:
    """The form in which texts are compared: normalised and simplified."""
    return simplified(normalise(text))


def search_text(parts: Iterable[str], people: Iterable[str] = ()) -> str:
    """What a record can be found by: each part plain and, where it holds Han characters, as full pinyin (`lv`
    and `lu` for 吕) and as initials. The names of `people` are read as names. Nothing appears twice, and a part
    that stands as words of its own in an earlier one is left out, since it is found there."""
    found: dict[str, None] = {}
    taken: list[str] = []
    for part in parts:
        normal = normalise(part)
        text = simplified(normal)
        if text and not any(_stands_in(text, other) for other in taken):
            taken.append(text)
            _add_forms(found, normal, text, pinyin.readings)
    for name in people:
        normal = normalise(name)
        _add_forms(found, normal, simplified(normal), pinyin.person_readings)
    return SEPARATOR.join(found)


def grams(text: str) -> list[str]:
    """The distinct bigrams of a search text in the order of their code points.

    A bigram is any two neighbouring code points of `text` neither of which is U+001F; a space counts like any
    other character. The SQL function of the same name gives the same for the same text.
    """
    pairs = {text[at : at + 2] for at in range(len(text) - 1)}
    return sorted(pair for pair in pairs if SEPARATOR not in pair)


def query_words(query: str) -> list[str]:
    """The distinct words of a query, each of which must occur somewhere in a search text that answers it."""
    return list(dict.fromkeys(plain(query).split()))


def query_grams(query: str) -> list[str]:
    """The bigrams in every search text that holds all words of the query; none for single characters."""
    return sorted({gram for word in query_words(query) for gram in grams(word)})


def _stands_in(text: str, other: str) -> bool:
    """Whether the other holds the text with nothing that it would be read together with on either side."""
    at = other.find(text)
    if at < 0:
        return False
    end = at + len(text)
    return not (at and other[at - 1].isalnum()) and not other[end : end + 1].isalnum()


def _add_forms(found: dict[str, None], normal: str, text: str, readings: pinyin.Readings) -> None:
    if not text:
        return
    found[text] = None
    if not text.isascii() and HAN.search(text):
        found.update(dict.fromkeys(readings(_readable(normal) if "乾" in normal else text)))


def _readable(text: str) -> str:
    """OpenCC writes 乾 (qian, of 乾县 and many company names) as 干 (gan), which would change its sound."""
    return "乾".join(simplified(piece) for piece in text.split("乾"))


@cache
def _converter() -> _Converter:
    from opencc import OpenCC  # noqa: PLC0415 - loads its dictionaries, which programs without Han texts need not pay

    converter: _Converter = OpenCC("t2s")
    return converter
