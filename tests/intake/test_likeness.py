"""Companies under other spellings, as they are told of while typing."""

from jieli.db.pool import Database, Tx
from jieli.db.sql import sql
from jieli.intake.checking import warnings
from jieli.intake.duplicates import described
from jieli.intake.likeness import complete
from jieli.records import Action, Batch, Change, Match, Values, apply, undo
from tests.company import Company, make
from tests.company import found as founded


async def likely(tx: Tx, at: Company, **values: object) -> list[Match]:
    """What a new lead with these values is told of."""
    boss = await at.actor(tx, "boss")
    return await warnings(tx, boss, boss.workspace.object("lead"), dict(values))


async def test_a_company_is_found_under_another_spelling_and_marked_as_not_equal(
    tx: Tx, company: Company
) -> None:
    boss = await company.actor(tx, "boss")
    account = await make(tx, boss, "account", name="上海接力科技有限公司")
    assert await likely(tx, company, company="接立贸易(上海)有限公司") == []
    found = await likely(tx, company, company="接力科技(上海)有限公司")
    assert found == [Match("account", account, "company", "company", alike=True)]


async def test_an_equal_name_is_told_once_and_as_equal(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    account = await make(tx, boss, "account", name="上海接力科技有限公司", phone="13800010001")
    found = await likely(tx, company, company="上海接力科技有限责任公司")
    assert [(one.id, one.alike) for one in found] == [(account, False)]
    by_phone = await likely(tx, company, company="上海接力有限公司", phone="+8613800010001")
    assert [(one.id, one.kind) for one in by_phone] == [(account, "phone")]


async def test_a_record_and_those_of_its_own_customer_are_no_warning(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    account = await make(tx, boss, "account", name="上海接力科技有限公司")
    obj = boss.workspace.object("account")
    assert await warnings(tx, boss, obj, {"name": "上海接力有限公司"}, account) == []


async def test_a_name_like_many_others_warns_of_none(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    for town in ("上海", "北京", "武汉"):
        await make(tx, boss, "account", name=f"{town}接力科技有限公司")
    assert len(await likely(tx, company, company="接力科技有限公司")) == 3
    await make(tx, boss, "account", name="成都接力科技有限公司")
    assert await likely(tx, company, company="接力科技有限公司") == []


async def test_likeness_never_keeps_a_record_out(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await make(tx, boss, "account", name="上海接力科技有限公司")
    made = await apply(tx, boss, Batch("account", Action.CREATE, [Change({"name": "接力科技有限公司"})]))
    assert made.only.matches == ()


async def test_trash_and_undo_take_the_likeness_along(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    account = await make(tx, boss, "account", name="上海接力科技有限公司")
    gone = await apply(tx, boss, Batch("account", Action.DELETE, [Change({}, id=account)]))
    assert await likely(tx, company, company="接力科技有限公司") == []
    await undo(tx, boss, gone.batch)
    assert [one.id for one in await likely(tx, company, company="接力科技有限公司")] == [account]


async def test_who_may_not_see_the_other_learns_no_more_than_who_owns_it(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await make(tx, boss, "account", name="上海接力科技有限公司", owner=company.members["boss"])
    seller = await company.actor(tx, "wes")
    found = await warnings(tx, seller, seller.workspace.object("lead"), {"company": "接力科技有限公司"})
    (told,) = await described(tx, seller, found)
    hidden: Values = {"id": None, "title": None, "visible": False, "alike": True}
    assert {key: told[key] for key in hidden} == hidden


async def test_keys_of_an_earlier_version_become_findable(db: Database) -> None:
    committed, name = await founded(db), "上海接力科技有限公司"
    async with db.begin() as tx:
        boss = await committed.actor(tx, "boss")
        account = await make(tx, boss, "account", name=name)
        await tx.run(sql("update {claim} set likeness = null", claim=committed.workspace.table("claim")))
        assert await likely(tx, committed, company=name.removeprefix("上海")) == []
    await complete(db)
    async with db.begin() as tx:
        assert [one.id for one in await likely(tx, committed, company=name.removeprefix("上海"))] == [account]
