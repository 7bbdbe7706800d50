"""Working time, against a walk through every minute."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jieli.base.hours import OFFICE_WEEK, Hours, Week, spans, weekly
from jieli.base.timeline import NoWorkingTime
from jieli.base.worktime import Calendar, DayKind, Period, around_the_clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
NATIONAL_DAY = {
    date(2026, 9, 20): DayKind.WORKDAY,
    **{date(2026, 9, 25) + timedelta(days=n): DayKind.HOLIDAY for n in range(3)},
    **{date(2026, 10, 1) + timedelta(days=n): DayKind.HOLIDAY for n in range(7)},
    date(2026, 10, 10): DayKind.WORKDAY,
}
OFFICE = Calendar(SHANGHAI, exceptions=NATIONAL_DAY)
ZONES = ("Asia/Shanghai", "America/New_York", "Europe/Berlin", "Asia/Kathmandu", "Australia/Lord_Howe", "UTC")
MINUTE = timedelta(minutes=1)
HOUR = 3600


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("start", "end", "hours"),
    [
        ("2026-09-28 09:00", "2026-09-28 18:00", 8),
        ("2026-09-28 11:30", "2026-09-28 13:30", 1),
        ("2026-09-28 20:00", "2026-09-29 08:00", 0),
        ("2026-09-30 17:00", "2026-10-08 10:00", 2),
        ("2026-10-09 17:00", "2026-10-12 10:00", 10),
        ("2026-09-18 18:00", "2026-09-21 09:00", 8),
        ("2026-09-28 10:00", "2026-09-28 09:00", -1),
    ],
)
def test_only_working_time_counts(start: str, end: str, hours: int) -> None:
    assert OFFICE.working_seconds(local(start), local(end)) == hours * HOUR


@pytest.mark.parametrize(
    ("start", "hours", "end"),
    [
        ("2026-09-28 17:00", 1, "2026-09-28 18:00"),
        ("2026-09-28 17:00", 2, "2026-09-29 10:00"),
        ("2026-09-28 11:00", 2, "2026-09-28 14:00"),
        ("2026-09-30 17:30", 24, "2026-10-10 17:30"),
        ("2026-10-03 12:00", 1, "2026-10-08 10:00"),
        ("2026-10-03 12:00", 0, "2026-10-03 12:00"),
        ("2026-10-08 10:00", -1, "2026-10-08 09:00"),
        ("2026-10-08 10:00", -2, "2026-09-30 17:00"),
        ("2026-10-03 12:00", -8, "2026-09-30 09:00"),
        ("2026-12-31 17:00", 1, "2026-12-31 18:00"),
        ("2026-12-31 17:00", 2, "2027-01-01 10:00"),
        ("2027-01-01 10:00", -1, "2027-01-01 09:00"),
        ("2027-01-01 10:00", -2, "2026-12-31 17:00"),
    ],
)
def test_a_limit_falls_in_working_time(start: str, hours: int, end: str) -> None:
    assert OFFICE.add_working(local(start), hours * HOUR) == local(end)


def test_a_make_up_workday_has_the_hours_of_an_ordinary_one() -> None:
    assert OFFICE.is_workday(date(2026, 10, 10))
    assert OFFICE.is_working(local("2026-10-10 10:00"))
    assert not OFFICE.is_working(local("2026-10-10 12:30"))
    assert not OFFICE.is_workday(date(2026, 10, 11))
    assert not OFFICE.is_workday(date(2026, 10, 1))


def test_an_office_opens_at_nine_sharp_and_is_closed_at_six() -> None:
    assert OFFICE.is_working(local("2026-09-28 09:00"))
    assert OFFICE.is_working(local("2026-09-28 17:59:59"))
    assert not OFFICE.is_working(local("2026-09-28 18:00"))
    assert not OFFICE.is_working(local("2026-09-28 08:59:59"))


def test_the_next_working_moment_is_now_or_when_work_begins() -> None:
    assert OFFICE.next_working(local("2026-09-28 10:00")) == local("2026-09-28 10:00")
    assert OFFICE.next_working(local("2026-09-28 12:00")) == local("2026-09-28 13:00")
    assert OFFICE.next_working(local("2026-09-30 18:00")) == local("2026-10-08 09:00")


def test_leave_is_no_working_time() -> None:
    leave = (local("2026-09-28 14:00"), local("2026-09-29 10:00"))
    absent = OFFICE.without([leave])
    assert absent.working_seconds(local("2026-09-28 09:00"), local("2026-09-29 18:00")) == 11 * HOUR
    assert absent.add_working(local("2026-09-28 13:30"), HOUR) == local("2026-09-29 10:30")
    assert absent.add_working(local("2026-09-28 13:30"), HOUR // 2) == local("2026-09-28 14:00")
    assert absent.next_working(local("2026-09-28 15:00")) == local("2026-09-29 10:00")
    assert not absent.is_working(local("2026-09-28 15:00"))
    assert absent.is_working(local("2026-09-29 10:00"))
    assert OFFICE.is_working(local("2026-09-28 15:00"))


def test_a_day_of_leave_is_no_workday() -> None:
    absent = OFFICE.without([(local("2026-09-28 00:00"), local("2026-09-29 00:00"))])
    assert not absent.is_workday(date(2026, 9, 28))
    assert absent.is_workday(date(2026, 9, 29))


def test_leave_adds_up() -> None:
    first, second = local("2026-09-28 09:00"), local("2026-09-28 10:00")
    absent = OFFICE.without([(first, second)]).without([(second, second + timedelta(hours=1))])
    assert absent.working_seconds(first, local("2026-09-28 18:00")) == 6 * HOUR


def test_natural_time_is_a_calendar_without_nights() -> None:
    natural = around_the_clock(SHANGHAI)
    start = local("2026-10-01 03:00")
    assert natural.add_working(start, 24 * HOUR) == start + timedelta(hours=24)
    assert natural.working_seconds(start, start + timedelta(days=400)) == 400 * 24 * HOUR


@pytest.mark.parametrize(("day", "hours"), [("2026-03-08", 23), ("2026-11-01", 25), ("2026-07-01", 24)])
def test_a_day_of_a_changed_clock_has_its_real_length(day: str, hours: int) -> None:
    zone = ZoneInfo("America/New_York")
    midnight = datetime.fromisoformat(day).replace(tzinfo=zone)
    assert around_the_clock(zone).working_seconds(midnight, midnight + timedelta(days=1)) == hours * HOUR


def test_hours_around_a_changed_clock_never_count_twice() -> None:
    zone = ZoneInfo("America/New_York")
    nights = Calendar(zone, weekly(spans("00:00-02:30", "02:40-02:50", "03:00-24:00"), range(7)))
    midnight = datetime(2026, 3, 8, tzinfo=zone)
    assert 22 * HOUR <= nights.working_seconds(midnight, midnight + timedelta(days=1)) <= 23 * HOUR


def test_time_beyond_the_known_centuries_is_not_worked() -> None:
    last = datetime(2200, 1, 2, tzinfo=UTC)
    assert OFFICE.working_seconds(last, datetime(9999, 12, 31, tzinfo=UTC)) == 0
    assert OFFICE.working_seconds(datetime(1, 1, 1, tzinfo=UTC), datetime(1969, 12, 31, tzinfo=UTC)) == 0
    with pytest.raises(NoWorkingTime):
        OFFICE.add_working(last, 1)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="zone"):
        OFFICE.is_working(datetime(2026, 1, 1))


def test_a_calendar_does_not_change_with_the_dictionary_it_was_made_of() -> None:
    exceptions = {date(2026, 9, 28): DayKind.HOLIDAY}
    calendar = Calendar(SHANGHAI, exceptions=exceptions)
    exceptions.clear()
    assert not calendar.is_workday(date(2026, 9, 28))


def test_a_working_day_can_be_shown_in_hours() -> None:
    assert Calendar(SHANGHAI).workday_seconds == 8 * HOUR


def test_a_week_without_hours_is_refused() -> None:
    with pytest.raises(ValueError, match="week"):
        Calendar(SHANGHAI, weekly(()))


def test_impossible_hours_of_any_day_are_refused() -> None:
    with pytest.raises(ValueError, match="span"):
        Calendar(SHANGHAI, (*OFFICE_WEEK[:6], ((10, 5),)))


WEEKS = st.sampled_from(
    (
        OFFICE_WEEK,
        weekly(spans("08:30-11:45", "13:15-17:30"), range(6)),
        weekly(spans("00:00-01:00", "22:00-24:00"), (0, 3, 6)),
        weekly(spans("00:00-24:00"), range(7)),
        (spans("10:00-19:00"), (), spans("06:01-06:02"), (), spans("09:00-12:00"), (), ()),
    )
)
TEN_YEARS = (datetime(2017, 1, 1), datetime(2026, 12, 31))
MOMENTS = st.datetimes(*TEN_YEARS, timezones=st.just(UTC)).map(
    lambda moment: moment.replace(second=0, microsecond=0)
)


@st.composite
def calendars(draw: Callable[..., object]) -> tuple[Calendar, datetime]:
    """A calendar with exceptions and leave around a moment of ten years."""
    moment = draw(MOMENTS)
    assert isinstance(moment, datetime)
    near = st.integers(-2, 9).map(lambda days: moment.date() + timedelta(days=days))
    exceptions = draw(st.dictionaries(near, st.sampled_from(DayKind), max_size=6))
    begin = st.integers(-3000, 12000).map(lambda minutes: moment + minutes * MINUTE)
    leave = draw(st.lists(st.tuples(begin, st.integers(0, 6000)), max_size=3))
    zone = ZoneInfo(str(draw(st.sampled_from(ZONES))))
    calendar = Calendar(zone, draw(WEEKS), exceptions)  # type: ignore[arg-type]
    return calendar.without((first, first + length * MINUTE) for first, length in leave), moment  # type: ignore[attr-defined]


@settings(max_examples=40)
@given(calendars(), st.integers(0, 10000))
def test_working_time_is_the_number_of_working_minutes(
    drawn: tuple[Calendar, datetime], minutes: int
) -> None:
    calendar, start = drawn
    walked = _walked(calendar, start, minutes)
    assert calendar.working_seconds(start, start + minutes * MINUTE) == 60 * sum(walked)
    assert all(calendar.is_working(start + at * MINUTE) == works for at, works in enumerate(walked[:2000]))


@settings(max_examples=40)
@given(calendars(), st.integers(1, 60))
def test_a_limit_ends_with_the_last_of_its_working_minutes(
    drawn: tuple[Calendar, datetime], wanted: int
) -> None:
    calendar, start = drawn
    walked = _walked(calendar, start, 14400)
    working = [at for at, works in enumerate(walked) if works]
    if len(working) >= wanted:
        assert calendar.add_working(start, wanted * 60) == start + (working[wanted - 1] + 1) * MINUTE


@settings(max_examples=40)
@given(calendars(), st.integers(1, 60))
def test_a_limit_backwards_begins_with_the_first_of_its_working_minutes(
    drawn: tuple[Calendar, datetime], wanted: int
) -> None:
    calendar, start = drawn
    end = start + 14400 * MINUTE
    working = [at for at, works in enumerate(_walked(calendar, start, 14400)) if works]
    if len(working) >= wanted:
        assert calendar.add_working(end, -wanted * 60) == start + working[-wanted] * MINUTE


SECONDS = st.datetimes(*TEN_YEARS, timezones=st.sampled_from(ZONES).map(ZoneInfo))


@given(calendars(), SECONDS, SECONDS, SECONDS)
def test_working_time_is_additive(
    drawn: tuple[Calendar, datetime], a: datetime, b: datetime, c: datetime
) -> None:
    calendar, _ = drawn
    assert calendar.working_seconds(a, c) == calendar.working_seconds(a, b) + calendar.working_seconds(b, c)


@given(calendars(), SECONDS, st.integers(-2_000_000, 2_000_000))
def test_the_time_until_a_limit_is_the_limit(
    drawn: tuple[Calendar, datetime], start: datetime, seconds: int
) -> None:
    calendar, _ = drawn
    assert calendar.working_seconds(start, calendar.add_working(start, seconds)) == seconds


@given(calendars(), SECONDS)
def test_the_next_working_moment_has_no_working_time_before_it(
    drawn: tuple[Calendar, datetime], moment: datetime
) -> None:
    calendar, _ = drawn
    following = calendar.next_working(moment)
    assert calendar.is_working(following)
    assert calendar.working_seconds(moment, following) == 0


def _walked(calendar: Calendar, start: datetime, minutes: int) -> list[bool]:
    """Whether each minute is worked, told by the clock on the wall alone."""
    return [_works(calendar, start + at * MINUTE) for at in range(minutes)]


def _works(calendar: Calendar, moment: datetime) -> bool:
    wall = moment.astimezone(calendar.zone)
    second = wall.hour * 3600 + wall.minute * 60
    open_now = any(opens <= second < closes for opens, closes in _hours(calendar.week, calendar, wall.date()))
    return open_now and not _away(calendar.time_off, moment)


def _hours(week: Week, calendar: Calendar, day: date) -> Hours:
    kind = calendar.exceptions.get(day)
    if kind is DayKind.HOLIDAY:
        return ()
    own = week[day.weekday()]
    return own or next(hours for hours in week if hours) if kind else own


def _away(periods: tuple[Period, ...], moment: datetime) -> bool:
    return any(begin <= moment < end for begin, end in periods)
