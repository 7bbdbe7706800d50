"""Figures: the metrics of the dictionary, worked out from counts, each with the way to its records."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jieli.access import Actor
from jieli.db.pool import ReadTx
from jieli.insight.metrics import METRICS, Number, percent
from jieli.insight.tally import Counted, Counting, Found, Source, tally
from jieli.records import Values


@dataclass(frozen=True, slots=True)
class Figure:
    """A metric as counts: one number, or with `of` its percentage of the sum of others."""

    source: Source
    part: str
    of: tuple[str, ...] = ()

    def value(self, counts: Mapping[str, Counted]) -> Number:
        part = counts.get(self.part)
        if self.of:
            return percent(float(part or 0), sum(float(counts.get(key) or 0) for key in self.of))
        if isinstance(part, Decimal):
            return str(part)
        return round(part) if isinstance(part, float) else part


FIGURES: dict[str, Figure] = {
    "collected": Figure("lead", "collected"),
    "converted": Figure("lead", "converted"),
    "invalid": Figure("lead", "invalid"),
    "in_progress": Figure("lead", "in_progress"),
    "lead_rate": Figure("lead", "converted", ("collected",)),
    "lead_rate_decided": Figure("lead", "converted", ("converted", "invalid")),
    "leads_converted": Figure("lead", "leads_converted"),
    "first_leg": Figure("lead", "assigned_in_time", ("assigned_in_time", "assigned_late")),
    "new_opportunities": Figure("deal", "new_opportunities"),
    "won": Figure("deal", "won"),
    "won_amount": Figure("deal", "won_amount"),
    "lost": Figure("deal", "lost"),
    "lost_amount": Figure("deal", "lost_amount"),
    "win_rate": Figure("deal", "won", ("won", "lost")),
    "cycle": Figure("deal", "cycle"),
    "handoff_accepted": Figure("handoff", "handoff_accepted"),
    "handoff_in_time": Figure("handoff", "handoff_in_time"),
    "handoff_on_time": Figure("handoff", "answered_in_time", ("ended",)),
    "handoff_returned": Figure("handoff", "returned", ("answered",)),
    "follow_ups": Figure("follow_up", "follow_ups"),
}


def sources_of(keys: Sequence[str]) -> list[Source]:
    """What has to be counted for these metrics."""
    return list(dict.fromkeys(FIGURES[key].source for key in keys))


@dataclass(frozen=True, slots=True)
class Counts:
    """What was counted of each source, with the tally that counted it."""

    tallies: Mapping[Source, Counting]
    found: Mapping[Source, Found]

    def known(self, keys: Iterable[str]) -> list[str]:
        """Those that this workspace can count: it has the object, and the field."""
        found = ((key, FIGURES[key]) for key in keys)
        return [key for key, figure in found if figure.part in self.tallies[figure.source].nothing]

    def value(self, key: str, place: str | None = None) -> Number:
        figure = FIGURES[key]
        nothing = self.tallies[figure.source].nothing
        return figure.value(self.found[figure.source].get(place, nothing))

    def drill(self, key: str, place: str | None = None) -> Values:
        figure = FIGURES[key]
        return self.tallies[figure.source].drill(figure.part, place=place)

    def whole(self, key: str, place: str | None = None) -> Values | None:
        """The way to what a percentage is taken of."""
        figure = FIGURES[key]
        return self.tallies[figure.source].drill(*figure.of, place=place) if figure.of else None

    def places(self, *sources: Source) -> list[str | None]:
        """The groups that have something."""
        found = (
            place
            for source in sources
            for place, counts in self.found[source].items()
            if any(counts.values())
        )
        return list(dict.fromkeys(found))


def compared(key: str, now: Counts, before: Counts) -> Values:
    """A figure of a period beside that of the one before."""
    metric, value, previous = METRICS[key], now.value(key), before.value(key)
    return {
        **metric.as_json(),
        "value": value,
        "previous": previous,
        "change": metric.change(value, previous),
        "drill": now.drill(key),
        "of": now.whole(key),
    }


async def counted(tx: ReadTx, actor: Actor, *wanted: dict[Source, Counting]) -> list[Counts]:
    """Several sets of tallies in one statement."""
    found = iter(await tally(tx, actor, *[one for tallies in wanted for one in tallies.values()]))
    return [Counts(tallies, {source: next(found) for source in tallies}) for tallies in wanted]
