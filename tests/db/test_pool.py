import asyncio
from contextlib import suppress
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID, uuid4

import asyncpg
import pytest

from jieli.base.errors import JieliError, Unavailable
from jieli.db.errors import (
    BadValue,
    CheckViolation,
    ForeignKeyViolation,
    NotNullViolation,
    Overloaded,
    Retryable,
    TooSlow,
    UniqueViolation,
    Unreachable,
)
from jieli.db.pool import Database, PoolOptions, Tx
from jieli.db.sql import Sql, ident, sql

pytestmark = pytest.mark.database

OPTIONS = PoolOptions(settings=(("synchronous_commit", "off"),))


class Colour(StrEnum):
    RED = "red"


async def table(db: Database) -> str:
    """A table for one test, which is committed and so needs a name of its own."""
    name = f"t_{uuid4().hex}"
    async with db.begin() as tx:
        await tx.run(sql("create table {t} (id int primary key, note text)", t=ident("public", name)))
    return name


def insert(name: str, number: object, note: str = "") -> Sql:
    return sql("insert into {t} values ({id}, {note})", t=ident("public", name), id=number, note=note)


async def count(db: Database, name: str) -> int:
    async with db.read() as tx:
        found: int = await tx.value(sql("select count(*) from {t}", t=ident("public", name)))
        return found


async def test_what_ends_well_is_committed_and_what_raises_is_not(db: Database) -> None:
    name = await table(db)
    async with db.begin() as tx:
        await tx.run(insert(name, 1))
    with pytest.raises(LookupError):
        async with db.begin() as tx:
            await tx.run(insert(name, 2))
            raise LookupError
    assert await count(db, name) == 1


async def test_reading_cannot_write(db: Database) -> None:
    name = await table(db)
    with pytest.raises(Unavailable):
        async with db.read() as tx:
            await tx.all(sql("insert into {t} values (1) returning id", t=ident("public", name)))


async def test_run_tells_how_many_rows_it_touched(tx: Tx) -> None:
    await tx.run(sql("create temp table t (id int)"))
    assert await tx.run(sql("insert into pg_temp.t select generate_series(1, {n}::int)", n=7)) == 7
    assert await tx.run(sql("update pg_temp.t set id = id + 10 where id > 4")) == 3
    assert await tx.run(sql("delete from pg_temp.t where id > {n}", n=100)) == 0


async def test_each_statement_is_counted(tx: Tx) -> None:
    await tx.run(sql("create temp table t (id int)"))
    await tx.copy(None, "t", ["id"], [(1,), (2,)])
    await tx.value(sql("select 1"))
    assert tx.statements == 3


async def test_json_keeps_ids_times_and_exact_numbers(tx: Tx) -> None:
    moment = datetime(2026, 2, 28, 16, 0, tzinfo=UTC)
    value = {
        "id": UUID(int=7),
        "at": moment,
        "amount": Decimal("12345678901234567890.10"),
        Colour.RED: "红",
        "set": {2, 1},
    }
    text = await tx.text(sql("select {v}::jsonb::text", v=value))
    assert text is not None
    assert '"amount": 12345678901234567890.10' in text
    found = await tx.value(sql("select {v}::jsonb - 'amount'", v=value))
    assert found == {"id": str(UUID(int=7)), "at": moment.isoformat(), "red": "红", "set": [1, 2]}


async def test_both_kinds_of_json_can_be_copied(tx: Tx) -> None:
    await tx.run(sql("create temp table t (a json, b jsonb, c uuid[])"))
    row = ({"x": [1, None]}, {"y": "字"}, [UUID(int=1)])
    assert await tx.copy(None, "t", ["a", "b", "c"], [row, row]) == 2
    found = await tx.one(sql("select * from pg_temp.t"))
    assert found is not None
    assert tuple(found) == row


async def test_text_refuses_what_is_not_text(tx: Tx) -> None:
    with pytest.raises(TypeError, match="cast"):
        await tx.text(sql("select 1"))


@pytest.mark.parametrize(
    ("statement", "kind", "constraint"),
    [
        ("insert into pg_temp.t values (1, 'a', 1)", UniqueViolation, "t_pkey"),
        ("insert into pg_temp.t values (2, '', 1)", CheckViolation, "t_name_check"),
        ("insert into pg_temp.t values (2, 'a', 9)", ForeignKeyViolation, "t_boss_fkey"),
        ("insert into pg_temp.t values (2, null, 1)", NotNullViolation, ""),
        ("insert into pg_temp.t values (9223372036854775808, 'a', 1)", BadValue, None),
        ("select 'x'::text::int", BadValue, None),
        ("select pg_sleep(5)", TooSlow, None),
    ],
)
async def test_a_refusal_of_postgresql_is_one_of_our_errors(
    tx: Tx, statement: str, kind: type[JieliError], constraint: str | None
) -> None:
    await tx.run(
        sql(
            "create temp table t (id int primary key, name text not null check (name <> ''),"
            " boss int references pg_temp.t)"
        )
    )
    await tx.run(sql("insert into pg_temp.t values (1, 'a', 1)"))
    await tx.run(sql("set local statement_timeout = '50ms'"))
    with pytest.raises(kind) as caught:
        await tx.run(Sql((statement,)))
    assert getattr(caught.value, "constraint", None) == constraint


@pytest.mark.parametrize("value", ["a\0b", 2**70, object()])
async def test_a_value_that_cannot_be_sent_is_refused_in_words(tx: Tx, value: object) -> None:
    with pytest.raises(BadValue):
        await tx.value(
            sql("select {v}::bigint", v=value) if value == 2**70 else sql("select {v}::text", v=value)
        )


async def test_a_fault_in_the_statement_is_not_disguised(tx: Tx) -> None:
    with pytest.raises(asyncpg.PostgresSyntaxError):
        await tx.value(sql("selekt 1"))


async def test_a_savepoint_undoes_only_its_block(tx: Tx) -> None:
    await tx.run(sql("create temp table t (id int primary key)"))
    await tx.run(sql("insert into pg_temp.t values (1)"))
    with pytest.raises(UniqueViolation):
        async with tx.savepoint():
            await tx.run(sql("insert into pg_temp.t values (2)"))
            await tx.run(sql("insert into pg_temp.t values (1)"))
    async with tx.savepoint():
        await tx.run(sql("insert into pg_temp.t values (3)"))
    assert await tx.value(sql("select array_agg(id order by id) from pg_temp.t")) == [1, 3]


async def test_callbacks_wait_for_the_commit(db: Database) -> None:
    name = await table(db)
    seen: list[str] = []
    async with db.begin() as tx:
        tx.after_commit(lambda: seen.append("kept"))
        with pytest.raises(LookupError):
            async with tx.savepoint():
                tx.after_commit(lambda: seen.append("undone with its savepoint"))
                raise LookupError
        await tx.run(insert(name, 1))
        assert seen == []
    with pytest.raises(LookupError):
        async with db.begin() as tx:
            tx.after_commit(lambda: seen.append("undone"))
            raise LookupError
    assert seen == ["kept"]


async def test_a_failing_callback_does_not_make_a_commit_look_lost(db: Database) -> None:
    name = await table(db)
    seen: list[int] = []
    async with db.begin() as tx:
        tx.after_commit(lambda: seen[1])  # type: ignore[arg-type]  # it fails before it returns
        tx.after_commit(lambda: seen.append(1))
        await tx.run(insert(name, 1))
    assert seen == [1]
    assert await count(db, name) == 1


async def test_write_tries_again_when_another_transaction_came_in_between(db: Database) -> None:
    attempts = 0

    async def work(tx: Tx) -> int:
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            await tx.run(sql("do $$ begin raise serialization_failure; end $$"))
        found: int = await tx.value(sql("select 5"))
        return found

    assert await db.write(work) == 5
    assert attempts == 2


async def test_write_gives_up_in_the_end(db: Database) -> None:
    async def work(tx: Tx) -> None:
        await tx.run(sql("do $$ begin raise deadlock_detected; end $$"))

    with pytest.raises(Retryable):
        await db.write(work, tries=2)


async def test_a_changed_table_is_no_fault_of_a_cached_plan(db: Database) -> None:
    name = await table(db)
    everything = sql("select * from {t}", t=ident("public", name))

    async def look(tx: Tx) -> int:
        await tx.run(insert(name, attempts.pop()))
        found = await tx.one(everything)
        assert found is not None
        return len(found)

    attempts = [3, 2, 1]
    assert await db.write(look) == 2
    async with db.begin() as tx:
        await tx.run(sql("alter table {t} add column more int", t=ident("public", name)))
    assert await db.write(look) == 3


async def test_a_lost_connection_is_unavailable_and_the_next_one_works(db: Database) -> None:
    with pytest.raises(Unreachable):
        async with db.begin() as tx:
            await tx.value(sql("select pg_terminate_backend(pg_backend_pid())"))
    async with db.begin() as tx:
        assert await tx.value(sql("select 1")) == 1


async def test_a_connection_lost_between_statements_does_not_hide_the_first_error(
    db: Database, dsn: str
) -> None:
    with pytest.raises(LookupError):
        async with db.begin() as tx:
            pid = await tx.value(sql("select pg_backend_pid()"))
            async with db.begin() as other:
                await other.value(sql("select pg_terminate_backend({pid}, 2000)", pid=pid))
            raise LookupError


async def test_an_exhausted_pool_says_that_it_is_busy(dsn: str) -> None:
    database = Database(dsn, PoolOptions(writers=1, acquire_timeout=0.05))
    await database.open()
    async with database.begin():
        with pytest.raises(Overloaded):
            async with database.begin():
                pass
    await database.close()


async def test_a_longer_timeout_holds_for_one_transaction(dsn: str) -> None:
    database = Database(dsn, PoolOptions(writers=1, statement_timeout=7))
    await database.open()
    current = sql("select pg_catalog.current_setting('statement_timeout')")
    async with database.begin(statement_timeout=90) as tx:
        assert await tx.value(current) == "90s"
    async with database.begin() as tx:
        assert await tx.value(current) == "7s"
    await database.close()


async def test_opening_waits_only_so_long_for_a_server() -> None:
    database = Database("postgresql://jieli@/none?host=/nowhere", PoolOptions(start_timeout=0.1))
    with pytest.raises(Unreachable):
        await database.open()


async def test_behind_a_pooler_no_statement_outlives_its_transaction(dsn: str) -> None:
    """What PgBouncer breaks is a statement prepared in one transaction and used in the next, and settings
    made outside of any: neither may remain on the server."""
    database = Database(dsn, PoolOptions(readers=1, writers=1, pooler=True))
    await database.open()
    for _ in range(2):
        async with database.begin() as tx:
            assert await tx.value(sql("select {v}::jsonb", v={"a": 1})) == {"a": 1}
            assert await tx.value(sql("select count(*) from pg_catalog.pg_prepared_statements")) == 0
        async with database.read() as reading:
            assert await reading.value(sql("select pg_catalog.current_setting('statement_timeout')")) == "30s"
            with pytest.raises(Unavailable):
                await reading.all(sql("create table public.never ()"))
    await database.close()


class Ear:
    """Collects what a listener hears, and lets a test wait for it."""

    def __init__(self) -> None:
        self.heard: asyncio.Queue[str] = asyncio.Queue()

    def __call__(self, payload: str) -> None:
        self.heard.put_nowait(payload)

    async def next(self) -> str:
        return await asyncio.wait_for(self.heard.get(), 10)


async def notify(db: Database, channel: str, payload: str) -> None:
    async with db.begin() as tx:
        await tx.run(sql("select pg_notify({c}, {p})", c=channel, p=payload))


async def test_notifications_reach_every_listener_of_the_channel(dsn: str, db: Database) -> None:
    database = Database(dsn)
    one, two, other = Ear(), Ear(), Ear()
    stop = await database.listen("here", one)
    await database.listen("here", two)
    await database.listen("there", other)
    await notify(db, "here", "a")
    assert (await one.next(), await two.next()) == ("a", "a")
    await stop()
    await notify(db, "here", "b")
    await notify(db, "there", "c")
    assert (await two.next(), await other.next()) == ("b", "c")
    assert one.heard.empty()
    await database.close()


async def test_a_listener_returns_after_an_interruption_and_is_told_of_it(dsn: str, db: Database) -> None:
    database = Database(dsn, PoolOptions(application_name="interrupted"))
    ear = Ear()
    await database.listen("here", ear)
    async with db.begin() as tx:
        await tx.all(
            sql(
                "select pg_terminate_backend(pid) from pg_catalog.pg_stat_activity"
                " where application_name = 'interrupted listener'"
            )
        )
    assert await ear.next() == ""
    await notify(db, "here", "again")
    assert await ear.next() == "again"
    await database.close()


async def test_inserts_that_wait_are_one_statement(tx: Tx) -> None:
    await tx.run(sql("create temp table one (id int)"))
    await tx.run(sql("create temp table two (id int)"))
    before = tx.statements
    tx.later(sql("insert into pg_temp.one values ({n})", n=1))
    tx.later(sql("insert into pg_temp.two values ({n})", n=2))
    tx.later(sql("insert into pg_temp.one values ({n})", n=3))
    assert tx.statements == before
    assert await tx.value(sql("select sum(id) from pg_temp.one")) == 4
    assert await tx.value(sql("select sum(id) from pg_temp.two")) == 2
    assert tx.statements == before + 3


async def test_what_waits_is_committed(db: Database) -> None:
    name = await table(db)
    async with db.begin() as tx:
        tx.later(sql("insert into {t} values (1)", t=ident("public", name)))
    assert await count(db, name) == 1


async def test_what_waits_belongs_to_its_savepoint(tx: Tx) -> None:
    await tx.run(sql("create temp table t (id int)"))
    tx.later(sql("insert into pg_temp.t values (1)"))
    with pytest.raises(ZeroDivisionError):
        async with tx.savepoint():
            tx.later(sql("insert into pg_temp.t values (2)"))
            raise ZeroDivisionError
    async with tx.savepoint():
        tx.later(sql("insert into pg_temp.t values (3)"))
    assert [row["id"] for row in await tx.all(sql("select id from pg_temp.t order by id"))] == [1, 3]


async def test_what_cannot_be_inserted_undoes_the_transaction(db: Database) -> None:
    name = await table(db)
    with pytest.raises(JieliError):
        async with db.begin() as tx:
            await tx.run(sql("insert into {t} values (1)", t=ident("public", name)))
            tx.later(sql("insert into {t} values (1 / 0)", t=ident("public", name)))
    assert await count(db, name) == 0


async def test_only_what_is_committed_is_announced(db: Database) -> None:
    channel = f"news_{uuid4().hex}"
    heard: asyncio.Queue[str] = asyncio.Queue()
    stop = await db.listen(channel, heard.put_nowait)
    with suppress(ZeroDivisionError):
        async with db.begin() as tx:
            tx.announce(channel, "undone")
            raise ZeroDivisionError
    async with db.begin() as tx:
        with suppress(ZeroDivisionError):
            async with tx.savepoint():
                tx.announce(channel, "undone in part")
                raise ZeroDivisionError
        tx.announce(channel, "done")
    assert await asyncio.wait_for(heard.get(), 10) == "done"
    await stop()


async def test_what_was_announced_is_sent_before_the_database_is_closed(dsn: str, db: Database) -> None:
    channel = f"news_{uuid4().hex}"
    heard: asyncio.Queue[str] = asyncio.Queue()
    stop = await db.listen(channel, heard.put_nowait)
    short = Database(dsn)
    await short.open()
    async with short.begin() as tx:
        tx.announce(channel, "done")
    await short.close()
    assert await asyncio.wait_for(heard.get(), 10) == "done"
    await stop()


async def _dies(_connection: object, **_options: object) -> None:
    raise asyncpg.InterfaceError("cannot perform operation: another operation is in progress")


async def test_a_connection_that_dies_as_it_is_given_back_hides_nothing(
    dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(dsn, PoolOptions(writers=1))
    await database.open()
    monkeypatch.setattr(asyncpg.Connection, "reset", _dies)
    try:
        async with database.begin() as tx:
            assert await tx.value(sql("select 1")) == 1
        with pytest.raises(Unreachable):
            async with database.begin():
                raise Unreachable
    finally:
        monkeypatch.undo()
        async with database.begin() as tx:
            assert await tx.value(sql("select 1")) == 1
        await database.close()


async def test_a_connection_that_the_pool_has_given_up_meanwhile_is_unreachable(dsn: str) -> None:
    database = Database(dsn, PoolOptions(writers=1))
    await database.open()
    try:
        with pytest.raises(Unreachable):
            async with database.begin() as tx:
                tx.connection.terminate()
                await tx.value(sql("select 1"))
        async with database.begin() as tx:
            assert await tx.value(sql("select 1")) == 1
    finally:
        await database.close()
