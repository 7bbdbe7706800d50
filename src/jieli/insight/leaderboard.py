"""Who is ahead: members by one metric."""

from uuid import UUID

from jieli.access import Actor, require_right
from jieli.base import clock
from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.db.pool import ReadTx
from jieli.insight.business import counting
from jieli.insight.figures import FIGURES, Counts, counted
from jieli.insight.metrics import METRICS
from jieli.insight.period import Period, this_month
from jieli.records import Values
from jieli.records.read import titles_of

CHOICES = ("won_amount", "won", "leads_converted", "follow_ups", "handoff_in_time")
UNKNOWN_METRIC = Message("unknown_metric", "没有「{metric}」这个指标", "There is no metric “{metric}”")


async def leaderboard(
    tx: ReadTx, actor: Actor, *, metric: str = "won_amount", period: Period | None = None
) -> Values:
    """Everybody with something to show, the foremost first; equals share a rank. Records count for their owner,
    hand-offs for who accepted them. In two statements; without a period, of this month. Raises RightMissing
    without the right to see dashboards, and Invalid."""
    require_right(actor, "dashboard")
    if metric not in CHOICES:
        raise Invalid(Problem("metric", UNKNOWN_METRIC, {"metric": metric[:40]}))
    period = period or this_month(clock.now(), actor.workspace.context.zone)
    source = FIGURES[metric].source
    (counts,) = await counted(tx, actor, counting(actor.workspace, [source], period, group="owner"))
    scores = {place: _score(counts, metric, place) for place in counts.places(source) if place}
    scores = {place: score for place, score in scores.items() if score}
    titles = await titles_of(tx, actor, {"member": [UUID(place) for place in scores]})
    named = {place: titles.get(("member", UUID(place))) or "" for place in scores}
    return {
        "period": period.as_json(),
        "metric": METRICS[metric].as_json(),
        "metrics": [METRICS[key].as_json() for key in CHOICES],
        "rows": [
            {
                "rank": 1 + sum(other > scores[place] for other in scores.values()),
                "member": {"id": place, "title": named[place]},
                "value": counts.value(metric, place),
                "drill": counts.drill(metric, place),
            }
            for place in sorted(scores, key=lambda each: (-scores[each], named[each], each))
        ],
    }


def _score(counts: Counts, metric: str, place: str) -> float:
    return float(counts.value(metric, place) or 0)
