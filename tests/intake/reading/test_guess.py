"""What columns hold."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from jieli.base.language import Language
from jieli.fields.registry import FIELD_TYPES
from jieli.intake.reading import Cell, LostDigits, guess_columns, read_table
from jieli.intake.reading.guess import guess
from tests.intake.reading.conftest import read_text

CITIES = ["上海", "北京", "广州"] * 10
NAMES = [f"客户{number}有限公司" for number in range(30)]


@pytest.mark.parametrize(
    ("name", "values", "kind"),
    [
        ("数字", ["1", "2", "1,300"], "integer"),
        ("数字", [1, 2.5, 3], "decimal"),
        ("价格", ["￥1.50", "2万", "300元"], "money"),
        ("销售金额", ["100", "200.5"], "money"),
        ("比例", ["13%", "6 %"], "percent"),
        ("赢率", [0.3, 0.75, 1], "percent"),
        ("x", ["2026-01-05", "2026/1/6", "2026年1月7日"], "date"),
        ("x", [date(2026, 1, 5)], "date"),
        ("x", ["2026-01-05 10:00", "2026-01-06"], "datetime"),
        ("签约日期", [20260105, 20260106], "date"),
        ("编号", ["20260105", "20260106"], "text"),
        ("是否成交", [0, 1, 0], "boolean"),
        ("is_won", ["0", "1"], "boolean"),
        ("x", ["0", "1"], "integer"),
        ("x", ["Y", "N", "Y"], "boolean"),
        ("车位", ["有", "无", "有"], "boolean"),
        ("x", ["13800138000", "010-88886666", "13900139000"], "phone"),
        ("电话", ["88886666", 66668888], "phone"),
        ("x", ["a@b.com", "c@d.cn"], "email"),
        ("x", ["https://a.com", "www.b.cn"], "url"),
        ("x", ["91330100799655058B", "9144030071526726XG"], "credit_code"),
        ("来源", ["百度", "转介绍", "百度", "展会", "百度", "展会"], "select"),
        ("地方", CITIES, "select"),
        ("爱好", ["登山、跑步", "跑步", "登山", "阅读,跑步", "阅读"] * 6, "multi_select"),
        ("备注", ["好", "不好"], "long_text"),
        ("x", ["第一行\n第二行", "长" * 200], "long_text"),
        ("客户名称", CITIES, "text"),
        ("x", NAMES, "text"),
        ("邮编", ["200000", "100000"], "text"),
        ("银行账号", [6228480402564, 6228480402565], "text"),
        ("x", [LostDigits("6228480402564890000"), 12345], "text"),
        ("代码", ["001", "002"], "text"),
        ("地址", ["浙江省杭州市西湖区,文三路", "上海,浦东"] * 10, "text"),
        ("x", [",,", ";"] * 10, "select"),
        ("手机", [], "phone"),
        ("x", [], "text"),
    ],
)
def test_the_type_follows_from_values_and_name(name: str, values: Sequence[Cell], kind: str) -> None:
    assert guess(0, name, values).type == kind


def test_placeholders_are_told_and_do_not_count() -> None:
    found = guess(3, "金额", ["1", "2", "-", "N/A", "无", "Select", None])
    assert (found.type, found.filled, found.index) == ("money", 2, 3)
    assert found.placeholders == ("-", "N/A", "无", "Select")


def test_options_come_with_the_most_frequent_first() -> None:
    found = guess(0, "来源", ["展会", "百度", "百度", "转介绍", "百度", "展会", "Select"])
    assert found.options == ("百度", "展会", "转介绍")


def test_parts_of_several_choices_are_the_options() -> None:
    found = guess(0, "标签", ["A、B", "B", "A;B", "B"])
    assert (found.type, found.options) == ("multi_select", ("B", "A"))


def test_few_values_make_less_sure_than_many() -> None:
    few, many = guess(0, "x", ["a@b.com"]), guess(0, "x", Counter({"a@b.com": 100}))
    assert few.confidence < 0.6
    assert many.confidence > 0.95


@pytest.mark.parametrize(
    ("name", "scale"),
    [
        ("意向金额（万元）", 10_000),
        ("金额(单位:亿元)", 100_000_000),
        ("Revenue (million USD)", 1_000_000),
        ("金额", 1),
        ("risk", 1),
    ],
)
def test_units_in_the_header_scale_the_numbers(name: str, scale: int) -> None:
    assert guess(0, name, [1.5, 2.5]).scale == scale


def test_every_reason_reads_in_both_languages() -> None:
    columns = {
        "客户": NAMES,
        "来源": CITIES,
        "x": ["a"],
        "y": [],
        "z": ["长" * 200],
        "爱好": ["a,b", "b", "a", "c", "c"] * 6,
        "手机": ["13800138000"],
    }
    for name, values in columns.items():
        for reason in guess(0, name, values).why:
            assert all(reason.text(language) and "{" not in reason.text(language) for language in Language)


def test_real_columns_are_guessed_well(shared: Path) -> None:
    def types(name: str) -> dict[str, str]:
        table = read_table(shared / "data" / name)
        guesses = guess_columns(table)
        assert {each.type for each in guesses} <= FIELD_TYPES.keys()
        return {column.name: each.type for column, each in zip(table.columns, guesses, strict=True)}

    leads = types("xeducation-leads/leads-train.csv")
    assert {name: leads[name] for name in LEADS} == LEADS
    assert types("maven-crm/accounts.csv") == ACCOUNTS
    assert types("maven-crm/sales_pipeline.csv") == PIPELINE
    assert list(types("maven-crm/products.csv").values()) == ["text", "text", "money"]
    assert list(types("maven-crm/sales_teams.csv").values()) == ["text", "text", "select"]


def test_guesses_follow_the_columns_of_the_table() -> None:
    guesses = guess_columns(read_text("a,,手机\n1,,13800138000\n"))
    assert [(each.index, each.type) for each in guesses] == [(0, "integer"), (2, "phone")]


LEADS = {
    "Prospect ID": "text",
    "Lead Number": "text",
    "Lead Origin": "select",
    "Lead Source": "select",
    "Do Not Email": "boolean",
    "Converted": "boolean",
    "TotalVisits": "integer",
    "Page Views Per Visit": "decimal",
    "Last Activity": "select",
    "Country": "select",
    "Specialization": "select",
    "Search": "boolean",
    "Tags": "select",
    "Lead Quality": "select",
    "City": "select",
    "Asymmetrique Activity Score": "integer",
}
ACCOUNTS = {
    "account": "text",
    "sector": "select",
    "year_established": "integer",
    "revenue": "money",
    "employees": "integer",
    "office_location": "select",
    "subsidiary_of": "text",
}
PIPELINE = {
    "opportunity_id": "text",
    "sales_agent": "text",
    "product": "text",
    "account": "text",
    "deal_stage": "select",
    "engage_date": "date",
    "close_date": "date",
    "close_value": "money",
}
