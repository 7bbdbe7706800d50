"""The working calendar of a workspace, kept in memory for a minute."""

import time
from datetime import date

from jieli.base.worktime import Calendar, DayKind
from jieli.blueprint.model import Workspace
from jieli.db.pool import ReadTx
from jieli.relay import store

KEPT_SECONDS = 60
_kept: dict[str, tuple[float, Calendar]] = {}


async def calendar_of(tx: ReadTx, workspace: Workspace) -> Calendar:
    """Office hours and the days that differ. A change of the calendar is seen within a minute."""
    known = _kept.get(workspace.schema)
    if known and time.monotonic() - known[0] < KEPT_SECONDS:
        return known[1]
    rows = await tx.all(store.days(workspace))
    days: dict[date, DayKind] = {row["day"]: DayKind(row["kind"]) for row in rows}
    found = Calendar(zone=workspace.context.zone, exceptions=days)
    _kept[workspace.schema] = (time.monotonic(), found)
    return found


def forget(workspace: Workspace) -> None:
    """Read the calendar anew the next time."""
    _kept.pop(workspace.schema, None)
