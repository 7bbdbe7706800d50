"""The home page of each role."""

import pytest
import pytest_asyncio

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.insight.home import OF_MYSELF, OF_TEAM, home
from jieli.insight.metrics import METRICS
from jieli.records import Values
from jieli.relay.handoffs import accept, give_back, offer
from jieli.relay.moves import block
from tests.company import PEOPLE, Company, make
from tests.insight.story import DAY, HOUR, MONDAY, Story, by, counted

LATER = MONDAY + 9 * DAY


@pytest_asyncio.fixture
async def story(tx: Tx, company: Company) -> Story:
    told = Story(tx, company)
    await told.deal("甲", 100, "sam", (DAY, "won"), (2 * DAY, "feedback"), (3 * DAY, "done"))
    await told.deal("乙", 200, "sue", (DAY, "lost"))
    await told.deal("丙", 300, "sam", (HOUR, "confirm"))
    await told.deal("丁", 300, "wes", (HOUR, "confirm"))
    await told.deal("戊", 300, "sam", (8 * DAY, "confirm"))
    with clock.at(MONDAY + 8 * DAY + HOUR):
        await block(tx, await company.actor(tx, "sam"), "opportunity", told.ids["戊"], "客户出差")
    return told


async def asked(story: Story, name: str) -> Values:
    actor = await story.company.actor(story.tx, name)
    with clock.at(LATER):
        return await home(story.tx, actor)


async def test_a_salesperson_sees_what_is_ones_own(story: Story) -> None:
    found = await asked(story, "sam")
    numbers = by(found["numbers"], "key")
    assert (numbers["won_amount"]["value"], numbers["win_rate"]["value"]) == ("100.00", 100.0)
    assert [item["record"]["title"] for item in found["todo"]] == ["丙"]
    assert "team" not in found


async def test_an_expert_sees_the_handoffs_that_were_answered(story: Story) -> None:
    company, tx = story.company, story.tx
    for name, hours in (("丙", 1), ("戊", 9)):
        with clock.at(MONDAY + 8 * DAY):
            sam = await company.actor(tx, "sam")
            handoff = await offer(tx, sam, "opportunity", story.ids[name], to=company.members["ed"])
        with clock.at(MONDAY + 8 * DAY + hours * HOUR):
            await give_back(tx, await company.actor(tx, "ed"), handoff, reason="不清", missing=[])
    with clock.at(LATER):
        sam = await company.actor(tx, "sam")
        handoff = await offer(tx, sam, "opportunity", story.ids["丙"], to=company.members["ed"])
        await accept(tx, await company.actor(tx, "ed"), handoff)
    numbers = by((await asked(story, "ed"))["numbers"], "key")
    assert {key: number["value"] for key, number in numbers.items()} == {
        "handoff_accepted": 1,
        "handoff_on_time": 100.0,
        "handoff_returned": 66.67,
        "follow_ups": 0,
    }


async def test_marketing_sees_the_leads_it_collected_or_owns(story: Story) -> None:
    mary = await story.company.actor(story.tx, "mary")
    with clock.at(MONDAY):
        made = await make(story.tx, mary, "lead", name="线索甲")
        await make(
            story.tx, story.company.system, "lead", name="线索乙", owner=str(story.company.members["sam"])
        )
    story.ids["线索甲"] = made
    await story.moves("lead", "线索甲", (HOUR, "converted"))
    numbers = by((await asked(story, "mary"))["numbers"], "key")
    assert {key: number["value"] for key, number in numbers.items()} == {
        "collected": 1,
        "converted": 1,
        "lead_rate_decided": 100.0,
        "first_leg": 100.0,
    }


async def test_a_manager_sees_numbers_of_the_team(story: Story) -> None:
    numbers = by((await asked(story, "eva"))["numbers"], "key")
    assert (numbers["new_opportunities"]["value"], numbers["win_rate"]["value"]) == (4, 50.0)


async def test_a_manager_sees_where_the_team_is_stuck(story: Story) -> None:
    team = (await asked(story, "eva"))["team"]
    assert [(one["record"]["title"], one["blocked"]) for one in team["stuck"]] == [
        ("丙", None),
        ("戊", "客户出差"),
    ]
    (stage,), (person,) = team["stuck_by"]["stages"], team["stuck_by"]["people"]
    assert (stage["stage"], stage["count"], stage["overdue"], stage["blocked"]) == ("confirm", 2, 1, 1)
    assert (person["member"]["title"], person["count"]) == ("sam", 2)


async def test_who_has_far_more_than_others_of_the_role_is_overloaded(story: Story) -> None:
    for number in range(7):
        await story.deal(f"多{number}", 1, "sam")
    await story.deal("少", 1, "sue")
    (one,) = (await asked(story, "boss"))["team"]["overloaded"]
    assert (one["member"]["title"], one["held"], one["average"]) == ("sam", 9, 3.7)


async def test_nobody_is_overloaded_where_all_have_the_same(story: Story) -> None:
    assert (await asked(story, "boss"))["team"]["overloaded"] == []


@pytest.mark.parametrize("name", sorted(PEOPLE))
async def test_everybody_has_four_numbers_that_lead_to_what_they_count(story: Story, name: str) -> None:
    actor = await story.company.actor(story.tx, name)
    found = await asked(story, name)
    assert len(found["numbers"]) == 4
    for number in found["numbers"]:
        if number["unit"] == "count":
            assert number["value"] == await counted(story.tx, actor, number["drill"])


@pytest.mark.parametrize("name", ["boss", "eva", "will", "olga"])
async def test_the_counts_of_a_team_lead_to_exactly_their_records(story: Story, name: str) -> None:
    for number in range(9):
        await story.deal(f"多{number}", 1, "wes")
    actor = await story.company.actor(story.tx, name)
    team = (await asked(story, name))["team"]
    for stage in team["stuck_by"]["stages"]:
        assert await counted(story.tx, actor, stage["drill"]) == stage["count"]
    for person in team["stuck_by"]["people"]:
        assert sum(one["count"] for one in person["drills"]) == person["count"]
    ways = [way for one in (*team["stuck_by"]["people"], *team["overloaded"]) for way in one["drills"]]
    for way in ways:
        assert await counted(story.tx, actor, way) == way["count"]


async def test_only_who_sees_the_records_of_others_leads_a_team(story: Story) -> None:
    assert {name for name in PEOPLE if "team" in await asked(story, name)} == {"boss", "eva", "will", "olga"}


async def test_a_role_of_the_workspace_s_own_has_numbers_too(story: Story) -> None:
    sam = await story.company.actor(story.tx, "sam")
    found = await home(story.tx, type(sam)(sam.workspace, sam.member, roles=("guide",)))
    assert [number["key"] for number in found["numbers"]] == list(OF_MYSELF["sales"])
    assert found["todo"] == []


def test_the_numbers_of_all_roles_are_in_the_dictionary() -> None:
    assert {key for keys in (*OF_TEAM.values(), *OF_MYSELF.values()) for key in keys} <= METRICS.keys()


@pytest.mark.parametrize(("name", "most"), [("sam", 3), ("boss", 4)])
async def test_the_page_costs_few_statements(story: Story, name: str, most: int) -> None:
    actor = await story.company.actor(story.tx, name)
    before = story.tx.statements
    await home(story.tx, actor)
    assert story.tx.statements - before == most
