"""The funnel of a process: how far the records of a period came, where they ended, how long each stage takes, and
which stage is the bottleneck."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from jieli.access import Action, Actor, condition, may_read_field, require, rows
from jieli.base.errors import NotFound
from jieli.base.language import Message
from jieli.blueprint.document import Process, Stage
from jieli.blueprint.model import Field, Object
from jieli.db.pool import ReadTx, Record
from jieli.insight import store
from jieli.insight.bottleneck import Passage, bottleneck
from jieli.insight.metrics import described, percent
from jieli.insight.period import Period
from jieli.insight.trees import all_of, drill, in_, is_, not_in
from jieli.query.rows import Rows
from jieli.records import Values
from jieli.relay.progress import main_stages

SHOWN = ("entered", "conversion", "conversion_decided", "overall", "stage_time")
ENDS = ("lost", "void")


class UnknownProcess(NotFound):
    message = Message("unknown_process", "没有「{process}」这个流程", "There is no process “{process}”")


@dataclass(frozen=True, slots=True)
class Standing:
    """So many records came as far as the `reached`th main stage, stand in `stage` and ended as `outcome`."""

    reached: int
    stage: str
    outcome: str
    count: int
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Time:
    """The `n` ended legs of a stage, in working seconds."""

    n: int = 0
    median: int | None = None
    mean: int | None = None


@dataclass(frozen=True, slots=True)
class Funnel:
    """What was asked and found: the records of an object for which `tree` holds."""

    obj: Object
    process: Process
    tree: Values
    amount: Field | None
    standings: Sequence[Standing]
    times: dict[str, Time]

    @property
    def main(self) -> list[Stage]:
        return main_stages(self.process)

    def count(self, which: Callable[[Standing], bool]) -> int:
        return sum(one.count for one in self.standings if which(one))

    def total(self, which: Callable[[Standing], bool]) -> str | None:
        """The sum of the amounts; None when there is no amount to be seen."""
        if self.amount is None:
            return None
        return str(sum((one.amount for one in self.standings if which(one)), Decimal("0.00")))

    def drill(self, *trees: object) -> Values:
        return drill(self.obj.key, self.tree, *trees)

    def as_far_as(self, place: int) -> Values:
        """The condition of the records that reached a main stage or a later one."""
        return in_("reached", [stage.key for stage in self.main[place:]]) if place else {}

    def no_further_than(self, place: int) -> Values:
        """The condition of those that reached it and none later. Whatever is not known to have come further has
        come to the first."""
        if place == 0:
            return not_in("reached", [stage.key for stage in self.main[1:]])
        return is_("reached", self.main[place].key)


async def funnel(
    tx: ReadTx, actor: Actor, process_key: str, *, period: Period | None = None, where: object = None
) -> Values:
    """In two statements. Raises UnknownProcess, NotPermitted, and Invalid for a bad condition."""
    found = await _found(tx, actor, process_key, all_of(period.where("created_at") if period else {}, where))
    stages = [_stage(found, place, stage) for place, stage in enumerate(found.main)]
    _mark_bottleneck(found, stages)
    return {
        "process": process_key,
        "object": found.obj.key,
        "label": found.process.label.model_dump(),
        "period": period.as_json() if period else None,
        "amount": found.amount.key if found.amount else None,
        "stages": stages,
        "ends": [_end(found, stage) for stage in found.process.stages if stage.kind in ENDS],
        "definition": described("entered")[0]["definition"],
        "columns": described(*SHOWN),
    }


async def _found(tx: ReadTx, actor: Actor, process_key: str, tree: Values) -> Funnel:
    process = actor.workspace.document.processes.get(process_key)
    if process is None:
        raise UnknownProcess(process=process_key[:40])
    obj = actor.workspace.object(process.object)
    require(actor, obj, Action.READ)
    seen = rows(actor, obj, condition(actor, obj, tree))
    amount = obj.amount if obj.amount and may_read_field(actor, obj, obj.amount) else None
    order = {stage.key: place for place, stage in enumerate(main_stages(process))}
    standings = [_standing(order, row) for row in await tx.all(store.standings(seen, amount))]
    times = await _times(tx, actor, process_key, seen, everything=seen.is_whole and not tree)
    return Funnel(obj, process, tree, amount, standings, times)


def _standing(order: dict[str, int], row: Record) -> Standing:
    reached, amount = order.get(row["reached"], 0), Decimal(row["amount"] or 0)
    return Standing(reached, row["stage"], row["outcome"], row["n"], amount)


async def _times(
    tx: ReadTx, actor: Actor, process_key: str, seen: Rows, *, everything: bool
) -> dict[str, Time]:
    if everything:
        statement = store.all_stage_times(actor.workspace, process_key, seen.object)
    else:
        statement = store.stage_times(actor.workspace, process_key, seen)
    return {
        row["stage"]: Time(row["n"], round(row["median"]), round(row["mean"]))
        for row in await tx.all(statement)
    }


def _stage(found: Funnel, place: int, stage: Stage) -> Values:
    entered = found.count(lambda one: one.reached >= place)
    onwards = found.count(lambda one: one.reached > place)
    waiting = found.count(lambda one: one.reached == place and one.outcome not in ENDS)
    last = place == len(found.main) - 1
    time = found.times.get(stage.key, Time())
    return {
        "stage": stage.key,
        "label": stage.label.model_dump(),
        "kind": stage.kind,
        "entered": entered,
        "amount": found.total(lambda one: one.reached >= place),
        "conversion": None if last else percent(onwards, entered),
        "conversion_decided": None if last else percent(onwards, entered - waiting),
        "overall": percent(entered, found.count(lambda one: True)),
        "now": found.count(lambda one: one.stage == stage.key),
        "waiting": waiting,
        **{end: found.count(_ended(place, end)) for end in ENDS},
        "legs": time.n,
        "median_working_seconds": time.median,
        "mean_working_seconds": time.mean,
        "bottleneck": False,
        "reason": None,
        "drill": found.drill(found.as_far_as(place)),
        "drills": {
            "now": found.drill(is_("stage", stage.key)),
            "waiting": found.drill(found.no_further_than(place), not_in("outcome", ENDS)),
            **{end: found.drill(found.no_further_than(place), is_("outcome", end)) for end in ENDS},
        },
    }


def _ended(place: int, outcome: str) -> Callable[[Standing], bool]:
    return lambda one: one.reached == place and one.outcome == outcome


def _end(found: Funnel, stage: Stage) -> Values:
    """A stage in which records end without a win."""
    return {
        "stage": stage.key,
        "label": stage.label.model_dump(),
        "kind": stage.kind,
        "count": found.count(lambda one: one.stage == stage.key),
        "amount": found.total(lambda one: one.stage == stage.key),
        "drill": found.drill(is_("stage", stage.key)),
    }


def _mark_bottleneck(found: Funnel, stages: Sequence[Values]) -> None:
    passages = [
        Passage(
            one["stage"],
            one["entered"] - one["waiting"],
            one["lost"] + one["void"],
            one["legs"],
            one["median_working_seconds"],
        )
        for one in stages
        if one["kind"] == "open"
    ]
    narrowest = bottleneck(passages)
    for one in stages:
        if narrowest and one["stage"] == narrowest.stage:
            one["bottleneck"], one["reason"] = True, narrowest.reason
