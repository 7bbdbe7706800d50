"""Identifiers sort by the time of what they name, also when they are made for a moment of the past."""

from datetime import UTC, datetime, timedelta

from jieli.base.ids import uuid7, uuid7_at, uuid7s

THEN = datetime(2025, 6, 2, 9, 30, 0, 250_000, tzinfo=UTC)


def test_ids_made_one_after_the_other_rise() -> None:
    made = [uuid7(), *uuid7s(3), uuid7()]
    assert made == sorted(made)


def test_ids_of_the_past_sort_by_moment_and_then_by_place() -> None:
    made = [uuid7_at(THEN, 1, 9), uuid7_at(THEN, 2, 5), uuid7_at(THEN + timedelta(milliseconds=1), 0, 1)]
    assert made == sorted(made)
    assert made[-1] < uuid7()


def test_an_id_of_the_past_is_a_version_7_of_its_millisecond() -> None:
    made = uuid7_at(THEN, 3, 77)
    assert made.version == 7
    assert made.int >> 80 == round(THEN.timestamp() * 1_000)
