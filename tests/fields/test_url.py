import pytest

from tests.fields.takes import parse, refusal


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("www.Example.com", "https://www.example.com"),
        ("HTTP://Example.com/Path?Q=1#F", "http://example.com/Path?Q=1#F"),
        ("//example.com/a", "https://example.com/a"),
        ("例子.中国/路径", "https://例子.中国/路径"),
        ("http://oa/", "http://oa/"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("example.com:8443", "https://example.com:8443"),
    ],
)
def test_an_address_gets_its_scheme_and_keeps_its_path(raw: str, value: str) -> None:
    assert parse("url", raw) == value
    assert parse("url", value) == value


@pytest.mark.parametrize(
    "raw",
    ["javascript:alert(1)", "data:text/html,x", "ftp://a.cn", "file:///etc/passwd", "https://u:p@a.cn", "无", "oa", "http://",
     "https://a b.cn", "http://a.cn:99999", "https://[x", "https://a.cn/<script>", "JavaScript://a.cn/%0aalert(1)",
     "mailto:a@b.cn", "https://.", "https://a\\@b.cn"],
)  # fmt: skip
def test_nothing_but_the_web_passes(raw: str) -> None:
    assert refusal("url", raw) == "not_a_url"


def test_a_long_host_is_refused_at_once() -> None:
    assert refusal("url", "9" * 1_900 + "(") == "not_a_url"
