"""The unified social credit code (统一社会信用代码, GB 32100-2015), also the tax number of an enterprise."""

import re
import unicodedata
from dataclasses import dataclass, field
from enum import StrEnum

from jieli.base.language import Message

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"

WRONG_LENGTH = Message(
    "credit_code.length",
    "统一社会信用代码应为 18 位，现为 {length} 位",
    "A unified social credit code has 18 characters, this has {length}",
)
WRONG_CHARACTER = Message(
    "credit_code.character",
    "统一社会信用代码不含“{character}”",
    "A unified social credit code does not contain “{character}”",
)
WRONG_CHECK = Message(
    "credit_code.check",
    "统一社会信用代码校验不通过，请核对是否有错字",
    "The check character does not match; one of the characters is wrong",
)
LOST_DIGITS = Message(
    "credit_code.lost_digits",
    "该代码被表格软件当作数字存储，末尾数字已丢失，请以文本格式重新录入",
    "A spreadsheet stored this code as a number and lost its last digits; enter it again as text",
)
OLD_CODE = Message(
    "credit_code.old",
    "这是旧的注册号或组织机构代码，建议补充 18 位统一社会信用代码",
    "This is an old registration or organisation code; better add the code of 18 characters",
)


class CodeKind(StrEnum):
    CREDIT = "credit"
    REGISTRATION = "registration"
    ORGANISATION = "organisation"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class CreditCode:
    """A code as typed, brought to its normal form. A correct one has no `problem`; `params` fill its places.
    An old code is usable, so its problem is a warning."""

    code: str
    kind: CodeKind
    problem: Message | None = None
    params: dict[str, object] = field(default_factory=dict)
    hint: str | None = None
    """The correct code that was probably meant; never put in its place unasked."""

    @property
    def valid(self) -> bool:
        return self.kind is CodeKind.CREDIT and self.problem is None


_VALUES = {character: value for value, character in enumerate(ALPHABET)}
_WEIGHTS = tuple(pow(3, at, 31) for at in range(17))
_ORGANISATION_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)
_SHAPE = re.compile(f"[{ALPHABET}]{{2}}[0-9]{{6}}[{ALPHABET}]{{10}}")
_IGNORED = re.compile(r"[\s\-\u2010-\u2015\u200b\ufeff]+")
_CONFUSED = str.maketrans("IOZS", "1025")
_E_NOTATION = re.compile(r"[0-9]\.?[0-9]*E\+?[0-9]+")


def normalise_code(raw: str) -> str:
    """Half width, upper case, without spaces and hyphens."""
    return _IGNORED.sub("", unicodedata.normalize("NFKC", raw)).upper()


def is_credit_code(code: str) -> bool:
    """Whether a code in normal form is right in shape and in both of its check characters."""
    return (
        bool(_SHAPE.fullmatch(code))
        and code[17] == _check(code)
        and code[16] == _organisation_check(code[8:16])
    )


def parse_credit_code(raw: str) -> CreditCode:
    """Judge a code as typed. Codes of before 2015 are known by their shape and come with a warning."""
    code = normalise_code(raw)
    if len(code) == 18:
        return _judged(code)
    if _E_NOTATION.fullmatch(code):
        return CreditCode(code, CodeKind.UNKNOWN, LOST_DIGITS)
    if len(code) == 15 and code.isdecimal():
        return CreditCode(code, CodeKind.REGISTRATION, OLD_CODE)
    if len(code) == 9 and code[8] == _organisation_check(code[:8]):
        return CreditCode(code, CodeKind.ORGANISATION, OLD_CODE)
    return CreditCode(code, CodeKind.UNKNOWN, WRONG_LENGTH, {"length": len(code)})


def _judged(code: str) -> CreditCode:
    if is_credit_code(code):
        return CreditCode(code, CodeKind.CREDIT)
    meant = code.translate(_CONFUSED)
    hint = meant if is_credit_code(meant) else None
    strange = next((character for character in code if character not in _VALUES), None)
    if strange:
        return CreditCode(code, CodeKind.CREDIT, WRONG_CHARACTER, {"character": strange}, hint)
    return CreditCode(code, CodeKind.CREDIT, WRONG_CHECK, hint=hint)


def _check(code: str) -> str:
    total = sum(_VALUES[character] * weight for character, weight in zip(code, _WEIGHTS, strict=False))
    return ALPHABET[-total % 31]


def _organisation_check(code: str) -> str | None:
    """The check character of the organisation code inside (GB 11714); None if it cannot have one."""
    if not (code.isascii() and code.isalnum()):
        return None
    total = sum(
        int(character, 36) * weight for character, weight in zip(code, _ORGANISATION_WEIGHTS, strict=True)
    )
    return "0123456789X"[-total % 11]
