import pytest

from jieli.db.ddl import (
    Column,
    Method,
    OnDelete,
    add_check,
    add_column,
    add_foreign_key,
    alter_type,
    comment_on_column,
    create_index,
    create_schema,
    create_table,
    drop_column,
    drop_constraint,
    drop_index,
    drop_schema,
    drop_table,
    rename_column,
    rename_table,
    set_default,
    set_not_null,
    type_name,
)
from jieli.db.errors import CheckViolation, ForeignKeyViolation, NotNullViolation, UniqueViolation
from jieli.db.pool import Tx
from jieli.db.sql import Sql, ident, literal, sql

pytestmark = pytest.mark.database

LEAD = [
    Column("id", "integer", not_null=True),
    Column("name", "text", not_null=True, default=literal("O'Neil")),
    Column("amount", "numeric(18,2)"),
    Column("account", "integer"),
    Column("found", "text[]", generated=sql("jieli.grams(name)")),
]


async def run(tx: Tx, *plans: list[Sql]) -> None:
    for plan in plans:
        for statement in plan:
            await tx.run(statement)


@pytest.fixture
async def tables(tx: Tx) -> Tx:
    await run(
        tx,
        create_schema("ws_ddl"),
        create_table("ws_ddl", "account", [Column("id", "integer", not_null=True)], ["id"]),
        create_table("ws_ddl", "lead", LEAD, ["id"]),
    )
    await tx.run(sql("insert into ws_ddl.account values (1)"))
    await tx.run(sql("insert into ws_ddl.lead (id, amount, account) values (1, 12.345, 1)"))
    return tx


async def column_type(tx: Tx, column: str) -> object:
    return await tx.value(
        sql(
            "select format_type(atttypid, atttypmod) from pg_attribute"
            " where attrelid = 'ws_ddl.lead'::regclass and attname = {c} and not attisdropped",
            c=column,
        )
    )


async def test_a_table_has_its_types_defaults_and_derived_columns(tables: Tx) -> None:
    row = await tables.one(sql("select name, amount::text, found from ws_ddl.lead"))
    assert row is not None
    assert tuple(row) == ("O'Neil", "12.35", ["'N", "Ne", "O'", "ei", "il"])


async def test_columns_come_change_and_go(tables: Tx) -> None:
    await run(
        tables,
        add_column("ws_ddl", "lead", Column("score", "text", default=literal("7"))),
        set_default("ws_ddl", "lead", "score", None),
        alter_type("ws_ddl", "lead", "score", "integer", using=sql("{c}::integer", c=ident("score"))),
        rename_column("ws_ddl", "lead", "score", "points"),
    )
    assert await column_type(tables, "points") == "integer"
    await run(tables, drop_column("ws_ddl", "lead", "points"))
    assert await column_type(tables, "points") is None


async def test_a_column_can_become_required_and_optional_again(tables: Tx) -> None:
    await run(tables, set_not_null("ws_ddl", "lead", "amount", True))
    with pytest.raises(NotNullViolation):
        async with tables.savepoint():
            await tables.run(sql("insert into ws_ddl.lead (id) values (2)"))
    await run(tables, set_not_null("ws_ddl", "lead", "amount", False))
    assert await tables.run(sql("insert into ws_ddl.lead (id) values (2)")) == 1


async def test_a_default_is_set_and_taken_away(tables: Tx) -> None:
    await run(tables, set_default("ws_ddl", "lead", "amount", sql("9")))
    await tables.run(sql("insert into ws_ddl.lead (id) values (2)"))
    await run(tables, set_default("ws_ddl", "lead", "amount", None))
    await tables.run(sql("insert into ws_ddl.lead (id) values (3)"))
    assert await tables.value(
        sql("select array_agg(amount::text order by id) from ws_ddl.lead where id > 1")
    ) == [
        "9.00",
        None,
    ]


async def test_a_partial_unique_index_guards_only_its_rows(tables: Tx) -> None:
    index = create_index(
        "ws_ddl",
        "lead",
        "lead_name",
        [sql("lower({c})", c=ident("name"))],
        unique=True,
        where=sql("amount is not null"),
        include=["account"],
    )
    await run(tables, index)
    await tables.run(sql("insert into ws_ddl.lead (id) values (2)"))
    with pytest.raises(UniqueViolation) as refused:
        async with tables.savepoint():
            await tables.run(sql("insert into ws_ddl.lead (id, name, amount) values (3, 'o''neil', 1)"))
    assert refused.value.constraint == "lead_name"
    await run(tables, drop_index("ws_ddl", "lead_name"))
    await tables.run(sql("insert into ws_ddl.lead (id, amount) values (4, 1)"))


async def test_grams_can_be_indexed(tables: Tx) -> None:
    await run(tables, create_index("ws_ddl", "lead", "lead_found", [ident("found")], method=Method.GIN))
    assert await tables.value(sql("select count(*) from ws_ddl.lead where found @> {g}", g=["il"])) == 1


async def test_a_foreign_key_decides_what_becomes_of_its_rows(tables: Tx) -> None:
    await run(
        tables,
        add_foreign_key(
            "ws_ddl", "lead", "lead_account_fkey", "account", "account", on_delete=OnDelete.SET_NULL
        ),
    )
    with pytest.raises(ForeignKeyViolation):
        async with tables.savepoint():
            await tables.run(sql("update ws_ddl.lead set account = 2"))
    await tables.run(sql("delete from ws_ddl.account"))
    assert await tables.value(sql("select account from ws_ddl.lead")) is None


async def test_a_check_holds_until_it_is_dropped(tables: Tx) -> None:
    await run(tables, add_check("ws_ddl", "lead", "lead_amount_check", sql("amount > 0")))
    with pytest.raises(CheckViolation):
        async with tables.savepoint():
            await tables.run(sql("update ws_ddl.lead set amount = 0"))
    await run(tables, drop_constraint("ws_ddl", "lead", "lead_amount_check"))
    await tables.run(sql("update ws_ddl.lead set amount = 0"))


async def test_tables_and_schemas_are_renamed_and_dropped(tables: Tx) -> None:
    await run(
        tables,
        comment_on_column("ws_ddl", "lead", "name", "线索's name"),
        rename_table("ws_ddl", "lead", "prospect"),
        drop_table("ws_ddl", "prospect"),
        drop_schema("ws_ddl"),
    )
    assert await tables.value(sql("select to_regnamespace('ws_ddl')")) is None


@pytest.mark.parametrize(
    "name", ["", "text; drop", "int)", "Text", "numeric(a)", "text[][]", "integer default 1"]
)
def test_what_is_no_type_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="not a type"):
        type_name(name)


@pytest.mark.parametrize(
    "name", ["text", "numeric(18,2)", "uuid[]", "timestamp with time zone", "double precision", "varchar(3)"]
)
def test_types_are_taken_as_they_are(name: str) -> None:
    assert type_name(name).render() == (name, [])
