"""The unified social credit code of a Chinese organisation."""

import re
from typing import Any, ClassVar

from jieli.base.creditcode import LOST_DIGITS, CodeKind, normalise_code, parse_credit_code
from jieli.base.language import Message
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.scalar import WORDING, Scalar
from jieli.fields.text import plain_text

MEANT = Message("credit_code.hint", "校验不通过，是不是「{hint}」？", "The check fails; is “{hint}” meant?")
NOT_A_CODE = Message("credit_code.strange", "「{text}」不是代码", "“{text}” is not a code")
LONGEST = 60

_CODE = re.compile("[0-9A-Z]{5,30}").fullmatch


class CreditCodeOptions(Options):
    strict: bool = False
    """Only codes of 18 characters. Otherwise also older and foreign ones, which have other lengths; what has 18
    characters must pass its check in any case."""


class CreditCode(Scalar):
    key: ClassVar[str] = "credit_code"
    label: ClassVar[Message] = Message("field_credit_code", "统一社会信用代码", "Unified social credit code")
    Options: ClassVar[type[Options]] = CreditCodeOptions
    operators: ClassVar[tuple[str, ...]] = WORDING
    stored = "text"

    def parse(self, raw: object, options: Any, context: Context) -> str | None:
        text = plain_text(raw, LONGEST)
        if text is None:
            return None
        found = parse_credit_code(text)
        if found.valid:
            return found.code
        if found.hint:
            raise BadValue(MEANT, hint=found.hint)
        if found.problem and (
            options.strict or found.kind is CodeKind.CREDIT or found.problem is LOST_DIGITS
        ):
            raise BadValue(found.problem, **found.params)
        if not _CODE(found.code):
            raise BadValue(NOT_A_CODE, text=text)
        return found.code

    def read(self, cell: Cell, options: Any, context: Context) -> str | None:
        return self.parse(cell_text(cell), options, context)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        return normalise_code(plain_text(raw, LONGEST) or "")
