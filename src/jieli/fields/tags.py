"""Free labels, made up by whoever writes them."""

from typing import Any, ClassVar

from jieli.base.language import Language, Message
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.many import Many, bounded_list, distinct, listed, split
from jieli.fields.scalar import EMPTY_OPERAND, MEMBERSHIP
from jieli.fields.text import plain_text

LONGEST = 40


SEPARATOR = "、"


def one_line(raw: object) -> str:
    return plain_text(raw, 10 * LONGEST) or ""


def tag(raw: object) -> str:
    text = plain_text(raw, LONGEST)
    if text is None:
        raise BadValue(EMPTY_OPERAND)
    return text


class Tags(Many):
    key: ClassVar[str] = "tags"
    label: ClassVar[Message] = Message("field_tags", "标签", "Tags")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = MEMBERSHIP
    stored = "text[]"

    def parse(self, raw: object, options: Any, context: Context) -> list[str] | None:
        """A label that holds a separator is several, so that lists of labels can be written as text."""
        texts = listed(raw, self.most, one_line) or []
        return distinct([tag(part) for part in bounded_list(split(SEPARATOR.join(texts)), self.most)])

    def read(self, cell: Cell, options: Any, context: Context) -> list[str] | None:
        return distinct([tag(part) for part in bounded_list(split(cell_text(cell)), self.most)])

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return ("、" if language is Language.ZH else ", ").join(dumped)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        return tag(raw)
