"""Amounts. Kept in the workspace's currency, so that they can be added up; what was entered in another currency is
kept beside it with the rate of that moment."""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Annotated, Any, ClassVar

from pydantic import StringConstraints

from jieli.base.language import Language, Message
from jieli.db.sql import Sql, ident, sql
from jieli.fields.cells import cell_amount, cell_number
from jieli.fields.contract import BadValue, Cell, Column, Context, Options
from jieli.fields.decimal import RangeOptions, bounded, number, rounded
from jieli.fields.scalar import EMPTY_OPERAND, ORDER, Scalar

NOT_MONEY = Message("not_an_amount", "需要金额", "An amount is needed")
BAD_CURRENCY = Message("bad_currency", "货币应为三个大写字母", "A currency has three capital letters")
NEEDS_RATE = Message("needs_rate", "外币金额需要原币金额和汇率", "A foreign amount needs its sum and a rate")
BAD_RATE = Message("bad_rate", "汇率应大于 0", "The rate must be above 0")
NOT_CONVERTED = Message(
    "not_converted", "金额与原币金额乘汇率不符", "The amount is not the sum times the rate"
)
PRECISION, CENTS, RATE_PLACES = 18, 2, Decimal("1E-8")

_Given = Decimal | None
_CURRENCY = re.compile("[A-Z]{3}").fullmatch
_WITH_FOREIGN = re.compile(
    r"(?P<value>[^()（）]+)[(（](?P<currency>[A-Za-z]{3}) ?(?P<entered>[^()（）]+)[)）]"
)


@dataclass(frozen=True, slots=True)
class Money:
    """`value` is in the workspace's currency. The others are None unless it was entered in another one."""

    value: Decimal
    currency: str | None = None
    entered: Decimal | None = None
    rate: Decimal | None = None


def converted(currency: object, entered: _Given, rate: _Given, value: _Given) -> Money:
    """An amount entered in a foreign currency. One of rate and value may be missing, the other gives it."""
    if not isinstance(currency, str) or not _CURRENCY(currency):
        raise BadValue(BAD_CURRENCY)
    entered = None if entered is None else rounded(entered, CENTS, PRECISION)
    if entered is None or (rate is None and (value is None or not entered)):
        raise BadValue(NEEDS_RATE)
    if rate is None and value is not None:
        rate = rounded(value, CENTS, PRECISION) / entered
    rate = bounded(rate or Decimal(0), 10).quantize(RATE_PLACES, ROUND_HALF_UP)
    if rate <= 0:
        raise BadValue(BAD_RATE)
    product = rounded(bounded(entered * rate, PRECISION - CENTS), CENTS, PRECISION)
    if value is not None:
        value = rounded(value, CENTS, PRECISION)
        if abs(value - product) > Decimal("0.01") + abs(entered) * RATE_PLACES:
            raise BadValue(NOT_CONVERTED)
    return Money(product if value is None else value, currency, entered, rate)


class MoneyOptions(RangeOptions):
    currency: Annotated[str, StringConstraints(pattern="^[A-Z]{3}$")] | None = None
    """The currency that the form offers first; None is the workspace's."""


class MoneyAmount(Scalar):
    key: ClassVar[str] = "money"
    label: ClassVar[Message] = Message("field_money", "金额", "Money")
    Options: ClassVar[type[Options]] = MoneyOptions
    operators: ClassVar[tuple[str, ...]] = ORDER
    stored = f"numeric({PRECISION},{CENTS})"

    def columns(self, key: str, options: Any) -> tuple[Column, ...]:
        foreign = Column(f"{key}_currency", "text"), Column(f"{key}_entered", self.stored)
        return (Column(key, self.stored), *foreign, Column(f"{key}_rate", "numeric(18,8)"))

    def parse(self, raw: object, options: Any, context: Context) -> Money | None:
        if isinstance(raw, dict):
            return self._from_parts(raw, options, context)
        if isinstance(raw, Money):
            return raw
        value = number(raw)
        return None if value is None else self._own(value, options)

    def read(self, cell: Cell, options: Any, context: Context) -> Money | None:
        """`8,640.00 (USD 1,200.00)` is how `text` shows what was entered in another currency."""
        if not isinstance(cell, str):
            return self._own(cell_number(cell), options)
        if cell[-1:] in (")", "）") and (found := _WITH_FOREIGN.fullmatch(cell)):
            numbers = {name: cell_number(found[name]) for name in ("value", "entered")}
            return self._from_parts(numbers | {"currency": found["currency"].upper()}, options, context)
        amount = cell_amount(cell)
        if amount.currency not in (None, context.currency):
            raise BadValue(NEEDS_RATE)
        return self._own(amount.value, options)

    def store(self, value: Money | None) -> tuple[object, ...]:
        return (value.value, value.currency, value.entered, value.rate) if value else (None, None, None, None)

    def load(self, stored: tuple[Any, ...]) -> Money | None:
        return None if stored[0] is None else Money(*stored)

    def dump(self, value: Money) -> object:
        own = {"value": format(value.value, "f")}
        if value.currency is None or value.entered is None or value.rate is None:
            return own
        entered, rate = format(value.entered, "f"), format(value.rate.normalize(), "f")
        return own | {"currency": value.currency, "entered": entered, "rate": rate}

    def json(self, alias: Sql, key: str, options: Any) -> Sql:
        return sql(
            "case when {currency} is not null then json_build_object('value', {value}::text, 'currency', {currency},"
            " 'entered', {entered}::text, 'rate', trim_scale({rate})::text)"
            " when {value} is not null then json_build_object('value', {value}::text) end",
            **{name: sql("{row}.{c}", row=alias, c=ident(f"{key}{end}")) for name, end in _PARTS.items()},
        )

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        own = f"{Decimal(dumped['value']):,f}"
        return (
            f"{own} ({dumped['currency']} {Decimal(dumped['entered']):,f})" if "currency" in dumped else own
        )

    def operand(self, raw: object, options: Any, context: Context) -> object:
        value = number(raw.get("value") if isinstance(raw, dict) else raw)
        if value is None:
            raise BadValue(EMPTY_OPERAND)
        return bounded(value, PRECISION)

    def _own(self, value: Decimal, options: Any) -> Money:
        return Money(options.fitted(rounded(value, CENTS, PRECISION)))

    def _from_parts(self, raw: dict[Any, Any], options: Any, context: Context) -> Money | None:
        if not raw.keys() <= _PARTS.keys():
            raise BadValue(NOT_MONEY)
        value, entered, rate = (number(raw.get(name)) for name in ("value", "entered", "rate"))
        given = entered if value is None else value
        if given is None:
            return None
        if raw.get("currency") in (None, context.currency):
            return self._own(given, options)
        money = converted(raw["currency"], entered, rate, value)
        options.fitted(money.value)
        return money


_PARTS = {"value": "", "currency": "_currency", "entered": "_entered", "rate": "_rate"}
