"""Whatever happened, and whoever looks: each number is that of the records behind it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from statistics import median
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from jieli.access import Actor
from jieli.access.rights import has_right
from jieli.base import clock
from jieli.db.pool import Database, Tx
from jieli.insight.funnel import funnel
from jieli.insight.home import home
from jieli.insight.leaderboard import CHOICES, leaderboard
from jieli.insight.metrics import percent
from jieli.insight.period import Period
from jieli.insight.reports import departments, fate
from jieli.insight.summary import summary
from jieli.records import Action, Batch, Change, Values, apply
from jieli.relay.handoffs import accept, give_back, offer
from jieli.relay.limits import sweep_workspace
from jieli.relay.progress import main_stages
from jieli.standard import load
from tests.company import PEOPLE, Company
from tests.insight.story import DAY, HOUR, MONDAY, Story, behind, counted, total

PROCESSES = load().processes
STAGES = {key: [stage.key for stage in process.stages] for key, process in PROCESSES.items()}
NOW = MONDAY + 40 * DAY
SOURCES = (None, "website", "exhibition", "referral")
OWNERS = (None, "sam", "sue", "wes", "mary", "eva", "ed")


@dataclass(frozen=True)
class Life:
    """One record: where it came from, where it went, and how it was handed on."""

    object_key: str
    day: int
    owner: str | None
    amount: int | None
    source: str | None
    imported: str | None
    stages: tuple[tuple[int, str], ...]
    to: str | None
    answer: str
    deleted: bool


@st.composite
def lives(draw: st.DrawFn) -> Life:
    object_key = draw(st.sampled_from(["lead", "opportunity"]))
    steps = draw(st.lists(st.tuples(st.integers(1, 90), st.sampled_from(STAGES[object_key])), max_size=4))
    return Life(
        object_key,
        draw(st.integers(0, 35)),
        draw(st.sampled_from(OWNERS)),
        draw(st.none() | st.integers(0, 10_000)),
        draw(st.sampled_from(SOURCES)),
        draw(st.none() | st.sampled_from(STAGES[object_key])),
        tuple(sorted(steps)),
        draw(st.none() | st.sampled_from(["ed", "sue", "cleo"])),
        draw(st.sampled_from(["accept", "return", "wait", "expire"])),
        draw(st.sampled_from([False, False, False, True])),
    )


periods = st.just(Period(date(2026, 3, 1), date(2026, 6, 1))) | st.builds(
    lambda start, days: Period(
        date(2026, 3, 1) + timedelta(start), date(2026, 3, 1) + timedelta(start + days)
    ),
    st.integers(-5, 40),
    st.integers(1, 60),
)


class _Undone(Exception):
    """Ends the transaction of an example."""


@asynccontextmanager
async def undone(db: Database) -> AsyncIterator[Tx]:
    try:
        async with db.begin() as tx:
            yield tx
            raise _Undone
    except _Undone:
        pass


@settings(max_examples=12)
@given(
    told=st.lists(lives(), min_size=2, max_size=12),
    who=st.sampled_from(sorted(PEOPLE)),
    period=periods,
)
async def test_every_number_is_that_of_the_records_behind_it(
    db: Database, company: Company, told: list[Life], who: str, period: Period
) -> None:
    async with undone(db) as tx:
        story = Story(tx, company)
        for number, life in enumerate(told):
            await lived(story, f"{number}", life)
        actor = await company.actor(tx, who)
        with clock.at(NOW):
            for report in await reports(tx, actor, period):
                for problem in [one async for one in wrong(tx, actor, report)]:
                    raise AssertionError(problem)


@settings(max_examples=12)
@given(told=st.lists(lives(), max_size=8), period=periods)
async def test_the_funnel_counts_as_one_would_by_hand(
    db: Database, company: Company, told: list[Life], period: Period
) -> None:
    async with undone(db) as tx:
        story = Story(tx, company)
        for number, life in enumerate(told):
            await lived(story, f"{number}", life)
        boss = await company.actor(tx, "boss")
        for key in ("lead", "opportunity"):
            mine = [life for life in told if life.object_key == key and not life.deleted]
            found = await funnel(tx, boss, key, period=period)
            entered = {stage["stage"]: stage["entered"] for stage in found["stages"]}
            assert entered == by_hand(key, mine, period)


def by_hand(key: str, told: list[Life], period: Period) -> dict[str, int]:
    """How many went to each stage or a later one, of those who came in within the period."""
    order = [stage.key for stage in main_stages(PROCESSES[key])]
    reached = []
    for life in told:
        came = (MONDAY + life.day * DAY).date()
        if period.start <= came < period.end:
            been = [order[0], life.imported, *(stage for _, stage in life.stages)]
            reached.append(max(order.index(stage) for stage in been if stage in order))
    return {stage: sum(place >= at for place in reached) for at, stage in enumerate(order)}


async def lived(story: Story, name: str, life: Life) -> None:
    start = MONDAY + life.day * DAY
    values: dict[str, object] = {"source": life.source} if life.source else {}
    values |= {"owner": life.owner} if life.owner else {}
    if life.amount is not None:
        values["budget" if life.object_key == "lead" else "amount"] = life.amount
    stage = {"stage": life.imported} if life.imported else {}
    await story.imported(life.object_key, name, start, **values, **stage)
    if life.to:
        await handed_over(story, name, life)
    for hours, to in life.stages:
        await story.moves(life.object_key, name, (life.day * DAY + (hours + 100) * HOUR, to))
    if life.deleted:
        batch = Batch(life.object_key, Action.DELETE, [Change(id=story.ids[name])])
        await apply(story.tx, story.company.system, batch)


async def handed_over(story: Story, name: str, life: Life) -> None:
    """Only what somebody holds can be offered, and not to who holds it."""
    tx, company, start = story.tx, story.company, MONDAY + life.day * DAY
    assert life.to is not None
    stage = next(s for s in PROCESSES[life.object_key].stages if s.key == (life.imported or s.key))
    if not stage.is_active or life.owner == life.to or life.owner is None:
        return
    with clock.at(start):
        giver = await company.actor(tx, life.owner)
        handoff = await offer(tx, giver, life.object_key, story.ids[name], to=company.members[life.to])
    receiver = await company.actor(tx, life.to)
    with clock.at(start + 3 * HOUR):
        if life.answer == "accept":
            await accept(tx, receiver, handoff)
        elif life.answer == "return":
            await give_back(tx, receiver, handoff, reason="不清", missing=[])
    if life.answer == "expire":
        with clock.at(start + 99 * HOUR):
            await sweep_workspace(tx, company.workspace)


async def reports(tx: Tx, actor: Actor, period: Period) -> list[Values]:
    found = [
        await funnel(tx, actor, "opportunity", period=period),
        await funnel(tx, actor, "lead"),
        await summary(tx, actor, period=period),
        await home(tx, actor),
    ]
    if has_right(actor, "dashboard"):
        found += [await departments(tx, actor, period=period), await fate(tx, actor, period=period)]
        found += [await leaderboard(tx, actor, metric=metric, period=period) for metric in CHOICES]
    return found


async def wrong(tx: Tx, actor: Actor, report: Values) -> AsyncIterator[str]:
    """What does not agree with the records behind it, in words."""
    for value, drill, unit, of in numbers(report):
        if unit == "money":
            field = "amount" if drill["object"] == "opportunity" else "budget"
            records = await behind(tx, actor, drill)
            is_right = Decimal(value or 0) == total(records, field)
        elif unit == "duration":
            cycles = [one["cycle"] for one in await behind(tx, actor, drill)]
            is_right = value == (round(median(cycles)) if cycles else None)
        elif unit == "percent":
            is_right = value == percent(await counted(tx, actor, drill), await counted(tx, actor, of))
        else:
            is_right = value == await counted(tx, actor, drill)
        if not is_right:
            yield f"{value} {unit} {drill}"


Counted = tuple[Any, Values, str, Values]


def numbers(report: Values) -> Iterator[Counted]:
    """Value, drill, unit and what a percentage is of, of every number in a report."""
    for one in report.get("numbers", ()):
        yield one["value"], one["drill"], one["unit"], one["of"]
    yield from of_funnel(report)
    yield from of_rows(report)
    yield from of_team(report.get("team", {"stuck_by": {"stages": (), "people": ()}, "overloaded": ()}))


def of_funnel(report: Values) -> Iterator[Counted]:
    for stage in report.get("stages", ()):
        yield stage["entered"], stage["drill"], "count", {}
        yield stage["amount"], stage["drill"], "money", {}
        for key, drill in stage["drills"].items():
            yield stage[key], drill, "count", {}
    for end in report.get("ends", ()):
        yield end["count"], end["drill"], "count", {}
        yield end["amount"], end["drill"], "money", {}


def of_rows(report: Values) -> Iterator[Counted]:
    for row in report.get("rows", ()):
        if "value" in row:
            yield row["value"], row["drill"], report["metric"]["unit"], {}
        else:
            yield from of_row(row, report["columns"])
    if "total" in report:
        yield from of_row(report["total"], report["columns"])
    for reasons in report.get("reasons", {}).values():
        for reason in reasons:
            yield reason["count"], reason["drill"], "count", {}


def of_row(row: Values, columns: list[Values]) -> Iterator[Counted]:
    for column in columns:
        if column["unit"] != "percent":
            yield row[column["key"]], row["drill"][column["key"]], column["unit"], {}


def of_team(team: Values) -> Iterator[Counted]:
    for stage in team["stuck_by"]["stages"]:
        yield stage["count"], stage["drill"], "count", {}
    for one in (*team["stuck_by"]["people"], *team["overloaded"]):
        for way in one["drills"]:
            yield way["count"], way, "count", {}
