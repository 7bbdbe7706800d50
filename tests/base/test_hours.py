"""The hours of working days."""

import pytest

from jieli.base.hours import OFFICE_HOURS, OFFICE_WEEK, spans, weekly, without_breaks


def test_hours_are_read_from_texts_in_any_order() -> None:
    assert spans("13:00 - 18:00", "9:00至12:00") == ((32400, 43200), (46800, 64800))


def test_breaks_are_cut_out_of_hours() -> None:
    day = spans("09:00-18:00")
    assert without_breaks(day, spans("12:00-13:00")) == spans("09:00-12:00", "13:00-18:00")
    assert without_breaks(day, spans("08:00-10:00", "17:00-19:00")) == spans("10:00-17:00")
    assert without_breaks(day, spans("19:00-20:00")) == day
    assert without_breaks(day, day) == ()


def test_an_office_works_eight_hours_from_monday_to_friday() -> None:
    assert sum(end - start for start, end in OFFICE_HOURS) == 8 * 3600
    assert weekly(OFFICE_HOURS, (0, 1, 2, 3, 4)) == OFFICE_WEEK
    assert OFFICE_WEEK[5:] == ((), ())


@pytest.mark.parametrize(
    "texts",
    [
        ("18:00-09:00",),
        ("9-18",),
        ("09:00-25:00",),
        ("09:00-09:00",),
        ("09:70-18:00",),
        ("09:00-12:00", "11:00-18:00"),
    ],
)
def test_impossible_hours_are_refused(texts: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="span"):
        spans(*texts)
