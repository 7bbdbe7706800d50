from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from jieli.base.language import Language
from jieli.fields import FIELD_TYPES, Context, Zoned
from tests.fields.takes import operand, parse, refusal

TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
DATETIME = FIELD_TYPES["datetime"]


@pytest.mark.parametrize(
    "raw",
    [
        "2026-11-23T10:00:00Z",
        "2026-11-23T18:00:00+08:00",
        "2026-11-23T18:00",
        "2026-11-23 18:00",
        "2026-11-23T10:00:00.9Z",
    ],
)
def test_a_moment_is_kept_in_utc_to_the_second(raw: str) -> None:
    assert parse("datetime", raw) == TEN


def test_local_times_are_those_of_the_workspace() -> None:
    berlin = Context(zone=ZoneInfo("Europe/Berlin"))
    assert parse("datetime", "2026-11-23T11:00", berlin) == TEN


def test_a_day_as_operand_is_its_first_moment() -> None:
    assert operand("datetime", "2026-11-23") == datetime(2026, 11, 22, 16, tzinfo=UTC)


@pytest.mark.parametrize(
    "raw", ["now", "2026-11-23T25:00", "20261123T100000Z", 1763892000, True, "9999-12-31T23:00-14:00"]
)
def test_other_json_is_refused(raw: object) -> None:
    assert refusal("datetime", raw)


def test_people_see_the_time_of_their_zone() -> None:
    assert isinstance(DATETIME, Zoned)
    assert DATETIME.text("2026-11-23T10:00:00Z", None, Language.ZH) == "2026-11-23 18:00"
    assert DATETIME.text_in("2026-11-23T10:00:00Z", ZoneInfo("Europe/Berlin")) == "2026-11-23 11:00"


def test_a_moment_of_the_program_is_dumped_without_its_fraction() -> None:
    assert DATETIME.dump(TEN.replace(microsecond=123)) == "2026-11-23T10:00:00Z"
