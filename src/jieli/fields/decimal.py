"""Decimal numbers with a fixed number of places."""

import re
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, ClassVar

from pydantic import Field

from jieli.base.language import Message
from jieli.fields.cells import NOT_A_NUMBER, cell_number
from jieli.fields.contract import BadValue, Cell, Column, Context, Options
from jieli.fields.integer import OUT_OF_RANGE
from jieli.fields.scalar import EMPTY_OPERAND, ORDER, ShownAsText

NEEDS_NUMBER = Message("needs_number", "需要数字", "A number is needed")
TOO_LARGE = Message(
    "number_too_large", "数字过大，整数部分最多 {digits} 位", "Too large: at most {digits} whole digits"
)

_NUMBER = re.compile(r"-?[0-9]{1,40}(?:\.[0-9]{1,40})?").fullmatch
_PLACES = [Decimal(1).scaleb(-scale) for scale in range(11)]


def number(raw: object) -> Decimal | None:
    """A JSON number, or a text of digits with a decimal point as `dump` writes it; an empty text is empty."""
    if isinstance(raw, str):
        if _NUMBER(raw):
            return Decimal(raw)
        if not raw.strip():
            return None
    elif isinstance(raw, int | Decimal) and not isinstance(raw, bool):
        return Decimal(raw)
    elif isinstance(raw, float):
        return Decimal(repr(raw))
    elif raw is None:
        return None
    raise BadValue(NOT_A_NUMBER, text=raw[:40]) if isinstance(raw, str) else BadValue(NEEDS_NUMBER)


def bounded(value: Decimal, digits: int) -> Decimal:
    """Refuses what is no number and what has more whole digits."""
    if not value.is_finite():
        raise BadValue(NEEDS_NUMBER)
    if value.adjusted() >= digits:
        raise BadValue(TOO_LARGE, digits=digits)
    return value


def rounded(value: Decimal, scale: int, precision: int) -> Decimal:
    """To `scale` places, half up, never a negative zero."""
    digits = precision - scale
    value = bounded(bounded(value, digits).quantize(_PLACES[scale], ROUND_HALF_UP), digits)
    return value or abs(value)


class RangeOptions(Options):
    min: Decimal | None = None
    max: Decimal | None = None

    def fitted(self, value: Decimal) -> Decimal:
        low, high = self.min, self.max
        if (low is not None and value < low) or (high is not None and value > high):
            raise BadValue(
                OUT_OF_RANGE,
                min="-∞" if low is None else format(low, "f"),
                max="∞" if high is None else format(high, "f"),
            )
        return value


class DecimalOptions(RangeOptions):
    scale: Annotated[int, Field(ge=0, le=10)] = 2


class DecimalNumber(ShownAsText):
    key: ClassVar[str] = "decimal"
    label: ClassVar[Message] = Message("field_decimal", "小数", "Decimal number")
    Options: ClassVar[type[Options]] = DecimalOptions
    operators: ClassVar[tuple[str, ...]] = ORDER
    precision: ClassVar[int] = 24

    def columns(self, key: str, options: Any) -> tuple[Column, ...]:
        return (Column(key, f"numeric({self.precision},{options.scale})"),)

    def parse(self, raw: object, options: Any, context: Context) -> Decimal | None:
        value = number(raw)
        return None if value is None else self._kept(value, options)

    def read(self, cell: Cell, options: Any, context: Context) -> Decimal | None:
        return self._kept(cell_number(cell), options)

    def dump(self, value: Decimal) -> object:
        return format(value, "f")

    def operand(self, raw: object, options: Any, context: Context) -> object:
        """Not rounded: `lt 0.005` means what it says."""
        value = number(raw)
        if value is None:
            raise BadValue(EMPTY_OPERAND)
        return bounded(value, self.precision)

    def _kept(self, value: Decimal, options: Any) -> Decimal:
        kept: Decimal = options.fitted(rounded(value, options.scale, self.precision))
        return kept
