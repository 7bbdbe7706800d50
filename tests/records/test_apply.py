"""The write path: what it accepts, refuses, derives and logs."""

from uuid import UUID, uuid4

import pytest

from jieli.base.errors import Invalid
from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.records import Action, Batch, Change, Duplicates, Outcome, apply
from jieli.records.errors import DuplicateFound, MayNotChange, RecordNotFound, VersionConflict
from jieli.records.read import get_record
from tests.company import Company, change, look, make


async def events_of(tx: Tx, company: Company, record: UUID) -> list[str]:
    rows = await tx.all(
        sql(
            "select kind from {event} where record = {id} order by id",
            event=company.workspace.table("event"),
            id=record,
        )
    )
    return [row["kind"] for row in rows]


async def test_who_enters_a_record_owns_it(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="新客户甲")
    record = await look(tx, company, "account", account)
    assert (record["owner"]["title"], record["department"]["title"]) == ("sam", "east")


async def test_the_owner_s_manager_is_the_backup(tx: Tx, company: Company) -> None:
    account = await make(tx, await company.actor(tx, "sam"), "account", name="新客户乙")
    assert (await look(tx, company, "account", account))["backup"]["title"] == "eva"


async def test_with_a_new_owner_come_department_and_backup(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    account = await make(tx, await company.actor(tx, "sam"), "account", name="新客户丙")
    await change(tx, boss, "account", account, owner=str(company.members["wes"]))
    record = await look(tx, company, "account", account)
    assert (record["department"]["title"], record["backup"]["title"]) == ("west", "will")


async def test_a_required_field_must_be_filled(tx: Tx, company: Company) -> None:
    with pytest.raises(Invalid) as refused:
        await make(tx, await company.actor(tx, "sam"), "account", phone="13800138000")
    assert [problem.path for problem in refused.value.problems] == ["name"]


async def test_an_unknown_field_is_named(tx: Tx, company: Company) -> None:
    with pytest.raises(Invalid) as refused:
        await make(tx, await company.actor(tx, "sam"), "account", name="x", colour="red")
    assert refused.value.problems[0].path == "colour"


async def test_a_system_field_cannot_be_written_by_people(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await make(tx, sam, "lead", name="客户")
    with pytest.raises(Invalid) as refused:
        await change(tx, sam, "lead", lead, holder=str(company.members["sue"]))
    assert refused.value.problems[0].code == "read_only"


async def test_a_hidden_field_answers_like_an_unknown_one(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    product = await make(tx, boss, "product", name="产品", cost="100")
    sam = await company.actor(tx, "sam")
    assert "cost" not in await get_record(tx, sam, "product", product)


async def test_running_numbers_follow_each_other(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    first, second = [await make(tx, sam, "account", name=f"客户{i}") for i in "甲乙"]
    numbers = [(await look(tx, company, "account", one))["number"] for one in (first, second)]
    assert int(numbers[1][2:]) == int(numbers[0][2:]) + 1


async def test_a_reference_leads_to_something_the_actor_may_see(tx: Tx, company: Company) -> None:
    hidden = await make(tx, await company.actor(tx, "wes"), "account", name="西部客户")
    with pytest.raises(Invalid) as refused:
        await make(tx, await company.actor(tx, "sam"), "contact", name="张三", account=str(hidden))
    assert (refused.value.problems[0].path, refused.value.problems[0].code) == ("account", "no_reference")


async def test_an_old_version_is_refused(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="客户")
    await change(tx, sam, "account", account, note="一")
    stale = Batch("account", Action.UPDATE, [Change({"note": "二"}, id=account, version=1)])
    with pytest.raises(VersionConflict):
        await apply(tx, sam, stale)


async def test_a_change_that_changes_nothing_writes_nothing(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="客户")
    result = await apply(tx, sam, Batch("account", Action.UPDATE, [Change({"name": "客户"}, id=account)]))
    assert (result.only.outcome, await events_of(tx, company, account)) == (Outcome.UNCHANGED, ["created"])


async def test_what_one_may_not_see_does_not_exist(tx: Tx, company: Company) -> None:
    account = await make(tx, await company.actor(tx, "wes"), "account", name="西部客户")
    with pytest.raises(RecordNotFound):
        await change(tx, await company.actor(tx, "sam"), "account", account, note="x")


async def test_what_one_may_see_but_not_change_is_denied(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    product = await make(tx, boss, "product", name="产品")
    with pytest.raises(MayNotChange):
        await change(tx, await company.actor(tx, "sam"), "product", product, note="x")


async def test_a_record_that_does_not_exist_is_not_found(tx: Tx, company: Company) -> None:
    with pytest.raises(RecordNotFound):
        await change(tx, await company.actor(tx, "boss"), "account", uuid4(), note="x")


async def test_giving_a_record_away_needs_the_right_to_transfer(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    account = await make(tx, boss, "account", name="客户", owner=str(company.members["wes"]))
    eva = await company.actor(tx, "eva")
    with pytest.raises(RecordNotFound):
        await change(tx, eva, "account", account, owner=str(company.members["sam"]))


async def test_good_rows_are_written_and_bad_ones_reported(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    rows = [Change({"name": "好"}, row=1), Change({"phone": "123"}, row=2), Change({"name": "也好"}, row=3)]
    result = await apply(tx, sam, Batch("account", Action.CREATE, rows, atomic=False))
    assert [row.outcome for row in result.rows] == [Outcome.CREATED, Outcome.REJECTED, Outcome.CREATED]


async def test_all_or_nothing_names_every_bad_row(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    rows = [Change({"name": "好"}, row=1), Change({}, row=2), Change({}, row=3)]
    with pytest.raises(Invalid) as refused:
        await apply(tx, sam, Batch("account", Action.CREATE, rows))
    assert [problem.path for problem in refused.value.problems] == ["rows.2.name", "rows.3.name"]


async def test_trash_and_back(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await make(tx, sam, "lead", name="客户", phone="13900139000")
    for action in (Action.DELETE, Action.RESTORE):
        await apply(tx, await company.actor(tx, "boss"), Batch("lead", action, [Change(id=lead)]))
    assert (await look(tx, company, "lead", lead))["deleted_at"] is None
    assert await events_of(tx, company, lead) == ["created", "deleted", "restored"]


async def test_a_second_record_with_the_same_telephone_is_refused(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    await make(tx, sam, "lead", name="甲", phone="13800000001")
    with pytest.raises(DuplicateFound):
        await make(tx, sam, "lead", name="乙", phone="+86 138 0000 0001")


async def test_a_contact_with_the_telephone_of_a_lead_is_found_too(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    await make(tx, sam, "lead", name="甲", phone="13800000001")
    account = await make(tx, sam, "account", name="客户")
    with pytest.raises(DuplicateFound):
        await make(tx, sam, "contact", name="乙", phone="13800000001", account=str(account))


async def test_two_spellings_of_a_company_are_the_same(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    await make(tx, sam, "account", name="上海接力科技(集团)有限公司")
    with pytest.raises(DuplicateFound):
        await make(tx, sam, "account", name="上海接力科技集团有限公司")


async def test_a_known_duplicate_can_be_entered_on_purpose(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    await make(tx, sam, "lead", name="甲", phone="13800000001")
    again = [Change({"name": "乙", "phone": "13800000001"})]
    result = await apply(tx, sam, Batch("lead", Action.CREATE, again, duplicates=Duplicates.CREATE))
    assert result.only.outcome is Outcome.CREATED


async def test_a_trashed_record_gives_its_telephone_back(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    lead = await make(tx, boss, "lead", name="甲", phone="13800000001", owner=str(boss.member))
    await apply(tx, boss, Batch("lead", Action.DELETE, [Change(id=lead)]))
    assert await make(tx, boss, "lead", name="乙", phone="13800000001")


async def test_the_update_policy_fills_the_record_that_exists(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await make(tx, sam, "lead", name="甲", phone="13800000001")
    rows = [Change({"name": "甲", "phone": "13800000001", "needs": "三台"})]
    result = await apply(tx, sam, Batch("lead", Action.CREATE, rows, duplicates=Duplicates.UPDATE))
    assert (result.only.outcome, result.only.id) == (Outcome.UPDATED, lead)
    assert (await look(tx, company, "lead", lead))["needs"] == "三台"


async def test_a_row_that_repeats_within_a_batch_is_counted_once(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    rows = [Change({"name": n, "phone": "13800000001"}, row=i) for i, n in enumerate("甲乙")]
    batch = Batch("lead", Action.CREATE, rows, atomic=False, duplicates=Duplicates.SKIP)
    result = await apply(tx, sam, batch)
    assert [row.outcome for row in result.rows] == [Outcome.CREATED, Outcome.SKIPPED]


async def test_a_lead_is_scored_as_it_is_written(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    poor = await make(tx, sam, "lead", name="甲")
    rich = await make(tx, sam, "lead", name="乙", phone="13800000002", budget="900000", job_title="总经理")
    scores = [(await look(tx, company, "lead", one))["score"] for one in (poor, rich)]
    assert scores[0] < scores[1]


async def test_a_better_lead_is_scored_anew(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await make(tx, sam, "lead", name="甲")
    before = (await look(tx, company, "lead", lead))["score"]
    await change(tx, sam, "lead", lead, budget="900000")
    assert (await look(tx, company, "lead", lead))["score"] > before


async def test_marketing_s_lead_is_assigned_in_turn(tx: Tx, company: Company) -> None:
    mary = await company.actor(tx, "mary")
    owners = []
    for i in range(6):
        lead = await make(tx, mary, "lead", name=f"线索{i}", phone=f"1380000010{i}")
        owners.append((await look(tx, company, "lead", lead))["owner"]["title"])
    assert sorted(owners[:3]) == ["sam", "sue", "wes"]
    assert owners[:3] == owners[3:]


async def test_a_decision_keeps_its_reasons(tx: Tx, company: Company) -> None:
    mary = await company.actor(tx, "mary")
    lead = await make(tx, mary, "lead", name="线索")
    row = await tx.one(
        sql(
            "select rule, chosen, why from {t} where record = {id}",
            t=company.workspace.table("assignment"),
            id=lead,
        )
    )
    assert row is not None
    assert row["rule"] == "everybody"
    assert {one["name"] for one in row["why"]["candidates"]} == {"sam", "sue", "wes"}
