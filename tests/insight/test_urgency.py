"""Reasons and times in words."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base.language import Language
from jieli.insight.urgency import ORDER, RANKS, REASONS, reason, when

SHANGHAI = ZoneInfo("Asia/Shanghai")
NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("after", "zh", "en"),
    [
        (6 * HOUR, "今天 18:00 到期", "due today at 18:00"),
        (timedelta(0), "今天 12:00 到期", "due today at 12:00"),
        (21 * HOUR, "明天 09:00 到期", "due tomorrow at 09:00"),
        (72 * HOUR, "03-05 12:00 到期", "due on 03-05 at 12:00"),
        (-timedelta(minutes=5), "超时 5 分钟", "overdue by 5 min"),
        (-timedelta(seconds=5), "超时 0 分钟", "overdue by 0 min"),
        (-3 * HOUR, "超时 3 小时", "overdue by 3 h"),
        (-47 * HOUR, "超时 47 小时", "overdue by 47 h"),
        (-60 * HOUR, "超时 2 天", "overdue by 2 days"),
    ],
)
def test_times_are_said_as_people_say_them(after: timedelta, zh: str, en: str) -> None:
    due = NOON + after
    assert (when(due, NOON, SHANGHAI, Language.ZH), when(due, NOON, SHANGHAI, Language.EN)) == (zh, en)


def test_today_is_that_of_the_person() -> None:
    due = datetime(2026, 3, 2, 17, 0, tzinfo=UTC)
    assert when(due, NOON, SHANGHAI, Language.EN) == "due tomorrow at 01:00"
    assert when(due, NOON, ZoneInfo("UTC"), Language.EN) == "due today at 17:00"


def test_a_reason_names_who_and_when() -> None:
    said = reason("handoff", {"by": "王芳"}, NOON + 6 * HOUR, NOON, SHANGHAI)
    assert said == {"zh": "王芳交给你，今天 18:00 到期", "en": "From 王芳, due today at 18:00"}


def test_what_is_to_be_done_follows_its_time() -> None:
    said = reason("follow_up", {"text": "送合同"}, NOON - HOUR, NOON, SHANGHAI)
    assert said == {"zh": "跟进超时 1 小时:送合同", "en": "Follow up overdue by 1 h: 送合同"}


def test_braces_in_what_people_wrote_are_only_text() -> None:
    assert reason("task", {"text": "{by}"}, None, NOON, SHANGHAI)["zh"] == "任务没有期限:{by}"


def test_each_kind_has_a_rank_and_a_reason() -> None:
    assert {kind.removesuffix("_late") for kind in ORDER} == set(REASONS)
    assert sorted(RANKS.values()) == list(range(1, len(ORDER) + 1))


@given(st.sampled_from(sorted(REASONS)), st.none() | st.timedeltas(timedelta(-900), timedelta(900)))
def test_there_is_always_something_to_say(kind: str, after: timedelta | None) -> None:
    said = reason(kind, {}, None if after is None else NOON + after, NOON, SHANGHAI)
    assert all(text.strip() for text in said.values())
