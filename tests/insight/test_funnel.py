"""The funnel: how far records came, where they ended, and where it is narrow."""

from datetime import timedelta

import pytest
import pytest_asyncio

from jieli.access.rights import NotPermitted
from jieli.base import clock
from jieli.base.errors import Invalid
from jieli.db.pool import Tx
from jieli.insight.funnel import UnknownProcess, funnel
from jieli.records import Action, Batch, Change, Values, apply
from tests.company import Company
from tests.insight.story import DAY, HOUR, MARCH, MONDAY, Story, behind, by, counted, total

DATES = {"created_at": "2026-03-05T09:00:00+08:00", "closed_at": "2026-03-20T09:00:00+08:00"}


@pytest_asyncio.fixture
async def story(tx: Tx, company: Company) -> Story:
    told = Story(tx, company)
    won = [(HOUR, "confirm"), (2 * HOUR, "assess"), (5 * HOUR, "quote"), (DAY, "sign"), (2 * DAY, "won")]
    await told.deal("甲", 100, "sam", *won)
    await told.deal("乙", 200, "sam", (3 * HOUR, "confirm"), (DAY, "lost"))
    await told.deal("丙", 300, "sue", (HOUR, "confirm"), (3 * HOUR, "quote"))
    await told.deal("丁", 400, "wes")
    await told.deal("戊", 50, "wes", (HOUR, "void"))
    await told.imported("opportunity", "己", owner="mary", amount=1000, stage="won", **DATES)
    await told.imported("opportunity", "庚", owner="mary", amount=500, stage="lost", **DATES)
    await told.new("opportunity", "辛", MONDAY - timedelta(days=10), owner="mary", amount=7)
    return told


async def asked(story: Story, name: str = "boss", **options: object) -> Values:
    actor = await story.company.actor(story.tx, name)
    with clock.at(MONDAY + 3 * DAY):
        return await funnel(story.tx, actor, "opportunity", **{"period": MARCH, **options})  # type: ignore[arg-type]


def column(found: Values, key: str) -> dict[str, object]:
    return {stage["stage"]: stage[key] for stage in found["stages"]}


async def test_each_stage_counts_what_came_as_far_as_it_or_further(story: Story) -> None:
    assert column(await asked(story), "entered") == {
        "assign": 7, "confirm": 4, "assess": 3, "quote": 3, "sign": 2, "won": 2, "feedback": 0, "done": 0,
    }  # fmt: skip


async def test_amounts_add_up_in_each_stage(story: Story) -> None:
    amounts = column(await asked(story), "amount")
    assert (amounts["assign"], amounts["confirm"], amounts["sign"]) == ("2550.00", "1600.00", "1100.00")


async def test_conversion_is_to_the_next_stage_and_of_all(story: Story) -> None:
    confirm = by((await asked(story))["stages"], "stage")["confirm"]
    assert (confirm["conversion"], confirm["overall"]) == (75.0, 57.14)


async def test_what_is_still_on_its_way_is_left_out_of_the_decided_conversion(story: Story) -> None:
    assert column(await asked(story), "conversion_decided")["assign"] == 66.67


async def test_a_stage_says_what_stands_there_and_what_ended_there(story: Story) -> None:
    stages = by((await asked(story))["stages"], "stage")
    assert {key: (one["now"], one["waiting"], one["lost"], one["void"]) for key, one in stages.items()} == {
        "assign": (1, 1, 1, 1),
        "confirm": (0, 0, 1, 0),
        "assess": (0, 0, 0, 0),
        "quote": (1, 1, 0, 0),
        "sign": (0, 0, 0, 0),
        "won": (2, 2, 0, 0),
        "feedback": (0, 0, 0, 0),
        "done": (0, 0, 0, 0),
    }


async def test_the_ends_say_how_many_ended_there(story: Story) -> None:
    ends = by((await asked(story))["ends"], "stage")
    assert {key: (one["count"], one["amount"]) for key, one in ends.items()} == {
        "lost": (2, "700.00"),
        "void": (1, "50.00"),
    }


async def test_time_in_a_stage_is_that_of_the_ended_legs(story: Story) -> None:
    stages = by((await asked(story))["stages"], "stage")
    confirm, assign = stages["confirm"], stages["assign"]
    # 甲 one hour, 丙 two hours, 乙 from Monday noon to Tuesday nine: five hours.
    assert (confirm["legs"], confirm["median_working_seconds"]) == (3, 2 * 3600)
    assert confirm["mean_working_seconds"] == 8 * 3600 / 3
    # 甲, 丙 and 戊 one hour each, 乙 three; 丁 is still there and does not count.
    assert (assign["legs"], assign["median_working_seconds"]) == (4, 3600)


async def test_the_median_of_an_even_number_lies_between_the_middle_two(story: Story) -> None:
    sams = {"field": "owner", "op": "eq", "value": str(story.company.members["sam"])}
    assert column(await asked(story, where=sams), "median_working_seconds")["assign"] == 2 * 3600


async def test_without_a_period_all_records_and_legs_count_but_the_trash(story: Story) -> None:
    gone = Batch("opportunity", Action.DELETE, [Change(id=story.ids["丙"])])
    await apply(story.tx, story.company.system, gone)
    stages = by((await asked(story, period=None))["stages"], "stage")
    assert (stages["assign"]["entered"], stages["confirm"]["legs"]) == (7, 2)


async def test_everything_and_a_condition_that_holds_for_everything_agree(story: Story) -> None:
    everything = await asked(story, period=None)
    spelled_out = await asked(story, period=None, where={"field": "name", "op": "not_empty"})
    for key in ("entered", "legs", "median_working_seconds", "mean_working_seconds", "now", "lost"):
        assert column(everything, key) == column(spelled_out, key)


async def test_a_department_sees_only_its_own(story: Story) -> None:
    assert column(await asked(story, "eva"), "entered")["assign"] == 3
    assert column(await asked(story, "will"), "entered")["assign"] == 2
    assert column(await asked(story, "ed"), "entered")["assign"] == 0


async def test_a_filter_narrows_all_numbers(story: Story) -> None:
    found = await asked(story, where={"field": "amount", "op": "gte", "value": 300})
    assert column(found, "entered")["assign"] == 4


@pytest.mark.parametrize("name", ["boss", "eva", "wes", "mary", "ed"])
async def test_every_number_leads_to_exactly_its_records(story: Story, name: str) -> None:
    actor = await story.company.actor(story.tx, name)
    found = await asked(story, name)
    for stage in found["stages"]:
        records = await behind(story.tx, actor, stage["drill"])
        assert (len(records), total(records)) == (stage["entered"], float(stage["amount"]))
        for key, drill in stage["drills"].items():
            assert await counted(story.tx, actor, drill) == stage[key]
    for end in found["ends"]:
        assert await counted(story.tx, actor, end["drill"]) == end["count"]


async def test_the_funnel_costs_two_statements(story: Story) -> None:
    actor = await story.company.actor(story.tx, "boss")
    before = story.tx.statements
    await funnel(story.tx, actor, "opportunity", period=MARCH)
    assert story.tx.statements - before == 2


async def test_leads_have_a_funnel_too(tx: Tx, company: Company) -> None:
    story = Story(tx, company)
    await story.new("lead", "甲", owner="sam", budget=10)
    await story.moves("lead", "甲", (HOUR, "following"), (2 * HOUR, "converted"))
    await story.imported("lead", "乙", stage="invalid")
    actor = await company.actor(tx, "boss")
    found = await funnel(tx, actor, "lead", period=MARCH)
    assert column(found, "entered") == {"new": 2, "following": 1, "qualified": 1, "converted": 1}
    assert found["amount"] == "budget"


async def test_an_amount_that_one_may_not_see_is_not_summed_up(story: Story) -> None:
    workspace = story.company.workspace
    role = workspace.document.roles["manager"]
    rights = role.objects["opportunity"].model_copy(update={"fields": {"amount": "hidden"}})
    held = role.model_copy(update={"objects": {**role.objects, "opportunity": rights}})
    roles = {**workspace.document.roles, "manager": held}
    document = workspace.document.model_copy(update={"roles": roles})
    eva = await story.company.actor(story.tx, "eva")
    blind = type(eva)(
        type(workspace)(workspace.slug, workspace.schema, 99, document, workspace.objects, workspace.context),
        eva.member,
        roles=eva.roles,
        department=eva.department,
        departments=eva.departments,
        subordinates=eva.subordinates,
    )
    found = await funnel(story.tx, blind, "opportunity", period=MARCH)
    assert column(found, "entered")["assign"] == 3
    assert set(column(found, "amount").values()) == {None}


async def test_nobody_learns_of_an_object_without_the_right_to_read_it(story: Story) -> None:
    eva = await story.company.actor(story.tx, "eva")
    nobody = type(eva)(eva.workspace, eva.member, roles=())
    with pytest.raises(NotPermitted):
        await funnel(story.tx, nobody, "opportunity")


async def test_a_process_that_does_not_exist_is_not_found(story: Story) -> None:
    actor = await story.company.actor(story.tx, "boss")
    with pytest.raises(UnknownProcess):
        await funnel(story.tx, actor, "nothing")


async def test_a_bad_condition_is_refused(story: Story) -> None:
    with pytest.raises(Invalid):
        await asked(story, where={"field": "nothing", "op": "eq", "value": 1})
