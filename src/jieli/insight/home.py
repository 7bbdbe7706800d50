"""The home page: what must I do now, and was what I did accepted; then four numbers of my role, and the team of who
leads one."""

from jieli.access import Actor
from jieli.base import clock
from jieli.db.pool import ReadTx
from jieli.insight.business import counting, deals_of
from jieli.insight.figures import compared, counted, sources_of
from jieli.insight.period import this_month
from jieli.insight.tally import Source
from jieli.insight.team import leads_team, team
from jieli.insight.todo import passed, todo
from jieli.insight.trees import ME, any_of, is_
from jieli.records import Values

OF_TEAM = {
    "manager": ("new_opportunities", "won_amount", "win_rate", "cycle"),
    "operations": ("collected", "first_leg", "handoff_on_time", "handoff_returned"),
    "admin": ("collected", "new_opportunities", "won_amount", "win_rate"),
}
"""Numbers of everything that the reader sees."""
OF_MYSELF = {
    "sales": ("won_amount", "win_rate", "follow_ups", "handoff_on_time"),
    "marketing": ("collected", "converted", "lead_rate_decided", "first_leg"),
    "success": ("handoff_accepted", "handoff_on_time", "follow_ups", "new_opportunities"),
    "expert": ("handoff_accepted", "handoff_on_time", "handoff_returned", "follow_ups"),
}
MINE: dict[Source, Values] = {
    "lead": any_of(is_("owner", ME), is_("created_by", ME)),
    "deal": is_("owner", ME),
    "follow_up": is_("owner", ME),
}


async def home(tx: ReadTx, actor: Actor) -> Values:
    """In four statements, or three for who leads no team."""
    waiting = await todo(tx, actor)
    found = {
        "todo": waiting["items"],
        "todo_count": waiting["count"],
        "passed": await passed(tx, actor),
        "numbers": await numbers(tx, actor),
    }
    if leads_team(actor, deals_of(actor.workspace)):
        found["team"] = await team(tx, actor)
    return found


async def numbers(tx: ReadTx, actor: Actor) -> list[Values]:
    """Four figures of this month so far beside as much of the last one, in one statement."""
    keys, of_team = _chosen(actor)
    zone = actor.workspace.context.zone
    period = this_month(clock.now(), zone)
    periods = (period, period.previous(clock.now().astimezone(zone).date()))
    only, receiver = ({}, None) if of_team else (MINE, actor.member)
    now, before = await counted(
        tx,
        actor,
        *[counting(actor.workspace, sources_of(keys), one, only=only, receiver=receiver) for one in periods],
    )
    return [compared(key, now, before) for key in now.known(keys)]


def _chosen(actor: Actor) -> tuple[tuple[str, ...], bool]:
    """The metrics for the actor's roles, and whether they are about the team. A role of the workspace's own counts
    as leading a team or selling."""
    of_team = next((role for role in OF_TEAM if role in actor.roles), None)
    if of_team:
        return OF_TEAM[of_team], True
    of_myself = next((role for role in OF_MYSELF if role in actor.roles), None)
    if of_myself is None and leads_team(actor, deals_of(actor.workspace)):
        return OF_TEAM["manager"], True
    return OF_MYSELF[of_myself or "sales"], False
