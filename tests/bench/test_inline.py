import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.inline import inlined, literal
from jieli.db.sql import sql

TEXTS = st.text(st.characters(exclude_characters="\x00", exclude_categories=("Cs",)), max_size=40)


@pytest_asyncio.fixture(scope="module")
async def connection(dsn: str) -> AsyncIterator[asyncpg.Connection]:
    opened = await asyncpg.connect(dsn)
    yield opened
    await opened.close()


@settings(max_examples=30)
@given(text=TEXTS, texts=st.lists(st.none() | TEXTS, max_size=5))
def test_a_literal_is_the_value_itself(dsn: str, text: str, texts: list[str | None]) -> None:
    async def asked() -> asyncpg.Record:
        opened = await asyncpg.connect(dsn)
        try:
            return await opened.fetchrow(f"select {literal(text)}::text, {literal(texts)}::text[]")
        finally:
            await opened.close()

    assert list(asyncio.run(asked())) == [text, texts]


async def test_what_is_nested_is_json(connection: asyncpg.Connection) -> None:
    value = [["phone", 'it\'s a: "text"'], ["email", None]]
    text = f"select array_agg(k->>1) from json_array_elements({literal(value)}) k"
    assert await connection.fetchval(text) == ['it\'s a: "text"', None]


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (UUID(int=7), "uuid"),
        (datetime(2025, 3, 1, 12, 30, 15, 250, tzinfo=UTC), "timestamptz"),
        (Decimal("12.50"), "numeric"),
        (True, "boolean"),
        (None, "integer"),
        ([UUID(int=1), UUID(int=2)], "uuid[]"),
    ],
)
async def test_values_of_every_kind_have_a_literal(
    connection: asyncpg.Connection, value: object, kind: str
) -> None:
    assert await connection.fetchval(f"select {literal(value)}::{kind}") == value


async def test_a_statement_means_the_same_with_its_values_in_the_text(
    connection: asyncpg.Connection,
) -> None:
    statement = sql(
        "select {name}::text || ' at 12:30; costs $1 and \\' || upper('it''s'), {name}::text = any({some}::text[])",
        name="Müller: it's $2",
        some=["a", "Müller: it's $2"],
    )
    text, values = statement.render()
    assert await connection.fetchrow(inlined(statement)) == await connection.fetchrow(text, *values)


@given(text=TEXTS)
def test_pgbench_finds_no_variable_and_no_end_in_a_literal(text: str) -> None:
    assert not {":", ";", "\n"} & set(literal(text))
