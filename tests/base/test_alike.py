"""Company names that are not spelt alike."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st
from opencc import OpenCC

from jieli.base import pinyin
from jieli.base.alike import alike, likeness, near
from jieli.base.names import company_key


def meet(one: str, other: str) -> bool:
    """Whether each is found when the other is asked for."""
    a, b = company_key(one), company_key(other)
    found = not set(near(a)).isdisjoint(likeness(b)) and alike(a, b)
    assert found == (not set(near(b)).isdisjoint(likeness(a)) and alike(b, a))
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海接力科技有限公司", "接力科技有限公司"),
        ("上海接力科技有限公司", "接力科技(上海)有限公司"),
        ("上海接力科技有限公司", "上海接力有限公司"),
        ("湖北省武汉市接力科技有限公司", "武汉接力科技公司"),
        ("上海接力科技有限公司", "上海接利科技有限公司"),
        ("武汉好帮手商务服务有限公司", "武汉好帮忙商务服务有限公司"),
        ("武汉好帮手商务服务有限公司", "武汉好帮手的商务服务有限公司"),
        ("长沙市望城区白若粮油购销有限公司", "长沙市汪城区白若粮油购销有限公司"),
        ("Relay Technology Ltd", "Relay Tecnology Ltd"),
    ],
)
def test_another_spelling_of_a_company_is_alike(one: str, other: str) -> None:
    assert meet(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海接力科技有限公司", "北京接力科技有限公司"),
        ("上海接力科技有限公司", "上海接力贸易有限公司"),
        ("上海三子数码科技有限公司", "上海三皓数码科技有限公司"),
        ("武汉第一建筑工程公司", "武汉第二建筑工程公司"),
        ("上海接力科技有限公司", "上海接力科技有限公司北京分公司"),
        ("中国平安财产保险股份有限公司凤台支公司", "中国平安财产保险股份有限公司凤阳支公司"),
        ("接力", "利接"),
    ],
)
def test_another_company_is_not(one: str, other: str) -> None:
    assert not meet(one, other)


@given(st.text(alphabet="上海武汉市接力好帮手东西第一二科技贸易有限公司分集团ab() ", max_size=20))
def test_whatever_is_typed_has_at_most_five_numbers_and_is_near_itself(name: str) -> None:
    key = company_key(name)
    assert len(likeness(key)) <= 5
    assert set(likeness(key)) <= set(near(key))
    assert alike(key, key)


REGION = re.compile(
    "(?:(?:北京|上海|天津|重庆|广州|深圳|杭州|南京|武汉|成都|西安|苏州|无锡|宁波|温州|厦门|福州|济南|青岛|大连|沈阳|长春"
    "|哈尔滨|长沙|郑州|合肥|昆明|贵阳|南宁|海口|石家庄|太原)市?|(?:浙江|江苏|广东|山东|河南|河北|湖北|湖南|四川|福建)省?)"
)
FORM = re.compile("(?:股份有限公司|集团有限公司|有限责任公司|有限公司)$")
TRADE = re.compile("(?:科技|贸易|商贸|建筑工程|建材|电子|实业|物流|装饰|咨询|广告|房地产开发)$")
TRADITIONAL = OpenCC("s2t")
UNLIKE = frozenset("一二三四五六七八九十百零东西南北中上下左右前后大小新老甲乙丙丁")

Spelling = Callable[[str, Random], str | None]


def without_region(name: str, _rng: Random) -> str | None:
    found = REGION.match(name)
    rest = name[found.end() :] if found else ""
    return rest if len(FORM.sub("", rest)) > 4 else None


def region_behind(name: str, _rng: Random) -> str | None:
    region, form = REGION.match(name), FORM.search(name)
    if not region or not form or not TRADE.search(name[: form.start()]):
        return None
    return f"{name[region.end() : form.start()]}（{region[0].rstrip('省市')}）{form[0]}"


def another_level(name: str, _rng: Random) -> str | None:
    found = REGION.match(name)
    if not found:
        return None
    region = found[0]
    return (region[:-1] if region[-1] in "省市" else region) + name[found.end() :]


def another_form(name: str, rng: Random) -> str | None:
    return FORM.sub(rng.choice(["有限公司", "有限责任公司", "公司", ""]), name) if FORM.search(name) else None


def without_trade(name: str, _rng: Random) -> str | None:
    form, region = FORM.search(name), REGION.match(name)
    if not form or not region:
        return None
    head = TRADE.sub("", name[: form.start()])
    return head + form[0] if head != name[: form.start()] and len(head) > region.end() + 1 else None


def wrong_sound(name: str, rng: Random) -> str | None:
    end = form.start() if (form := FORM.search(name)) else len(name)
    places = [at for at in range(end) if name[at] not in UNLIKE and len(_sounding(name[at])) > 1]
    if not places or end < 4:
        return None
    at = rng.choice(places)
    return name[:at] + rng.choice([c for c in _sounding(name[at]) if c != name[at]]) + name[at + 1 :]


def other_script(name: str, _rng: Random) -> str | None:
    return TRADITIONAL.convert(name)


def other_width(name: str, _rng: Random) -> str | None:
    return f" {name.replace('(', '（').replace(')', '）')} "


def _sounding(character: str) -> str:
    common = "宇雨语玉佳嘉家加华花化力利立丽达大信新欣鑫宏红洪鸿源元园原盛胜圣辉汇惠慧杰捷洁通同桐恒衡亨安案"
    own = pinyin.pinyin(character)
    return "".join(c for c in {*common, character} if pinyin.pinyin(c) == own)


SPELLINGS: Sequence[Spelling] = (
    without_region, region_behind, another_level, another_form, without_trade, wrong_sound, other_script, other_width,
)  # fmt: skip
MOST = 3


def test_of_twenty_thousand_real_names_other_spellings_are_found_and_other_companies_are_not(
    shared: Path,
) -> None:
    """Half of the names are there. Asked for are other spellings of them, and the names of the other half, of which
    none is there; what is found beside the right one counts against precision."""
    names = sorted(set((shared / "data/cn-company-names/company-names-20k.txt").read_text("utf-8").split()))
    rng = Random(2026)
    rng.shuffle(names)
    there, others = names[::2], names[1::2]
    by_key = {company_key(name): name for name in there}
    by_number: dict[int, set[str]] = defaultdict(set)
    for key in by_key:
        for number in likeness(key):
            by_number[number].add(key)

    def found(typed: str) -> set[str]:
        key = company_key(typed)
        if key in by_key:
            return {key}
        candidates = set[str]().union(*(by_number.get(number, set()) for number in near(key)))
        like = {one for one in candidates if alike(one, key)}
        return like if len(like) <= MOST else set()

    asked = right = shown = 0
    for name in there:
        for spelling in rng.sample(SPELLINGS, 2):
            typed = spelling(name, rng)
            if typed is None:
                continue
            hits = found(typed)
            asked, right, shown = asked + 1, right + (company_key(name) in hits), shown + len(hits)
    shown += sum(len(found(name)) for name in others if company_key(name) not in by_key)
    print(f"recall {right / asked:.4f}, precision {right / shown:.4f} of {asked} spellings")
    assert asked > 10_000
    assert right / asked >= 0.98, f"recall {right / asked:.4f}"
    assert right / shown >= 0.98, f"precision {right / shown:.4f}"
