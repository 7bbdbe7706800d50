"""What the reports are about: which objects are the leads, the deals and the follow-ups of a workspace, and what is
counted of them."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from jieli.base import clock
from jieli.blueprint.model import Object, Workspace
from jieli.insight.handoffs import HandOffTally
from jieli.insight.period import Period
from jieli.insight.tally import Counting, Measure, Source, Tally
from jieli.insight.trees import ENDED_BADLY, all_of, any_of, earlier, empty, in_, is_
from jieli.records import Values

FOLLOW_UP = "activity"
NONE = ""
"""Of an object that a workspace does not have nothing is counted."""


def leads_of(workspace: Workspace) -> Object | None:
    """The object that is converted."""
    sources = [conversion.source for conversion in workspace.document.conversions.values()]
    found = [key for key in sources if key in workspace.objects and workspace.objects[key].has("staged")]
    return workspace.objects[found[0]] if found else None


def deals_of(workspace: Workspace) -> Object | None:
    """The object whose process the dashboards are about."""
    process = workspace.document.processes.get(workspace.document.dashboards.funnel)
    return workspace.objects.get(process.object) if process else None


def lead_tally(
    workspace: Workspace, period: Period, where: object = None, *, group: str | None = None
) -> Tally:
    """Leads created in the period by what has become of them, how many were assigned in time, and how many were
    converted in the period, whenever they were created."""
    leads = leads_of(workspace)
    if leads is None:
        return Tally(NONE, ())
    made = period.where("created_at")
    measures = [
        Measure("collected", made),
        Measure("converted", all_of(made, is_("outcome", "won"))),
        Measure("invalid", all_of(made, in_("outcome", ENDED_BADLY))),
        Measure("in_progress", all_of(made, is_("outcome", "open"))),
        Measure("assigned_in_time", all_of(made, is_("first_leg", "kept"))),
        Measure("assigned_late", all_of(made, _late(workspace, leads))),
        Measure("leads_converted", all_of(period.where("closed_at"), is_("outcome", "won"))),
    ]
    return Tally(leads.key, measures, where or {}, group)


def _late(workspace: Workspace, leads: Object) -> Values:
    """Left the first stage too late, or stands there over its limit."""
    found = workspace.process(leads.key)
    missed = is_("first_leg", "missed")
    if found is None:
        return missed
    waiting = (is_("stage", found[1].stages[0].key), empty("first_leg"), earlier("stage_due", clock.now()))
    return any_of(missed, all_of(*waiting))


def deal_tally(
    workspace: Workspace, period: Period, where: object = None, *, group: str | None = None
) -> Tally:
    """Deals created in the period, and those that ended in it."""
    deals = deals_of(workspace)
    if deals is None:
        return Tally(NONE, ())
    closed = period.where("closed_at")
    won, lost = (all_of(closed, is_("outcome", outcome)) for outcome in ("won", "lost"))
    measures = [
        Measure("new_opportunities", period.where("created_at")),
        Measure("won", won),
        Measure("lost", lost),
        Measure("cycle", won, "median", "cycle"),
    ]
    if deals.amount:
        measures += [
            Measure("won_amount", won, "sum", deals.amount.key),
            Measure("lost_amount", lost, "sum", deals.amount.key),
        ]
    return Tally(deals.key, measures, where or {}, group)


def follow_up_tally(
    workspace: Workspace, period: Period, where: object = None, *, group: str | None = None
) -> Tally:
    notes = workspace.objects.get(FOLLOW_UP)
    if notes is None or "at" not in notes.fields:
        return Tally(NONE, ())
    return Tally(notes.key, [Measure("follow_ups", period.where("at"))], where or {}, group)


def counting(
    workspace: Workspace,
    sources: Iterable[Source],
    period: Period,
    *,
    group: str | None = None,
    only: Mapping[Source, Values] | None = None,
    receiver: UUID | None = None,
) -> dict[Source, Counting]:
    """The tallies of these sources over a period, for all together or by a field that they have in common; of
    hand-offs, by their receiver. `only` narrows the records of a source, `receiver` the hand-offs."""
    where = only or {}
    made: dict[Source, Counting] = {
        "lead": lead_tally(workspace, period, where.get("lead"), group=group),
        "deal": deal_tally(workspace, period, where.get("deal"), group=group),
        "follow_up": follow_up_tally(workspace, period, where.get("follow_up"), group=group),
        "handoff": HandOffTally(period, receiver, group="receiver" if group else None),
    }
    return {source: made[source] for source in sources}
