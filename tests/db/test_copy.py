from decimal import Decimal

from jieli.db.pool import Tx
from jieli.db.sql import sql


async def test_copying_into_another_temporary_table_of_the_same_name_minds_its_types(tx: Tx) -> None:
    await tx.run(sql("create temp table staged (x bigint)"))
    await tx.copy(None, "staged", ["x"], [(1,)])
    await tx.run(sql("drop table staged"))
    await tx.run(sql("create temp table staged (x numeric)"))
    await tx.copy(None, "staged", ["x"], [(Decimal("1.5"),)])
    assert await tx.value(sql("select x::text from staged")) == "1.5"


async def test_copying_after_a_column_changed_its_type_minds_the_new_one(tx: Tx) -> None:
    await tx.run(sql("create temp table changing (x bigint)"))
    await tx.copy(None, "changing", ["x"], [(1,)])
    await tx.run(sql("alter table changing alter column x type numeric"))
    await tx.copy(None, "changing", ["x"], [(2,), (Decimal("0.5"),)])
    rows = await tx.all(sql("select x::text as x from changing order by changing.x"))
    assert [row["x"] for row in rows] == ["0.5", "1", "2"]
