"""Telephone numbers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base.language import Language
from jieli.base.phone import Phone, PhoneKind, display, mask, parse_phone, split_phones


@pytest.mark.parametrize(
    ("raw", "e164", "kind"),
    [
        ("13800138000", "+8613800138000", "mobile"),
        ("19912345678", "+8619912345678", "mobile"),
        ("16612345678", "+8616612345678", "mobile"),
        ("17012345678", "+8617012345678", "mobile"),
        ("14712345678", "+8614712345678", "mobile"),
        ("19212345678", "+8619212345678", "mobile"),
        ("138 0013 8000", "+8613800138000", "mobile"),
        ("138-0013-8000", "+8613800138000", "mobile"),
        ("１３８００１３８０００", "+8613800138000", "mobile"),
        ("86-13800138000", "+8613800138000", "mobile"),
        ("0086 13800138000", "+8613800138000", "mobile"),
        ("+8613800138000", "+8613800138000", "mobile"),
        ("手机:13800138000", "+8613800138000", "mobile"),
        ("010-88886666", "+861088886666", "fixed"),
        ("(010)88886666", "+861088886666", "fixed"),
        ("（010）8888 6666", "+861088886666", "fixed"),
        ("02088886666", "+862088886666", "fixed"),
        ("0512 6288 8888", "+8651262888888", "fixed"),
        ("400-810-8888", "+864008108888", "service"),
        ("800-810-8888", "+868008108888", "service"),
        ("+85291234567", "+85291234567", "mobile"),
        ("+886912345678", "+886912345678", "mobile"),
        ("+1 415 555 2671", "+14155552671", "mobile"),
    ],
)
def test_a_number_is_understood_however_it_is_written(raw: str, e164: str, kind: str) -> None:
    phone = parse_phone(raw)
    assert (phone.e164, phone.kind, phone.valid, phone.extension) == (e164, kind, True, None)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        ("95588", "service"),
        ("10086", "service"),
        ("12306", "service"),
        ("88886666", "unknown"),
        ("852-21234567", "unknown"),
        ("12345678901", "unknown"),
        ("1381234567", "unknown"),
        ("", "unknown"),
        ("没有电话", "unknown"),
    ],
)
def test_a_number_that_cannot_be_dialled_is_kept_as_written(raw: str, kind: str) -> None:
    assert parse_phone(raw) == Phone(raw, None, None, PhoneKind(kind), valid=False)


def test_a_mobile_of_an_unknown_range_is_doubtful_but_usable() -> None:
    phone = parse_phone("15412345678")
    assert (phone.e164, phone.kind, phone.valid) == ("+8615412345678", "mobile", False)


@pytest.mark.parametrize(
    ("raw", "e164", "extension"),
    [
        ("0755-26001234-801", "+8675526001234", "801"),
        ("0755-26001234转801", "+8675526001234", "801"),
        ("0755-26001234 转 801", "+8675526001234", "801"),
        ("0755-26001234 分机号：801", "+8675526001234", "801"),
        ("0755-26001234 ext.801", "+8675526001234", "801"),
        ("0755-26001234ext801", "+8675526001234", "801"),
        ("0755-26001234x801", "+8675526001234", "801"),
        ("+86-755-26001234-801", "+8675526001234", "801"),
        ("021-6288-8888-12", "+862162888888", "12"),
        ("400-810-8888转3", "+864008108888", "3"),
        ("13800138000-1234", "+8613800138000", "1234"),
        ("13800138000,转1234", "+8613800138000", "1234"),
    ],
)
def test_an_extension_is_kept_apart(raw: str, e164: str, extension: str) -> None:
    phone = parse_phone(raw)
    assert (phone.e164, phone.extension, phone.valid) == (e164, extension, True)


def test_three_groups_are_no_extension() -> None:
    assert parse_phone("010-8888-6666").extension is None


@pytest.mark.parametrize("raw", ["13800138000", "0755-26001234-801", "95588", "+1 415 555 2671", "随便"])
def test_what_is_stored_is_read_back(raw: str) -> None:
    phone = parse_phone(raw)
    again = parse_phone(phone.stored)
    assert (again.e164, again.extension, again.kind) == (phone.e164, phone.extension, phone.kind)
    assert again.stored == phone.stored


def test_a_number_is_read_where_it_is_dialled() -> None:
    assert parse_phone("91234567", region="HK").e164 == "+85291234567"
    assert parse_phone("13800138000", region="HK").e164 is None
    assert parse_phone("+86 138 0013 8000", region="HK").e164 == "+8613800138000"


@pytest.mark.parametrize(
    ("cell", "pieces"),
    [
        ("13800138000", ["13800138000"]),
        ("13800138000/13900139000", ["13800138000", "13900139000"]),
        ("13800138000、 13900139000；010-88886666", ["13800138000", "13900139000", "010-88886666"]),
        ("13800138000，13900139000\n02088886666", ["13800138000", "13900139000", "02088886666"]),
        ("13800138000 13900139000", ["13800138000", "13900139000"]),
        ("138 0013 8000", ["138 0013 8000"]),
        ("0512 6288 8888 或 13800138000", ["0512 6288 8888", "13800138000"]),
        ("010-88886666/88886667", ["010-88886666", "010-88886667"]),
        ("+8675526001234;ext=801", ["+8675526001234;ext=801"]),
        (" / ", []),
    ],
)
def test_a_cell_may_hold_several_numbers(cell: str, pieces: list[str]) -> None:
    assert split_phones(cell) == pieces


@pytest.mark.parametrize(
    ("stored", "masked"),
    [
        ("+8613800138000", "138****8000"),
        ("+861088886666", "010****6666"),
        ("+8675526001234;ext=801", "075****1234"),
        ("+85291234567", "+852****4567"),
        ("88886666", "888****6666"),
        ("95588", "****"),
    ],
)
def test_a_mask_hides_the_middle(stored: str, masked: str) -> None:
    assert mask(stored) == masked


def test_numbers_are_shown_in_groups() -> None:
    assert display("+8613800138000") == "138 0013 8000"
    assert display("+861088886666") == "010 8888 6666"
    assert display("+85291234567") == "+852 9123 4567"
    assert display("+8675526001234;ext=801") == "0755 2600 1234 转 801"
    assert display("+8675526001234;ext=801", Language.EN) == "0755 2600 1234 ext. 801"
    assert display("95588") == "95588"


@given(st.text(st.sampled_from("0123456789+-()转x#; ,手机一"), max_size=24) | st.text(max_size=20))
def test_nothing_that_is_typed_breaks_the_parser(raw: str) -> None:
    phone = parse_phone(raw)
    assert phone.valid <= (phone.e164 is not None)
    assert parse_phone(phone.stored).e164 == phone.e164
    assert isinstance(display(phone.stored), str)
    assert isinstance(mask(raw), str)
    assert all(split_phones(raw))
