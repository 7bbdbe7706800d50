"""The CRM we ship holds together. Written against the model alone, apart from the checker that workspaces use."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from pydantic import BaseModel

from jieli.blueprint.document import Label, ScopeCondition
from jieli.blueprint.model import workspace
from jieli.blueprint.traits import system_fields
from jieli.db.sql import ident
from jieli.fields import Choosing
from jieli.query.condition import Scope, compile_condition
from jieli.query.variables import Variables
from jieli.standard import load
from jieli.standard.reading import mapping, read
from jieli.standard.shipped import OBJECTS

DOCUMENT = load()
WORKSPACE = workspace("standard", 1, DOCUMENT)
CHINESE = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
SAME_IN_BOTH = {"QQ"}
ROLE_KEYS = {"marketing", "sales", "expert", "success", "manager", "operations", "admin"}
objects = pytest.mark.parametrize("key", OBJECTS)


def test_the_ten_objects_and_seven_roles_are_there() -> None:
    assert set(DOCUMENT.objects) == {
        "department", "member", "campaign", "lead", "account", "contact", "opportunity", "activity", "task",
        "product",
    }  # fmt: skip
    assert set(DOCUMENT.roles) == ROLE_KEYS


def labels(part: object) -> Iterator[Label]:
    """Every label in the document, those of choices within untyped options too."""
    match part:
        case Label():
            yield part
        case BaseModel():
            yield from labels({name: getattr(part, name) for name in type(part).model_fields})
        case dict() if part.keys() == {"zh", "en"}:
            yield Label.model_validate(part)
        case dict():
            for each in part.values():
                yield from labels(each)
        case list() | tuple():
            for each in part:
                yield from labels(each)


def test_every_label_is_written_in_both_languages() -> None:
    found = list(labels(DOCUMENT))
    assert len(found) > 700
    assert [x.en for x in found if CHINESE.search(x.en)] == []
    assert [x.zh for x in found if not CHINESE.search(x.zh) and x.zh not in SAME_IN_BOTH] == []


def test_no_label_ends_in_white_space() -> None:
    assert [x for x in labels(DOCUMENT) if x.zh != x.zh.strip() or x.en != x.en.strip()] == []


def fields_of(key: str) -> set[str]:
    return set(WORKSPACE.objects[key].fields)


@objects
def test_no_field_is_declared_that_a_trait_adds(key: str) -> None:
    definition = DOCUMENT.objects[key]
    assert definition.fields.keys() & (system_fields(definition.traits).keys() | {"id", "version"}) == set()


@objects
def test_the_layout_and_views_name_existing_fields(key: str) -> None:
    definition = DOCUMENT.objects[key]
    card = {definition.card.subtitle, *definition.card.fields} - {None}
    shown = {*definition.columns, *card, *(name for s in definition.form for name in s.fields)}
    viewed = {name for view in definition.views for name in view.columns}
    sorts = [*definition.sort, *(each for view in definition.views for each in view.sort)]
    assert shown | viewed <= fields_of(key)
    assert {each.removeprefix("-") for each in sorts} <= fields_of(key) | {"id"}


@objects
def test_the_form_shows_each_field_once(key: str) -> None:
    definition = DOCUMENT.objects[key]
    shown = [name for section in definition.form for name in section.fields]
    assert len(shown) == len(set(shown))
    assert set(definition.fields) <= set(shown)
    assert not {"owner", "backup", "department"} & fields_of(key) - set(shown)


@objects
def test_duplicates_title_and_party_name_own_fields(key: str) -> None:
    definition = DOCUMENT.objects[key]
    named = {name for rule in definition.duplicates for name in rule.fields} | {definition.title}
    assert named <= set(definition.fields)
    if definition.party:
        assert WORKSPACE.objects[key].fields[definition.party].target == "account"


@objects
def test_keys_of_sections_and_views_are_distinct(key: str) -> None:
    definition = DOCUMENT.objects[key]
    for parts in (definition.form, definition.views):
        assert len({part.key for part in parts}) == len(parts)


@objects
def test_references_lead_to_objects(key: str) -> None:
    targets = {field.target for field in WORKSPACE.objects[key].fields.values()} - {None}
    assert targets <= set(OBJECTS)


@objects
def test_choices_have_plain_keys_and_labels_in_both_languages(key: str) -> None:
    for name, field in WORKSPACE.objects[key].fields.items():
        if not isinstance(field.type, Choosing) or field.system:
            continue
        choices = DOCUMENT.objects[key].fields[name].options["options"]
        assert len({c["key"] for c in choices}) == len(choices), name
        assert all(re.fullmatch(r"[a-z][a-z0-9_]*", c["key"]) for c in choices), name
        assert all(c["label"].keys() == {"zh", "en"} for c in choices), name


@objects
def test_defaults_are_values_of_their_field(key: str) -> None:
    for field in WORKSPACE.objects[key].own_fields():
        if field.default is not None:
            assert field.type.parse(field.default, field.options, WORKSPACE.context) == field.default


@objects
def test_a_layout_file_holds_nothing_but_layout(key: str) -> None:
    assert mapping(read(f"{key}/layout.yaml"), key).keys() == {"columns", "card", "form"}
    assert not mapping(read(f"{key}/object.yaml"), key).keys() & {"columns", "card", "form", "views"}


def test_a_lead_needs_nothing_but_a_name() -> None:
    assert [f.key for f in WORKSPACE.objects["lead"].own_fields() if f.required] == ["name"]


def test_people_are_found_by_what_they_are_asked_for() -> None:
    for key in ("lead", "account", "contact"):
        fields = WORKSPACE.objects[key].fields.values()
        asked = {f.key for f in fields if f.type.key in ("phone", "email", "credit_code", "auto_number")}
        assert asked <= {f.key for f in fields if f.search}


@pytest.mark.parametrize("key", ["lead", "opportunity", "account", "task"])
def test_the_everyday_views_are_there(key: str) -> None:
    everyday = {"mine", "involved", "subordinates", "today", "overdue", "all"}
    assert everyday <= {view.key for view in DOCUMENT.objects[key].views}


def test_the_roles_of_a_member_are_those_that_exist() -> None:
    options = DOCUMENT.objects["member"].fields["roles"].options["options"]
    assert {option["key"] for option in options} == ROLE_KEYS
    assert all(Label.model_validate(o["label"]) == DOCUMENT.roles[o["key"]].label for o in options)


def conditions() -> Iterator[tuple[str, str, object]]:
    for key, definition in DOCUMENT.objects.items():
        for view in definition.views:
            yield f"{key} view {view.key}", key, view.where
    for process in DOCUMENT.processes.values():
        for stage in process.stages:
            yield f"{process.object} gate {stage.key}", process.object, stage.gate.where
    for key, card in DOCUMENT.scorecards.items():
        for rule in card.rules:
            yield f"{key} score {rule.key}", key, rule.when
    for key, assignment in DOCUMENT.assignments.items():
        for choice in assignment.rules:
            yield f"{key} assignment {choice.key}", key, choice.when
    for name, role in DOCUMENT.roles.items():
        for key, given in role.objects.items():
            scopes = (*given.read, *given.update, *given.delete, *given.transfer)
            for scope in scopes:
                if isinstance(scope, ScopeCondition):
                    yield f"{name} scope of {key}", key, scope.condition


@pytest.mark.parametrize(("key", "tree"), [pytest.param(k, t, id=name) for name, k, t in conditions()])
def test_the_condition_compiles(key: str, tree: object) -> None:
    asker = Variables(uuid4(), uuid4(), (uuid4(),), (uuid4(),), datetime.now(UTC), WORKSPACE.context.zone)
    compile_condition(tree, Scope(WORKSPACE, WORKSPACE.object(key), ident("t"), asker))
