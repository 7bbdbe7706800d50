"""Where the header is."""

from datetime import date

import pytest

from jieli.intake.reading.header import find_header
from jieli.intake.reading.source import Merge
from jieli.intake.reading.table import Cell

Rows = list[list[Cell]]


@pytest.mark.parametrize(
    ("rows", "row"),
    [
        ([["客户名称", "手机"], ["接力", "13800138000"]], 1),
        (
            [
                ["2024年客户表", None, None],
                ["制表人：张三", None, "日期：1月"],
                ["客户", "手机", "金额"],
                ["甲", "1", 2],
            ],
            3,
        ),
        ([["a", "b"], ["1", "2"], ["3", "4"]], 1),
        ([["公司", "地区", "行业"], ["接力", "上海", "软件"], ["腾达", "北京", "贸易"]], 1),
        ([["年度", "2023", "2024", "2025"], ["甲", "10", "20", "30"], ["乙", "11", "21", "31"]], 1),
        ([["接力", "13800138000", 5], ["腾达", "13900139000", 7], ["甲", "13700137000", 8]], 0),
        ([[date(2026, 1, 5), 3], [date(2026, 1, 6), 4]], 0),
        ([["上海接力科技有限公司"], ["腾达集团有限公司"], ["北京某某贸易有限公司"]], 0),
        ([["客户"], ["腾达集团有限公司"], ["北京某某贸易有限公司"]], 1),
        ([["foo"], ["foo"], ["foo"]], 0),
        ([[None, None], [None, None], ["姓名", "电话"], ["张三", "1"]], 3),
        ([["说明"], ["合计", 3, 4], ["姓名", "甲", "乙"], ["张三", 1, 2], ["李四", 2, 2]], 3),
        ([["客户名称", "手机"]], 1),
        ([], 0),
    ],
)
def test_the_header_is_found_below_notes_or_found_missing(rows: Rows, row: int) -> None:
    assert find_header(rows).row == row


def test_a_merged_title_is_no_group() -> None:
    rows: Rows = [["客户信息登记表", None, None], ["客户", "手机", "金额"], ["甲", "1", 2]]
    header = find_header(rows, [Merge(0, 0, 0, 2)])
    assert (header.row, header.rows, header.labels) == (2, 1, ("客户", "手机", "金额"))


def test_merged_groups_join_the_names_below() -> None:
    rows: Rows = [
        ["序号", "客户信息", None, "联系人", None, "备注"],
        [None, "名称", "行业", "姓名", "手机", None],
        [1, "接力", "软件", "张三", "13800138000", None],
        [2, "腾达", "贸易", "李四", "13900139000", None],
    ]
    merges = [Merge(0, 0, 1, 0), Merge(0, 1, 0, 2), Merge(0, 3, 0, 4), Merge(0, 5, 1, 5)]
    header = find_header(rows, merges)
    assert (header.row, header.rows) == (1, 2)
    assert header.labels == (
        "序号",
        "客户信息 / 名称",
        "客户信息 / 行业",
        "联系人 / 姓名",
        "联系人 / 手机",
        "备注",
    )


def test_groups_join_without_merges_where_text_files_have_lost_them() -> None:
    rows: Rows = [
        ["客户", "一季度", None, "二季度", None],
        [None, "数量", "金额", "数量", "金额"],
        ["接力", "1", "100", "2", "200"],
        ["腾达", "3", "300", "4", "400"],
    ]
    header = find_header(rows)
    assert header.labels == ("客户", "一季度 / 数量", "一季度 / 金额", "二季度 / 数量", "二季度 / 金额")


def test_a_row_of_texts_under_an_unnamed_column_is_data() -> None:
    rows: Rows = [["姓名", None, "城市"], ["张三", "男", "上海"], ["李四", "女", "北京"]]
    assert find_header(rows).rows == 1
