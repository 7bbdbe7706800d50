"""Working time: office hours of a week, holidays and make-up workdays, and the leave of one person.

Limits are promised in working time, so everything here is exact to the second and additive: the time from a to c is
the time from a to b plus the time from b to c, whatever lies between.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property
from math import floor
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

from jieli.base.hours import OFFICE_WEEK, Hours, Span, Week, checked, spans, weekly
from jieli.base.timeline import Timeline

Period = tuple[datetime, datetime]


class DayKind(StrEnum):
    HOLIDAY = "holiday"
    WORKDAY = "workday"


class _TimeOff(NamedTuple):
    """Merged periods off: when each begins and ends, the working seconds before it without (`level`) those off, and
    how many all periods before it take away (`lost`, with the sum of all at the end)."""

    begins: list[int]
    ends: list[int]
    level: list[int]
    lost: list[int]


@dataclass(frozen=True, eq=False)
class Calendar:
    """When somebody works. A make-up workday on a weekday without hours has those of the first working weekday."""

    zone: ZoneInfo
    week: Week = OFFICE_WEEK
    exceptions: Mapping[date, DayKind] = field(default_factory=dict)
    time_off: tuple[Period, ...] = ()
    shared: Timeline | None = field(default=None, repr=False)
    """The hours laid out, handed from a calendar to those made of it by `without`."""

    def __post_init__(self) -> None:
        hours = [checked(hours) for hours in self.week]
        if not any(hours):
            raise ValueError("a week needs working hours")
        object.__setattr__(self, "exceptions", MappingProxyType(dict(self.exceptions)))

    def without(self, periods: Iterable[Period]) -> "Calendar":
        """The same calendar with more time off, such as the leave of a member. Cheap: the hours are shared."""
        time_off = (*self.time_off, *periods)
        return Calendar(self.zone, self.week, self.exceptions, time_off, self._timeline)

    def working_seconds(self, start: datetime, end: datetime) -> int:
        """The working time between two aware moments; negative if the second is the earlier."""
        return self._before(_stamp(end)) - self._before(_stamp(start))

    def add_working(self, start: datetime, seconds: int) -> datetime:
        """The moment at which so much working time has passed since `start`, in UTC.

        It never lies in time off: an hour after five in the evening is six, not tomorrow at nine. A negative number
        leads back to the last moment from which so much time remains until `start`.
        """
        stamp = _stamp(start)
        if seconds == 0:
            return start.astimezone(UTC)
        worked = self._before(stamp) + seconds
        found = self._earliest(worked, stamp) if seconds > 0 else self._latest(worked, stamp)
        return datetime.fromtimestamp(found, UTC)

    def next_working(self, moment: datetime) -> datetime:
        """The moment itself if it is working time, otherwise the next one that is."""
        if self.is_working(moment):
            return moment.astimezone(UTC)
        stamp = _stamp(moment)
        return datetime.fromtimestamp(self._latest(self._before(stamp), stamp), UTC)

    def is_working(self, moment: datetime) -> bool:
        stamp = _stamp(moment)
        at = bisect_right(self._off.begins, stamp) - 1
        return (at < 0 or stamp >= self._off.ends[at]) and self._timeline.is_open(stamp)

    def is_workday(self, day: date) -> bool:
        """Whether any of the day, as it is in the zone of the calendar, is working time."""
        midnights = (datetime.combine(one, time(), self.zone) for one in (day, day + timedelta(days=1)))
        return self.working_seconds(*midnights) > 0

    @property
    def workday_seconds(self) -> int:
        """The length of the first working weekday, to show working time in days."""
        return sum(end - start for start, end in self._usual_hours)

    @cached_property
    def _timeline(self) -> Timeline:
        return self.shared or Timeline(self.zone, self._hours_of)

    @cached_property
    def _usual_hours(self) -> Hours:
        return next(hours for hours in self.week if hours)

    def _hours_of(self, day: date) -> Hours:
        hours = self.week[day.weekday()]
        match self.exceptions.get(day):
            case DayKind.HOLIDAY:
                return ()
            case DayKind.WORKDAY:
                return hours or self._usual_hours
            case None:
                return hours

    @cached_property
    def _off(self) -> _TimeOff:
        off = _TimeOff([], [], [], [0])
        for begin, end in _merged(self.time_off):
            before, after = self._timeline.before(begin), self._timeline.before(end)
            off.begins.append(begin)
            off.ends.append(end)
            off.level.append(before - off.lost[-1])
            off.lost.append(off.lost[-1] + after - before)
        return off

    def _before(self, stamp: int) -> int:
        off = self._off
        if not off.begins:
            return self._timeline.before(stamp)
        at = bisect_right(off.begins, stamp) - 1
        if at >= 0 and stamp < off.ends[at]:
            return off.level[at]
        return self._timeline.before(stamp) - off.lost[at + 1]

    def _earliest(self, worked: int, near: int) -> int:
        passed = bisect_left(self._off.level, worked)
        return self._timeline.earliest(worked + self._off.lost[passed], near)

    def _latest(self, worked: int, near: int) -> int:
        passed = bisect_right(self._off.level, worked)
        return self._timeline.latest(worked + self._off.lost[passed], near)


def around_the_clock(zone: ZoneInfo) -> Calendar:
    """Natural time as a calendar, so that a limit in natural hours takes the same path."""
    return Calendar(zone, weekly(spans("00:00-24:00"), range(7)))


def _merged(periods: Iterable[Period]) -> list[Span]:
    merged: list[Span] = []
    for begin, end in sorted((_stamp(begin), _stamp(end)) for begin, end in periods):
        if merged and begin <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif begin < end:
            merged.append((begin, end))
    return merged


def _stamp(moment: datetime) -> int:
    if moment.tzinfo is None:
        raise ValueError("the moment needs a time zone")
    return floor(moment.timestamp())
