import pytest

from jieli.base.language import Language
from jieli.fields import FIELD_TYPES
from tests.fields.takes import parse, read, refusal

ADDRESS = FIELD_TYPES["address"]
NONE = {"province": "", "city": "", "district": "", "detail": "", "code": ""}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("广东省深圳市南山区科技园路1号", ("广东省", "深圳市", "南山区", "科技园路1号")),
        ("上海市浦东新区张江路1号", ("上海市", "", "浦东新区", "张江路1号")),
        ("内蒙古自治区呼和浩特市赛罕区大学街", ("内蒙古自治区", "呼和浩特市", "赛罕区", "大学街")),
        ("云南省大理白族自治州大理市下关镇", ("云南省", "大理白族自治州", "大理市", "下关镇")),
        ("杭州市西湖区文一路", ("", "杭州市", "西湖区", "文一路")),
        ("北京朝阳区建国路市民中心", ("北京", "", "朝阳区", "建国路市民中心")),
        ("新疆维吾尔自治区阿克苏地区库车市", ("新疆维吾尔自治区", "阿克苏地区", "库车市", "")),
        ("1 Main Street", ("", "", "", "1 Main Street")),
    ],
)
def test_a_cell_is_taken_apart(text: str, parts: tuple[str, ...]) -> None:
    assert read("address", text) == NONE | dict(
        zip(("province", "city", "district", "detail"), parts, strict=True)
    )
    assert ADDRESS.text(read("address", text), None, Language.ZH) == text


def test_parts_not_given_are_empty_texts() -> None:
    assert parse("address", {"city": "深圳市"}) == NONE | {"city": "深圳市"}


def test_an_address_of_nothing_is_empty() -> None:
    assert parse("address", {"province": " ", "detail": None}) is None


def test_the_first_column_is_the_whole_as_text() -> None:
    value = parse(
        "address", {"province": "上海市", "city": "上海市", "district": "浦东新区", "code": "310115"}
    )
    assert ADDRESS.store(value)[0] == "上海市浦东新区"


@pytest.mark.parametrize("raw", ["上海市", ["上海市"], {"street": "x"}, {"city": 5}, {"city": False}])
def test_other_json_is_refused(raw: object) -> None:
    assert refusal("address", raw)


def test_an_unknown_division_code_is_kept_but_not_another_form() -> None:
    assert parse("address", {"code": "999999"}) == NONE | {"code": "999999"}
    assert refusal("address", {"code": "31011"}) == "bad_division_code"
