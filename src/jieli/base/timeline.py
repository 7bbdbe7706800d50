"""Working time as one long line: how many working seconds lie before a moment, and back.

Both questions cost two binary searches. A year is laid out when it is first asked about, so a calendar is cheap to
make and exact in every time zone.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from jieli.base.errors import Invalid
from jieli.base.hours import Hours
from jieli.base.language import Message

FIRST_YEAR, LAST_YEAR = 1970, 2199
_ANCHOR = 2020
"""Seconds are counted from here, so that the years of a young company need no others laid out."""

_DAY = timedelta(days=1)


class NoWorkingTime(Invalid):
    message = Message(
        "worktime.none_left",
        "工作日历中没有足够的工作时间,请检查工作时间设置",
        "The working calendar has not that much working time; check its hours",
    )


@dataclass(frozen=True, slots=True)
class _Year:
    starts: list[int]
    ends: list[int]
    before: list[int]
    """Working seconds of this year before each span."""
    total: int


class Timeline:
    """The working spans of all days. Outside of 1970 to 2199 nobody works."""

    def __init__(self, zone: ZoneInfo, hours_of: Callable[[date], Hours]) -> None:
        self._zone = zone
        self._hours_of = hours_of
        self._begins = [_instant(date(year, 1, 1), 0, zone) for year in range(FIRST_YEAR, LAST_YEAR + 2)]
        self._years: dict[int, _Year] = {}
        self._offsets: dict[int, int] = {_ANCHOR: 0}

    def before(self, stamp: int) -> int:
        """The working seconds before a Unix time, counted from a fixed moment: only differences mean something."""
        year = self._year_of(stamp)
        spans = self._year(year)
        at = bisect_right(spans.starts, stamp) - 1
        if at < 0:
            return self._offset(year)
        return self._offset(year) + spans.before[at] + min(stamp, spans.ends[at]) - spans.starts[at]

    def is_open(self, stamp: int) -> bool:
        """Whether the second that begins at this Unix time is working time."""
        spans = self._year(self._year_of(stamp))
        at = bisect_right(spans.starts, stamp) - 1
        return at >= 0 and stamp < spans.ends[at]

    def earliest(self, worked: int, near: int) -> int:
        """The first Unix time that has so many working seconds before it; `near` must have fewer."""
        year = self._year_of(near)
        while worked > self._offset(year + 1):
            year += 1
        spans, rest = self._year(year), worked - self._offset(year)
        at = bisect_left(spans.before, rest) - 1
        return spans.starts[at] + rest - spans.before[at]

    def latest(self, worked: int, near: int) -> int:
        """The last Unix time that has so many working seconds before it; `near` is where to begin to look."""
        year = self._year_of(near)
        while worked < self._offset(year):
            year -= 1
        while worked >= self._offset(year + 1):
            year += 1
        spans, rest = self._year(year), worked - self._offset(year)
        at = bisect_right(spans.before, rest) - 1
        return spans.starts[at] + rest - spans.before[at]

    def _year_of(self, stamp: int) -> int:
        found = FIRST_YEAR + bisect_right(self._begins, stamp) - 1
        return min(max(found, FIRST_YEAR), LAST_YEAR)

    def _offset(self, year: int) -> int:
        """The working seconds between the first of January of the anchor and that of `year`."""
        known = self._offsets.get(year)
        if known is not None:
            return known
        if not FIRST_YEAR <= year <= LAST_YEAR + 1:
            raise NoWorkingTime
        for later in range(max(self._offsets) + 1, year + 1):
            self._offsets[later] = self._offsets[later - 1] + self._year(later - 1).total
        for earlier in range(min(self._offsets) - 1, year - 1, -1):
            self._offsets[earlier] = self._offsets[earlier + 1] - self._year(earlier).total
        return self._offsets[year]

    def _year(self, year: int) -> _Year:
        known = self._years.get(year)
        if known is None:
            known = self._years[year] = self._laid_out(year)
        return known

    def _laid_out(self, year: int) -> _Year:
        spans = _Year([], [], [], 0)
        total, end, day = 0, 0, date(year, 1, 1)
        while day.year == year:
            for opens, closes in self._hours_of(day):
                # Where clocks are set forward or back within working hours, spans may touch but never overlap.
                start = max(_instant(day, opens, self._zone), end)
                end = max(_instant(day, closes, self._zone), start)
                if end > start:
                    spans.starts.append(start)
                    spans.ends.append(end)
                    spans.before.append(total)
                    total += end - start
            day += _DAY
        return _Year(spans.starts, spans.ends, spans.before, total)


def _instant(day: date, second: int, zone: ZoneInfo) -> int:
    """The Unix time at which clocks in the zone show this second of the day, for the first time if twice."""
    wall = datetime.combine(day, time()) + timedelta(seconds=second)
    return int(wall.replace(tzinfo=zone).timestamp())
