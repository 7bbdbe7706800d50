import pytest

from tests.fields.takes import operand, parse, refusal

GOOD = "9144030071526726XG"


@pytest.mark.parametrize(
    "raw",
    [
        GOOD,
        GOOD.lower(),
        "91440300 71526726XG",
        "９１４４０３００７１５２６７２６ＸＧ",
        "9144030071526726-XG",
    ],
)
def test_a_code_is_brought_to_its_form(raw: str) -> None:
    assert parse("credit_code", raw, strict=True) == GOOD


@pytest.mark.parametrize("strict", [True, False])
def test_eighteen_characters_must_pass_their_check(strict: bool) -> None:
    assert refusal("credit_code", "911100005910828896", strict=strict) == "credit_code.check"


def test_the_code_that_was_meant_is_offered() -> None:
    assert refusal("credit_code", "91330100799655O58B") == "credit_code.hint"


@pytest.mark.parametrize("raw", ["110105012345678", "12345678", "HRB123456"])
def test_older_and_foreign_codes_are_kept_unless_strict(raw: str) -> None:
    assert parse("credit_code", raw) == raw
    assert refusal("credit_code", raw, strict=True)


def test_a_code_that_lost_digits_is_refused() -> None:
    assert refusal("credit_code", "9.14403E+17") == "credit_code.lost_digits"
    assert refusal("credit_code", 9.14403e17, cell=True) == "lost_digits"


@pytest.mark.parametrize("raw", ["无", "暂无代码号", "1", "a/b/c/d/e"])
def test_what_is_no_code_is_refused(raw: str) -> None:
    assert refusal("credit_code", raw) == "credit_code.strange"


def test_an_operand_may_be_a_part() -> None:
    assert operand("credit_code", "9144 03") == "914403"
