"""Which rows sum up others."""

import pytest

from jieli.intake.reading.table import Cell
from jieli.intake.reading.totals import is_total


@pytest.mark.parametrize(
    "cells",
    [
        ["合计", None, 300],
        ["合计：", "1,234.50元"],
        ["总 计", None],
        ["本页小计", 5, 6],
        ["华东", "小计", 500],
        [None, None, "合计", "￥300.00"],
        ["Total", "12", "3.5%"],
        ["Grand Total:", 3],
        ["Subtotal", 1.5],
        ["合计(元)", 300],
    ],
)
def test_a_total_is_a_word_followed_by_numbers(cells: list[Cell]) -> None:
    assert is_total(cells)


@pytest.mark.parametrize(
    "cells",
    [
        ["Total", "石油", "张三"],
        ["张三", "Total", 5],
        ["合计划公司", 3],
        ["总计有限公司", "x"],
        ["小计", "上海", 3],
        ["Total"],
        ["甲", 300],
        [None, None],
    ],
)
def test_a_record_that_looks_like_one_is_kept(cells: list[Cell]) -> None:
    assert not is_total(cells)
