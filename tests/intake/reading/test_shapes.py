"""What single values look like."""

from datetime import date, datetime

import pytest

from jieli.intake.reading import Cell, LostDigits
from jieli.intake.reading.shapes import DIGITS, ZERO_OR_ONE, shapes

NUMBERS = {"integer", "decimal"}


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        (True, {"boolean"}),
        (1, NUMBERS | {ZERO_OR_ONE}),
        (7, NUMBERS),
        (2.5, {"decimal"}),
        (88886666, NUMBERS | {DIGITS}),
        (20260105, NUMBERS | {DIGITS, "date", "datetime"}),
        (date(2026, 1, 5), {"date", "datetime"}),
        (datetime(2026, 1, 5), {"date", "datetime"}),
        (datetime(2026, 1, 5, 9), {"datetime"}),
        (LostDigits("1.38E+10"), {"decimal"}),
        (None, set()),
        ("1,234", NUMBERS),
        ("1234.50", {"decimal"}),
        ("007", set()),
        ("13%", {"percent"}),
        ("￥1,200.50", {"money"}),
        ("12.35万元", {"money"}),
        ("是", {"boolean"}),
        ("No", {"boolean"}),
        ("2026年1月5日", {"date", "datetime"}),
        ("2026/1/5 10:30", {"datetime"}),
        ("03/04/2024", {"date", "datetime"}),
        ("2026-13-45", {DIGITS}),
        ("a.b+c@example.com", {"email"}),
        ("https://example.com/x", {"url"}),
        ("www.example.cn", {"url"}),
        ("scrape.csv", set()),
        ("13800138000", NUMBERS | {"phone", DIGITS}),
        ("138 0013 8000", {"phone", DIGITS}),
        ("010-88886666", {"phone", DIGITS}),
        ("0755-26001234-801", {"phone", DIGITS}),
        ("+852 91234567", {"phone", DIGITS}),
        ("400-810-8888", {"phone", DIGITS}),
        ("91330100799655058B", {"credit_code"}),
        ("91330100799655058A", set()),
        ("上海接力科技有限公司", set()),
        ("x" * 5_000, set()),
    ],
)
def test_a_value_has_the_types_it_could_be_read_as(cell: Cell, expected: set[str]) -> None:
    assert shapes(cell) == expected
