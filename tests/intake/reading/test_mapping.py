"""Which field each column is suggested for."""

from pathlib import Path

import pytest

from jieli.base.language import Language
from jieli.intake.reading import Column, Suggestion, Target, guess_columns, read_table, suggest
from jieli.intake.reading.mapping import THRESHOLD
from tests.intake.reading.conftest import read_text

CUSTOMER = (
    Target("name", "text", ("客户名称", "Account")),
    Target("contact", "text", ("联系人", "Contact")),
    Target("mobile", "phone", ("手机", "Mobile")),
    Target("phone", "phone", ("电话", "Phone")),
    Target("email", "email", ("邮箱", "E-mail")),
    Target("source", "select", ("来源", "Source")),
    Target("industry", "select", ("行业", "Industry")),
    Target("owner", "person", ("负责人", "Owner")),
    Target("amount", "money", ("预计金额", "Amount")),
    Target("next_follow_up", "datetime", ("下次跟进时间", "Next follow-up")),
    Target("remark", "long_text", ("备注", "Remark")),
    Target("credit_code", "credit_code", ("信用代码", "Credit code")),
    Target("capital", "money", ("注册资本", "Registered capital")),
    Target("website", "url", ("网址", "Website")),
    Target("parent", "reference", ("上级客户", "Parent account")),
    Target("employees", "integer", ("员工数", "Employees")),
    Target("stage", "stage", ("阶段", "Stage")),
    Target("closed_on", "date", ("成交日期", "Close date")),
)


def column(name: str, *samples: str, index: int = 0) -> Column:
    return Column(index, name, name, samples)


def only(name: str, *samples: str) -> str | None:
    return suggest([column(name, *samples)], CUSTOMER)[0].target


@pytest.mark.parametrize(
    ("name", "target"),
    [
        ("客户名称", "name"),
        ("*客户名称（必填）", "name"),
        ("客户全称", "name"),
        ("企业名称", "name"),
        ("公司", "name"),
        ("客戶名稱", "name"),
        ("Company Name", "name"),
        ("account_name", "name"),
        ("联系人姓名", "contact"),
        ("contact person", "contact"),
        ("手机号码", "mobile"),
        ("Cell Phone", "mobile"),
        ("联系人手机", "mobile"),
        ("电话", "phone"),
        ("办公电话", "phone"),
        ("Tel.", "phone"),
        ("电子邮箱", "email"),
        ("E-Mail Address", "email"),
        ("线索来源", "source"),
        ("Lead Source", "source"),
        ("渠道", "source"),
        ("所属行业", "industry"),
        ("sector", "industry"),
        ("销售负责人", "owner"),
        ("sales_agent", "owner"),
        ("意向金额（万元）", "amount"),
        ("close_value", "amount"),
        ("下次联系时间", "next_follow_up"),
        ("备注信息", "remark"),
        ("统一社会信用代码", "credit_code"),
        ("税号", "credit_code"),
        ("注册资金", "capital"),
        ("官网", "website"),
        ("subsidiary_of", "parent"),
        ("公司规模", "employees"),
        ("deal_stage", "stage"),
        ("客户信息 / 行业", "industry"),
        ("序号", None),
        ("血型", None),
        ("列 C", None),
        ("Newspaper", None),
    ],
)
def test_a_column_is_known_by_what_people_call_it(name: str, target: str | None) -> None:
    assert only(name) == target


def test_no_field_is_suggested_twice_and_the_likelier_column_gets_it() -> None:
    columns = [column("Lead Origin", index=0), column("Lead Source", index=1), column("来源", index=2)]
    assert [each.target for each in suggest(columns, CUSTOMER)] == [None, None, "source"]


def test_values_tell_where_the_name_says_nothing() -> None:
    assert only("附加1", *(f"user{n}@example.com" for n in range(5))) == "email"


def test_values_do_not_tell_between_two_fields_of_the_type() -> None:
    assert only("附加1", "13800138000", "13900139000", "13700137000", "13600136000", "13500135000") is None


def test_values_that_do_not_fit_speak_against_a_name() -> None:
    fitting = suggest([column("联系方式", "13800138000", "13900139000", "13700137000")], CUSTOMER)[0]
    emails = [f"user{n}@example.com" for n in range(30)]
    wrong = suggest([column("联系方式", *emails)], CUSTOMER)[0]
    assert fitting.target == "phone"
    assert wrong.target == "email"


def test_a_name_that_is_the_same_is_surer_than_one_that_is_similar() -> None:
    same, similar = suggest([column("手机")], CUSTOMER)[0], suggest([column("联系人常用手机")], CUSTOMER)[0]
    assert same.target == similar.target == "mobile"
    assert same.confidence > similar.confidence >= THRESHOLD


def test_reasons_read_in_both_languages() -> None:
    names = ["手机", "Cell Phone", "渠道", "联系人常用手机", "附加1"]
    columns = [column(name, "a@b.com", index=place) for place, name in enumerate(names)]
    reasons = [reason for each in suggest(columns, CUSTOMER) for reason in each.why]
    assert reasons
    assert all("{" not in reason.text(language) for reason in reasons for language in Language)


def test_nothing_is_suggested_without_fields_or_columns() -> None:
    assert suggest([column("手机")], ()) == [Suggestion(0, None, 0.0)]
    assert suggest([], CUSTOMER) == []


def test_guesses_are_used_where_given() -> None:
    table = read_text("甲,乙\nuser1@example.com,1\n" + "user2@example.com,2\n" * 20)
    assert [each.target for each in suggest(table.columns, CUSTOMER, guess_columns(table))] == ["email", None]


def test_real_exports_are_mapped(shared: Path) -> None:
    def mapped(name: str) -> dict[str, str | None]:
        table = read_table(shared / "data" / name)
        found = suggest(table.columns, CUSTOMER, guess_columns(table))
        return {
            column.name: each.target for column, each in zip(table.columns, found, strict=True) if each.target
        }

    assert mapped("maven-crm/accounts.csv") == {
        "account": "name",
        "sector": "industry",
        "employees": "employees",
        "subsidiary_of": "parent",
    }
    assert mapped("maven-crm/sales_pipeline.csv") == {
        "sales_agent": "owner",
        "account": "name",
        "deal_stage": "stage",
        "close_date": "closed_on",
        "close_value": "amount",
    }
    leads = mapped("xeducation-leads/leads-train.csv")
    assert leads["Lead Source"] == "source"
    assert len(leads) <= 4
