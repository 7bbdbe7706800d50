import asyncio
import json
from collections.abc import AsyncIterator
from uuid import uuid4

import asyncpg
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieli.base.text import grams
from jieli.db import migrate as module
from jieli.db.errors import CheckViolation
from jieli.db.migrate import Migration, SchemaMismatch, migrate, shipped, statements
from jieli.db.pool import Database, Tx
from jieli.db.sql import sql

pytestmark = pytest.mark.database


@pytest.fixture
async def empty(dsn: str) -> AsyncIterator[str]:
    """The address of a new database on the same server."""
    name = f"empty_{uuid4().hex}"
    connection = await asyncpg.connect(dsn)
    await connection.execute(f"create database {name}")
    yield dsn.replace("/postgres?", f"/{name}?")
    await connection.execute(f"drop database {name} with (force)")
    await connection.close()


def test_statements_end_at_line_ends_outside_of_bodies() -> None:
    text = "-- why\n\ncreate table a (\n  b text default ';'\n);\n\ncreate function f()\nas $$\n  select 1;\n$$;\n"
    assert [statement.split("\n")[0] for statement in statements(text)] == [
        "create table a (",
        "create function f()",
    ]


def test_a_statement_without_an_end_is_refused() -> None:
    with pytest.raises(ValueError, match="no semicolon"):
        list(statements("select 1;\nselect 2\n"))


async def test_a_second_run_has_nothing_to_do(empty: str) -> None:
    assert await migrate(empty) == [*(migration.name for migration in shipped()), "pgqueuer"]
    assert await migrate(empty) == []


async def test_two_processes_may_migrate_at_once(empty: str) -> None:
    done = await asyncio.gather(migrate(empty), migrate(empty), migrate(empty))
    assert sorted(len(names) for names in done) == [0, 0, len(shipped()) + 1]


async def test_a_migration_applies_whole_or_not_at_all(empty: str, monkeypatch: pytest.MonkeyPatch) -> None:
    broken = Migration("9999_broken.sql", "create table jieli.half (id int);\nselect broken;\n")
    with monkeypatch.context() as patch:
        patch.setattr(module, "shipped", lambda: [*shipped(), broken])
        with pytest.raises(asyncpg.UndefinedColumnError):
            await migrate(empty)
    assert await migrate(empty) == ["pgqueuer"]
    connection = await asyncpg.connect(empty)
    assert await connection.fetchval("select to_regclass('jieli.half')") is None
    await connection.close()


async def test_reasons_for_returning_get_keys_and_all_else_keeps_its_order(
    empty: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    former = [migration for migration in shipped() if migration.name < "0004"]
    with monkeypatch.context() as patch:
        patch.setattr(module, "shipped", lambda: former)
        await migrate(empty)
    connection = await asyncpg.connect(empty)
    await connection.execute("insert into jieli.workspace (slug, schema, label) values ('a1', 'a1', '{}')")
    before = (
        '{"objects": {"b": 1, "a": 2}, "processes": {"p": {"return_reasons": ["甲", "乙"], "label": "P"}}}'
    )
    await connection.execute(
        "insert into jieli.blueprint_version (workspace, version, document) values ('a1', 1, $1)", before
    )
    await migrate(empty)
    after = json.loads(await connection.fetchval("select document from jieli.blueprint_version"))
    await connection.close()
    process = after["processes"]["p"]
    assert process["return_reasons"] == [
        {"key": "reason_1", "label": "甲"},
        {"key": "reason_2", "label": "乙"},
    ]
    assert (list(after["objects"]), list(process)) == (["b", "a"], ["return_reasons", "label"])


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ("update jieli.migration set checksum = 'x' where name like '0001%'", "was changed"),
        ("insert into jieli.migration values ('9999_future.sql', 'x')", "newer version"),
    ],
)
async def test_a_database_of_another_program_is_refused(empty: str, change: str, reason: str) -> None:
    await migrate(empty)
    connection = await asyncpg.connect(empty)
    await connection.execute(change)
    await connection.close()
    with pytest.raises(SchemaMismatch, match=reason):
        await migrate(empty)


@pytest.mark.parametrize("slug", ["a", "Acme", "1st", "a-b", "a" * 41, ""])
async def test_a_workspace_needs_a_name_that_can_be_a_schema(tx: Tx, slug: str) -> None:
    with pytest.raises(CheckViolation) as refused:
        await tx.run(
            sql("insert into jieli.workspace (slug, schema, label) values ({s}, {s}, '{{}}')", s=slug)
        )
    assert refused.value.constraint == "workspace_slug_check"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=200)
@given(
    st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]) | st.sampled_from("ab\x1f中"))
)
async def test_grams_are_the_same_in_sql_and_python(db: Database, text: str) -> None:
    async with db.read() as tx:
        assert await tx.value(sql("select jieli.grams({text})", text=text)) == grams(text)


async def test_grams_can_be_stored_by_a_generated_column(tx: Tx) -> None:
    await tx.run(sql("create temp table t (a text, g text[] generated always as (jieli.grams(a)) stored)"))
    await tx.run(sql("insert into pg_temp.t values ({a}), (null)", a="接力\x1fjl"))
    assert await tx.value(sql("select array_agg(g) from pg_temp.t where g is not null")) == [["jl", "接力"]]
