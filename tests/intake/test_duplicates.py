"""Keys: who is refused keeps those that were there."""

from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.records import Action, Batch, Change, Duplicates, Outcome, apply
from tests.company import Company, make


async def test_a_refused_change_leaves_the_record_its_keys(tx: Tx, company: Company) -> None:
    """The row finds the customer by its name and brings the telephone of another one."""
    boss = await company.actor(tx, "boss")
    first = await make(tx, boss, "account", name="上海接力科技有限公司", phone="13800010001")
    await make(tx, boss, "account", name="北京远航贸易有限公司", phone="13800010002")
    row = Change({"name": "上海接力科技有限公司", "phone": "13800010002"})
    rows = Batch("account", Action.CREATE, [row], atomic=False, duplicates=Duplicates.UPDATE)
    assert (await apply(tx, boss, rows)).only.outcome is Outcome.REJECTED
    keys = await tx.all(
        sql(
            "select key from {t} where record = {id} and kind = 'phone'",
            t=company.workspace.table("claim"),
            id=first,
        )
    )
    assert [row["key"] for row in keys] == ["+8613800010001"]


async def test_beside_a_refused_change_the_good_rows_get_their_keys(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await make(tx, boss, "account", name="上海接力科技有限公司", phone="13800010001")
    await make(tx, boss, "account", name="北京远航贸易有限公司", phone="13800010002")
    rows = [
        Change({"name": "上海接力科技有限公司", "phone": "13800010002"}, row=0),
        Change({"name": "广州东风物流有限公司", "phone": "13800010003"}, row=1),
    ]
    batch = Batch("account", Action.CREATE, rows, atomic=False, duplicates=Duplicates.UPDATE)
    made = await apply(tx, boss, batch)
    assert [row.outcome for row in made.rows] == [Outcome.REJECTED, Outcome.CREATED]
    claimed = await tx.value(
        sql(
            "select record from {t} where kind = 'phone' and key = '+8613800010003'",
            t=company.workspace.table("claim"),
        )
    )
    assert claimed == made.rows[1].id
