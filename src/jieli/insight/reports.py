"""Reports by group: what each department collected, converted and lost, and what became of the leads of each source."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from jieli.access import Actor, may_read_field, require_right
from jieli.base import clock
from jieli.base.errors import Invalid, Problem
from jieli.blueprint.model import Field, Object
from jieli.db.pool import ReadTx
from jieli.insight.business import counting, lead_tally, leads_of
from jieli.insight.figures import Counts, counted
from jieli.insight.metrics import described
from jieli.insight.period import Period, this_month
from jieli.insight.reasons import labelled, reason_tallies, why_lost
from jieli.insight.tally import Counting, Source
from jieli.query.aggregate import BAD_GROUP
from jieli.records import Values
from jieli.records.read import titles_of

OF_DEPARTMENTS = (
    *("collected", "converted", "invalid", "in_progress", "lead_rate"),
    *("won", "won_amount", "lost", "lost_amount", "win_rate"),
)
OF_LEADS = ("collected", "converted", "in_progress", "invalid", "lead_rate", "lead_rate_decided")
BOTH: tuple[Source, ...] = ("lead", "deal")


async def departments(tx: ReadTx, actor: Actor, *, period: Period | None = None) -> Values:
    """A row for each department that has something to show, the total, and why leads and deals were lost. In two
    statements; without a period, of this month. Raises RightMissing without the right to see dashboards."""
    require_right(actor, "dashboard")
    period = period or this_month(clock.now(), actor.workspace.context.zone)
    reasons = reason_tallies(actor.workspace, period)
    counts, total, why = await counted(
        tx,
        actor,
        counting(actor.workspace, BOTH, period, group="department"),
        counting(actor.workspace, BOTH, period),
        reasons,
    )
    places = counts.places(*BOTH)
    named = await _titles(tx, actor, "department", places)
    keys = counts.known(OF_DEPARTMENTS)
    return {
        "period": period.as_json(),
        "columns": described(*keys),
        "rows": [{"department": named[place], **row(counts, keys, place)} for place in _by_title(named)],
        "total": row(total, keys),
        "reasons": {source: why_lost(actor.workspace, why, source) for source in reasons},
    }


async def fate(tx: ReadTx, actor: Actor, *, period: Period | None = None, by: str = "source") -> Values:
    """What has become of the leads created in the period, for each value of a field: their source, campaign, owner.
    In two statements. Raises RightMissing, and Invalid for a field that cannot be grouped by."""
    require_right(actor, "dashboard")
    period = period or this_month(clock.now(), actor.workspace.context.zone)
    field = _groupable(actor, leads_of(actor.workspace), by)
    one: dict[Source, Counting] = {"lead": lead_tally(actor.workspace, period, group=field.key)}
    whole: dict[Source, Counting] = {"lead": lead_tally(actor.workspace, period)}
    counts, total = await counted(tx, actor, one, whole)
    places = [place for place in counts.places("lead") if counts.value("collected", place)]
    shown = await _shown(tx, actor, field, places)
    ordered = sorted(places, key=lambda place: (-float(counts.value("collected", place) or 0), place or ""))
    return {
        "period": period.as_json(),
        "by": field.key,
        "columns": described(*OF_LEADS),
        "rows": [{"group": shown[place], **row(counts, OF_LEADS, place)} for place in ordered],
        "total": row(total, OF_LEADS),
    }


def row(counts: Counts, keys: Sequence[str], place: str | None = None) -> Values:
    """The figures of one group, and under `drill` the way to the records of each."""
    values = {key: counts.value(key, place) for key in keys}
    return {**values, "drill": {key: counts.drill(key, place) for key in keys}}


def _groupable(actor: Actor, leads: Object | None, key: str) -> Field:
    field = leads.fields.get(key) if leads else None
    if (
        leads is None
        or field is None
        or not may_read_field(actor, leads, field)
        or field.columns[0].type not in ("text", "uuid")
    ):
        raise Invalid(Problem("by", BAD_GROUP, {"field": key[:60]}))
    return field


async def _shown(
    tx: ReadTx, actor: Actor, field: Field, places: Iterable[str | None]
) -> dict[str | None, Values | None]:
    """Each group as its record, its choice, or its text; None for what has no value."""
    if field.target:
        return await _titles(tx, actor, field.target, places)
    return {place: labelled(field, place) if place is not None else None for place in places}


async def _titles(
    tx: ReadTx, actor: Actor, object_key: str, places: Iterable[str | None]
) -> dict[str | None, Values | None]:
    places = list(places)
    titles = await titles_of(tx, actor, {object_key: [UUID(place) for place in places if place]})
    return {
        place: {"id": place, "title": titles.get((object_key, UUID(place)))} if place else None
        for place in places
    }


def _by_title(named: dict[str | None, Values | None]) -> list[str | None]:
    """What belongs to none comes last."""
    return sorted(named, key=lambda place: (place is None, (named[place] or {}).get("title") or ""))
