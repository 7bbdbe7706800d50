"""Undo one after the other, and past what others did in the meantime."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from jieli.base import clock
from jieli.db.pool import Record, Tx
from jieli.db.sql import sql
from jieli.records import Action, Batch, Change, Duplicates, apply, undo
from jieli.relay.leg import leg
from jieli.relay.moves import arrive, block
from jieli.relay.verify import verify
from tests.company import Company, look, make

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


async def mark(tx: Tx, company: Company, action: Action, record: UUID, key: str = "account") -> UUID:
    boss = await company.actor(tx, "boss")
    return (await apply(tx, boss, Batch(key, action, [Change(id=record)]))).batch


async def said(tx: Tx, company: Company, key: str, record: UUID, **values: object) -> UUID:
    boss = await company.actor(tx, "boss")
    return (await apply(tx, boss, Batch(key, Action.UPDATE, [Change(dict(values), id=record)]))).batch


async def moved(tx: Tx, company: Company, deal: UUID, to: str) -> UUID:
    at = await leg(tx, company.system, "opportunity", deal)
    return (await arrive(tx, company.system, at, to)).batch


async def row_of(tx: Tx, company: Company, key: str, record: UUID) -> Record:
    found = await tx.one(
        sql("select * from {t} where id = {id}", t=company.workspace.object(key).table, id=record)
    )
    assert found
    return found


async def test_a_record_is_taken_out_once_what_was_done_to_it_is_taken_back(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    made = await apply(tx, boss, Batch("account", Action.CREATE, [Change({"name": "客户"})]))
    assert made.only.id
    note = await said(tx, company, "account", made.only.id, note="谈过了")
    await undo(tx, boss, note)
    assert (await undo(tx, boss, made.batch)).conflicts == ()


async def test_a_win_entered_by_mistake_is_taken_out_although_it_was_offered(
    tx: Tx, company: Company
) -> None:
    boss = await company.actor(tx, "boss")
    rows = [Change({"name": "商机", "stage": "won"})]
    made = await apply(tx, boss, Batch("opportunity", Action.CREATE, rows))
    assert (await undo(tx, boss, made.batch)).conflicts == ()


async def test_what_was_thrown_away_again_stays_away(tx: Tx, company: Company) -> None:
    account = await make(tx, await company.actor(tx, "sam"), "account", name="客户")
    first = await mark(tx, company, Action.DELETE, account)
    await mark(tx, company, Action.RESTORE, account)
    await mark(tx, company, Action.DELETE, account)
    result = await undo(tx, company.system, first)
    assert [(kept.id, kept.title) for kept in result.conflicts] == [(account, "客户")]
    assert (await row_of(tx, company, "account", account))["deleted_at"] is not None


async def test_what_was_worked_on_since_it_came_back_stays(tx: Tx, company: Company) -> None:
    account = await make(tx, await company.actor(tx, "sam"), "account", name="客户")
    await mark(tx, company, Action.DELETE, account)
    back = await mark(tx, company, Action.RESTORE, account)
    await said(tx, company, "account", account, note="谈过了")
    result = await undo(tx, company.system, back)
    assert [kept.id for kept in result.conflicts] == [account]
    assert (await look(tx, company, "account", account))["note"] == "谈过了"


async def test_a_deletion_whose_code_somebody_else_has_by_now_is_reported(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    account = await make(tx, boss, "account", name="客户", external_id="A-1")
    gone = await mark(tx, company, Action.DELETE, account)
    await make(tx, boss, "account", name="另一个客户", external_id="A-1")
    assert [kept.id for kept in (await undo(tx, boss, gone)).conflicts] == [account]


async def test_a_known_duplicate_is_one_again(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await make(tx, boss, "account", name="客户", phone="13800010001")
    row = Change({"name": "分公司", "phone": "13800010001"})
    batch = Batch("account", Action.CREATE, [row], duplicates=Duplicates.CREATE)
    account = (await apply(tx, boss, batch)).only.id
    assert account
    called = await said(tx, company, "account", account, phone="13800010002")
    gone = await mark(tx, company, Action.DELETE, account)
    for batch_id in (gone, called):
        assert (await undo(tx, boss, batch_id)).conflicts == ()
    assert (await row_of(tx, company, "account", account))["phone"] == "+8613800010001"


async def test_an_undone_move_gives_back_the_time_limit_and_what_blocked_it(tx: Tx, company: Company) -> None:
    with clock.at(MONDAY):
        deal = await make(tx, company.system, "opportunity", name="商机", stage="confirm")
        await said(tx, company, "opportunity", deal, probability=35)
        await block(tx, company.system, "opportunity", deal, "等预算")
    before = await row_of(tx, company, "opportunity", deal)
    with clock.at(MONDAY + HOUR):
        batch = await moved(tx, company, deal, "quote")
    with clock.at(MONDAY + 2 * HOUR):
        await undo(tx, company.system, batch)
    after = await row_of(tx, company, "opportunity", deal)
    for column in ("stage", "stage_since", "stage_due", "blocked", "blocked_since", "probability"):
        assert after[column] == before[column], column


async def test_a_record_moved_on_since_stands_where_it_stands(tx: Tx, company: Company) -> None:
    """The outcome is the same after both moves, but belongs to the stage."""
    deal = await make(tx, company.system, "opportunity", name="商机", stage="sign")
    with clock.at(MONDAY):
        won = await moved(tx, company, deal, "won")
    with clock.at(MONDAY + HOUR):
        await moved(tx, company, deal, "feedback")
    result = await undo(tx, company.system, won)
    record = await row_of(tx, company, "opportunity", deal)
    assert (record["stage"], record["outcome"]) == ("feedback", "won")
    assert "stage" in result.conflicts[0].fields
    assert (await verify(tx, company.workspace)).violations == ()


async def test_a_backup_named_since_stays_when_the_owner_goes_back(tx: Tx, company: Company) -> None:
    account = await make(tx, await company.actor(tx, "sam"), "account", name="客户")
    passed = await said(tx, company, "account", account, owner=str(company.members["wes"]))
    await said(tx, company, "account", account, backup=str(company.members["boss"]))
    await undo(tx, company.system, passed)
    record = await look(tx, company, "account", account)
    assert (record["owner"]["title"], record["backup"]["title"]) == ("sam", "boss")


async def test_who_had_a_record_by_mistake_sees_it_no_longer(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="客户")
    passed = await said(tx, company, "account", account, owner=str(company.members["wes"]))
    await undo(tx, company.system, passed)
    shares = sql("select member from {t} where record = {id}", t=company.workspace.table("share"), id=account)
    assert await tx.all(shares) == []


async def test_undo_gives_no_keys_to_records_that_had_none(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    first = await make(tx, boss, "account", name="客户", phone="13800010001")
    row = Change({"name": "分公司", "phone": "13800010001"})
    batch = Batch("account", Action.CREATE, [row], duplicates=Duplicates.CREATE)
    second = (await apply(tx, boss, batch)).only.id
    assert second
    gone = await mark(tx, company, Action.DELETE, first)
    note = await said(tx, company, "account", second, note="谈过了")
    await undo(tx, boss, note)
    await undo(tx, boss, gone)
    key = sql("select record from {t} where kind = 'phone'", t=company.workspace.table("claim"))
    assert [row["record"] for row in await tx.all(key)] == [first]
