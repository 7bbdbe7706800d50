"""Keys of company names."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海接力科技(集团)有限公司", "上海接力科技集团有限公司"),
        ("上海接力科技（集团）有限公司", " 上海接力科技 集团 有限责任公司 "),
        ("臺灣積體電路製造股份有限公司", "台湾积体电路制造股份公司"),
        ("ＡＢＣ·接力(中国)有限公司", "abc接力中国有限公司"),
        ("Relay Technology Co., Ltd.", "RELAY TECHNOLOGY COMPANY LIMITED"),
        ("Relay & Sons, Incorporated", "relay sons inc."),
        ("接力投资中心(有限合伙)", "接力投资中心"),
        ("「接力」工作室", "接力工作室"),
    ],
)
def test_two_spellings_of_one_company_have_one_key(one: str, other: str) -> None:
    assert names.company_key(one) == names.company_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("上海接力科技有限公司", "上海接力科技有限公司北京分公司"),
        ("上海接力科技有限公司", "北京接力科技有限公司"),
        ("上海接力科技有限公司", "上海接力贸易有限公司"),
        ("上海接力科技有限公司", "上海接力科技股份有限公司"),
        ("中国农业银行股份有限公司廉江青平支行", "中国农业银行股份有限公司廉江支行"),
        ("Relay Ltd", "Relay Inc"),
    ],
)
def test_two_companies_have_two_keys(one: str, other: str) -> None:
    assert names.company_key(one) != names.company_key(other)


def test_no_two_of_the_reference_names_are_mixed_up(shared: Path) -> None:
    every = (shared / "data" / "cn-company-names" / "company-names-20k.txt").read_text("utf-8").split("\n")
    every = [name for name in every if name]
    assert len({names.company_key(name) for name in every}) == len(every)


@pytest.mark.parametrize("name", ["", "···", "（）"])
def test_a_name_without_letters_has_an_empty_key(name: str) -> None:
    assert names.company_key(name) == ""
    assert names.company_core(name) == ""


@pytest.mark.parametrize(
    ("name", "core"),
    [
        ("上海接力科技(集团)有限公司", "接力"),
        ("接力(上海)信息科技有限公司", "接力"),
        ("接力（中国）控股有限公司", "接力"),
        ("上海市浦东新区接力贸易有限公司", "接力"),
        ("江苏省昆山市接力电子商务有限公司", "接力"),
        ("昆山接力电子商务有限公司", "接力"),
        ("温州市京龙房地产开发有限公司", "京龙"),
        ("佛山市顺德区杏坛镇华泰塑料厂", "华泰"),
        ("涿鹿县赵家蓬供销合作社", "赵家蓬"),
        ("成都新泰普商务发展有限公司", "新泰普"),
        ("台州市建设汽车养护有限公司", "建设汽车养护"),
        ("阿里巴巴(中国)有限公司", "阿里巴巴"),
        ("北京同仁堂股份有限公司", "同仁堂"),
        ("上海电子公司", "上海电子"),
        ("Relay Technology Co., Ltd.", "relaytechnology"),
        ("The Relay Company Pty. Ltd.", "therelay"),
    ],
)
def test_the_core_is_what_tells_a_company_from_its_neighbours(name: str, core: str) -> None:
    assert names.company_core(name) == core


@pytest.mark.parametrize(
    "name", ["北京银行股份有限公司", "南京大学", "上海医药有限公司", "温岭市进出口有限公司"]
)
def test_a_core_never_shrinks_to_a_word_that_many_names_share(name: str) -> None:
    town = name[:2]
    assert names.company_core(name).startswith(town)


@pytest.mark.parametrize(
    ("branch", "parent"),
    [
        ("上海接力科技有限公司北京分公司", "上海接力科技有限公司"),
        ("上海接力科技有限责任公司 北京分公司", "上海接力科技有限公司"),
        ("中国农业银行股份有限公司廉江青平支行", "中国农业银行股份有限公司"),
        ("中国铁通集团有限公司西宁分公司多巴经营部", "中国铁通集团有限公司"),
        ("上海电子总公司宝山门市部", "上海电子总公司"),
        ("交通银行锦州古城支行", "交通银行"),
    ],
)
def test_a_branch_names_its_parent_and_is_not_it(branch: str, parent: str) -> None:
    assert names.parent_key(branch) == names.company_key(parent)
    assert names.is_branch(branch)
    assert names.company_core(branch) != names.company_core(parent)
    assert names.company_core(branch).startswith(names.company_core(parent))


@pytest.mark.parametrize(
    "name",
    [
        "上海接力科技有限公司",
        "山东正大信会计师事务所有限公司",
        "上海电子公司",
        "赵家蓬供销合作社",
        "接力集团",
    ],
)
def test_a_company_is_no_branch(name: str) -> None:
    assert names.parent_key(name) is None
    assert not names.is_branch(name)


def test_a_branch_may_not_tell_its_parent() -> None:
    assert names.is_branch("接力科技北京分公司")
    assert names.parent_key("接力科技北京分公司") is None


def test_similarity_counts_shared_bigrams() -> None:
    assert names.similarity("接力科技", "接力科技") == 1.0
    assert names.similarity("接力科技", "接力科枝") == pytest.approx(2 / 3)
    assert names.similarity("接力", "上海") == 0.0
    assert names.similarity("接", "力") == 0.0


@given(st.text("上海接力科技", max_size=8), st.text("上海接力科技", max_size=8))
def test_similarity_does_not_depend_on_the_order(one: str, other: str) -> None:
    assert names.similarity(one, other) == names.similarity(other, one)


@given(
    st.text(
        st.characters(max_codepoint=0x9FFF) | st.sampled_from("上海市区县接力(集团)公司科技厂"), max_size=25
    )
)
def test_any_text_has_keys(name: str) -> None:
    key = names.company_key(name)
    assert names.company_key(key) == key
    assert bool(names.company_core(name)) >= bool(key)
