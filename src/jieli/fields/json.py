"""Structured values that the program itself keeps, such as the parts of a score."""

from typing import Any, ClassVar

import orjson

from jieli.base.language import Language, Message
from jieli.fields.contract import BadValue, Context, Options
from jieli.fields.scalar import Scalar

NOT_JSON = Message("not_json", "内容无法保存", "The value cannot be stored")
TOO_BIG = Message("json_too_big", "内容过大", "The value is too big")
LARGEST = 64_000


def storable(raw: object) -> object:
    """The value if PostgreSQL can keep it and give it back: no NUL, lone surrogate, NaN, or 64-bit overflow."""
    try:
        written = orjson.dumps(raw)
    except (TypeError, RecursionError):
        raise BadValue(NOT_JSON) from None
    if len(written) > LARGEST:
        raise BadValue(TOO_BIG)
    found: object = orjson.loads(written)
    if b"\\u0000" in written and _holds_nul(found):
        raise BadValue(NOT_JSON)
    return found


def _holds_nul(value: object) -> bool:
    """Orjson writes NUL as an escape, but the same letters may also be a text about it."""
    if isinstance(value, str):
        return "\x00" in value
    if isinstance(value, dict):
        return any(_holds_nul(key) or _holds_nul(each) for key, each in value.items())
    return isinstance(value, list) and any(map(_holds_nul, value))


class JSON(Scalar):
    key: ClassVar[str] = "json"
    label: ClassVar[Message] = Message("field_json", "结构化数据", "Structured value")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = ("empty", "not_empty")
    stored = "jsonb"

    def parse(self, raw: object, options: Any, context: Context) -> object:
        if raw is None or raw in ("", [], {}):
            return None
        return storable(raw)

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return orjson.dumps(dumped).decode()
