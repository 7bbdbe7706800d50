from decimal import Decimal

import pytest

from jieli.base.ids import uuid7
from jieli.blueprint import workspaces
from jieli.blueprint.apply import apply
from jieli.blueprint.document import Document
from jieli.blueprint.model import (
    Object,
    UnknownField,
    UnknownObject,
    UnknownStage,
    Workspace,
    workspace,
)
from jieli.db.pool import Tx
from jieli.db.sql import Sql, sql
from tests.blueprint.documents import document, given, relay, text, thing


@pytest.fixture
def made() -> Workspace:
    return workspace("acme", 1, Document.model_validate(relay()))


def test_own_fields_come_before_those_of_the_program(made: Workspace) -> None:
    keys = list(made.object("deal").fields)
    assert keys[:4] == ["name", "account", "amount", "reason"]
    assert keys.index("reason") < keys.index("created_at") < keys.index("owner")


def test_a_reference_knows_where_it_leads(made: Workspace) -> None:
    fields = made.object("deal").fields
    assert (fields["account"].target, fields["owner"].target, fields["name"].target) == (
        "account",
        "member",
        None,
    )
    assert not fields["account"].is_many
    assert made.object("member").field("department").target == "department"


def test_what_is_not_there_is_not_found(made: Workspace) -> None:
    with pytest.raises(UnknownObject):
        made.object("nope")
    with pytest.raises(UnknownField):
        made.object("deal").field("nope")
    with pytest.raises(UnknownStage):
        made.stage("relay", "nope")
    with pytest.raises(UnknownStage):
        made.stage("nope", "first")


@pytest.mark.parametrize(
    ("said", "kept", "read"),
    [
        ("vague", None, ("不清", "Vague")),
        ("不清", None, ("不清", "Vague")),
        ("gone", {"zh": "没了", "en": "Gone"}, ("没了", "Gone")),
        ("own words", None, ("own words", "own words")),
    ],
)
def test_a_reason_for_returning_is_read_in_both_languages(
    said: str, kept: dict[str, str] | None, read: tuple[str, str]
) -> None:
    values = relay()
    label = {"zh": "不清", "en": "Vague"}
    values["processes"]["relay"]["return_reasons"] = [{"key": "vague", "label": label}]
    made = workspace("acme", 1, Document.model_validate(values))
    assert made.return_reason("deal", said, kept) == dict(zip(("zh", "en"), read, strict=True))


def test_moves_are_found_by_their_ends(made: Workspace) -> None:
    move = made.move("relay", "second", "won")
    assert move is not None
    assert move.source == ("second",)
    assert made.move("relay", "won", "first") is None


def table(**fields: object) -> str:
    return workspace("acme", 1, document(thing=thing(**fields))).object("thing").table.render()[0]


def test_the_text_of_a_table_differs_with_the_types_of_its_columns() -> None:
    assert table(x=given("integer")) != table(x=given("decimal")) != table(y=given("decimal"))
    assert table(x=text(), y=text()) == table(y=text(label="Other"), x=text(required=True))


def insert(obj: Object, value: object) -> Sql:
    return sql("insert into {t} (id, x) values ({id}, {x})", t=obj.table, id=uuid7(), x=value)


async def test_a_statement_prepared_before_a_field_changed_its_type_is_not_used_after_it(tx: Tx) -> None:
    first = await workspaces.create(tx, "blue", document(thing=thing(x=given("integer"))))
    await tx.run(insert(first.object("thing"), 1))
    second = await apply(tx, "blue", document(thing=thing(x=given("decimal"))), author=None)
    await tx.run(insert(second.object("thing"), Decimal("1.5")))
    assert await tx.value(sql("select max(x)::text from ws_blue.thing")) == "1.50"
