"""The unified social credit code."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base.creditcode import (
    ALPHABET,
    LOST_DIGITS,
    OLD_CODE,
    WRONG_CHARACTER,
    WRONG_CHECK,
    WRONG_LENGTH,
    CodeKind,
    is_credit_code,
    parse_credit_code,
)
from jieli.base.language import Language

CORRECT = (
    "9144030071526726XG",
    "91330100799655058B",
    "914403001922038216",
    "91110000802100433B",
    "91110108551385082Q",
    "91440300708461136T",
    "91310115MA1K00007Q",
    "91110105MA01A00025",
    "92440300MA5D00008P",
    "1210000040000000XN",
    "51100000500000007W",
    "93330100MA2A0000X6",
)


@pytest.mark.parametrize("code", CORRECT)
def test_a_correct_code_is_accepted(code: str) -> None:
    parsed = parse_credit_code(code)
    assert (parsed.code, parsed.kind, parsed.problem, parsed.valid) == (code, CodeKind.CREDIT, None, True)


@pytest.mark.parametrize("code", ["911100005910828896", "9132050058552979XY"])
def test_a_wrong_check_character_is_noticed(code: str) -> None:
    assert parse_credit_code(code).problem is WRONG_CHECK
    assert not parse_credit_code(code).valid


@pytest.mark.parametrize("code", CORRECT)
def test_every_change_of_one_character_is_noticed(code: str) -> None:
    changed = {code[:at] + other + code[at + 1 :] for at in range(18) for other in ALPHABET} - {code}
    assert len(changed) == 18 * 30
    assert not any(map(is_credit_code, changed))


@pytest.mark.parametrize(
    "raw", ["９１４４０３００７１５２６７２６ＸＧ", " 9144 0300 7152 6726 xg ", "91440300-71526726X-G"]
)
def test_width_case_spaces_and_hyphens_do_not_matter(raw: str) -> None:
    assert parse_credit_code(raw).code == "9144030071526726XG"
    assert parse_credit_code(raw).valid


@pytest.mark.parametrize("raw", ["91310115MAIK00007Q", "9131O115MA1K00007Q", "9131011SMA1K00007Q"])
def test_confused_letters_give_a_hint_and_no_correction(raw: str) -> None:
    parsed = parse_credit_code(raw)
    assert parsed.problem is WRONG_CHARACTER
    assert parsed.code == raw
    assert parsed.hint == "91310115MA1K00007Q"


def test_the_strange_character_is_named() -> None:
    parsed = parse_credit_code("91310115MAVK00007Q")
    assert parsed.problem is WRONG_CHARACTER
    assert "“V”" in WRONG_CHARACTER.text(Language.ZH, **parsed.params)
    assert parsed.hint is None


def test_a_wrong_length_is_told() -> None:
    parsed = parse_credit_code("9144030071526726X")
    assert parsed.problem is WRONG_LENGTH
    assert "17" in WRONG_LENGTH.text(Language.EN, **parsed.params)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [("440301103011234", CodeKind.REGISTRATION), ("71526726-X", CodeKind.ORGANISATION)],
)
def test_an_old_code_is_kept_with_a_warning(raw: str, kind: CodeKind) -> None:
    parsed = parse_credit_code(raw)
    assert (parsed.kind, parsed.problem, parsed.valid) == (kind, OLD_CODE, False)


@pytest.mark.parametrize("raw", ["9.1440300715E+17", "9E+17"])
def test_digits_lost_by_a_spreadsheet_are_recognised(raw: str) -> None:
    assert parse_credit_code(raw).problem is LOST_DIGITS


@given(st.text(max_size=20) | st.text(st.sampled_from(ALPHABET + "IOSVZ"), min_size=18, max_size=18))
def test_nothing_that_is_typed_breaks_the_parser(raw: str) -> None:
    parsed = parse_credit_code(raw)
    assert (parsed.problem is None) == parsed.valid
