import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from uuid import UUID

import pytest
import pytest_asyncio

from jieli.base.errors import Invalid
from jieli.base.ids import uuid7
from jieli.blueprint import workspaces
from jieli.blueprint.apply import (
    CHANNEL,
    Overtaken,
    UnknownVersion,
    UnknownWorkspace,
    apply,
    history,
    preview,
    roll_back,
)
from jieli.blueprint.document import Document
from jieli.blueprint.store import stored_tables
from jieli.blueprint.stored import stored_by
from jieli.db.errors import ForeignKeyViolation, Retryable
from jieli.db.pool import Database, Tx
from jieli.db.sql import ident, sql
from tests.blueprint.documents import ACCOUNT, changed, document, given, relay, text, thing

OTHER = given("reference", to="account")


@pytest_asyncio.fixture
async def blue(tx: Tx) -> Tx:
    """The transaction, in which the workspace `blue` has the object `thing` with a text `x`."""
    await workspaces.create(tx, "blue", document(account=ACCOUNT, thing=thing(x=text())))
    return tx


@pytest_asyncio.fixture
async def shared_workspace(db: Database) -> AsyncIterator[str]:
    """A committed workspace, for tests with two transactions."""
    async with db.begin() as tx:
        await workspaces.create(tx, "blueshared", document())
    yield "blueshared"
    async with db.begin() as tx:
        await workspaces.drop(tx, "blueshared")


async def add(tx: Tx, **values: object) -> UUID:
    record = uuid7()
    table = (await workspaces.load(tx, "blue")).object("thing").table
    await tx.run(sql("insert into {t} (id, name) values ({id}, 'n')", t=table, id=record))
    for key, value in values.items():
        await tx.run(
            sql("update {t} set {c} = {v} where id = {id}", t=table, c=ident(key), v=value, id=record)
        )
    return record


async def column(tx: Tx, name: str) -> list[object]:
    """As text, because a statement whose result changes its type cannot be prepared once for all."""
    rows = await tx.all(sql("select {c}::text as value from ws_blue.thing order by id", c=ident(name)))
    return [row["value"] for row in rows]


async def with_x(tx: Tx, **fields: object) -> None:
    await apply(tx, "blue", document(account=ACCOUNT, thing=thing(**fields)), author=None)


async def test_a_new_version_changes_the_table_and_is_remembered(blue: Tx) -> None:
    made = await apply(blue, "blue", document(thing=thing(y=text())), author=None, note="add y")
    assert made.version == 2
    assert "y" in (await stored_tables(blue, "ws_blue"))["thing"].columns
    newest, first = await history(blue, "blue")
    assert (newest.version, newest.note, first.version) == (2, "add y", 1)
    assert {"zh": "「Thing」新增字段「Text」", "en": "Add the field “Text” to “Thing”"} in newest.plan


async def test_a_document_with_problems_is_refused(blue: Tx) -> None:
    with pytest.raises(Invalid):
        await apply(blue, "blue", document(thing=thing(q=text())), author=None)


async def test_only_the_expected_version_is_replaced(blue: Tx) -> None:
    await apply(blue, "blue", document(), author=None, expected_version=1)
    with pytest.raises(Overtaken):
        await apply(blue, "blue", document(), author=None, expected_version=1)


async def test_an_unknown_workspace_and_an_unknown_version_are_not_found(blue: Tx) -> None:
    with pytest.raises(UnknownWorkspace):
        await apply(blue, "nobody", document(), author=None)
    with pytest.raises(UnknownVersion):
        await roll_back(blue, "blue", 7, None)


async def test_a_preview_changes_nothing(blue: Tx) -> None:
    before = await stored_tables(blue, "ws_blue")
    made = await preview(blue, "blue", document(thing=thing(y=text())))
    assert made.steps
    assert await stored_tables(blue, "ws_blue") == before
    assert (await workspaces.load(blue, "blue")).version == 1


async def test_of_two_at_once_the_second_is_told(db: Database, shared_workspace: str) -> None:
    async def publish(name: str) -> int:
        async with db.begin() as tx:
            made = await apply(
                tx, shared_workspace, document(**{name: thing()}), author=None, expected_version=1
            )
            return made.version

    outcomes = await asyncio.gather(publish("first"), publish("second"), return_exceptions=True)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Overtaken", "int"]
    async with db.begin() as tx:
        assert len((await workspaces.load(tx, shared_workspace)).objects) == 3


async def test_listeners_hear_of_a_new_version_once_it_is_committed(
    db: Database, shared_workspace: str
) -> None:
    heard: asyncio.Queue[str] = asyncio.Queue()
    stop = await db.listen(CHANNEL, heard.put_nowait)
    async with db.begin() as tx:
        await apply(tx, shared_workspace, document(), author=None)
        assert heard.empty()
    assert await asyncio.wait_for(heard.get(), 5) == shared_workspace
    await stop()


async def test_a_failing_statement_undoes_everything(blue: Tx) -> None:
    # A table of the same name as an index that is to be made lets a later statement of the plan fail.
    await blue.run(sql("create table ws_blue._thing__z (id integer)"))
    before = await stored_tables(blue, "ws_blue")
    with pytest.raises(Exception, match="already exists"):
        async with blue.savepoint():
            await with_x(blue, x=text(), y=text(), z=text(index=True))
    assert await stored_tables(blue, "ws_blue") == before
    assert (await workspaces.load(blue, "blue")).version == 1


async def test_a_table_in_use_makes_it_give_up(db: Database, shared_workspace: str) -> None:
    async with db.begin() as other:
        await other.run(sql("lock table ws_blueshared.member in access exclusive mode"))
        with pytest.raises(Retryable):
            async with db.begin() as tx:
                await tx.run(sql("set local lock_timeout = '50ms'"))
                values = changed(document().model_dump(by_alias=True), "objects.member.fields.x", text())
                await apply(tx, shared_workspace, Document.model_validate(values), author=None)


async def test_a_removed_field_comes_back_with_its_values(blue: Tx) -> None:
    await add(blue, x="kept")
    await with_x(blue)
    await with_x(blue, x=text())
    assert await column(blue, "x") == ["kept"]


async def test_a_key_used_again_for_another_type_starts_empty_and_sets_the_old_values_aside(blue: Tx) -> None:
    await add(blue, x="old")
    await with_x(blue)
    await with_x(blue, x=given("integer"))
    assert await column(blue, "x") == [None]
    assert await column(blue, "x__v3") == ["old"]


async def test_rolling_back_to_before_a_key_was_used_again_shows_its_first_values(blue: Tx) -> None:
    record = await add(blue, x="old")
    await with_x(blue)
    await with_x(blue, x=given("integer"))
    await blue.run(sql("update ws_blue.thing set x = 7 where id = {id}", id=record))
    await roll_back(blue, "blue", 1, None)
    assert await column(blue, "x") == ["old"]
    await roll_back(blue, "blue", 3, None)
    assert await column(blue, "x") == ["7"]


async def test_values_of_the_same_storage_but_another_type_are_not_mistaken(blue: Tx) -> None:
    await add(blue, x="free text")
    await with_x(blue)
    await with_x(blue, x=given("select", options=["a"]))
    assert await column(blue, "x") == [None]


async def test_a_new_field_does_not_take_over_a_column_left_by_another(blue: Tx) -> None:
    await with_x(blue, x=text(), price=given("money"))
    await add(blue, price=1, price_currency="USD", price_entered=1, price_rate=1)
    await with_x(blue, x=text())
    await with_x(blue, x=text(), price_currency=text())
    assert await column(blue, "price_currency") == [None]
    await blue.run(sql("update ws_blue.thing set price_currency = 'mine'"))
    await roll_back(blue, "blue", 2, None)
    assert await column(blue, "price_currency") == ["USD"]
    await roll_back(blue, "blue", 4, None)
    assert await column(blue, "price_currency") == ["mine"]


async def test_a_removed_object_comes_back_with_its_records(blue: Tx) -> None:
    await add(blue, x="kept")
    await apply(blue, "blue", document(account=ACCOUNT), author=None)
    await with_x(blue, x=text(), y=text())
    assert await column(blue, "x") == ["kept"]


async def test_a_choice_becomes_a_text_by_its_label_and_back(blue: Tx) -> None:
    choices = [{"key": "a", "label": {"zh": "甲", "en": "A"}}, {"key": "b", "label": {"zh": "乙", "en": "B"}}]
    await with_x(blue, x=text(), y=given("select", options=choices))
    await add(blue, y="a")
    await add(blue, y="b")
    await with_x(blue, x=text(), y=text())
    assert await column(blue, "y") == ["甲", "乙"]
    await blue.run(sql("update ws_blue.thing set y = '甲 written by hand' where y = '甲'"))
    await roll_back(blue, "blue", 2, None)
    assert await column(blue, "y") == [None, "b"]
    assert await column(blue, "y__v4") == ["甲 written by hand", "乙"]


async def test_a_link_that_was_removed_guards_again_when_it_comes_back(blue: Tx) -> None:
    account = uuid7()
    await blue.run(sql("insert into ws_blue.account (id, name) values ({id}, 'a')", id=account))
    await with_x(blue, x=text(), account=OTHER)
    await add(blue, account=account)
    await with_x(blue, x=text())
    await blue.run(sql("delete from ws_blue.account"))
    await with_x(blue, x=text(), account=OTHER)
    assert await column(blue, "account") == [None]
    with pytest.raises(ForeignKeyViolation, match="_thing__account__fk"):
        await add(blue, account=account)


async def test_a_stage_in_which_records_are_cannot_be_removed(tx: Tx) -> None:
    await workspaces.create(tx, "blue", Document.model_validate(relay()))
    await tx.run(
        sql(
            "insert into ws_blue.deal (id, name, process, stage) values ({id}, 'n', 'relay', 'second')",
            id=uuid7(),
        )
    )
    values = changed(relay(), "processes.relay.stages.1.key", "middle")
    values = changed(values, "processes.relay.moves.0.to", "middle")
    values = changed(values, "processes.relay.moves.1.from", ["middle"])
    values = changed(values, "processes.relay.moves.2.from", ["first", "middle"])
    with pytest.raises(Invalid, match="1 records are in this stage") as refused:
        await apply(tx, "blue", Document.model_validate(values), author=None)
    assert [problem.path for problem in refused.value.problems] == ["processes.relay.stages.second"]
    await tx.run(sql("update ws_blue.deal set stage = 'first'"))
    await apply(tx, "blue", Document.model_validate(values), author=None)


async def test_a_trait_that_is_taken_away_and_given_back_keeps_its_values(blue: Tx) -> None:
    owned = thing(x=text()) | {"traits": ["owned"]}
    await apply(blue, "blue", document(account=ACCOUNT, thing=owned), author=None)
    owner = uuid7()
    await add(blue, owner=owner)
    await with_x(blue, x=text())
    made = await apply(blue, "blue", document(account=ACCOUNT, thing=owned), author=None)
    assert await column(blue, "owner") == [str(owner)]
    indexes = (await stored_tables(blue, "ws_blue"))["thing"].indexes
    assert indexes == stored_by(made).tables["thing"].indexes


async def test_a_removed_object_comes_back_as_it_was_in_each_version(blue: Tx) -> None:
    owned = document(account=ACCOUNT, thing=thing(x=text()) | {"traits": ["owned"]})
    await apply(blue, "blue", owned, author=None)
    owner = uuid7()
    await add(blue, owner=owner)
    await with_x(blue, x=text(), owner=text())
    await blue.run(sql("update ws_blue.thing set owner = 'somebody'"))
    await apply(blue, "blue", document(account=ACCOUNT), author=None)
    for _ in range(2):
        await roll_back(blue, "blue", 2, None)
        assert await column(blue, "owner") == [str(owner)]
        await roll_back(blue, "blue", 4, None)
        await roll_back(blue, "blue", 3, None)
        assert await column(blue, "owner") == ["somebody"]
        await roll_back(blue, "blue", 4, None)


async def test_what_belonged_to_an_amount_is_not_mixed_with_later_amounts(blue: Tx) -> None:
    await with_x(blue, y=given("money"))
    await add(blue, y=7, y_currency="USD", y_entered=1, y_rate=7)
    await with_x(blue)
    await with_x(blue, y=given("decimal"))
    await with_x(blue, y=given("money"))
    assert await column(blue, "y_currency") == [None]
    await roll_back(blue, "blue", 2, None)
    assert await column(blue, "y_currency") == ["USD"]
    assert await column(blue, "y") == ["7.00"]


async def test_a_field_that_comes_back_gets_back_what_another_took_the_place_of(blue: Tx) -> None:
    await with_x(blue, y=given("money"))
    await add(blue, y=7, y_currency="USD", y_entered=1, y_rate=7)
    await with_x(blue, y_currency=text())
    await blue.run(sql("update ws_blue.thing set y_currency = 'mine'"))
    await with_x(blue)
    await with_x(blue, y=given("money"))
    assert await column(blue, "y_currency") == ["USD"]


async def test_a_widened_field_does_not_take_over_a_column_left_by_another(blue: Tx) -> None:
    await with_x(blue, y_currency=text())
    await add(blue, y_currency="a")
    await with_x(blue, y=given("decimal"))
    await with_x(blue, y=given("money"))
    assert await column(blue, "y_currency") == [None]


async def test_a_removed_object_comes_back_with_what_the_program_keeps(blue: Tx) -> None:
    await add(blue, created_at=datetime(2026, 1, 2, tzinfo=UTC))
    await apply(blue, "blue", document(account=ACCOUNT), author=None)
    made = await apply(blue, "blue", document(account=ACCOUNT, thing=thing(x=text())), author=None)
    assert await column(blue, "created_at") == ["2026-01-02 00:00:00+00"]
    assert (await stored_tables(blue, "ws_blue"))["thing"].columns == stored_by(made).tables["thing"].columns
