"""The order of things to do, and the reason of each in words."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jieli.base.language import Language, Message
from jieli.records import Values

ORDER = (
    "handoff", "overdue", "returned", "assign_late", "task_late", "follow_up_late",
    "due", "task", "follow_up", "assign", "mention",
)  # fmt: skip
"""First what others wait for, then what is over its time, then what is due today, then what has time."""
RANKS = {kind: rank for rank, kind in enumerate(ORDER, start=1)}

REASONS = {
    "handoff": Message("todo_handoff", "{by}交给你，{when}", "From {by}, {when}"),
    "overdue": Message("todo_overdue", "阶段「{stage}」{when}", "“{stage}” {when}"),
    "due": Message("todo_due", "阶段「{stage}」{when}", "“{stage}” {when}"),
    "returned": Message("todo_returned", "被{by}退回：{reason}", "Returned by {by}: {reason}"),
    "assign": Message("todo_assign", "待分配，{when}", "To assign, {when}"),
    "task": Message("todo_task", "任务{when}", "Task {when}"),
    "follow_up": Message("todo_follow_up", "跟进{when}", "Follow up {when}"),
    "mention": Message("todo_mention", "{by}提到了你", "{by} mentioned you"),
}
WITH_TEXT = Message("todo_with_text", "{reason}:{text}", "{reason}: {text}")
LATE = Message("when_late", "超时 {time}", "overdue by {time}")
TODAY = Message("when_today", "今天 {clock} 到期", "due today at {clock}")
TOMORROW = Message("when_tomorrow", "明天 {clock} 到期", "due tomorrow at {clock}")
ON_DAY = Message("when_on_day", "{day} {clock} 到期", "due on {day} at {clock}")
NO_LIMIT = Message("when_no_limit", "没有期限", "no deadline")
SOMEBODY = Message("somebody", "有人", "Somebody")
SPANS = (
    (timedelta(days=2), timedelta(days=1), Message("span_days", "{n} 天", "{n} days")),
    (timedelta(hours=1), timedelta(hours=1), Message("span_hours", "{n} 小时", "{n} h")),
    (timedelta(0), timedelta(minutes=1), Message("span_minutes", "{n} 分钟", "{n} min")),
)
LONGEST_TEXT = 80


def reason(kind: str, note: Values, due: datetime | None, now: datetime, zone: ZoneInfo) -> Values:
    """{"zh", "en"}: why this is to be done, and by when. `note` may have `by`, `reason` (in both
    languages), `stage` (a label) and `text`."""
    return {language.value: _said(kind, note, due, now, zone, language) for language in Language}


def _said(
    kind: str, note: Values, due: datetime | None, now: datetime, zone: ZoneInfo, language: Language
) -> str:
    params = {
        "by": note.get("by") or SOMEBODY,
        "reason": (note.get("reason") or {}).get(language.value, ""),
        "stage": note.get("stage") or "",
        "when": when(due, now, zone, language),
    }
    said = REASONS[kind].text(language, **params)
    text = note.get("text")
    return WITH_TEXT.text(language, reason=said, text=text[:LONGEST_TEXT]) if text else said


def when(due: datetime | None, now: datetime, zone: ZoneInfo, language: Language) -> str:
    """How long something is overdue, or when it will be."""
    if due is None:
        return NO_LIMIT.text(language)
    if due < now:
        return LATE.text(language, time=_span(now - due, language))
    local, days = due.astimezone(zone), (due.astimezone(zone).date() - now.astimezone(zone).date()).days
    message = {0: TODAY, 1: TOMORROW}.get(days, ON_DAY)
    places = {"clock": f"{local:%H:%M}", "day": f"{local:%m-%d}"}
    return message.text(language, **places)


def _span(time: timedelta, language: Language) -> str:
    _, unit, message = next(one for one in SPANS if time >= one[0])
    return message.text(language, n=time // unit)
