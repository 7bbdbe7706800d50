"""Why records were lost, as far as their process asks for a reason."""

from jieli.blueprint.model import Field, Object, Workspace
from jieli.fields.contract import Choosing
from jieli.insight.business import deals_of, leads_of
from jieli.insight.figures import Counts
from jieli.insight.period import Period
from jieli.insight.tally import Counting, Measure, Source, Tally
from jieli.insight.trees import ENDED_BADLY, all_of, in_
from jieli.records import Values


def reason_tallies(workspace: Workspace, period: Period) -> dict[Source, Counting]:
    """Leads created in the period that came to nothing, and deals lost in it, by their reason."""
    leads, deals = leads_of(workspace), deals_of(workspace)
    found: dict[Source, Counting] = {}
    reason = _reason(workspace, leads, ENDED_BADLY)
    if leads and reason:
        ended = all_of(period.where("created_at"), in_("outcome", ENDED_BADLY))
        found["lead"] = Tally(leads.key, [Measure("count", ended)], group=reason)
    reason = _reason(workspace, deals, ("lost",))
    if deals and reason:
        ended = all_of(period.where("closed_at"), in_("outcome", ["lost"]))
        found["deal"] = Tally(deals.key, [Measure("count", ended)], group=reason)
    return found


def _reason(workspace: Workspace, obj: Object | None, kinds: tuple[str, ...]) -> str | None:
    """The field with choices that moves to such an end require."""
    process = workspace.process(obj.key) if obj else None
    if obj is None or process is None:
        return None
    ends = {stage.key for stage in process[1].stages if stage.kind in kinds}
    required = [key for move in process[1].moves if move.to in ends for key in move.required]
    single = (key for key in required if obj.field(key).columns[0].type == "text")
    return next((key for key in single if isinstance(obj.field(key).type, Choosing)), None)


def why_lost(workspace: Workspace, counts: Counts, source: Source) -> list[Values]:
    """The most frequent reason first; no reason is a reason to ask."""
    tally = counts.tallies[source]
    assert isinstance(tally, Tally)
    field = workspace.object(tally.object_key).field(str(tally.group))
    found = [
        {
            "reason": labelled(field, place) if place is not None else None,
            "count": numbers["count"],
            "drill": tally.drill("count", place=place),
        }
        for place, numbers in counts.found[source].items()
        if numbers["count"]
    ]
    return sorted(found, key=lambda one: (-one["count"], str(one["reason"])))


def labelled(field: Field, key: str) -> Values:
    """A choice with its label in both languages; a text is its own label."""
    choices = field.type.choices(field.options) if isinstance(field.type, Choosing) else {}
    label = choices[key].label if key in choices else None
    return {"id": key, "title": {"zh": label.zh, "en": label.en} if label else {"zh": key, "en": key}}
