"""The key figures of the dashboard, each beside the period before."""

from jieli.access import Actor
from jieli.base import clock
from jieli.db.pool import ReadTx
from jieli.insight.business import counting
from jieli.insight.figures import compared, counted, sources_of
from jieli.insight.period import Period, this_month
from jieli.records import Values

SHOWN = (
    *("collected", "new_opportunities", "won_amount", "win_rate"),
    *("cycle", "first_leg", "handoff_on_time", "handoff_returned"),
)


async def summary(tx: ReadTx, actor: Actor, *, period: Period | None = None) -> Values:
    """In one statement; without a period, of this month."""
    zone = actor.workspace.context.zone
    period = period or this_month(clock.now(), zone)
    previous = period.previous(clock.now().astimezone(zone).date())
    tallies = [counting(actor.workspace, sources_of(SHOWN), one) for one in (period, previous)]
    now, before = await counted(tx, actor, *tallies)
    return {
        "period": period.as_json(),
        "previous": previous.as_json(),
        "numbers": [compared(key, now, before) for key in now.known(SHOWN)],
    }
