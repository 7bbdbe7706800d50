"""What a record's way through its process adds up to: how far it came, whether its first leg was in time, and how
long it took until it was closed. Reports read these columns instead of the whole ledger."""

from datetime import datetime

from jieli.base.worktime import Calendar
from jieli.blueprint.document import Process, Stage
from jieli.records import Batch, Draft

KEPT, MISSED = "kept", "missed"


def main_stages(process: Process) -> list[Stage]:
    """The way to the win and beyond: open stages, then won ones, each in the order of the process."""
    return [stage for kind in ("open", "won") for stage in process.stages if stage.kind == kind]


def furthest(process: Process, before: str | None, stage: Stage) -> str:
    """The later of two main stages. A lost or void record got as far as it was before; of one that comes in
    closed, without a history, only the beginning is known."""
    order = [one.key for one in main_stages(process)]
    known = [key for key in (before, stage.key) if key in order]
    return max(known, key=order.index, default=order[0])


def note_progress(process: Process, batch: Batch, draft: Draft, stage: Stage, calendar: Calendar) -> None:
    """Set `reached`, `first_leg` and `cycle` of a record that arrives at a stage."""
    draft.values["reached"] = furthest(process, draft.after("reached"), stage)
    if stage.key != process.stages[0].key and not draft.after("first_leg"):
        draft.values["first_leg"] = _first_leg(process, batch, draft, stage)
    if stage.kind == "open":
        draft.values["cycle"] = None
    elif draft.before is None or draft.before.get("outcome") == "open":
        draft.values["cycle"] = _cycle(draft, calendar)


def _first_leg(process: Process, batch: Batch, draft: Draft, stage: Stage) -> str | None:
    """Whether the record left the first stage within its limit. None where that was not seen, such as for a
    record from a file, or where it does not matter: a record that ends there in time."""
    first = process.stages[0]
    if first.limit is None:
        return None
    if draft.before is None:
        came_by_file = batch.source == "import" and "assignment" not in draft.extra
        return KEPT if stage.is_active and not came_by_file else None
    if draft.before.get("stage") != first.key:
        return None
    due, left = draft.before.get("stage_due"), draft.values["stage_since"]
    if due is not None and left > due:
        return MISSED
    return KEPT if stage.kind in ("open", "won") else None


def _cycle(draft: Draft, calendar: Calendar) -> int | None:
    """Working seconds from entry to close; None for a record that came in closed without its dates."""
    start: datetime | None = draft.after("created_at")
    end: datetime | None = draft.values.get("closed_at") or draft.after("closed_at")
    if start is None or end is None or end < start:
        return None
    return calendar.working_seconds(start, end)
