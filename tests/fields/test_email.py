import pytest

from tests.fields.takes import operand, parse, refusal


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("Zhang.San@Example.COM", "zhang.san@example.com"),
        ("mailto:a+b@x.cn", "a+b@x.cn"),
        ("张三@例子.中国", "张三@例子.中国"),
        ("a＠x．cn", "a@x.cn"),
        ("a@xn--fsqu00a.xn--fiqs8s", "a@xn--fsqu00a.xn--fiqs8s"),
    ],
)
def test_addresses_are_kept_in_lower_case(raw: str, value: str) -> None:
    assert parse("email", raw) == value


@pytest.mark.parametrize(
    "raw",
    ["a", "a@b", "@b.cn", "a@@b.cn", "a@b..cn", "a b@c.cn", ".a@b.cn", "a.@b.cn", "a..b@c.cn", "a@-b.cn",
     "a@b.cn, c@d.cn", "<a@b.cn>", "a" * 65 + "@b.cn"],
)  # fmt: skip
def test_what_is_no_address_is_refused(raw: str) -> None:
    assert refusal("email", raw) == "not_an_email"


def test_an_address_has_at_most_254_characters() -> None:
    assert refusal("email", "a@" + "b." * 130 + "cn") == "too_long"


def test_an_operand_may_be_a_part() -> None:
    assert operand("email", "@Example") == "@example"
