"""Undo: the state afterwards is the state before, and nothing done since is lost."""

from uuid import UUID

import pytest

from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.records import Action, Batch, Change, Outcome, apply, undo
from jieli.records.errors import AlreadyUndone, BatchUnknown
from jieli.records.undo import NotYourBatch
from jieli.relay.verify import verify
from tests.company import Company, change, look, make

TABLES = ("claim", "span", "share", "assignment")


async def state(tx: Tx, company: Company) -> dict[str, int]:
    found = {}
    for table in TABLES:
        found[table] = await tx.value(sql("select count(*) from {t}", t=company.workspace.table(table)))
    for key in ("lead", "account"):
        found[key] = await tx.value(sql("select count(*) from {t}", t=company.workspace.object(key).table))
    return found


async def entered(tx: Tx, company: Company, name: str = "sam", count: int = 12) -> tuple[UUID, list[UUID]]:
    rows = [Change({"name": f"线索{i}", "phone": f"1380001{i:04d}"}, row=i) for i in range(count)]
    batch = Batch("lead", Action.CREATE, rows, atomic=False)
    result = await apply(tx, await company.actor(tx, name), batch)
    assert result.count(Outcome.CREATED) == count
    return result.batch, [row.id for row in result.rows if row.id]


async def test_what_a_batch_created_is_gone_without_trace_in_the_tables(tx: Tx, company: Company) -> None:
    before = await state(tx, company)
    batch, _ = await entered(tx, company)
    result = await undo(tx, await company.actor(tx, "sam"), batch)
    assert (result.restored, result.conflicts) == (12, ())
    assert await state(tx, company) == before


async def test_what_somebody_changed_since_stays_and_is_reported(tx: Tx, company: Company) -> None:
    batch, ids = await entered(tx, company)
    await change(tx, await company.actor(tx, "eva"), "lead", ids[3], needs="新需求")
    result = await undo(tx, await company.actor(tx, "sam"), batch)
    assert (result.restored, [kept.id for kept in result.conflicts]) == (11, [ids[3]])
    assert (await look(tx, company, "lead", ids[3]))["needs"] == "新需求"


async def test_what_is_referred_to_from_elsewhere_stays(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    rows = [Change({"name": f"客户{i}"}, row=i) for i in range(2)]
    made = await apply(tx, sam, Batch("account", Action.CREATE, rows))
    await make(tx, sam, "contact", name="张三", account=str(made.rows[0].id))
    result = await undo(tx, sam, made.batch)
    assert (result.restored, [kept.id for kept in result.conflicts]) == (1, [made.rows[0].id])


async def test_changed_fields_get_their_earlier_values_back(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="客户", note="旧")
    result = await apply(tx, sam, Batch("account", Action.UPDATE, [Change({"note": "新"}, id=account)]))
    await undo(tx, sam, result.batch)
    assert (await look(tx, company, "account", account))["note"] == "旧"


async def test_a_field_changed_again_keeps_the_later_value(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="客户", note="一")
    values = {"note": "二", "short_name": "客"}
    result = await apply(tx, sam, Batch("account", Action.UPDATE, [Change(values, id=account)]))
    await change(tx, sam, "account", account, note="三")
    conflicts = (await undo(tx, sam, result.batch)).conflicts
    record = await look(tx, company, "account", account)
    assert (record["note"], record["short_name"], conflicts[0].fields) == ("三", None, ("note",))


async def test_a_deletion_is_taken_back(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    account = await make(tx, boss, "account", name="客户")
    result = await apply(tx, boss, Batch("account", Action.DELETE, [Change(id=account)]))
    await undo(tx, boss, result.batch)
    assert (await look(tx, company, "account", account))["deleted_at"] is None


async def test_a_batch_is_undone_once(tx: Tx, company: Company) -> None:
    batch, _ = await entered(tx, company)
    sam = await company.actor(tx, "sam")
    await undo(tx, sam, batch)
    with pytest.raises(AlreadyUndone):
        await undo(tx, sam, batch)


async def test_somebody_else_may_not_undo_it(tx: Tx, company: Company) -> None:
    batch, _ = await entered(tx, company)
    with pytest.raises(NotYourBatch):
        await undo(tx, await company.actor(tx, "sue"), batch)


async def test_an_administrator_may(tx: Tx, company: Company) -> None:
    batch, _ = await entered(tx, company)
    assert (await undo(tx, await company.actor(tx, "boss"), batch)).restored == 12


async def test_an_unknown_batch_is_not_found(tx: Tx, company: Company) -> None:
    with pytest.raises(BatchUnknown):
        await undo(tx, await company.actor(tx, "boss"), UUID(int=7))


async def test_nothing_is_violated_after_an_undo(tx: Tx, company: Company) -> None:
    batch, ids = await entered(tx, company)
    await change(tx, await company.actor(tx, "eva"), "lead", ids[0], owner=str(company.members["sue"]))
    await undo(tx, await company.actor(tx, "sam"), batch)
    assert (await verify(tx, company.workspace)).violations == ()


async def a_batch_of_a_new_office(tx: Tx, company: Company) -> tuple[UUID, UUID, UUID]:
    """A member and the department that the member belongs to and leads, made in one batch, the member first."""
    boss = await company.actor(tx, "boss")
    made = await apply(tx, boss, Batch("member", Action.CREATE, [Change({"name": "新人"})]))
    office = Batch(
        "department", Action.CREATE, [Change({"name": "新部门", "head": str(made.rows[0].id)})], id=made.batch
    )
    department = await apply(tx, boss, office)
    moved = Change({"department": str(department.rows[0].id)}, id=made.rows[0].id)
    await apply(tx, boss, Batch("member", Action.UPDATE, [moved], id=made.batch))
    member, place = made.rows[0].id, department.rows[0].id
    assert member
    assert place
    return made.batch, member, place


async def test_records_of_one_batch_that_refer_to_each_other_go_together(tx: Tx, company: Company) -> None:
    batch, _, _ = await a_batch_of_a_new_office(tx, company)
    result = await undo(tx, await company.actor(tx, "boss"), batch)
    assert (result.restored, result.conflicts) == (2, ())


async def test_what_stays_keeps_what_it_refers_to(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    parent = await apply(tx, boss, Batch("account", Action.CREATE, [Change({"name": "母公司"})]))
    child = Change({"name": "子公司", "parent": str(parent.rows[0].id)})
    made = await apply(tx, boss, Batch("account", Action.CREATE, [child], id=parent.batch))
    assert made.rows[0].id
    await change(tx, await company.actor(tx, "boss"), "account", made.rows[0].id, note="谈过了")
    result = await undo(tx, boss, parent.batch)
    assert (result.restored, {kept.title for kept in result.conflicts}) == (0, {"母公司", "子公司"})


async def test_a_new_record_goes_once_nothing_refers_to_it_any_more(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    child = await make(tx, boss, "account", name="子公司")
    parent = await apply(tx, boss, Batch("account", Action.CREATE, [Change({"name": "母公司"})]))
    joined = Change({"parent": str(parent.rows[0].id)}, id=child)
    await apply(tx, boss, Batch("account", Action.UPDATE, [joined], id=parent.batch))
    result = await undo(tx, boss, parent.batch)
    assert (result.restored, result.conflicts) == (2, ())
    assert (await look(tx, company, "account", child))["parent"] is None
