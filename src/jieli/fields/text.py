"""Single-line and multi-line text."""

import re
from typing import Annotated, Any, ClassVar

from pydantic import Field

from jieli.base.language import Message
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.scalar import WORDING, Scalar

NOT_A_TEXT = Message("not_a_text", "需要文本", "A text is needed")
TOO_LONG = Message(
    "too_long", "最多 {max} 个字，现有 {length} 个", "At most {max} characters, there are {length}"
)
NUL = Message("bad_character", "含有无法保存的字符", "It holds a character that cannot be stored")

_DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
"""Turn the order of letters around, so that one text looks like another."""
_SPECIAL = re.compile(f"[\x00-\x1f\x7f\ud800-\udfff{_DIRECTIONS}]").search
_CONTROL = re.compile(f"[\x01-\x08\x0b-\x1f\x7f{_DIRECTIONS}]")
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]").search


def plain_text(raw: object, limit: int, *, lines: bool = False) -> str | None:
    """The text without outer white space, or None when nothing is left. Without `lines` it becomes one line."""
    if not isinstance(raw, str):
        if raw is None:
            return None
        raise BadValue(NOT_A_TEXT)
    value = raw.strip()
    if _SPECIAL(value):
        value = _cleaned(value, lines)
    if len(value) > limit:
        raise BadValue(TOO_LONG, max=limit, length=len(value))
    return value or None


def _cleaned(value: str, lines: bool) -> str:
    if _UNSTORABLE(value):
        raise BadValue(NUL)
    if not lines:
        value = " ".join(value.split())
    return _CONTROL.sub("", value.replace("\r\n", "\n").replace("\r", "\n")).strip()


class TextOptions(Options):
    max: Annotated[int, Field(ge=1, le=2_000)] = 200


class Text(Scalar):
    key: ClassVar[str] = "text"
    label: ClassVar[Message] = Message("field_text", "单行文本", "Text")
    Options: ClassVar[type[Options]] = TextOptions
    operators: ClassVar[tuple[str, ...]] = WORDING
    stored = "text"
    lines: ClassVar[bool] = False

    def parse(self, raw: object, options: Any, context: Context) -> str | None:
        return plain_text(raw, options.max, lines=self.lines)

    def read(self, cell: Cell, options: Any, context: Context) -> str | None:
        return plain_text(cell_text(cell), options.max, lines=self.lines)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        return plain_text(raw, 2_000, lines=self.lines) or ""


class LongTextOptions(Options):
    max: Annotated[int, Field(ge=1, le=100_000)] = 20_000


class LongText(Text):
    key: ClassVar[str] = "long_text"
    label: ClassVar[Message] = Message("field_long_text", "多行文本", "Long text")
    Options: ClassVar[type[Options]] = LongTextOptions
    lines = True
