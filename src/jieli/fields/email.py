"""E-mail addresses, in lower case, of international domains too."""

import re
from typing import Any, ClassVar

from jieli.base.language import Message
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.scalar import WORDING, Scalar
from jieli.fields.text import plain_text

NOT_AN_EMAIL = Message("not_an_email", "「{text}」不是邮箱地址", "“{text}” is not an e-mail address")
LONGEST, LONGEST_LOCAL = 254, 64

_LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
_ADDRESS = re.compile(rf"[^\s@<>()\[\],;:\\\"\x00-\x20\x7f]+@(?:{_LABEL}\.)+{_LABEL}").fullmatch
_FULL_WIDTH = str.maketrans("＠．。", "@..")


def address(text: str) -> str:
    """One address in lower case, without `mailto:`."""
    value = text.translate(_FULL_WIDTH).lower().removeprefix("mailto:")
    local = value.partition("@")[0]
    if (
        not _ADDRESS(value)
        or len(local) > LONGEST_LOCAL
        or ".." in value
        or local[0] == "."
        or local[-1] == "."
    ):
        raise BadValue(NOT_AN_EMAIL, text=text[:60])
    return value


class Email(Scalar):
    key: ClassVar[str] = "email"
    label: ClassVar[Message] = Message("field_email", "邮箱", "E-mail")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = WORDING
    stored = "text"

    def parse(self, raw: object, options: Any, context: Context) -> str | None:
        text = plain_text(raw, LONGEST)
        return None if text is None else address(text)

    def read(self, cell: Cell, options: Any, context: Context) -> str | None:
        return self.parse(cell_text(cell), options, context)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        return (plain_text(raw, LONGEST) or "").lower()
