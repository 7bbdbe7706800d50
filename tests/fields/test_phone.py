import pytest

from jieli.base.language import Language
from jieli.fields import FIELD_TYPES
from tests.fields.takes import operand, parse, read, refusal


@pytest.mark.parametrize(
    "raw", ["13800138000", "138 0013 8000", "+86 138-0013-8000", "１３８００１３８０００", "0086 13800138000"]
)
def test_a_mobile_is_kept_in_one_form(raw: str) -> None:
    assert parse("phone", raw) == "+8613800138000"


def test_an_extension_stays_with_its_number() -> None:
    assert parse("phone", "0755-26001234 转 801") == "+8675526001234;ext=801"


@pytest.mark.parametrize("raw", ["95588", "88886666", "12345678901", "13800138000/13900139000"])
def test_what_may_be_a_number_is_kept_as_written(raw: str) -> None:
    assert parse("phone", raw) == raw


@pytest.mark.parametrize("raw", ["无", "hello", "12", "call 13800138000 now", "12345abc", "()-"])
def test_what_cannot_be_a_number_is_refused(raw: str) -> None:
    assert refusal("phone", raw) == "not_a_phone"


def test_a_strict_field_takes_only_what_can_be_dialled() -> None:
    assert refusal("phone", "88886666", strict=True) == "not_dialable"
    assert parse("phone", "0755-26001234", strict=True) == "+8675526001234"


def test_a_number_cell_is_read_and_a_shortened_one_refused() -> None:
    assert read("phone", 13800138000.0) == "+8613800138000"
    assert refusal("phone", "1.38E+10", cell=True) == "lost_digits"
    assert refusal("phone", 1.38e18, cell=True) == "lost_digits"


def test_an_operand_is_a_whole_number_or_a_part_of_one() -> None:
    assert operand("phone", "138 0013 8000") == "+8613800138000"
    assert operand("phone", "0013-80") == "001380"


def test_people_see_it_in_groups() -> None:
    assert FIELD_TYPES["phone"].text("+8613800138000", None, Language.ZH) == "138 0013 8000"
