"""Spans of time, in whole seconds."""

import re
import unicodedata
from typing import Any, ClassVar, Literal

from jieli.base.language import Language, Message
from jieli.fields.cells import cell_number
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.integer import whole, within
from jieli.fields.scalar import EMPTY_OPERAND, ORDER, Scalar

NOT_A_DURATION = Message(
    "not_a_duration",
    "「{text}」不是时长，请写成 1:30 或 1小时30分",
    "“{text}” is not a duration; write 1:30 or 1h 30m",
)
LONGEST = 100 * 366 * 86_400

_SECONDS = {"second": 1, "minute": 60, "hour": 3_600, "day": 86_400}
_CLOCK = re.compile(r"([0-9]{1,9}):([0-5]?[0-9])(?::([0-5]?[0-9]))?")
_PARTS = re.compile(
    r"(?:([0-9.]{1,12}) ?(?:天|日|days?|d))? ?(?:([0-9.]{1,12}) ?(?:个?小时|个?钟头|时|hours?|hrs?|h))?"
    r" ?(?:([0-9.]{1,12}) ?(?:分钟?|minutes?|mins?|m))? ?(?:([0-9.]{1,12}) ?(?:秒钟?|seconds?|secs?|s))?"
)


class DurationOptions(Options):
    unit: Literal["second", "minute", "hour", "day"] = "hour"
    """What a bare number in a spreadsheet counts. In JSON it is always seconds."""


class Duration(Scalar):
    key: ClassVar[str] = "duration"
    label: ClassVar[Message] = Message("field_duration", "时长", "Duration")
    Options: ClassVar[type[Options]] = DurationOptions
    operators: ClassVar[tuple[str, ...]] = ORDER
    stored = "bigint"

    def parse(self, raw: object, options: Any, context: Context) -> int | None:
        value = whole(raw)
        return None if value is None else within(value, 0, LONGEST)

    def read(self, cell: Cell, options: Any, context: Context) -> int | None:
        seconds = _written(cell) if isinstance(cell, str) else None
        if seconds is None:
            number = cell_number(cell)
            seconds = float(number) * _SECONDS[options.unit] if abs(number) <= LONGEST else -1
        return within(round(seconds), 0, LONGEST)

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        names = ("小时", "分", "秒") if language is Language.ZH else ("h", "m", "s")
        minutes, seconds = divmod(int(dumped), 60)
        parts = zip((*divmod(minutes, 60), seconds), names, strict=True)
        shown = [f"{count}{name}" for count, name in parts if count]
        return ("" if language is Language.ZH else " ").join(shown) or f"0{names[1]}"

    def operand(self, raw: object, options: Any, context: Context) -> object:
        value = whole(raw)
        if value is None:
            raise BadValue(EMPTY_OPERAND)
        return within(value, -LONGEST, LONGEST)


def _written(text: str) -> float | None:
    """Seconds, or None for a bare number."""
    bare = unicodedata.normalize("NFKC", text[:80]).strip().lower()
    if clock := _CLOCK.fullmatch(bare):
        return int(clock[1]) * 3_600 + int(clock[2]) * 60 + int(clock[3] or 0)
    parts = _PARTS.fullmatch(bare)
    if parts is None or not bare:
        return None
    try:
        return sum(
            float(part) * size
            for part, size in zip(parts.groups(), (86_400, 3_600, 60, 1), strict=True)
            if part
        )
    except ValueError:
        raise BadValue(NOT_A_DURATION, text=text[:40]) from None
