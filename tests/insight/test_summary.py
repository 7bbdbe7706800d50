"""The key figures of a March that was lived through by hand."""

from decimal import Decimal
from statistics import median

import pytest
import pytest_asyncio

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.insight.metrics import percent
from jieli.insight.period import Period
from jieli.insight.summary import SHOWN, summary
from jieli.records import Values
from jieli.relay.handoffs import accept, give_back, offer
from jieli.relay.limits import sweep_workspace
from tests.company import Company
from tests.insight.story import DAY, HOUR, MARCH, MONDAY, Story, behind, by, counted, total

FEBRUARY = MONDAY - 20 * DAY
LATER = MONDAY + 25 * DAY


async def leads(told: Story) -> None:
    """Two passed on in time, one late, one overdue, one fresh, one found invalid at once; one in February."""
    for name in ("甲", "乙", "丙", "丁"):
        await told.new("lead", name, owner="mary")
    await told.new("lead", "戊", LATER, owner="mary")
    await told.new("lead", "己", owner="mary")
    await told.new("lead", "庚", FEBRUARY, owner="mary")
    await told.moves("lead", "甲", (23 * HOUR, "following"), (2 * DAY, "converted"))
    await told.moves("lead", "乙", (24 * HOUR, "following"))
    await told.moves("lead", "丙", (25 * HOUR, "following"))
    await told.moves("lead", "己", (HOUR, "invalid"))


async def deals(told: Story) -> None:
    """Won after one and three working days of eight hours, and once from a file; one lost, one void."""
    await told.deal("甲单", 100, "sam", (DAY, "won"))
    await told.deal("乙单", 300, "sue", (3 * DAY, "won"), (4 * DAY, "feedback"))
    await told.deal("丙单", 900, "wes", (DAY, "lost"))
    await told.deal("丁单", 900, "wes", (DAY, "void"))
    closed = {"stage": "won", "closed_at": "2026-03-09T10:00:00+08:00"}
    await told.imported("opportunity", "戊单", amount=50, owner="sam", **closed)
    await told.new("opportunity", "己单", FEBRUARY, amount=1000, owner="sam")
    await told.moves("opportunity", "己单", (-10 * DAY, "won"))


async def handoffs(told: Story) -> None:
    """One accepted, one returned, one expired; with it expired those that the wins of 甲单 and 己单 had made by
    themselves, while that of 乙单 has its time still."""
    for name, hours in (("庚单", 1), ("辛单", 2), ("壬单", 99)):
        with clock.at(MONDAY):
            await told.deal(name, 1, "sam")
            sam = await told.company.actor(told.tx, "sam")
            handoff = await offer(told.tx, sam, "opportunity", told.ids[name], to=told.company.members["ed"])
        with clock.at(MONDAY + hours * HOUR):
            ed = await told.company.actor(told.tx, "ed")
            if name == "庚单":
                await accept(told.tx, ed, handoff)
            elif name == "辛单":
                await give_back(told.tx, ed, handoff, reason="资料不全", missing=[])
            else:
                await sweep_workspace(told.tx, told.company.workspace)


@pytest_asyncio.fixture
async def story(tx: Tx, company: Company) -> Story:
    told = Story(tx, company)
    await leads(told)
    await deals(told)
    await handoffs(told)
    return told


async def asked(story: Story, name: str = "boss", period: Period | None = MARCH) -> dict[str, Values]:
    actor = await story.company.actor(story.tx, name)
    with clock.at(LATER + HOUR):
        found = await summary(story.tx, actor, period=period)
    return by(found["numbers"], "key")


async def test_leads_collected_are_those_created_in_the_period(story: Story) -> None:
    number = (await asked(story))["collected"]
    assert (number["value"], number["previous"]) == (6, 1)


async def test_new_opportunities_are_those_created_in_the_period(story: Story) -> None:
    assert (await asked(story))["new_opportunities"]["value"] == 8


async def test_the_amount_won_counts_when_it_was_won(story: Story) -> None:
    number = (await asked(story))["won_amount"]
    assert (number["value"], number["previous"]) == ("450.00", "1000.00")
    assert number["change"] == {"value": -55.0, "unit": "percent", "good": False}


async def test_the_win_rate_leaves_void_ones_out(story: Story) -> None:
    assert (await asked(story))["win_rate"]["value"] == 75.0


async def test_the_win_rate_changes_by_points(story: Story) -> None:
    assert (await asked(story))["win_rate"]["change"] == {"value": -25.0, "unit": "points", "good": False}


async def test_the_cycle_is_the_median_of_those_seen_from_beginning_to_end(story: Story) -> None:
    assert (await asked(story))["cycle"]["value"] == 2 * 8 * 3600


async def test_leads_are_assigned_in_time_or_late_or_not_judged_yet(story: Story) -> None:
    """甲 and 乙 in time; 丙 late, 丁 overdue; 戊 has its time still; 己 needed no assignment."""
    assert (await asked(story))["first_leg"]["value"] == 50.0


async def test_handoffs_are_answered_in_time_or_returned_or_expire(story: Story) -> None:
    found = await asked(story)
    assert (found["handoff_on_time"]["value"], found["handoff_returned"]["value"]) == (40.0, 50.0)


async def test_a_person_sees_the_figures_of_what_that_person_sees(story: Story) -> None:
    wes = await asked(story, "wes")
    assert (wes["won_amount"]["value"], wes["win_rate"]["value"], wes["collected"]["value"]) == (None, 0.0, 0)
    assert wes["handoff_on_time"]["value"] is None
    assert (await asked(story, "ed"))["handoff_returned"]["value"] == 50.0


async def test_a_running_month_is_compared_with_as_many_days(story: Story) -> None:
    actor = await story.company.actor(story.tx, "boss")
    with clock.at(MONDAY + 3 * DAY):
        found = await summary(story.tx, actor)
    assert found["period"] == {"from": "2026-03-01", "to": "2026-03-31"}
    assert found["previous"] == {"from": "2026-02-01", "to": "2026-02-05"}


@pytest.mark.parametrize("name", ["boss", "eva", "sam", "wes", "mary", "ed", "cleo"])
async def test_every_figure_leads_to_what_it_was_made_of(story: Story, name: str) -> None:
    actor = await story.company.actor(story.tx, name)
    for number in (await asked(story, name)).values():
        with clock.at(LATER + HOUR):
            part = await counted(story.tx, actor, number["drill"])
            if number["of"]:
                assert number["value"] == percent(part, await counted(story.tx, actor, number["of"]))
            elif number["unit"] == "money":
                records = await behind(story.tx, actor, number["drill"])
                assert total(records) == Decimal(number["value"] or 0)
            elif number["unit"] == "duration":
                cycles = [one["cycle"] for one in await behind(story.tx, actor, number["drill"])]
                assert number["value"] == (round(median(cycles)) if cycles else None)
            else:
                assert number["value"] == part


async def test_the_summary_costs_one_statement(story: Story) -> None:
    actor = await story.company.actor(story.tx, "boss")
    before = story.tx.statements
    found = await summary(story.tx, actor, period=MARCH)
    assert story.tx.statements - before == 1
    assert [number["key"] for number in found["numbers"]] == list(SHOWN)


async def test_a_workspace_without_leads_still_has_a_summary(story: Story) -> None:
    actor = await story.company.actor(story.tx, "boss")
    document = actor.workspace.document.model_copy(update={"conversions": {}})
    workspace = actor.workspace
    other = type(workspace)(
        workspace.slug, workspace.schema, 98, document, workspace.objects, workspace.context
    )
    numbers = by(
        (await summary(story.tx, type(actor)(other, actor.member, roles=actor.roles), period=MARCH))[
            "numbers"
        ],
        "key",
    )
    assert "collected" not in numbers
    assert numbers["new_opportunities"]["value"] == 8
