"""Moments. Kept in UTC, written and read in the workspace's time zone."""

from datetime import UTC, date, datetime, time
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

from jieli.base.dates import NOT_A_DATE
from jieli.base.language import Language, Message
from jieli.db.sql import Sql, ident, sql
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.moments import cell_moment, sane
from jieli.fields.scalar import ORDER, Scalar


def moment(raw: object, zone: ZoneInfo) -> datetime | None:
    """A moment in ISO 8601. Without an offset it is meant in `zone`, without a time it is the start of that day."""
    if isinstance(raw, str):
        if not raw.strip():
            return None
        found = _from_iso(raw)
    elif isinstance(raw, datetime):
        found = raw
    elif isinstance(raw, date):
        found = datetime.combine(raw, time())
    elif raw is None:
        return None
    else:
        raise BadValue(NOT_A_DATE)
    return in_utc(found, zone)


def in_utc(found: datetime, zone: ZoneInfo) -> datetime:
    """To the second, which is all that people enter and all that screens show."""
    local = sane(found if found.tzinfo else found.replace(tzinfo=zone))
    return local.astimezone(UTC).replace(microsecond=0)


def _from_iso(raw: str) -> datetime:
    if 10 <= len(raw) <= 40 and raw[4] == raw[7] == "-":
        try:
            return datetime.fromisoformat(raw)
        except ValueError:
            pass
    raise BadValue(NOT_A_DATE)


class DateTime(Scalar):
    key: ClassVar[str] = "datetime"
    label: ClassVar[Message] = Message("field_datetime", "日期时间", "Date and time")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = (*ORDER, "within")
    stored = "timestamptz"

    def parse(self, raw: object, options: Any, context: Context) -> datetime | None:
        return moment(raw, context.zone)

    def read(self, cell: Cell, options: Any, context: Context) -> datetime | None:
        return in_utc(cell_moment(cell, context.zone), context.zone)

    def dump(self, value: datetime) -> object:
        return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"

    def json(self, alias: Sql, key: str, options: Any) -> Sql:
        return sql(
            "to_char({row}.{column} at time zone 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS\"Z\"')",
            row=alias,
            column=ident(key),
        )

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return self.text_in(dumped, Context().zone)

    def text_in(self, dumped: Any, zone: ZoneInfo) -> str:
        local = datetime.fromisoformat(dumped).astimezone(zone).replace(tzinfo=None)
        return local.isoformat(" ", "seconds" if local.second else "minutes")
