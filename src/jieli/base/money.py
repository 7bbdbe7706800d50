"""Amounts of money: rounding, reading what people type, showing, writing out in characters, splitting off tax.

Amounts are `Decimal`; which currency they are in is kept beside them.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from itertools import pairwise

from jieli.base.language import Language

SYMBOLS = {
    "CNY": "¥",
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "HKD": "HK$",
    "TWD": "NT$",
    "MOP": "MOP$",
    "SGD": "S$",
    "AUD": "A$",
    "CAD": "C$",
    "JPY": "JP¥",
    "KRW": "₩",
}
_WITHOUT_CENTS = frozenset({"JPY", "KRW", "VND", "CLP", "ISK"})

_UNITS_SHOWN = {
    Language.ZH: ((1, ""), (10**4, "万"), (10**8, "亿"), (10**12, "万亿"), (10**16, "")),
    Language.EN: ((1, ""), (10**3, "K"), (10**6, "M"), (10**9, "B"), (10**12, "T"), (10**16, "")),
}

_NAMES = {
    "CNY": ("RMB", "人民币", "元人民币", "元", "圆", "块"),
    "USD": ("US$", "美元", "美金"),
    "EUR": ("欧元",),
    "GBP": ("英镑",),
    "HKD": ("港币", "港元"),
    "TWD": ("台币", "新台币"),
    "MOP": ("澳门元",),
    "SGD": ("新加坡元", "新币"),
    "AUD": ("澳元",),
    "CAD": ("加元",),
    "JPY": ("日元", "日圆"),
    "KRW": ("韩元", "韩币"),
}
_CODES = (*SYMBOLS, "CHF", "THB", "MYR", "VND", "INR", "RUB", "IDR", "PHP", "AED", "SAR")
_CURRENCY_WORDS = (
    {code: code for code in _CODES}
    | {symbol: code for code, symbol in SYMBOLS.items()}
    | {word: code for code, words in _NAMES.items() for word in words}
)
_CHINESE_UNITS = ("百", "千", "万", "十万", "百万", "千万", "亿", "十亿", "百亿", "千亿", "万亿")
_POWERS = {unit: power for power, unit in enumerate(_CHINESE_UNITS, start=2)} | {"K": 3, "W": 4, "M": 6}


def _one_of(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(re.escape(word) for word in sorted(words, key=len, reverse=True))})"


_CURRENCY = re.compile(_one_of(_CURRENCY_WORDS))
_AMOUNT = re.compile(
    rf"(?P<before>(?:{_CURRENCY.pattern} ?){{0,2}})(?P<sign>[+-]?) ?(?P<between>(?:{_CURRENCY.pattern} ?)?)"
    r"(?P<number>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]*)?|[0-9]+(?:\.[0-9]*)?|\.[0-9]+) ?"
    rf"(?P<unit>{_one_of(_POWERS)}?) ?(?P<after>{_CURRENCY.pattern}?)[整正]?"
)
_IN_BRACKETS = re.compile(r"\((.+)\)")
_MINUS = str.maketrans("\u2212\u2012\u2013", "---")

_DIGITS = "零壹贰叁肆伍陆柒捌玖"


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum as typed; `currency` is absent where the text names none."""

    value: Decimal
    currency: str | None = None


def rounded(value: Decimal, places: int = 2) -> Decimal:
    """Half up, away from zero, as in Chinese accounting; exact for any number of digits."""
    with localcontext() as exact:
        exact.prec = max(28, value.adjusted() + places + 3)
        return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def places_of(currency: str) -> int:
    """How many decimals amounts of the currency have."""
    return 0 if currency in _WITHOUT_CENTS else 2


def full(value: Decimal, currency: str = "CNY") -> str:
    """`¥1,234,567.89`; a currency without a symbol is shown by its code."""
    number = rounded(value, places_of(currency))
    symbol = SYMBOLS.get(currency, currency + " ")
    return f"{'-' if number < 0 else ''}{symbol}{abs(number):,}"


def short(value: Decimal, language: Language = Language.ZH) -> str:
    """Two decimals and a unit from 万 (or K) on: `12.35万`, `1.00亿`. The unit is chosen after rounding, so that
    99,999,999 is 1.00亿 and not 10000.00万."""
    shown = ""
    for (size, unit), (limit, _) in pairwise(_UNITS_SHOWN[language]):
        number = rounded(value / size)
        shown = f"{number:,}{unit}"
        if abs(number) * size < limit:
            break
    return shown


def parse_money(text: str) -> Amount | None:
    """An amount as people type it: `￥1,234.50`, `12.35万元`, `(1,000.00)`, `1.2亿美元`, `USD 300`.

    None where there is doubt: ranges, several numbers, separators in odd places, E-notation, two currencies.
    """
    plain = " ".join(unicodedata.normalize("NFKC", text).upper().translate(_MINUS).split())
    bracketed = _IN_BRACKETS.fullmatch(plain)
    found = _AMOUNT.fullmatch(bracketed[1] if bracketed else plain)
    if not found or len(found["number"]) > 24 or (bracketed and found["sign"]):
        return None
    around = f"{found['before']} {found['between']} {found['after']}"
    named = {_CURRENCY_WORDS[word] for word in _CURRENCY.findall(around)}
    if len(named) > 1:
        return None
    value = Decimal(found["number"].replace(",", "")).scaleb(_POWERS.get(found["unit"], 0))
    negative = bool(bracketed) or found["sign"] == "-"
    return Amount(-value if negative else value, named.pop() if named else None)


def in_words(value: Decimal) -> str:
    """大写, as contracts and cheques want it: 10.05 is 壹拾元零伍分. 整 stands after 元, not after 角 or 分."""
    number = rounded(value)
    sign = "负" if number < 0 else ""
    yuan, cents = divmod(int(f"{abs(number):f}".replace(".", "")), 100)
    if not cents:
        return f"{sign}{_integer_in_words(yuan) or '零'}元整"
    tens, ones = divmod(cents, 10)
    jiao = f"{_DIGITS[tens]}角" if tens else "零" if yuan else ""
    fen = f"{_DIGITS[ones]}分" if ones else ""
    return f"{sign}{_integer_in_words(yuan) + '元' if yuan else ''}{jiao}{fen}"


def split_tax(gross: Decimal, rate: Decimal | None) -> tuple[Decimal, Decimal]:
    """Net and tax of a price that includes tax; the two always add up to the price. `rate` is 0.13 for 13 %, and
    None for 免税 and 不征税."""
    if not rate:
        return gross, Decimal("0.00")
    with localcontext() as exact:
        exact.prec = 60
        net = rounded(gross / (1 + rate))
        return net, gross - net


def _integer_in_words(number: int) -> str:
    """Empty for zero. A zero is spoken once wherever digits are left out between others."""
    for size, unit in ((10**8, "亿"), (10**4, "万"), (1000, "仟"), (100, "佰"), (10, "拾")):
        high, low = divmod(number, size)
        if high:
            gap = "零" if 0 < low < size // 10 else ""
            return f"{_integer_in_words(high)}{unit}{gap}{_integer_in_words(low)}"
    return _DIGITS[number] if number else ""
