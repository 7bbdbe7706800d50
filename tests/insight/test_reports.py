"""What departments collected, converted and lost, and the fate of leads by source."""

from decimal import Decimal

import pytest
import pytest_asyncio

from jieli.access.rights import RightMissing
from jieli.base import clock
from jieli.base.errors import Invalid
from jieli.db.pool import Tx
from jieli.insight.metrics import percent
from jieli.insight.reports import OF_DEPARTMENTS, OF_LEADS, departments, fate
from jieli.records import Action, Batch, Change, Values, apply
from tests.company import Company
from tests.insight.story import DAY, HOUR, MARCH, MONDAY, Story, behind, by, counted, total


@pytest_asyncio.fixture
async def story(tx: Tx, company: Company) -> Story:
    told = Story(tx, company)
    await told.new("lead", "甲", owner="sam", source="website")
    await told.new("lead", "乙", owner="sam", source="website")
    await told.new("lead", "丙", owner="mary", source="exhibition")
    await told.new("lead", "丁", owner="mary")
    await told.new("lead", "戊", MONDAY - 9 * DAY, owner="mary", source="exhibition")
    await told.moves("lead", "甲", (HOUR, "following"), (DAY, "converted"))
    await told.moves("lead", "丙", (HOUR, "invalid"))
    await reason(told, "lead", "丙", invalid_reason="no_need")
    await told.moves("lead", "戊", (HOUR, "converted"))
    await told.deal("甲单", 100, "sam", (DAY, "won"))
    await told.deal("乙单", 200, "sue", (DAY, "lost"))
    await told.deal("丙单", 300, "wes", (DAY, "lost"))
    await told.deal("丁单", 400, "wes", (DAY, "lost"))
    for name in ("乙单", "丙单"):
        await reason(told, "opportunity", name, loss_reason="price")
    return told


async def reason(told: Story, object_key: str, name: str, **values: str) -> None:
    change = Change(dict(values), id=told.ids[name])
    await apply(told.tx, told.company.system, Batch(object_key, Action.UPDATE, [change]))


async def of_departments(story: Story, name: str = "boss") -> Values:
    actor = await story.company.actor(story.tx, name)
    with clock.at(MONDAY + 9 * DAY):
        return await departments(story.tx, actor, period=MARCH)


async def of_leads(story: Story, name: str = "boss", by: str = "source") -> Values:
    actor = await story.company.actor(story.tx, name)
    with clock.at(MONDAY + 9 * DAY):
        return await fate(story.tx, actor, period=MARCH, by=by)


def values(row: Values, keys: tuple[str, ...]) -> dict[str, object]:
    return {key: row[key] for key in keys if row[key]}


async def test_each_department_shows_what_it_collected_converted_and_lost(story: Story) -> None:
    rows = by((await of_departments(story))["rows"], "department")
    assert {name: values(row, OF_DEPARTMENTS) for name, row in rows.items()} == {
        "east": {
            "collected": 2, "converted": 1, "in_progress": 1, "lead_rate": 50.0,
            "won": 1, "won_amount": "100.00", "lost": 1, "lost_amount": "200.00", "win_rate": 50.0,
        },
        "market": {"collected": 2, "invalid": 1, "in_progress": 1},
        "west": {"lost": 2, "lost_amount": "700.00"},
    }  # fmt: skip


async def test_the_total_is_that_of_all(story: Story) -> None:
    total_row = (await of_departments(story))["total"]
    assert values(total_row, OF_DEPARTMENTS) == {
        "collected": 4, "converted": 1, "invalid": 1, "in_progress": 2, "lead_rate": 25.0,
        "won": 1, "won_amount": "100.00", "lost": 3, "lost_amount": "900.00", "win_rate": 25.0,
    }  # fmt: skip


async def test_lost_ones_are_told_by_reason_and_without_one_too(story: Story) -> None:
    reasons = (await of_departments(story))["reasons"]
    assert [(one["reason"] and one["reason"]["title"]["zh"], one["count"]) for one in reasons["deal"]] == [
        ("价格过高", 2),
        (None, 1),
    ]
    assert [(one["reason"]["title"]["en"], one["count"]) for one in reasons["lead"]] == [("No need", 1)]


async def test_a_manager_sees_the_departments_below_only(story: Story) -> None:
    assert set(by((await of_departments(story, "eva"))["rows"], "department")) == {"east"}


async def test_leads_show_what_became_of_them_by_source(story: Story) -> None:
    rows = (await of_leads(story))["rows"]
    assert [(row["group"] and row["group"]["title"]["en"], values(row, OF_LEADS)) for row in rows] == [
        (
            "Website inquiry",
            {"collected": 2, "converted": 1, "in_progress": 1, "lead_rate": 50.0, "lead_rate_decided": 100.0},
        ),
        (None, {"collected": 1, "in_progress": 1}),
        ("Exhibition", {"collected": 1, "invalid": 1}),
    ]


async def test_leads_can_be_told_by_owner(story: Story) -> None:
    rows = by((await of_leads(story, by="owner"))["rows"], "group")
    assert {name: row["collected"] for name, row in rows.items()} == {"sam": 2, "mary": 2}


@pytest.mark.parametrize("field", ["nothing", "products", "needs.x", "budget", "next_at"])
async def test_what_makes_no_groups_is_refused(story: Story, field: str) -> None:
    with pytest.raises(Invalid):
        await of_leads(story, by=field)


@pytest.mark.parametrize("name", ["boss", "eva", "will", "mary", "olga"])
async def test_every_number_leads_to_exactly_its_records(story: Story, name: str) -> None:
    actor = await story.company.actor(story.tx, name)
    for report in (await of_departments(story, name), await of_leads(story, name)):
        for row in (*report["rows"], report["total"]):
            await holds(story, actor, row, report["columns"])
        for reasons in report.get("reasons", {}).values():
            for one in reasons:
                assert await counted(story.tx, actor, one["drill"]) == one["count"]


async def holds(story: Story, actor: object, row: Values, columns: list[Values]) -> None:
    wholes = {
        "lead_rate": ("collected",),
        "lead_rate_decided": ("converted", "invalid"),
        "win_rate": ("won", "lost"),
    }
    for column in columns:
        key = column["key"]
        records = await behind(story.tx, actor, row["drill"][key])  # type: ignore[arg-type]
        match column["unit"]:
            case "count":
                assert row[key] == len(records)
            case "money":
                assert Decimal(row[key] or 0) == total(records)
            case "percent":
                assert row[key] == percent(len(records), sum(row[part] for part in wholes[key]))


async def test_a_report_costs_one_statement_and_one_for_titles(story: Story) -> None:
    actor = await story.company.actor(story.tx, "boss")
    before = story.tx.statements
    await departments(story.tx, actor, period=MARCH)
    await fate(story.tx, actor, period=MARCH)
    assert story.tx.statements - before == 2 + 1


async def test_it_needs_the_right_to_see_dashboards(story: Story) -> None:
    with pytest.raises(RightMissing):
        await of_departments(story, "sam")
    with pytest.raises(RightMissing):
        await of_leads(story, "sam")
