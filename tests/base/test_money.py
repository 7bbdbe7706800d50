"""Amounts of money."""

from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base.language import Language
from jieli.base.money import Amount, full, in_words, parse_money, rounded, short, split_tax

AMOUNTS = st.decimals(
    min_value=Decimal("-9999999999999999.99"), max_value=Decimal("9999999999999999.99"), places=2
)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("0.005", "0.01"), ("-0.005", "-0.01"), ("2.675", "2.68"), ("1.0049", "1.00"), ("-0.001", "0.00")],
)
def test_rounding_is_half_up(value: str, expected: str) -> None:
    assert str(rounded(Decimal(value))) == expected


def test_rounding_is_exact_for_long_numbers() -> None:
    value = Decimal("123456789012345678901234567890.125")
    assert rounded(value) == Decimal("123456789012345678901234567890.13")


@pytest.mark.parametrize(
    ("value", "currency", "shown"),
    [
        ("1234567.89", "CNY", "¥1,234,567.89"),
        ("-1234.5", "CNY", "-¥1,234.50"),
        ("0", "CNY", "¥0.00"),
        ("1234.5", "JPY", "JP¥1,235"),
        ("1234.5", "HKD", "HK$1,234.50"),
        ("1234.5", "CHF", "CHF 1,234.50"),
        ("-0.001", "CNY", "¥0.00"),
    ],
)
def test_the_full_form_shows_every_digit(value: str, currency: str, shown: str) -> None:
    assert full(Decimal(value), currency) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("0", "0.00"),
        ("9999.99", "9,999.99"),
        ("9999.995", "1.00万"),
        ("10000", "1.00万"),
        ("123456", "12.35万"),
        ("-123456", "-12.35万"),
        ("99994999", "9,999.50万"),
        ("99999949.99", "9,999.99万"),
        ("99999950", "1.00亿"),
        ("99999999", "1.00亿"),
        ("100000000", "1.00亿"),
        ("123456789012", "1,234.57亿"),
        ("999999999999", "1.00万亿"),
        ("-0.001", "0.00"),
    ],
)
def test_the_short_form_never_shows_ten_thousand_of_a_unit(value: str, shown: str) -> None:
    assert short(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [("999.99", "999.99"), ("999.995", "1.00K"), ("1234567", "1.23M"), ("999999999", "1.00B")],
)
def test_the_short_form_has_english_units(value: str, shown: str) -> None:
    assert short(Decimal(value), Language.EN) == shown


@given(AMOUNTS.filter(lambda value: abs(value) < 10**15))
def test_the_number_before_a_short_unit_stays_below_the_next_unit(value: Decimal) -> None:
    number = Decimal(short(value).rstrip("万亿").replace(",", ""))
    assert abs(number) < 10000


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("1234.5", "1234.5", None),
        ("1,234,567.89", "1234567.89", None),
        ("￥1,234.50", "1234.50", "CNY"),
        ("¥ 1,234.50元", "1234.50", "CNY"),
        ("１２３，４５６．７８元", "123456.78", "CNY"),
        ("12.35万", "123500", None),
        ("12.35 万元", "123500", "CNY"),
        ("1.2亿美元", "120000000", "USD"),
        ("3千万", "30000000", None),
        ("50w", "500000", None),
        ("人民币100元整", "100", "CNY"),
        ("RMB￥100.00", "100.00", "CNY"),
        ("USD 300", "300", "USD"),
        ("300 usd", "300", "USD"),
        ("HK$1.5M", "1500000", "HKD"),
        ("MYR 5", "5", "MYR"),
        ("-¥5", "-5", "CNY"),
        ("¥-5", "-5", "CNY"),
        ("\u2212" + "5", "-5", None),
        ("(1,000.00)", "-1000.00", None),
        ("（￥1,000.00）", "-1000.00", "CNY"),
        (".5", "0.5", None),
        ("5.", "5", None),
    ],
)
def test_an_amount_is_read_however_it_is_typed(text: str, value: str, currency: str | None) -> None:
    assert parse_money(text) == Amount(Decimal(value), currency)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "面议",
        "50-100万",
        "1,23",
        "1.234,56",
        "1.38E+10",
        "$100元",
        "12 345",
        "(-5)",
        "1亿2000万",
        "--5",
        "9" * 25,
        "100个",
    ],
)
def test_a_doubtful_amount_is_not_guessed(text: str) -> None:
    assert parse_money(text) is None


@given(AMOUNTS)
def test_the_full_form_is_read_back(value: Decimal) -> None:
    assert parse_money(full(value)) == Amount(value, "CNY")


@given(st.text(max_size=12) | st.text(st.sampled_from("0123456789.,-+()¥元万亿整USD "), max_size=12))
def test_nothing_that_is_typed_breaks_the_reader(text: str) -> None:
    read = parse_money(text)
    assert read is None or read.value.is_finite()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("0", "零元整"),
        ("0.01", "壹分"),
        ("0.10", "壹角"),
        ("10", "壹拾元整"),
        ("10.05", "壹拾元零伍分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("107000.53", "壹拾万柒仟元伍角叁分"),
        ("100001", "壹拾万零壹元整"),
        ("1010101.01", "壹佰零壹万零壹佰零壹元零壹分"),
        ("123456789.12", "壹亿贰仟叁佰肆拾伍万陆仟柒佰捌拾玖元壹角贰分"),
        ("100100000", "壹亿零壹拾万元整"),
        ("1000000000000", "壹万亿元整"),
        ("-5.5", "负伍元伍角"),
        ("0.005", "壹分"),
        ("-0.001", "零元整"),
    ],
)
def test_an_amount_is_written_out(value: str, words: str) -> None:
    assert in_words(Decimal(value)) == words


@given(AMOUNTS)
def test_words_mean_the_amount_and_never_repeat_a_zero(value: Decimal) -> None:
    words = in_words(value)
    assert _meaning(words) == value
    assert "零零" not in words


@pytest.mark.parametrize(
    ("gross", "rate", "net", "tax"),
    [
        ("113.00", "0.13", "100.00", "13.00"),
        ("1000.00", "0.13", "884.96", "115.04"),
        ("100.00", "0.06", "94.34", "5.66"),
        ("999.99", "0.13", "884.95", "115.04"),
        ("-113.00", "0.13", "-100.00", "-13.00"),
        ("100.00", "0", "100.00", "0.00"),
    ],
)
def test_tax_is_split_off(gross: str, rate: str, net: str, tax: str) -> None:
    assert split_tax(Decimal(gross), Decimal(rate)) == (Decimal(net), Decimal(tax))


def test_what_is_free_of_tax_has_none() -> None:
    assert split_tax(Decimal("88.00"), None) == (Decimal("88.00"), Decimal("0.00"))


@given(AMOUNTS, st.sampled_from(["0.13", "0.09", "0.06", "0.05", "0.03", "0.01"]))
def test_net_and_tax_add_up_and_fit_the_rate(gross: Decimal, rate: str) -> None:
    net, tax = split_tax(gross, Decimal(rate))
    assert net + tax == gross
    assert abs(tax - (net * Decimal(rate)).quantize(Decimal("0.01"), ROUND_HALF_UP)) <= Decimal("0.01")


def _meaning(words: str) -> Decimal:
    """Reads the characters the other way round, by another method than the one under test."""
    sign = -1 if words.startswith("负") else 1
    words = words.removeprefix("负").removesuffix("整").replace("零", "")
    yuan, _, rest = words.rpartition("元")
    jiao, _, fen = rest.rpartition("角") if "角" in rest else ("", "", rest)
    cents = 10 * _number(jiao) + _number(fen.removesuffix("分"))
    return sign * (Decimal(_number(yuan)) + Decimal(cents) / 100)


def _number(text: str) -> int:
    for unit, size in (("亿", 10**8), ("万", 10**4), ("仟", 1000), ("佰", 100), ("拾", 10)):
        if unit in text:
            high, _, low = text.rpartition(unit)
            return _number(high) * size + _number(low)
    return "零壹贰叁肆伍陆柒捌玖".index(text) if text else 0
