"""Telephone numbers: in E.164 with the extension as `;ext=801`, or as written when that cannot be."""

import re
from typing import Any, ClassVar

from jieli.base.language import Language, Message
from jieli.base.phone import PhoneKind, display, parse_phone
from jieli.fields.cells import cell_text, refuse_shortened
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.scalar import EMPTY_OPERAND, WORDING, Scalar
from jieli.fields.text import plain_text

NOT_A_PHONE = Message("not_a_phone", "「{text}」不是电话号码", "“{text}” is not a telephone number")
NOT_DIALABLE = Message(
    "not_dialable",
    "「{text}」不是有效号码，固定电话请加区号",
    "“{text}” is not a valid number; a fixed line needs its area code",
)
LONGEST = 60

_POSSIBLE = re.compile(r"(?=(?:[^0-9]*[0-9]){5})[-+0-9() .;,#*/、；，xXtTeE=转接分机号或]+").fullmatch


class PhoneOptions(Options):
    strict: bool = False
    """Only numbers that can be dialled from abroad; otherwise also those that merely look like one."""


class Phone(Scalar):
    key: ClassVar[str] = "phone"
    label: ClassVar[Message] = Message("field_phone", "电话", "Phone")
    Options: ClassVar[type[Options]] = PhoneOptions
    operators: ClassVar[tuple[str, ...]] = WORDING
    stored = "text"

    def parse(self, raw: object, options: Any, context: Context) -> str | None:
        text = plain_text(raw, LONGEST)
        if text is None:
            return None
        if "+" in text[1:]:
            refuse_shortened(text)
        phone = parse_phone(text)
        if options.strict and not phone.valid:
            raise BadValue(NOT_DIALABLE, text=text)
        if phone.e164 is None and phone.kind is not PhoneKind.SERVICE and not _POSSIBLE(phone.raw):
            raise BadValue(NOT_A_PHONE, text=text)
        return phone.stored

    def read(self, cell: Cell, options: Any, context: Context) -> str | None:
        """A cell of several numbers is kept as written; who wants the first only splits it before."""
        return self.parse(cell_text(cell), options, context)

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return display(dumped, language)

    def sought(self, dumped: Any) -> str:
        """In one run, as people type and paste it."""
        return display(dumped).partition("转")[0].replace(" ", "").replace("-", "")

    def operand(self, raw: object, options: Any, context: Context) -> object:
        """A whole number as it is stored, a part of one without its spaces and dashes."""
        text = plain_text(raw, LONGEST)
        if text is None:
            raise BadValue(EMPTY_OPERAND)
        phone = parse_phone(text)
        return phone.stored if phone.e164 else text.replace(" ", "").replace("-", "")
