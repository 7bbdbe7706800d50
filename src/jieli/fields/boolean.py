"""Yes or no."""

from typing import Any, ClassVar

from jieli.base.language import Language, Message
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.scalar import Scalar

NOT_A_BOOLEAN = Message("not_a_boolean", "请填「是」或「否」", "Answer yes or no")

_YES = "是 有 对 真 已 √ ✓ ✔ ☑ y yes t true on 1 1.0".split()  # noqa: SIM905 - read as a list of words
_NO = "否 无 没有 不 不是 错 假 未 × ✗ ✘ x ☐ n no f false off 0 0.0".split()  # noqa: SIM905
_WORDS = dict.fromkeys(_YES, True) | dict.fromkeys(_NO, False)


class Boolean(Scalar):
    key: ClassVar[str] = "boolean"
    label: ClassVar[Message] = Message("field_boolean", "是/否", "Yes or no")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = ("eq", "ne", "empty", "not_empty")
    stored = "boolean"

    def parse(self, raw: object, options: Any, context: Context) -> bool | None:
        if isinstance(raw, bool):
            return raw
        if raw is None or raw == "":
            return None
        raise BadValue(NOT_A_BOOLEAN)

    def read(self, cell: Cell, options: Any, context: Context) -> bool | None:
        if isinstance(cell, bool):
            return cell
        value = _WORDS.get(cell_text(cell).strip().lower())
        if value is None:
            raise BadValue(NOT_A_BOOLEAN)
        return value

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        if language is Language.ZH:
            return "是" if dumped else "否"
        return "Yes" if dumped else "No"
