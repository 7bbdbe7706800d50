"""What the company's records and ledgers show is what was planted in it."""

from collections.abc import Mapping
from datetime import UTC, datetime
from math import log, sqrt
from statistics import fmean, median
from uuid import UUID, uuid4

import pytest
import pytest_asyncio

from jieli import hooks
from jieli.base import clock
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.pool import Database, Record
from jieli.db.sql import Sql, sql
from jieli.records.content import Disk
from jieli.relay.calendars import calendar_of
from jieli.relay.verify import verify
from jieli.standard import load
from jieli.synthetic import Deviation, Report, Size, build, truth_of
from jieli.synthetic.truth import CAUSES

SIZE = Size(
    sales=10, marketers=4, experts=3, success=3, leads=1_500, opportunities=1_500, campaigns=6, days=365
)
SEED = 11
TODAY = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


class Built:
    """A company of some size, and how to ask its tables."""

    def __init__(self, db: Database, workspace: Workspace, report: Report) -> None:
        self.db, self.workspace, self.report = db, workspace, report
        self.truth = report.truth

    async def rows(self, statement: Sql) -> list[Record]:
        async with self.db.read() as tx:
            return await tx.all(statement)

    async def records(self, statement: Sql) -> set[UUID]:
        return {row["record"] for row in await self.rows(statement)}


@pytest_asyncio.fixture(scope="module")
async def built(db: Database, tmp_path_factory: pytest.TempPathFactory) -> Built:
    hooks.install()
    slug = f"truth_{uuid4().hex[:12]}"
    async with db.begin() as tx:
        workspace = await workspaces.create(tx, slug, load())
    with clock.at(TODAY):
        report = await build(db, slug, SIZE, SEED, files=Disk(tmp_path_factory.mktemp("files")))
    return Built(db, workspace, report)


def correlation(one: Mapping[UUID, float], other: Mapping[UUID, float]) -> float:
    """How alike two orders of the same people are, from -1 to 1 (Spearman)."""
    ranks = [{key: place for place, key in enumerate(sorted(m, key=lambda k: m[k]))} for m in (one, other)]
    n = len(one)
    return 1 - 6 * sum((ranks[0][key] - ranks[1][key]) ** 2 for key in one) / (n * (n * n - 1))


def by_person(rows: list[Record]) -> dict[UUID, list[float]]:
    found: dict[UUID, list[float]] = {}
    for row in rows:
        found.setdefault(row["person"], []).append(float(row["value"]))
    return found


async def test_there_is_as_much_as_the_size_says(built: Built) -> None:
    assert (built.report.leads, built.report.opportunities) == (SIZE.leads, SIZE.opportunities)
    members = await built.rows(sql("select id from {m}", m=built.workspace.object("member").table))
    departments = await built.rows(sql("select id from {d}", d=built.workspace.object("department").table))
    assert (len(members), len(departments)) == (SIZE.members, SIZE.departments)


async def test_it_keeps_every_promise_of_the_relay(built: Built) -> None:
    async with built.db.read() as tx:
        assert (await verify(tx, built.workspace)).violations == ()


async def test_the_truth_can_be_found_anew(built: Built) -> None:
    async with built.db.read() as tx:
        assert await truth_of(tx, built.workspace, SIZE, SEED) == built.truth
        assert await truth_of(tx, built.workspace, SIZE, SEED + 1) != built.truth


async def test_each_source_converts_as_planted(built: Built) -> None:
    qualified = await built.rows(
        sql(
            "select source, count(*) as n from {lead} where reached in ('qualified', 'converted') group by source",
            lead=built.workspace.object("lead").table,
        )
    )
    observed = {row["source"]: row["n"] for row in qualified}
    assert observed == dict(built.truth.promising)
    for source, planted in built.truth.conversions.items():
        tried = built.truth.followed[source]
        error = sqrt(planted * (1 - planted) / tried)
        assert abs(observed[source] / tried - planted) < 4 * error, source


async def test_who_is_slow_takes_longer(built: Built) -> None:
    spent = by_person(
        await built.rows(
            sql(
                "select holder as person, working_seconds as value from {span} where process = 'opportunity'"
                " and stage = 'sign' and left_at is not null and working_seconds > 0",
                span=built.workspace.table("span"),
            )
        )
    )
    taken = {person: fmean(map(log, times)) for person, times in spent.items()}
    pace = {person: built.truth.habits[person].pace for person in taken}
    assert len(taken) == SIZE.sales
    assert correlation(taken, pace) > 0.8


async def test_who_slips_gets_packages_back(built: Built) -> None:
    answers = await built.rows(
        sql(
            "select sender as person, (state = 'returned')::int as value from {h}"
            " where object = 'opportunity' and state in ('returned', 'accepted')",
            h=built.workspace.table("handoff"),
        )
    )
    shares = {person: fmean(found) for person, found in by_person(answers).items() if len(found) > 100}
    slips = {person: built.truth.habits[person].slips for person in shares}
    best, worst = min(slips, key=lambda p: slips[p]), max(slips, key=lambda p: slips[p])
    assert shares[worst] > shares[best]
    assert sum(row["value"] for row in answers) <= built.truth.returned


async def test_as_much_work_comes_to_people_as_planted(built: Built) -> None:
    owned = by_person(
        await built.rows(
            sql(
                "select owner as person, 1 as value from {lead} where owner = any({sellers})",
                lead=built.workspace.object("lead").table,
                sellers=list(built.truth.habits),
            )
        )
    )
    busy = {person: float(len(found)) for person, found in owned.items() if len(found) > 50}
    assert correlation(busy, {person: built.truth.habits[person].load for person in busy}) > 0.7


async def test_every_loss_has_its_cause_and_the_disguised_are_known(built: Built) -> None:
    lost = await built.rows(
        sql(
            "select id as record, loss_reason from {deal} where stage = 'lost'",
            deal=built.workspace.object("opportunity").table,
        )
    )
    said = {row["record"]: row["loss_reason"] for row in lost}
    assert said == built.truth.causes | built.truth.disguised
    ours = {deal for deal, cause in built.truth.causes.items() if cause in ("handover", "slow_response")}
    assert set(built.truth.disguised) < ours
    assert {*built.truth.causes.values()} > {*CAUSES["quote"], "handover", "slow_response"}


DETECTED = {
    Deviation.SKIPPED_STAGE: "select record from {span} s where process = 'opportunity' and stage = 'confirm'"
    " and left_to = 'sign'",
    Deviation.BACK_STEP: "select record from {span} s where process = 'opportunity' and stage = 'quote'"
    " and left_to = 'confirm'",
    Deviation.MISSING_DELIVERABLE: "select record from {span} s where process = 'opportunity' and stage = 'quote'"
    " and left_to = 'sign' and not exists (select 1 from {file} f where f.record = s.record"
    " and f.deliverable = 'quotation')",
    Deviation.LATE_ACCEPTANCE: "select record from {handoff} where object = 'opportunity' and state = 'expired'",
}
"""How an analysis of the ledgers finds each of them."""


@pytest.mark.parametrize("deviation", DETECTED)
async def test_deviations_are_found_exactly(built: Built, deviation: Deviation) -> None:
    statement = DETECTED[deviation]
    tables = {n: built.workspace.table(n) for n in ("span", "file", "handoff") if f"{{{n}}}" in statement}
    found = await built.records(sql(statement, **tables))
    planted = {record for record, kind in built.truth.deviations.items() if kind is deviation}
    assert planted
    assert found == planted


async def test_nobody_works_outside_office_hours_but_where_planted(built: Built) -> None:
    async with built.db.read() as tx:
        calendar = await calendar_of(tx, built.workspace)
    acts = await built.rows(
        sql(
            "select distinct record, at from {event} where actor is not null",
            event=built.workspace.table("event"),
        )
    )
    late = {row["record"] for row in acts if not calendar.is_working(row["at"])}
    planted = {r for r, kind in built.truth.deviations.items() if kind is Deviation.OFF_HOURS}
    assert planted
    assert late == planted


async def test_the_change_of_the_process_shows_where_it_was_made(built: Built) -> None:
    change = built.truth.change
    ratios = {}
    for stage in (change.stage, "sign"):
        rows = await built.rows(
            sql(
                "select (entered >= {at}) as after, holder, working_seconds from {span}"
                " where process = 'opportunity' and stage = {stage} and left_at is not null",
                span=built.workspace.table("span"), stage=stage, at=change.at,
            )
        )  # fmt: skip
        # What a fast and a slow person need is laid side by side by their pace.
        evened = {
            after: median(
                row["working_seconds"] / built.truth.habits[row["holder"]].pace
                for row in rows
                if row["after"] is after
            )
            for after in (True, False)
        }
        ratios[stage] = evened[True] / evened[False]
    assert ratios[change.stage] == pytest.approx(change.factor, rel=0.2)
    assert ratios["sign"] == pytest.approx(1, rel=0.25)
