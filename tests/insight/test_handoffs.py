"""The hand-offs behind a number."""

from uuid import UUID

import pytest
import pytest_asyncio

from jieli.base import clock
from jieli.base.errors import Invalid
from jieli.db.pool import Tx
from jieli.insight.handoffs import Choice, listed
from jieli.records import Values
from jieli.relay.handoffs import accept, give_back, offer
from tests.company import Company
from tests.insight.story import HOUR, MARCH, MONDAY, Story


@pytest_asyncio.fixture
async def story(tx: Tx, company: Company) -> Story:
    told = Story(tx, company)
    for name, owner in (("甲单", "sam"), ("乙单", "wes"), ("丙单", "sam")):
        await told.deal(name, 1, owner)
        with clock.at(MONDAY):
            giver = await company.actor(tx, owner)
            handoff = await offer(tx, giver, "opportunity", told.ids[name], to=company.members["ed"])
        with clock.at(MONDAY + HOUR):
            ed = await company.actor(tx, "ed")
            if name == "丙单":
                await give_back(tx, ed, handoff, reason="资料不全", missing=[])
            else:
                await accept(tx, ed, handoff)
    return told


async def asked(story: Story, name: str, *states: str, receiver: UUID | None = None) -> Values:
    actor = await story.company.actor(story.tx, name)
    return await listed(story.tx, actor, MARCH, Choice(states), receiver=receiver)


def titles(found: Values) -> set[str]:
    return {one["record"]["title"] for one in found["items"]}


async def test_handoffs_are_listed_by_how_they_ended(story: Story) -> None:
    found = await asked(story, "boss", "returned")
    (one,) = found["items"]
    assert (one["record"]["title"], one["from"]["title"], one["to"]["title"]) == ("丙单", "sam", "ed")
    assert (one["state"], one["reason"]["en"], one["working_seconds"]) == ("returned", "资料不全", 3600)


async def test_who_takes_part_sees_them(story: Story) -> None:
    assert titles(await asked(story, "ed", "accepted", "returned")) == {"甲单", "乙单", "丙单"}
    assert titles(await asked(story, "sam", "accepted", "returned")) == {"甲单", "丙单"}


async def test_others_see_those_of_records_that_they_see(story: Story) -> None:
    assert titles(await asked(story, "will", "accepted", "returned")) == {"乙单"}
    assert (await asked(story, "mary", "accepted"))["count"] == 0


async def test_a_receiver_narrows_them(story: Story) -> None:
    cleo = story.company.members["cleo"]
    assert (await asked(story, "boss", "accepted", receiver=cleo))["count"] == 0


async def test_a_state_that_is_no_end_is_refused(story: Story) -> None:
    with pytest.raises(Invalid):
        await asked(story, "boss", "offered")


async def test_the_list_costs_two_statements(story: Story) -> None:
    actor = await story.company.actor(story.tx, "boss")
    before = story.tx.statements
    await listed(story.tx, actor, MARCH, Choice(("accepted",)))
    assert story.tx.statements - before == 2
