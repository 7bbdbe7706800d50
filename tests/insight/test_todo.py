"""What I must do now, in its order; and what became of what I passed on."""

from datetime import datetime, timedelta

import pytest_asyncio

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.insight.todo import PASSED_DAYS, passed, todo
from jieli.records import Action, Batch, Change, Values, apply
from jieli.records.comments import add_comment
from jieli.relay.handoffs import accept, give_back, offer, withdraw
from jieli.relay.limits import sweep_workspace
from tests.company import Company, change
from tests.insight.story import DAY, HOUR, MONDAY, Story


@pytest_asyncio.fixture
async def story(tx: Tx, company: Company) -> Story:
    return Story(tx, company)


async def asked(story: Story, name: str, when: datetime = MONDAY + HOUR) -> Values:
    actor = await story.company.actor(story.tx, name)
    with clock.at(when):
        return await todo(story.tx, actor)


async def kinds(story: Story, name: str, when: datetime = MONDAY + HOUR) -> list[tuple[str, str]]:
    return [(item["kind"], item["record"]["title"]) for item in (await asked(story, name, when))["items"]]


async def offered(story: Story, name: str, giver: str, to: str, when: datetime = MONDAY) -> object:
    actor = await story.company.actor(story.tx, giver)
    with clock.at(when):
        return await offer(story.tx, actor, "opportunity", story.ids[name], to=story.company.members[to])


async def at(
    story: Story, when: datetime, name: str, object_key: str = "opportunity", **values: object
) -> None:
    with clock.at(when):
        await change(story.tx, story.company.system, object_key, story.ids[name], **values)


async def test_a_handoff_waits_for_who_it_was_offered_to(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    handoff = await offered(story, "甲", "sam", "ed")
    (item,) = (await asked(story, "ed"))["items"]
    assert (item["kind"], item["handoff"], item["late"]) == ("handoff", handoff, False)
    assert item["reason"]["zh"] == "sam交给你，今天 18:00 到期"
    assert await kinds(story, "sam") == []


async def test_an_answered_handoff_is_gone(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    handoff = await offered(story, "甲", "sam", "ed")
    with clock.at(MONDAY):
        await withdraw(story.tx, await story.company.actor(story.tx, "sam"), handoff)  # type: ignore[arg-type]
    assert await kinds(story, "ed") == []


async def test_a_limit_is_due_on_its_day_and_overdue_after_it(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    friday = MONDAY + 4 * DAY
    assert await kinds(story, "sam", friday - DAY) == []
    assert await kinds(story, "sam", friday) == [("due", "甲")]
    (item,) = (await asked(story, "sam", friday + 12 * HOUR))["items"]
    assert (item["kind"], item["late"]) == ("overdue", True)
    assert item["reason"] == {
        "zh": "阶段「需求确认」超时 3 小时",
        "en": "“Needs confirmation” overdue by 3 h",
    }


async def test_what_was_returned_is_mine_until_i_act(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    handoff = await offered(story, "甲", "sam", "ed")
    with clock.at(MONDAY + HOUR):
        ed = await story.company.actor(story.tx, "ed")
        await give_back(story.tx, ed, handoff, reason="need_unclear", missing=[])  # type: ignore[arg-type]
    (item,) = (await asked(story, "sam", MONDAY + 2 * HOUR))["items"]
    assert (item["kind"], item["reason"]) == (
        "returned",
        {"zh": "被ed退回：需求描述不清", "en": "Returned by ed: Needs unclear"},
    )
    await offered(story, "甲", "sam", "ed", MONDAY + 3 * HOUR)
    assert await kinds(story, "sam", MONDAY + 4 * HOUR) == []


async def test_what_was_returned_and_moved_on_is_no_longer_to_do(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    handoff = await offered(story, "甲", "sam", "ed")
    with clock.at(MONDAY + HOUR):
        ed = await story.company.actor(story.tx, "ed")
        await give_back(story.tx, ed, handoff, reason="需求描述不清", missing=[])  # type: ignore[arg-type]
    await story.moves("opportunity", "甲", (2 * HOUR, "quote"))
    assert await kinds(story, "sam", MONDAY + 3 * HOUR) == []


async def test_agreed_contacts_come_on_their_day_for_owner_and_holder(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    await at(story, MONDAY, "甲", next_at="2026-03-03T10:00:00+08:00", next_action="送样品")
    handoff = await offered(story, "甲", "sam", "ed")
    with clock.at(MONDAY):
        await accept(story.tx, await story.company.actor(story.tx, "ed"), handoff)  # type: ignore[arg-type]
    assert await kinds(story, "sam") == []
    for name in ("sam", "ed"):
        (item,) = (await asked(story, name, MONDAY + DAY))["items"]
        assert (item["kind"], item["reason"]["zh"]) == ("follow_up", "跟进今天 10:00 到期:送样品")


async def test_nobody_follows_up_what_is_closed(story: Story) -> None:
    await story.deal("甲", 1, "sam", (HOUR, "lost"))
    await at(story, MONDAY, "甲", next_at="2026-03-02T10:00:00+08:00")
    assert await kinds(story, "sam", MONDAY + DAY) == []


async def test_customers_are_followed_up_by_their_owner(story: Story) -> None:
    await story.new("account", "某公司", owner="sue", next_at="2026-03-02T10:00:00+08:00")
    assert await kinds(story, "sue") == [("follow_up", "某公司")]


async def test_tasks_come_until_they_are_done(story: Story) -> None:
    await story.new("task", "写方案", owner="ed", due_at="2026-03-02T17:00:00+08:00")
    assert await kinds(story, "ed") == [("task", "写方案")]
    await at(story, MONDAY, "写方案", "task", status="done")
    assert await kinds(story, "ed") == []


async def test_a_mention_is_to_be_read_until_it_was(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    sam = await story.company.actor(story.tx, "sam")
    await add_comment(story.tx, sam, "opportunity", story.ids["甲"], "请看", [story.company.members["eva"]])
    (item,) = (await asked(story, "eva"))["items"]
    assert (item["kind"], item["reason"]["en"]) == ("mention", "sam mentioned you")


async def test_unassigned_leads_come_to_whose_business_it_is(story: Story) -> None:
    await story.imported("lead", "甲")
    olga = Change({"holder": story.company.members["olga"]}, id=story.ids["甲"])
    with clock.at(MONDAY):
        batch = Batch("lead", Action.UPDATE, [olga], trusted=True, typed=True)
        await apply(story.tx, story.company.system, batch)
    (item,) = (await asked(story, "mary"))["items"]
    assert (item["kind"], item["reason"]["en"]) == ("assign", "To assign, due tomorrow at 09:00")
    assert await kinds(story, "sue") == []
    (item,) = (await asked(story, "mary", MONDAY + 25 * HOUR))["items"]
    assert (item["late"], item["reason"]["zh"]) == (True, "待分配，超时 1 小时")


async def test_a_record_is_in_the_list_once_under_its_most_urgent_reason(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    await at(story, MONDAY, "甲", next_at="2026-03-02T10:00:00+08:00")
    (item,) = (await asked(story, "sam", MONDAY + 9 * DAY))["items"]
    assert item["kind"] == "overdue"
    assert [one["en"] for one in item["also"]] == ["Follow up overdue by 8 days"]


async def test_the_order_is_that_of_urgency(story: Story) -> None:
    friday = MONDAY + 4 * DAY
    for name in ("手", "期", "退", "逾"):
        await story.deal(name, 1, "ed" if name != "手" else "sam")
        await story.moves("opportunity", name, (-3 * DAY if name == "逾" else timedelta(0), "confirm"))
    await story.new("task", "旧任务", owner="ed", due_at=(friday - DAY).isoformat())
    await story.new("task", "今任务", owner="ed", due_at=(friday + 3 * HOUR).isoformat())
    await story.new("account", "旧客户", owner="ed", next_at=(friday - DAY).isoformat())
    await story.new("account", "今客户", owner="ed", next_at=(friday + 3 * HOUR).isoformat())
    await offered(story, "手", "sam", "ed", friday - HOUR)
    back = await offered(story, "退", "ed", "sam", friday - HOUR)
    with clock.at(friday - HOUR):
        sam = await story.company.actor(story.tx, "sam")
        await give_back(story.tx, sam, back, reason="不清", missing=[])  # type: ignore[arg-type]
    found = await asked(story, "ed", friday)
    assert [(one["kind"], one["record"]["title"]) for one in found["items"]] == [
        ("handoff", "手"),
        ("overdue", "逾"),
        ("returned", "退"),
        ("task", "旧任务"),
        ("follow_up", "旧客户"),
        ("due", "期"),
        ("task", "今任务"),
        ("follow_up", "今客户"),
    ]
    assert [one["rank"] for one in found["items"]] == sorted(one["rank"] for one in found["items"])


async def test_more_than_fits_is_counted(story: Story) -> None:
    changes = [
        Change(
            {"name": f"任务{i}", "due_at": MONDAY.isoformat(), "owner": str(story.company.members["ed"])},
            row=i,
        )
        for i in range(120)
    ]
    await apply(story.tx, story.company.system, Batch("task", Action.CREATE, changes))
    found = await asked(story, "ed")
    assert (len(found["items"]), found["count"]) == (100, 120)


async def test_what_is_in_the_trash_is_not_to_do(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    await offered(story, "甲", "sam", "ed")
    await apply(
        story.tx, story.company.system, Batch("opportunity", Action.DELETE, [Change(id=story.ids["甲"])])
    )
    assert await kinds(story, "ed") == await kinds(story, "sam", MONDAY + 9 * DAY) == []


async def test_what_i_passed_on_is_told_by_what_became_of_it(story: Story) -> None:
    for name in ("等", "接", "退", "过", "撤"):
        await story.deal(name, 1, "sam", (timedelta(0), "confirm"))
    old = await offered(story, "过", "sam", "ed", MONDAY - 3 * DAY)
    with clock.at(MONDAY):
        await sweep_workspace(story.tx, story.company.workspace)
    given = {name: await offered(story, name, "sam", "ed") for name in ("等", "接", "退", "撤")}
    with clock.at(MONDAY + HOUR):
        ed, sam = await story.company.actor(story.tx, "ed"), await story.company.actor(story.tx, "sam")
        await accept(story.tx, ed, given["接"])  # type: ignore[arg-type]
        await give_back(story.tx, ed, given["退"], reason="不清", missing=["needs"])  # type: ignore[arg-type]
        await withdraw(story.tx, sam, given["撤"])  # type: ignore[arg-type]
        found = await passed(story.tx, sam)
    boxes = {box: [one["record"]["title"] for one in found[box]] for box in found["counts"]}
    assert boxes == {"waiting": ["等"], "accepted": ["接"], "returned": ["退"], "expired": ["过"]}
    (back,) = found["returned"]
    assert (back["reason"]["zh"], back["missing"], back["to"]["title"]) == ("不清", ["needs"], "ed")
    assert found["expired"][0]["id"] == old


async def test_answers_are_told_for_a_month(story: Story) -> None:
    await story.deal("甲", 1, "sam", (timedelta(0), "confirm"))
    handoff = await offered(story, "甲", "sam", "ed")
    with clock.at(MONDAY):
        await accept(story.tx, await story.company.actor(story.tx, "ed"), handoff)  # type: ignore[arg-type]
    sam = await story.company.actor(story.tx, "sam")
    with clock.at(MONDAY + PASSED_DAYS * DAY):
        assert (await passed(story.tx, sam))["counts"]["accepted"] == 1
    with clock.at(MONDAY + PASSED_DAYS * DAY + HOUR):
        assert (await passed(story.tx, sam))["counts"]["accepted"] == 0
