"""Which company names are probably one company, though they are not spelt alike: a region left out or moved, a trade
left out, one character wrong, missing or too many.

Works on keys that `company_key` made. `likeness` is kept with each key and `near` is asked for: two keys that have a
number in common are candidates, and `alike` decides.
"""

import re
from functools import lru_cache
from hashlib import blake2b
from typing import NamedTuple

from jieli.base import names, pinyin

_LEVEL = re.compile(r"(?:特别行政|自治|经济特|经济技术开发|高新技术产业开发|开发|新)?[省市区县州盟旗镇]")
_TELLING = frozenset("零一二三四五六七八九十百千两0123456789甲乙丙丁戊己庚辛东西南北中上下左右前后大小新老")
"""What tells the second of two sister companies from the first; nobody takes one for another by mistake."""
_LONG_STEM = 3
_SOUNDS_KEPT = 4_096


class Parts(NamedTuple):
    """上海接力科技有限公司 is the region 上海, the stem 接力 and the trade 科技; the branch names a place of it."""

    region: str
    stem: str
    trade: str
    branch: str

    @property
    def frame(self) -> str:
        """The name without its legal form."""
        return f"{self.region}{self.stem}{self.trade}{self.branch}"


@lru_cache(maxsize=32_768)
def parts(key: str) -> Parts:
    """The parts of a name by its `company_key`. A region behind the trade counts as one in front."""
    head, branch = names.split_branch(key)
    head = names.without_form(head)
    behind = names.region_behind(head)
    if behind:
        head = head.removesuffix(behind)
    stem = names.stem(head)
    at = max(head.find(stem), 0)
    return Parts(behind + head[:at], stem, head[at + len(stem) :], branch)


def likeness(key: str) -> list[int]:
    """Numbers to keep with the key; at most five."""
    found = parts(key)
    length = len(found.frame)
    return sorted({*_by_parts(found), *_by_thirds(found.frame, length)})


def near(key: str) -> list[int]:
    """Numbers of which each key that is `alike` has at least one."""
    found = parts(key)
    length = len(found.frame)
    thirds = (number for size in (length - 1, length, length + 1) for number in _by_thirds(found.frame, size))
    return sorted({*_by_parts(found), *thirds})


def alike(one: str, other: str) -> bool:
    """Whether two different keys are probably those of one company. Symmetric. A branch is not its parent."""
    a, b = parts(one), parts(other)
    if a.frame == b.frame:
        return True
    if a.branch == b.branch and a.stem == b.stem and _says_less(a.region, b.region, a.trade, b.trade):
        return True
    return _one_slip(a, b)


def _by_parts(found: Parts) -> tuple[int, int]:
    town = _LEVEL.sub("", found.region)[-2:]
    return (
        _number("trade", found.stem, found.trade, found.branch),
        _number("town", found.stem, town, found.branch),
    )


def _by_thirds(frame: str, size: int) -> tuple[int, ...]:
    """For a name of `size` characters of which at most one is not in the frame or is another there: one wrong
    character spoils one third, so the other two are met."""
    first, last = size // 3, size - 2 * size // 3
    if first == 0:
        return ()
    return (
        _number("ends", str(size), frame[:first], frame[len(frame) - last :]),
        _number("front", str(size), frame[: size - last]),
        _number("back", str(size), frame[len(frame) - (size - first) :]),
    )


def _number(*texts: str) -> int:
    return int.from_bytes(blake2b("\x1f".join(texts).encode(), digest_size=8).digest(), signed=True)


def _says_less(region: str, other_region: str, trade: str, other_trade: str) -> bool:
    """Whether of the regions and of the trades each time one only says more than the other."""
    town, other_town = _LEVEL.sub("", region), _LEVEL.sub("", other_region)
    return (town in other_town or other_town in town) and (trade in other_trade or other_trade in trade)


def _one_slip(a: Parts, b: Parts) -> bool:
    """One character more, less or other, unless it is what tells two companies apart. A character that sounds the
    same may be wrong anywhere, any other only in a stem that is long enough to be known without it."""
    if len(a.frame) > len(b.frame):
        a, b = b, a
    at, wrong, right = _slip(a.frame, b.frame)
    if not right or ({wrong, right} - {""}) <= _TELLING:
        return False
    if wrong and _sounds(wrong) == _sounds(right):
        return True
    return _within_long_stem(a, at) or _within_long_stem(b, at)


def _slip(short: str, long: str) -> tuple[int, str, str]:
    """Where the two differ, and what stands there in each; nothing stands there if they differ in more."""
    at = next((n for n, (x, y) in enumerate(zip(short, long, strict=False)) if x != y), len(short))
    if len(short) == len(long) and short[at + 1 :] == long[at + 1 :]:
        return at, short[at : at + 1], long[at : at + 1]
    if len(short) + 1 == len(long) and short[at:] == long[at + 1 :]:
        return at, "", long[at]
    return at, "", ""


def _within_long_stem(found: Parts, at: int) -> bool:
    start = len(found.region)
    return len(found.stem) >= _LONG_STEM and start <= at < start + len(found.stem)


@lru_cache(maxsize=_SOUNDS_KEPT)
def _sounds(character: str) -> tuple[str, ...]:
    return tuple(pinyin.readings(character))
