"""Who is ahead."""

import pytest
import pytest_asyncio

from jieli.access.rights import RightMissing
from jieli.base import clock
from jieli.base.errors import Invalid
from jieli.db.pool import Tx
from jieli.insight.leaderboard import CHOICES, leaderboard
from jieli.records import Values
from jieli.relay.handoffs import accept, offer
from tests.company import Company
from tests.insight.story import DAY, HOUR, MARCH, MONDAY, Story, behind, counted, total


@pytest_asyncio.fixture
async def story(tx: Tx, company: Company) -> Story:
    told = Story(tx, company)
    await told.deal("甲单", 100, "sam", (DAY, "won"))
    await told.deal("乙单", 50, "sam", (DAY, "won"))
    await told.deal("丙单", 150, "sue", (DAY, "won"))
    await told.deal("丁单", 30, "wes", (DAY, "won"))
    await told.deal("戊单", 999, "wes", (DAY, "lost"))
    await told.new("lead", "甲", MONDAY - 40 * DAY, owner="sue")
    await told.moves("lead", "甲", (DAY, "converted"))
    for number in range(3):
        await told.new("activity", f"电话{number}", owner="wes", at=MONDAY.isoformat())
    for name, hours, to in (("己单", 1, "ed"), ("庚单", 20, "ed"), ("辛单", 1, "cleo"), ("壬单", 2, "cleo")):
        await told.deal(name, 1, "sam")
        with clock.at(MONDAY):
            sam = await company.actor(tx, "sam")
            handoff = await offer(tx, sam, "opportunity", told.ids[name], to=company.members[to])
        with clock.at(MONDAY + hours * HOUR):
            await accept(tx, await company.actor(tx, to), handoff)
    return told


async def asked(story: Story, metric: str, name: str = "boss") -> Values:
    actor = await story.company.actor(story.tx, name)
    with clock.at(MONDAY + 9 * DAY):
        return await leaderboard(story.tx, actor, metric=metric, period=MARCH)


def ranks(found: Values) -> list[tuple[int, str, object]]:
    return [(row["rank"], row["member"]["title"], row["value"]) for row in found["rows"]]


async def test_equals_share_a_rank(story: Story) -> None:
    assert ranks(await asked(story, "won_amount")) == [
        (1, "sam", "150.00"),
        (1, "sue", "150.00"),
        (3, "wes", "30.00"),
    ]


async def test_deals_won_are_counted(story: Story) -> None:
    assert ranks(await asked(story, "won")) == [(1, "sam", 2), (2, "sue", 1), (2, "wes", 1)]


async def test_leads_count_when_they_were_converted(story: Story) -> None:
    assert ranks(await asked(story, "leads_converted")) == [(1, "sue", 1)]


async def test_follow_ups_count_for_who_noted_them(story: Story) -> None:
    assert ranks(await asked(story, "follow_ups")) == [(1, "wes", 3)]


async def test_handoffs_count_only_when_accepted_in_time(story: Story) -> None:
    assert ranks(await asked(story, "handoff_in_time")) == [(1, "cleo", 2), (2, "ed", 1)]


async def test_a_manager_sees_the_people_whose_records_are_to_be_seen(story: Story) -> None:
    assert [name for _, name, _ in ranks(await asked(story, "won", "will"))] == ["wes"]


async def test_another_metric_is_refused(story: Story) -> None:
    with pytest.raises(Invalid):
        await asked(story, "win_rate")


@pytest.mark.parametrize("metric", CHOICES)
@pytest.mark.parametrize("name", ["boss", "eva", "mary", "olga"])
async def test_every_value_leads_to_what_it_counts(story: Story, metric: str, name: str) -> None:
    actor = await story.company.actor(story.tx, name)
    for row in (await asked(story, metric, name))["rows"]:
        if metric == "won_amount":
            assert float(row["value"]) == total(await behind(story.tx, actor, row["drill"]))
        else:
            assert row["value"] == await counted(story.tx, actor, row["drill"])


async def test_it_needs_the_right_to_see_dashboards(story: Story) -> None:
    with pytest.raises(RightMissing):
        await asked(story, "won", "sam")
