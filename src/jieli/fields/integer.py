"""Whole numbers."""

from typing import Any, ClassVar, Self

from pydantic import model_validator

from jieli.base.language import Message
from jieli.fields.cells import NOT_A_NUMBER, cell_number
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.scalar import ORDER, Scalar

NOT_WHOLE = Message("not_a_whole_number", "需要整数", "A whole number is needed")
OUT_OF_RANGE = Message("out_of_range", "应在 {min} 到 {max} 之间", "It must lie between {min} and {max}")

LARGEST = 2**53 - 1
"""The largest whole number that every reader of JSON keeps exactly; a bigint would hold more."""


def within(value: int, low: int, high: int) -> int:
    if not low <= value <= high:
        raise BadValue(OUT_OF_RANGE, min=low, max=high)
    return value


def whole(raw: object) -> int | None:
    """A JSON number without a fraction; an empty text is empty."""
    if type(raw) is int:
        return raw
    if isinstance(raw, float) and raw.is_integer():
        return int(raw)
    if raw is None or raw == "":
        return None
    raise BadValue(NOT_WHOLE)


def cell_whole(cell: Cell) -> int:
    if type(cell) is int:
        return cell
    number = cell_number(cell)
    if not abs(number) <= LARGEST:
        raise BadValue(OUT_OF_RANGE, min=-LARGEST, max=LARGEST)
    if number != number.to_integral_value():
        raise BadValue(NOT_WHOLE)
    return int(number)


class IntegerOptions(Options):
    min: int = -LARGEST
    max: int = LARGEST

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        if not -LARGEST <= self.min <= self.max <= LARGEST:
            raise ValueError("min must not exceed max, and both must be exact in JSON")
        return self


class Integer(Scalar):
    key: ClassVar[str] = "integer"
    label: ClassVar[Message] = Message("field_integer", "整数", "Whole number")
    Options: ClassVar[type[Options]] = IntegerOptions
    operators: ClassVar[tuple[str, ...]] = ORDER
    stored = "bigint"

    def parse(self, raw: object, options: Any, context: Context) -> int | None:
        value = whole(raw)
        return None if value is None else within(value, options.min, options.max)

    def read(self, cell: Cell, options: Any, context: Context) -> int | None:
        return within(cell_whole(cell), options.min, options.max)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        value = whole(raw)
        if value is None:
            raise BadValue(NOT_A_NUMBER, text="")
        return within(value, -LARGEST, LARGEST)
