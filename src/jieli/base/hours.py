"""The hours of working days and weeks, as texts such as `09:00-18:00` and as seconds of the day."""

import re
from collections.abc import Iterable
from itertools import pairwise

Span = tuple[int, int]
Hours = tuple[Span, ...]
"""The working spans of one day in seconds since its midnight, in order, without overlap."""

Week = tuple[Hours, Hours, Hours, Hours, Hours, Hours, Hours]
"""The hours of each weekday, Monday first."""

DAY_SECONDS = 86400

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2}) ?[-~–—至到] ?([0-9]{1,2}):([0-9]{2})")


def checked(hours: Hours) -> Hours:
    """The same hours; raises `ValueError` if they are not those of one day."""
    if any(not 0 <= start < end <= DAY_SECONDS for start, end in hours):
        raise ValueError("a span of hours must end after it starts and within the day")
    if any(earlier[1] > later[0] for earlier, later in pairwise(hours)):
        raise ValueError("the spans of a day overlap or are out of order")
    return hours


def spans(*texts: str) -> Hours:
    """Working hours from texts such as `09:00-18:00`; raises `ValueError` if one is none or two overlap."""
    return checked(tuple(sorted(map(_span, texts))))


def without_breaks(hours: Hours, breaks: Hours) -> Hours:
    """The hours with the breaks cut out of them."""
    for start, end in breaks:
        cut = [
            half
            for opens, closes in hours
            for half in ((opens, min(closes, start)), (max(opens, end), closes))
        ]
        hours = tuple((opens, closes) for opens, closes in cut if opens < closes)
    return hours


def weekly(hours: Hours, days: Iterable[int] = range(5)) -> Week:
    """The same hours on each of the days, of which Monday is 0."""
    working = frozenset(days)
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = (
        hours if day in working else () for day in range(7)
    )
    return monday, tuesday, wednesday, thursday, friday, saturday, sunday


def _span(text: str) -> Span:
    found = _SPAN.fullmatch(text.strip())
    if not found:
        raise ValueError(f"not a span of hours: {text}")
    numbers = [int(number) for number in found.groups()]
    if numbers[1] > 59 or numbers[3] > 59:
        raise ValueError(f"not a span of hours: {text}")
    return numbers[0] * 3600 + numbers[1] * 60, numbers[2] * 3600 + numbers[3] * 60


OFFICE_HOURS = without_breaks(spans("09:00-18:00"), spans("12:00-13:00"))
OFFICE_WEEK = weekly(OFFICE_HOURS)
