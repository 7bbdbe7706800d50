"""Days of the calendar."""

from datetime import date, datetime
from typing import Any, ClassVar

from jieli.base.dates import NOT_A_DATE
from jieli.base.language import Message
from jieli.db.sql import Sql, ident, sql
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.moments import cell_date, sane
from jieli.fields.scalar import ORDER, Scalar


def day(raw: object, context: Context) -> date | None:
    """A day as `2026-11-23`; a moment is the day it falls on where the workspace is."""
    if isinstance(raw, str):
        if len(raw) == 10 and raw[4] == raw[7] == "-":
            try:
                return sane(date.fromisoformat(raw))
            except ValueError:
                raise BadValue(NOT_A_DATE) from None
        if not raw.strip():
            return None
    elif isinstance(raw, datetime):
        return sane((raw.astimezone(context.zone) if raw.tzinfo else raw).date())
    elif isinstance(raw, date):
        return sane(raw)
    elif raw is None:
        return None
    raise BadValue(NOT_A_DATE)


class Date(Scalar):
    key: ClassVar[str] = "date"
    label: ClassVar[Message] = Message("field_date", "日期", "Date")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = (*ORDER, "within")
    stored = "date"

    def parse(self, raw: object, options: Any, context: Context) -> date | None:
        return day(raw, context)

    def read(self, cell: Cell, options: Any, context: Context) -> date | None:
        return cell_date(cell)

    def dump(self, value: date) -> object:
        return value.isoformat()

    def json(self, alias: Sql, key: str, options: Any) -> Sql:
        return sql("to_json({row}.{column})", row=alias, column=ident(key))
