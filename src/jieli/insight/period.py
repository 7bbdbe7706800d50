"""The days that a report is about, and the ones it is compared with."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.query.relative import moments, period
from jieli.records import Values

BAD_PERIOD = Message(
    "bad_period",
    "起止日期不对：应为 2026-01-01 这样的日期，止不早于起，最长 {years} 年",
    "From and to must be days such as 2026-01-01, in this order and at most {years} years apart",
)
LONGEST_YEARS = 50


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day to before `end`, as days are in the workspace."""

    start: date
    end: date

    def where(self, field: str) -> Values:
        """The moments of a field that lie within."""
        return {
            "all": [
                {"field": field, "op": "gte", "value": self.start.isoformat()},
                {"field": field, "op": "lt", "value": self.end.isoformat()},
            ]
        }

    def moments(self, zone: ZoneInfo) -> tuple[datetime, datetime]:
        return moments((self.start, self.end), zone)

    def previous(self, today: date) -> "Period":
        """The period before, as long: whole months before whole months. While a period is running, only as much
        of the one before as has passed of this one, or else every number would seem to fall at its beginning."""
        if self.start.day == self.end.day == 1:
            months = (self.end.year - self.start.year) * 12 + self.end.month - self.start.month
            start = _shifted(self.start, -months)
        else:
            start = self.start - (self.end - self.start)
        if not self.start <= today < self.end - timedelta(1):
            return Period(start, self.start)
        return Period(start, min(start + (today - self.start) + timedelta(1), self.start))

    def as_json(self) -> Values:
        """`to` is the last day, as people say it."""
        return {"from": self.start.isoformat(), "to": (self.end - timedelta(1)).isoformat()}


def _shifted(day: date, months: int) -> date:
    number = day.year * 12 + day.month - 1 + months
    return date(number // 12, number % 12 + 1, 1)


def period_of(first: str | None, last: str | None, now: datetime, zone: ZoneInfo) -> Period | None:
    """From the days of a request, both inclusive; None when it names none. With only one of them the period
    begins or ends with this month. Raises Invalid."""
    if not first and not last:
        return None
    month = this_month(now, zone)
    start, until = _day(first, "from"), _day(last, "to")
    found = Period(start or month.start, until + timedelta(1) if until else month.end)
    if not found.start < found.end <= found.start + timedelta(366 * LONGEST_YEARS):
        raise Invalid(Problem("from", BAD_PERIOD, {"years": LONGEST_YEARS}))
    return found


def this_month(now: datetime, zone: ZoneInfo) -> Period:
    return Period(*period("this_month", now, zone))


def _day(text: str | None, path: str) -> date | None:
    if not text:
        return None
    try:
        found = date.fromisoformat(text)
    except ValueError:
        found = date.min
    if len(text) != 10 or not 1000 <= found.year <= 2999:
        raise Invalid(Problem(path, BAD_PERIOD, {"years": LONGEST_YEARS}))
    return found
