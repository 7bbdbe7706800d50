"""What becomes of the rows of a file."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from jieli.access.rights import NotPermitted
from jieli.base.errors import Invalid
from jieli.base.language import Language
from jieli.blueprint import workspaces
from jieli.db.pool import Tx
from jieli.intake.imports.carry import Load
from jieli.intake.imports.fields import MayNotAddFields
from jieli.intake.imports.model import Setup, Wanted
from jieli.records import undo
from tests.company import Company, change, make
from tests.intake.imports.passage import (
    CREATED,
    REJECTED,
    SKIPPED,
    UNCHANGED,
    UPDATED,
    bring,
    passed,
    records,
    table_of,
)

LEADS = """\
    姓名,公司名称,手机
    张三,上海甲科技有限公司,13800138001
    李四,上海乙科技有限公司,13800138002
    """


async def test_rows_become_records_with_typed_values(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    passage = await bring(tx, boss, "lead", LEADS)
    assert passage.outcomes() == [CREATED, CREATED]
    (lead,) = await records(tx, boss, "lead", phone="+8613800138002")
    assert (lead["contact_name"], lead["company"]) == ("李四", "上海乙科技有限公司")


async def test_a_title_is_made_where_no_column_holds_one(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await bring(tx, boss, "lead", LEADS)
    (lead,) = await records(tx, boss, "lead", phone="+8613800138001")
    assert "上海甲科技有限公司" in lead["name"]


async def test_the_same_file_again_changes_nothing(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await bring(tx, boss, "lead", LEADS)
    assert (await bring(tx, boss, "lead", LEADS)).outcomes() == [SKIPPED, SKIPPED]
    again = await bring(tx, boss, "lead", LEADS, policy="update")
    assert again.outcomes() == [UNCHANGED, UNCHANGED]
    assert again.report.counts()["batch"] is None


async def test_a_file_with_its_columns_moved_is_the_same_file(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await bring(tx, boss, "lead", "姓名,职务\n王五,经理\n")
    moved = await bring(tx, boss, "lead", "职务,姓名\n经理,王五\n")
    assert moved.outcomes() == [SKIPPED]
    assert "以前导入过" in moved.reasons(2)


async def test_a_repeated_row_follows_the_policy(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    twice = "姓名,职务\n赵六,经理\n赵六,经理\n"
    for policy, second in (("skip", SKIPPED), ("update", UNCHANGED), ("create", CREATED)):
        passage = await bring(tx, boss, "lead", twice.replace("赵六", policy), policy=policy)
        assert passage.outcomes() == [CREATED, second]


async def test_a_known_telephone_is_skipped_with_whose_it_is(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await make(tx, boss, "lead", name="老线索", phone="13800138001", owner=str(company.members["sam"]))
    passage = await bring(tx, boss, "lead", LEADS)
    assert passage.outcomes() == [SKIPPED, CREATED]
    assert passage.reasons(2) == "C2: 手机与线索「老线索」相同"


async def test_who_may_not_see_the_duplicate_hears_only_of_its_owner(tx: Tx, company: Company) -> None:
    boss, wes = await company.actor(tx, "boss"), await company.actor(tx, "wes")
    await make(tx, boss, "lead", name="机密线索", phone="13800138001", owner=str(company.members["sam"]))
    passage = await bring(tx, wes, "lead", LEADS, assign="owner")
    assert "机密" not in passage.reasons(2)
    assert "sam" in passage.reasons(2)


async def test_an_update_writes_what_the_row_says_and_nothing_else(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    lead = await make(
        tx, boss, "lead", name="老线索", phone="13800138001", interest="high", stage="following", needs="要"
    )
    passage = await bring(tx, boss, "lead", "手机,职务,备注\n13800138001,总监,\n", policy="update")
    assert passage.outcomes() == [UPDATED]
    (found,) = await records(tx, boss, "lead", phone="+8613800138001")
    assert found["id"] == str(lead)
    assert (found["name"], found["job_title"], found["interest"], found["stage"]) == (
        "老线索",
        "总监",
        "high",
        "following",
    )


async def test_an_update_sets_no_defaults(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await make(tx, boss, "account", name="某某制造有限公司", kind="agent")
    await bring(tx, boss, "account", "客户名称,员工人数\n某某制造有限公司,30\n", policy="update")
    (account,) = await records(tx, boss, "account", name="某某制造有限公司")
    assert (account["kind"], account["employees"]) == ("agent", 30)


async def test_an_update_does_not_move_a_record(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await make(tx, boss, "lead", name="老线索", phone="13800138001")
    passage = await bring(tx, boss, "lead", "手机,阶段\n13800138001,已确认意向\n", policy="update")
    assert passage.outcomes() == [REJECTED]
    assert "推进" in passage.reasons(2)


async def test_an_update_gives_nothing_away_without_the_right(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    await make(tx, sam, "account", name="山姆的客户有限公司")
    file = "客户名称,负责人\n山姆的客户有限公司,sue\n"
    passage = await bring(tx, sam, "account", file, policy="update", assign="owner")
    assert passage.outcomes() == [REJECTED]


async def test_bad_cells_are_named_by_their_place(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    passage = await bring(tx, boss, "lead", "姓名,手机,预算\n甲,13800138001,一些\n乙,13800138002,100\n")
    assert passage.outcomes() == [REJECTED, CREATED]
    assert passage.reasons(2) == "C2: 「一些」不是数字"


async def test_reasons_come_in_the_language_of_who_imports(tx: Tx, company: Company) -> None:
    boss = replace(await company.actor(tx, "boss"), language=Language.EN)
    passage = await bring(tx, boss, "lead", "姓名,手机,预算\n甲,13800138001,一些\n乙,1380013,100\n")
    assert "not a number" in passage.reasons(2)


async def test_missing_required_values_are_told_without_a_place(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    passage = await bring(tx, boss, "account", "客户名称,员工人数\n,5\n甲公司,6\n")
    assert passage.outcomes() == [REJECTED, CREATED]
    assert "客户名称" in passage.reasons(2)


async def test_references_are_found_by_name_and_refused_when_unclear(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    for name in ("双生公司", "双生公司", "独一公司"):
        await make(tx, company.system, "campaign", name=name, kind="exhibition")
    file = "姓名,市场活动\n甲,独一 公司\n乙,双生公司\n丙,没有的公司\n"
    passage = await bring(tx, boss, "lead", file)
    assert passage.outcomes() == [CREATED, REJECTED, REJECTED]
    assert "有 2 个" in passage.reasons(3)
    assert "没有找到" in passage.reasons(4)


async def test_missing_references_can_be_made(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    file = "商机名称,客户\n一期,新来的公司\n二期,新来的 公司\n"
    passage = await bring(tx, boss, "opportunity", file, create_missing=True)
    assert passage.outcomes() == [CREATED, CREATED]
    assert passage.report.created_missing == {"account": 1}
    assert len(await records(tx, boss, "account", name="新来的公司")) == 1


async def test_rows_may_refer_to_later_rows_of_the_same_file(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    passage = await bring(tx, boss, "account", "客户名称,上级客户\n小弟公司,大哥公司\n大哥公司,\n")
    assert passage.outcomes() == [CREATED, CREATED]
    (small,) = await records(tx, boss, "account", name="小弟公司")
    assert small["parent"]["title"] == "大哥公司"


async def test_a_reference_to_a_refused_row_is_a_warning(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    file = "客户名称,上级客户,员工人数\n小弟公司,大哥公司,3\n大哥公司,,很多\n"
    passage = await bring(tx, boss, "account", file, columns=("name", "parent", "employees"))
    assert passage.outcomes() == [CREATED, REJECTED]
    assert "大哥公司" in str(passage.report.warnings[0])


async def test_stages_are_known_by_label_and_by_usual_words(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await make(tx, boss, "account", name="甲公司")
    file = """\
        Deal name,Account,Deal stage,Close date
        a,甲公司,Won,2026-03-01
        b,甲公司,Lost,2026-03-02
        c,甲公司,Engaging,
        d,甲公司,报价,
        e,甲公司,Somewhere,
        """
    passage = await bring(tx, boss, "opportunity", file)
    assert passage.outcomes() == [CREATED, CREATED, CREATED, CREATED, REJECTED]
    found = await records(tx, boss, "opportunity")
    assert [one["stage"] for one in found] == ["won", "lost", "confirm", "quote"]
    assert [one["outcome"] for one in found] == ["won", "lost", "open", "open"]
    assert found[1]["closed_at"] == "2026-03-01T16:00:00Z"
    assert "Somewhere" in passage.reasons(6)


async def test_two_opportunities_of_one_customer_are_no_duplicates_but_their_rows_are(
    tx: Tx, company: Company
) -> None:
    boss = await company.actor(tx, "boss")
    await make(tx, boss, "account", name="甲公司")
    file = "商机名称,客户,原系统编号\n一期,甲公司,7\n二期,甲公司,8\n"
    assert (await bring(tx, boss, "opportunity", file)).outcomes() == [CREATED, CREATED]
    assert (await bring(tx, boss, "opportunity", file)).outcomes() == [SKIPPED, SKIPPED]
    other = await bring(tx, boss, "opportunity", "商机名称,客户,原系统编号\n三期,甲公司,8\n", policy="create")
    assert other.outcomes() == [REJECTED]


async def test_columns_without_a_field_become_new_ones(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    file = "姓名,血型,宠物数量\n" + "".join(f"甲{n},{'AB'[n % 2]}型,{n}\n" for n in range(30))
    passage = await bring(tx, boss, "lead", file, add_fields=True)
    assert passage.report.added_fields == ("xue_xing", "chong_wu_shu_liang")
    now = await workspaces.load(tx, company.workspace.slug)
    assert now.version == company.workspace.version + 1
    lead = now.object("lead")
    assert [lead.fields[key].type.key for key in passage.report.added_fields] == ["select", "integer"]
    assert lead.definition.form[-1].fields[-2:] == passage.report.added_fields
    knowing = replace(boss, workspace=now)
    (found,) = await records(tx, knowing, "lead", contact_name="甲7")
    assert found["chong_wu_shu_liang"] == 7
    again = await bring(tx, knowing, "lead", file, add_fields=True)
    assert again.report.added_fields == ()
    assert set(again.outcomes()) == {SKIPPED}


async def test_new_fields_need_the_right_to_change_the_blueprint(tx: Tx, company: Company) -> None:
    olga = await company.actor(tx, "olga")
    with pytest.raises(MayNotAddFields):
        await bring(tx, olga, "lead", "姓名,血型\n甲,A型\n乙,B型\n", add_fields=True)


async def test_a_rehearsal_finds_the_same_and_makes_no_fields(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    file = LEADS.replace("手机\n", "手机,血型\n").replace("8001\n", "8001,A\n").replace("8002\n", "8002,B\n")
    rehearsed = await bring(tx, boss, "lead", file, add_fields=True, rehearsal=True)
    assert rehearsed.outcomes() == [CREATED, CREATED]
    assert len(rehearsed.report.added_fields) == 1
    assert (await workspaces.load(tx, company.workspace.slug)).version == company.workspace.version


async def test_unknown_choices_are_refused_or_added(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    file = "姓名,线索来源\n甲,搜索引擎\n乙,转介绍\n丙,火星\n"
    refused = await bring(tx, boss, "lead", file, rehearsal=True)
    assert refused.outcomes() == [CREATED, CREATED, REJECTED]
    added = await bring(tx, boss, "lead", file.replace("甲", "戊"), add_choices=True)
    assert REJECTED not in added.outcomes()
    now = await workspaces.load(tx, company.workspace.slug)
    (found,) = await records(tx, replace(boss, workspace=now), "lead", contact_name="丙")
    assert found["source"] == "huo_xing"


async def test_texts_that_stand_for_nothing_are_left_empty(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await bring(tx, boss, "lead", "姓名,职务\n甲,Select\n乙,经理\n", empty_values=["select"])
    (lead,) = await records(tx, boss, "lead", contact_name="甲")
    assert lead["job_title"] is None


async def test_all_can_be_given_to_one_owner(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await bring(tx, boss, "lead", LEADS, assign="owner", owner=str(company.members["sue"]))
    (lead,) = await records(tx, boss, "lead", phone="+8613800138001")
    assert lead["owner"]["title"] == "sue"


async def test_nobody_gives_records_away_without_the_right(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    with pytest.raises(NotPermitted):
        await bring(tx, sam, "lead", LEADS, assign="owner", owner=str(company.members["sue"]))


async def test_importing_needs_the_right(tx: Tx, company: Company) -> None:
    ed = await company.actor(tx, "ed")
    with pytest.raises(NotPermitted):
        await bring(tx, ed, "lead", LEADS)


async def test_assignment_rules_give_out_leads_and_say_why(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await bring(tx, boss, "lead", LEADS, assign="rules")
    owners = [lead["owner"] for lead in await records(tx, boss, "lead")]
    assert None not in owners


async def test_a_mapping_that_cannot_be_is_refused_with_every_problem(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    table = table_of(LEADS)
    mapping = (
        Wanted(index=0, target="name"),
        Wanted(index=1, target="name"),
        Wanted(index=2, target="score"),
        Wanted(index=9, target="company"),
    )
    with pytest.raises(Invalid) as refused:
        await passed(tx, boss, Load("lead", table, Setup(mapping=mapping)))
    assert {p.path for p in refused.value.problems} == {
        "mapping.1.target",
        "mapping.2.target",
        "mapping.3.index",
    }


async def test_a_mapping_of_nothing_is_refused(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    with pytest.raises(Invalid):
        await passed(tx, boss, Load("lead", table_of(LEADS), Setup(mapping=())))


async def test_undo_takes_everything_out_and_the_file_can_come_again(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    before = len(await records(tx, boss, "lead"))
    passage = await bring(tx, boss, "lead", LEADS)
    undone = await undo(tx, boss, passage.report.batch)
    assert (undone.restored, undone.conflicts) == (2, ())
    assert len(await records(tx, boss, "lead")) == before
    assert (await bring(tx, boss, "lead", LEADS)).outcomes() == [CREATED, CREATED]


async def test_undo_keeps_what_was_worked_on_since(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    passage = await bring(tx, boss, "lead", LEADS)
    lead = passage.rows[2].id
    assert lead is not None
    await change(tx, boss, "lead", lead, job_title="总监")
    undone = await undo(tx, boss, passage.report.batch)
    assert (undone.restored, [kept.id for kept in undone.conflicts]) == (1, [lead])


async def test_times_of_a_file_are_kept(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await bring(tx, boss, "lead", "姓名,创建时间\n甲,2025/3/1 10:00\n乙,2025年3月2日\n")
    (lead,) = await records(tx, boss, "lead", contact_name="甲")
    assert datetime.fromisoformat(lead["created_at"]) == datetime(2025, 3, 1, 2, tzinfo=UTC)
