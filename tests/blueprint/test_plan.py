from typing import Any

import pytest

from jieli.base.errors import Invalid
from jieli.base.language import Language
from jieli.blueprint.diff import Stale, Vacated
from jieli.blueprint.document import Document
from jieli.blueprint.plan import Plan, plan
from jieli.fields import FIELD_TYPES
from tests.blueprint.documents import ACCOUNT, REMOVED, TEXT, changed, document, given, relay, text, thing


def between(before: Document, after: Document) -> Plan:
    return plan(before, after, "acme", version=2)


def edited(path: str, value: object) -> Plan:
    return between(Document.model_validate(relay()), Document.model_validate(changed(relay(), path, value)))


def written(made: Plan) -> list[str]:
    return [statement.render()[0] for statement in made.statements()]


def said(made: Plan) -> list[str]:
    assert len(made.describe(Language.ZH)) == len(made.describe(Language.EN))
    return made.describe(Language.EN)


def test_a_document_without_changes_needs_no_steps() -> None:
    same = Document.model_validate(relay())
    assert between(same, same) == Plan(())


def test_a_new_object_is_one_table_with_its_indexes_and_then_its_links() -> None:
    made = between(document(), document(thing=thing(parent=given("reference", to="department"))))
    first, *rest = written(made)
    assert first.startswith('create table "ws_acme"."thing" ("id" uuid not null')
    assert 'constraint "_thing__pk" primary key (id)' in first
    assert "generated always as (jieli.grams(search_text)) stored" in first
    assert all(statement.startswith("create index") for statement in rest[:-1])
    assert rest[-1].startswith(
        'alter table "ws_acme"."thing" add constraint "_thing__parent__fk" foreign key'
    )


def test_each_statement_is_one_command_without_parameters() -> None:
    for statement in plan(None, Document.model_validate(relay()), "acme").statements():
        command, values = statement.render()
        assert ";" not in command
        assert values == []


def test_a_new_field_is_one_statement_with_all_its_columns() -> None:
    made = edited("objects.deal.fields.price", given("money"))
    assert written(made) == [
        'alter table "ws_acme"."deal" add column "price" numeric(18,2), add column "price_currency" text,'
        ' add column "price_entered" numeric(18,2), add column "price_rate" numeric(18,8)'
    ]
    assert said(made) == ["Add the field “money” to “Deal”"]


def test_a_removed_field_is_kept_without_its_index_and_link() -> None:
    made = edited("objects.deal.fields.account", REMOVED)
    assert sorted(written(made)) == [
        'alter table "ws_acme"."deal" drop constraint "_deal__account__fk"',
        'drop index "ws_acme"."_deal__account"',
    ]
    assert "Remove the field “Account” of “Deal”; its values are kept and can be brought back" in said(made)


def test_a_removed_object_is_kept_but_no_longer_guards_what_it_refers_to() -> None:
    linked = document(account=ACCOUNT, thing=thing(account=given("reference", to="account")))
    made = between(linked, document(account=ACCOUNT))
    assert written(made) == ['alter table "ws_acme"."thing" drop constraint "_thing__account__fk"']
    assert said(made)[-1] == "Remove the object “Thing”; its records are kept and can be brought back"


def test_an_index_comes_and_goes_with_its_mark() -> None:
    plain, marked = document(thing=thing(x=text())), document(thing=thing(x=text(index=True)))
    made = 'create index "_thing__x" on "ws_acme"."thing" using "btree" ("x", "id") where deleted_at is null'
    assert written(between(plain, marked)) == [made]
    assert written(between(marked, plain)) == ['drop index "ws_acme"."_thing__x"']


def test_two_fields_that_refer_to_one_another_are_linked_after_both_tables() -> None:
    there = thing(other=given("reference", to="second"))
    back = thing(other=given("reference", to="first"))
    statements = written(plan(None, document(first=there, second=back), "acme"))
    made = [number for number, text in enumerate(statements) if text.startswith("create table")]
    linked = [number for number, text in enumerate(statements) if "foreign key" in text]
    assert max(made) < min(linked)


SAFE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (given("text"), given("long_text")),
    (given("integer"), given("decimal")),
    (given("decimal", scale=2), given("decimal", scale=4)),
    (given("decimal", scale=2), given("money")),
    (given("select", options=["a"]), given("text")),
    (given("select", options=["a"]), given("multi_select", options=["a"])),
    (given("date"), given("datetime")),
    (given("phone"), given("text")),
    (given("reference", to="account"), given("multi_reference", to="account")),
]
UNSAFE: list[tuple[dict[str, Any], dict[str, Any]]] = [
    (given("text"), given("integer")),
    (given("text"), given("select", options=["a"])),
    (given("long_text"), given("text")),
    (given("decimal"), given("integer")),
    (given("decimal", scale=4), given("decimal", scale=2)),
    (given("decimal", scale=4), given("money")),
    (given("datetime"), given("date")),
    (given("multi_select", options=["a"]), given("select", options=["a"])),
    (given("reference", to="account"), given("reference", to="department")),
    (given("reference", to="account"), given("multi_reference", to="department")),
    (given("money"), given("decimal")),
]


def retyped(old: dict[str, Any], new: dict[str, Any]) -> Plan:
    return between(
        document(account=ACCOUNT, thing=thing(x=old)), document(account=ACCOUNT, thing=thing(x=new))
    )


@pytest.mark.parametrize(("old", "new"), SAFE)
def test_a_field_may_take_a_type_that_holds_all_its_values(old: dict[str, Any], new: dict[str, Any]) -> None:
    made = retyped(old, new)
    assert any('alter column "x" type' in statement for statement in written(made))
    label = FIELD_TYPES[new["type"]].label.en
    assert f"“{new['label']}” of “Thing” becomes: {label}" in said(made)


@pytest.mark.parametrize(("old", "new"), UNSAFE)
def test_a_change_of_type_that_could_lose_something_is_refused(
    old: dict[str, Any], new: dict[str, Any]
) -> None:
    with pytest.raises(Invalid, match="Make a new field instead") as refused:
        retyped(old, new)
    assert [problem.path for problem in refused.value.problems] == ["objects.thing.fields.x.type"]


VAGUE = {"key": "vague", "label": "Vague"}


@pytest.mark.parametrize(
    ("path", "value", "words"),
    [
        ("name", "Other", "Rename the workspace to “Other”"),
        ("currency", "USD", "The currency becomes USD; existing amounts are not converted"),
        ("objects.deal.label", "Chance", "Rename “Deal” to “Chance”"),
        ("objects.deal.columns", ["name"], "Change the columns of “Deal”"),
        ("objects.deal.fields.amount.label", "Value", "Rename the field “Amount” of “Deal” to “Value”"),
        ("objects.deal.fields.amount.default", "5", "Change the default of “Amount” of “Deal”"),
        ("objects.deal.fields.reason.options", ["price", "time", "x"], "Change the options of “Reason” of “Deal”"),
        ("processes.relay.label", "Race", "Rename the process “Relay” to “Race”"),
        ("processes.relay.stages.0.label", "One", "Change the stage “One” of “Relay”"),
        ("processes.relay.moves.0.roles", ["sales"], "Change the moves of “Relay”"),
        ("processes.relay.return_reasons", [VAGUE], "Change the reasons for returning in “Relay”"),
        ("roles.boss", {"label": "Boss"}, "Add the role “Boss”"),
        ("roles.sales", {"label": "Seller"}, "Change what the role “Seller” may do"),
        ("roles.sales", REMOVED, "Remove the role “Sales”"),
        ("scorecards", {"deal": {"rules": []}}, "Score “Deal”"),
        ("assignments", {"deal": {"rules": []}}, "Assign “Deal” automatically"),
    ],
)  # fmt: skip
def test_a_change_without_effect_on_tables_is_told_in_words(path: str, value: object, words: str) -> None:
    made = edited(path, value)
    assert written(made) == []
    assert said(made) == [words]


def test_a_removed_stage_must_be_empty() -> None:
    made = edited("processes.relay.stages.1", REMOVED)
    assert made.vacated == (Vacated("deal", "relay", ("second",)),)
    assert "Remove the stage “Second” of “Relay” (it must hold no record)" in said(made)


def test_a_process_that_changes_its_object_leaves_all_its_stages() -> None:
    values = relay()
    values["objects"]["race"] = values["objects"]["deal"]
    moved = changed(values, "processes.relay.object", "race")
    made = between(Document.model_validate(values), Document.model_validate(moved))
    assert made.vacated == (Vacated("deal", "relay", ("first", "second", "won", "lost")),)


@pytest.mark.parametrize(
    ("path", "value", "what"),
    [
        ("objects.deal.fields.reason.search", True, "search"),
        ("objects.deal.duplicates", [{"kind": "text", "fields": ["name"]}], "claims"),
        ("scorecards", {"deal": {"rules": [], "base": 5}}, "scores"),
    ],
)
def test_what_must_be_computed_anew_is_named(path: str, value: object, what: Any) -> None:
    assert edited(path, value).stale == (Stale("deal", what),)


def test_names_stay_within_what_postgresql_takes_and_apart() -> None:
    long = "a" * 40
    names = [f"{'b' * 39}{number}" for number in range(3)]
    marked = text(index=True)
    objects = {long: thing(**dict.fromkeys(names, marked)), "a": thing(b__c=marked), "a__b": thing(c=marked)}
    commands = written(plan(None, document(**objects), "acme"))
    made = [command.split('"')[1] for command in commands if command.startswith("create index")]
    assert len(made) == len(set(made))
    assert all(len(name) <= 63 and name.startswith("_") for name in made)


def test_a_title_is_found_by_its_words() -> None:
    def gin(**more: Any) -> bool:
        there = {"label": "Thing", "title": "name", "fields": {"name": {**TEXT, **more}}}
        return any("_thing__grams" in text for text in written(plan(None, document(thing=there), "acme")))

    assert gin(search=True)
    assert not gin(search=False)
