from datetime import date

import pytest

from jieli.base.errors import Invalid
from jieli.blueprint import workspaces
from jieli.blueprint.apply import UnknownWorkspace, apply
from jieli.blueprint.document import Document, Label
from jieli.blueprint.store import stored_tables
from jieli.blueprint.stored import stored_by
from jieli.blueprint.workspaces import WorkspaceExists
from jieli.db.pool import Tx
from jieli.db.sql import sql
from tests.blueprint.documents import ACCOUNT, document, relay, text, thing


async def test_a_new_workspace_has_the_tables_of_its_document_and_no_others_of_its_own(tx: Tx) -> None:
    made = await workspaces.create(tx, "blue", Document.model_validate(relay()))
    tables = await stored_tables(tx, "ws_blue")
    assert {key: tables[key] for key in made.objects} == stored_by(made).tables


async def test_a_new_workspace_has_the_fixed_tables(tx: Tx) -> None:
    await workspaces.create(tx, "blue", document())
    tables = await stored_tables(tx, "ws_blue")
    assert {"event", "span", "handoff", "claim", "rotation", "migration"} <= tables.keys()


async def test_a_new_workspace_knows_the_public_holidays(tx: Tx) -> None:
    await workspaces.create(tx, "blue", document())
    day = sql("select kind, note from ws_blue.calendar_day where day = {day}", day=date(2025, 10, 1))
    row = await tx.one(day)
    assert row is not None
    assert (row["kind"], row["note"]) == ("holiday", "国庆节")


async def test_a_slug_is_taken_once(tx: Tx) -> None:
    await workspaces.create(tx, "blue", document())
    with pytest.raises(WorkspaceExists):
        await workspaces.create(tx, "blue", document())


@pytest.mark.parametrize("slug", ["", "a", "Acme", "1acme", "ac me", "a" * 41, 'a";drop'])
async def test_a_bad_slug_is_refused(tx: Tx, slug: str) -> None:
    with pytest.raises(Invalid):
        await workspaces.create(tx, slug, document())


async def test_a_document_with_problems_makes_no_workspace(tx: Tx) -> None:
    with pytest.raises(Invalid):
        async with tx.savepoint():
            await workspaces.create(tx, "blue", document(event=ACCOUNT))
    assert "blue" not in await workspaces.known(tx)


async def test_the_label_defaults_to_the_name_of_the_document(tx: Tx) -> None:
    await workspaces.create(tx, "blue", document())
    await workspaces.create(tx, "green", document(), Label(zh="绿", en="Green"))
    rows = await tx.all(sql("select slug, label from jieli.workspace where slug in ('blue', 'green')"))
    assert {row["slug"]: row["label"]["zh"] for row in rows} == {"blue": "Test", "green": "绿"}


async def test_loading_again_costs_one_query_and_gives_the_same_snapshot(tx: Tx) -> None:
    await workspaces.create(tx, "blue", document())
    first = await workspaces.load(tx, "blue")
    before = tx.statements
    assert await workspaces.load(tx, "blue") is first
    assert tx.statements == before + 1


async def test_a_new_version_is_loaded_at_once(tx: Tx) -> None:
    await workspaces.create(tx, "blue", document())
    await workspaces.load(tx, "blue")
    await apply(tx, "blue", document(thing=thing()), author=None)
    assert "thing" in (await workspaces.load(tx, "blue")).objects


async def test_a_version_that_was_rolled_back_is_forgotten(tx: Tx) -> None:
    await workspaces.create(tx, "blue", document())
    with pytest.raises(ZeroDivisionError):
        async with tx.savepoint():
            await apply(tx, "blue", document(thing=thing(lost=text())), author=None)
            await workspaces.load(tx, "blue")
            raise ZeroDivisionError
    await apply(tx, "blue", document(thing=thing(kept=text())), author=None)
    loaded = await workspaces.load(tx, "blue")
    assert loaded.version == 2
    assert "kept" in loaded.object("thing").fields


async def test_a_document_survives_being_stored(tx: Tx) -> None:
    given = Document.model_validate(relay())
    await workspaces.create(tx, "blue", given)
    assert (await workspaces.load(tx, "blue")).document == given


async def test_a_dropped_workspace_leaves_nothing(tx: Tx) -> None:
    await workspaces.create(tx, "blue", document())
    await workspaces.drop(tx, "blue")
    assert await stored_tables(tx, "ws_blue") == {}
    with pytest.raises(UnknownWorkspace):
        await workspaces.load(tx, "blue")


async def test_an_unknown_workspace_is_not_found(tx: Tx) -> None:
    with pytest.raises(UnknownWorkspace):
        await workspaces.load(tx, "nobody")
    with pytest.raises(UnknownWorkspace):
        await workspaces.drop(tx, "nobody")


async def test_an_upgrade_heals_what_a_table_lacks(tx: Tx) -> None:
    made = await workspaces.create(tx, "blue", document(thing=thing()))
    await tx.run(sql("alter table ws_blue.thing drop column updated_at"))
    await workspaces.upgrade(tx, "blue")
    tables = await stored_tables(tx, "ws_blue")
    assert tables["thing"] == stored_by(made).tables["thing"]


async def test_an_upgrade_of_a_new_workspace_does_nothing(tx: Tx) -> None:
    await workspaces.create(tx, "blue", Document.model_validate(relay()))
    before = await stored_tables(tx, "ws_blue")
    await workspaces.upgrade(tx, "blue")
    assert await stored_tables(tx, "ws_blue") == before
