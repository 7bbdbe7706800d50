from jieli.db import workspace
from jieli.db.pool import Tx
from jieli.db.sql import ident, sql


async def test_a_new_schema_has_seen_every_migration(tx: Tx) -> None:
    await workspace.create(tx, "ws_fixed")
    assert await workspace.seen(tx, "ws_fixed") == workspace.migrations().keys()
    assert await workspace.migrate(tx, "ws_fixed") == []


async def test_only_what_a_schema_has_not_seen_is_run(tx: Tx) -> None:
    first, *later = sorted(workspace.migrations())
    await tx.run(sql("create schema ws_fixed"))
    await tx.run(
        sql("create table ws_fixed.migration (number integer primary key, at timestamptz default now())")
    )
    for command in workspace.migrations()[first]:
        await tx.run(sql(command, schema=ident("ws_fixed")))
    await tx.run(sql("insert into ws_fixed.migration (number) values ({first})", first=first))
    assert await workspace.migrate(tx, "ws_fixed") == later


async def test_two_schemas_do_not_know_of_one_another(tx: Tx) -> None:
    await workspace.create(tx, "ws_fixed")
    await workspace.create(tx, "ws_other")
    await tx.run(sql("insert into ws_fixed.rotation values ('lead', 'r', gen_random_uuid())"))
    assert await tx.value(sql("select count(*) from ws_other.rotation")) == 0


async def test_every_relation_of_the_schema_is_a_fixed_name(tx: Tx) -> None:
    await workspace.create(tx, "ws_fixed")
    rows = await tx.all(
        sql(
            "select relname from pg_class c join pg_namespace n on n.oid = relnamespace"
            " where nspname = 'ws_fixed' and relkind in ('r', 'i')"
        )
    )
    assert {row["relname"] for row in rows} == workspace.fixed_names()
