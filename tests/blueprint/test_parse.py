import json
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from jieli.base.errors import Invalid
from jieli.base.language import Language
from jieli.blueprint.document import Document
from jieli.blueprint.parse import parse
from jieli.blueprint.store import written
from tests.blueprint.documents import REMOVED, changed, relay

BOMB = "a0: &a0 [1]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 9))


def found(raw: object) -> list[tuple[str, str]]:
    with pytest.raises(Invalid) as caught:
        parse(raw)
    for problem in caught.value.problems:
        assert problem.text(Language.ZH)
        assert problem.text(Language.EN)
    return [(problem.path, problem.code) for problem in caught.value.problems]


def test_the_same_document_comes_from_yaml_json_and_values() -> None:
    expected = Document.model_validate(relay())
    assert parse(relay()) == parse(yaml.safe_dump(relay())) == parse(json.dumps(relay())) == expected
    assert parse(json.dumps(relay()).encode()) == expected


def test_what_is_stored_parses_to_the_same_document() -> None:
    document = Document.model_validate(relay())
    assert parse(written(document)) == document


@pytest.mark.parametrize(
    ("path", "value", "place", "code"),
    [
        ("nope", 1, "nope", "part_unknown"),
        ("name", REMOVED, "name", "part_missing"),
        ("objects.deal.nope", 1, "objects.deal.nope", "part_unknown"),
        ("objects.deal.fields.name.label", REMOVED, "objects.deal.fields.name.label", "part_missing"),
        ("objects.Deal", {}, "objects.Deal", "bad_key"),
        ("objects.deal.traits", ["flying"], "objects.deal.traits.0", "part_not_allowed"),
        ("objects.deal.icon", 7, "objects.deal.icon", "part_wrong_type"),
        ("processes.relay.moves.0.to", REMOVED, "processes.relay.moves.0.to", "part_missing"),
        (
            "processes.relay.stages.0.probability",
            101,
            "processes.relay.stages.0.probability",
            "part_out_of_range",
        ),
        (
            "roles.sales.objects",
            {"deal": {"read": ["some"]}},
            "roles.sales.objects.deal.read.0",
            "part_not_allowed",
        ),
        ("currency", "yuan", "currency", "part_not_valid"),
    ],
)
def test_a_fault_is_found_at_its_place(path: str, value: object, place: str, code: str) -> None:
    assert (place, code) in found(changed(relay(), path, value))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a: [", "not_yaml"),
        ("a: 1\na: 2", "not_yaml"),
        ("a: &x [*x]", "document_too_deep"),
        (BOMB, "document_too_big"),
        ("a: !!python/object:os.system {}", "not_yaml"),
        ("%" * 10, "not_yaml"),
        ("[" * 5000, "document_too_deep"),
        ("- " * 3 + "1", "part_wrong_type"),
        ("", "part_wrong_type"),
        ("1: 2", "key_not_text"),
        ("a: .nan", "not_plain"),
        ("a: 99999999999999999999", "not_plain"),
        ("a: !!binary aGVsbG8=", "not_plain"),
        ("a: !!set {b}", "not_plain"),
        (b"\xff\xfe\x00", "not_yaml"),
        ("x" * 5_000_000, "document_too_big"),
    ],
)
def test_hostile_text_is_refused(text: str | bytes, code: str) -> None:
    assert code in [each for _, each in found(text)]


def test_characters_that_postgresql_cannot_hold_are_refused() -> None:
    assert found(changed(relay(), "objects.deal.icon", "a\x00b")) == [("objects.deal.icon", "not_plain")]
    assert found(changed(relay(), "objects.deal.icon", "\ud800")) == [("objects.deal.icon", "not_plain")]


def test_a_date_in_yaml_stays_a_text() -> None:
    text = yaml.safe_dump(relay()) + "time_zone: 2026-11-23\n"
    assert parse(text).time_zone == "2026-11-23"


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
places = st.sampled_from(
    [
        "name", "objects", "objects.deal", "objects.deal.fields", "objects.deal.fields.name", "objects.deal.views",
        "objects.deal.fields.amount.options", "processes.relay.stages.0", "processes.relay.moves", "roles.sales",
        "roles.sales.objects", "scorecards", "assignments", "conversions", "dashboards",
    ]
)  # fmt: skip


@given(places, values)
def test_whatever_stands_anywhere_is_taken_or_refused(path: str, value: Any) -> None:
    with suppress(Invalid):
        parse(changed(relay(), path, value))


@given(st.text(max_size=60) | st.binary(max_size=60))
def test_whatever_text_comes_is_taken_or_refused(text: str | bytes) -> None:
    with pytest.raises(Invalid):
        parse(text)
