"""Keys by which two spellings of one company meet. The name as typed is kept elsewhere and never changed."""

import re
from functools import cache
from importlib.resources import files
from typing import NamedTuple

from jieli.base.text import HAN, plain

_SHORTEST = 2
"""What must remain of a name when forms, regions and trades are taken off."""

_NOISE = re.compile(r"[^\w+#@%]+|_+")
_WORD = re.compile(r"[\w+#@%]+")
_BRACKETED = re.compile(r"\(([^()]*)\)")
_PARTNERSHIP = re.compile(r"(?<=..)(?:特殊普通合伙|普通合伙|有限合伙|个人独资|个体工商户)$")
_ENGLISH_FORM = re.compile(r"(?:(company|co)?(limited|ltd)|incorporated|corporation)$")
_COUNTY = re.compile(
    r"[\u4e00-\u9fff]{1,6}?(?:自治县|自治旗)|[\u4e00-\u9fff]{2,3}?(?:新区|开发区)|[\u4e00-\u9fff]{1,3}?县"
    r"|[\u4e00-\u9fff]{2,3}?(?<![小社园厂校景库厅])(?:区|镇|旗)"
)
_COUNTY_ALONE = re.compile(r"[\u4e00-\u9fff]{2,3}?县|[\u4e00-\u9fff]{2,6}?(?:自治县|自治旗)")

_BRANCHES = ("分公司", "支公司", "办事处", "代表处", "分行", "支行", "分店", "分社", "分理处", "营业部")
_SITES = (*_BRANCHES, "子公司", *"站处所店部厅行社厂校院局心")
"""What a company's own branches and places may end in, once the name of the company stands before."""


class _Words(NamedTuple):
    forms: tuple[str, ...]
    english: frozenset[str]
    trades: frozenset[str]
    telling_nothing: frozenset[str]


class _Regions(NamedTuple):
    provinces: frozenset[str]
    cities: frozenset[str]
    longest: dict[str, int]
    """The length of the longest name that starts with these two characters."""


def company_key(name: str) -> str:
    """Equal for two spellings of one legal name: width, case, script, punctuation, brackets and the wording
    of the legal form do not matter. Anything else does, so a branch differs from its parent. Empty if nothing
    is left of the name."""
    return _unified(_NOISE.sub("", plain(name)))


def company_core(name: str) -> str:
    """What tells a company from others of its trade and town: 接力 for 上海接力科技(集团)有限公司.

    Too weak to decide alone, most of all when two characters or fewer. Of a branch, the core of its parent
    followed by what names the branch.
    """
    text = plain(name)
    if not HAN.search(text):
        return _english_core(text)
    head, branch = split_branch(_unified(_NOISE.sub("", _BRACKETED.sub(_without_region, text))))
    return stem(without_form(head)) + branch


def parent_key(name: str) -> str | None:
    """The `company_key` of the company of which this names a branch; None if the name tells of none."""
    parent, branch = split_branch(company_key(name))
    return parent if branch else None


def is_branch(name: str) -> bool:
    """Whether the name is that of a branch, shop or office: another legal person than its parent."""
    return parent_key(name) is not None or company_key(name).endswith(_BRANCHES)


def similarity(a: str, b: str) -> float:
    """Dice's coefficient of the distinct bigrams of two keys, from 0 to 1."""
    if a == b:
        return 1.0
    pairs_a, pairs_b = _bigrams(a), _bigrams(b)
    total = len(pairs_a) + len(pairs_b)
    return 2 * len(pairs_a & pairs_b) / total if total else 0.0


def _bigrams(key: str) -> set[str]:
    return {key[at : at + 2] for at in range(len(key) - 1)}


def _unified(key: str) -> str:
    if key[-1:].isascii():
        return _ENGLISH_FORM.sub(_english_form, key)
    if key.endswith(("合伙", "独资", "工商户")):
        key = _PARTNERSHIP.sub("", key)
    return key.replace("有限责任公司", "有限公司").replace("股份公司", "股份有限公司")


def _english_form(found: re.Match[str]) -> str:
    if found[2]:
        return "coltd" if found[1] else "ltd"
    return {"incorporated": "inc", "corporation": "corp"}[found[0]]


def _english_core(text: str) -> str:
    words = _WORD.findall(text.replace(".", ""))
    while len(words) > 1 and words[-1] in _words().english:
        words.pop()
    return "".join(words)


def split_branch(key: str) -> tuple[str, str]:
    """A key as that of the company and the part that names a branch of it, which is mostly empty."""
    if not key.endswith(_SITES):
        return key, ""
    for ending in ("公司", "集团", "银行", "联社", "合作社"):
        end = key.find(ending) + len(ending)
        places = _SITES if ending == "公司" else _BRANCHES
        if len(ending) + _SHORTEST <= end < len(key) and key[end - 3] not in "分支" and key.endswith(places):
            return key[:end], key[end:]
    return key, ""


def _without_region(found: re.Match[str]) -> str:
    return "" if _region_length(found[1]) == len(found[1]) else found[1]


def without_form(key: str) -> str:
    """The key without the legal form behind it, as long as something is left."""
    for form in _words().forms:
        if key.endswith(form) and len(key) - len(form) >= _SHORTEST:
            return without_form(key[: -len(form)])
    return key


def stem(key: str) -> str:
    """Without regions in front and trades behind; a word that many names share keeps the town before it."""
    before, stem = key, _without_trade(key)
    for rest in _without_prefixes(key):
        stem = _without_trade(rest)
        if len(stem) < _SHORTEST or stem in _words().telling_nothing:
            return before.removesuffix(rest) + stem
        before = rest
    return stem


def _without_prefixes(key: str) -> list[str]:
    """The key with one more level of region taken off each time: country, province, city, county and town."""
    known = _regions()
    steps = [key]
    for names in (known.provinces, known.provinces, known.cities):
        if size := _region_length(steps[-1], names):
            steps.append(steps[-1][size:])
    pattern = _COUNTY if len(steps) > 1 else _COUNTY_ALONE
    while (county := pattern.match(steps[-1])) and len(steps[-1]) - county.end() >= _SHORTEST:
        steps.append(steps[-1][county.end() :])
        pattern = _COUNTY
    return steps[1:]


def region_behind(key: str) -> str:
    """The region that stands behind the trade of a name without its form, as in 接力科技上海; mostly empty."""
    known = _regions()
    for size in range(min(8, len(key) - 2 * _SHORTEST), 1, -1):
        region, rest = key[-size:], key[:-size]
        if (region in known.provinces or region in known.cities) and _without_trade(rest) != rest:
            return region
    return ""


def _without_trade(key: str) -> str:
    for size in range(min(6, len(key) - _SHORTEST), 1, -1):
        if key[-size:] in _words().trades:
            return _without_trade(key[:-size])
    return key


def _region_length(text: str, names: frozenset[str] | None = None) -> int:
    known = _regions()
    names = names or known.provinces | known.cities
    for size in range(min(known.longest.get(text[:2], 0), len(text)), 1, -1):
        if text[:size] in names:
            return size
    return 0


@cache
def _words() -> _Words:
    by_part: dict[str, list[str]] = {}
    for part, *words in _lines("company_words.txt"):
        by_part.setdefault(part, []).extend(words)
    trades = frozenset(by_part["trade"])
    return _Words(
        forms=tuple(sorted(by_part["form"], key=len, reverse=True)),
        english=frozenset(by_part["english"]),
        trades=trades,
        telling_nothing=trades.union(by_part["kind"]),
    )


@cache
def _regions() -> _Regions:
    provinces: set[str] = set()
    cities: set[str] = set()
    for first, *rest in _lines("regions.txt"):
        with_suffix = {name for name in rest[:2] if name.startswith(first) and name[-1] in "省市区国"}
        provinces |= {first, *with_suffix}
        cities.update(
            name + suffix for name in {first, *rest} - with_suffix for suffix in ("", "市", "县", "区")
        )
    cities -= provinces
    longest: dict[str, int] = {}
    for name in provinces | cities:
        longest[name[:2]] = max(longest.get(name[:2], 0), len(name))
    return _Regions(frozenset(provinces), frozenset(cities), longest)


def _lines(name: str) -> list[list[str]]:
    lines = files(__package__).joinpath(name).read_text("utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]
