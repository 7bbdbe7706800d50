import pytest

from jieli.identity.errors import BadPassword
from jieli.identity.passwords import LONGEST, fits, hashed, require_good


async def refusal(password: str, *about: str) -> str | None:
    try:
        await require_good(password, about)
    except BadPassword as error:
        return error.problems[0].code
    return None


@pytest.mark.parametrize(
    "password",
    [
        "tin-roof-rain",
        "绿色大象在河边唱歌",
        "  two  spaces each  ",
        "🦊🦉🐢 im Wald heute",
        "All happy families are alike; each unhappy family is unhappy in its own way.",
    ],
)
async def test_whatever_is_long_and_uncommon_is_good(password: str) -> None:
    assert await refusal(password) is None


@pytest.mark.parametrize(
    "password",
    ["password", "Passw0rd", "P@ssw0rd", "12345678", "qwertyuiop", "iloveyou1", "1qaz2wsx", "abcd1234", "woaini520",
     "5201314520", "aaaaaaaaaa", "football1", "letmein123"],
)  # fmt: skip
async def test_what_everybody_tries_first_is_refused(password: str) -> None:
    assert await refusal(password) == "password_too_common"


@pytest.mark.parametrize(
    "password", ["zhangsan1", "acmecorp2024", "张三12345678", "zhangsan@acmecorp", "ACMECORP123"]
)
async def test_ones_own_login_name_and_company_are_refused(password: str) -> None:
    assert await refusal(password, "zhangsan@acmecorp.cn", "张三", "Acmecorp") == "password_too_common"


async def test_seven_characters_are_too_short_and_sixty_four_are_not_too_long() -> None:
    assert await refusal("x7#kqWp") == "password_too_short"
    assert await refusal("x7#kqWpz") is None
    assert await refusal("river stone " * 6) is None
    assert await refusal("z" + "0q" * (LONGEST // 2)) == "password_too_long"


async def test_a_password_is_kept_as_argon2id_and_never_the_same_twice() -> None:
    first, second = await hashed("tin-roof-rain"), await hashed("tin-roof-rain")
    assert first.startswith("$argon2id$")
    assert first != second


async def test_every_character_counts_and_spaces_are_kept() -> None:
    stored = await hashed(" a long one with spaces  ")
    assert await fits(" a long one with spaces  ", stored)
    assert not await fits("a long one with spaces", stored)
    long = await hashed("x" * 99 + "y")
    assert not await fits("x" * 99 + "z", long)


async def test_a_keyboard_in_full_width_mode_types_the_same_password() -> None:
    assert await fits("ｔｉｎ－ｒｏｏｆ－ｒａｉｎ", await hashed("tin-roof-rain"))


async def test_nobodys_password_fits_an_account_without_one() -> None:
    assert not await fits("nobody has this password", None)
