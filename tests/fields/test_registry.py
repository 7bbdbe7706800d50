import inspect
from datetime import UTC
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from jieli.base.language import Language
from jieli.db.pool import Tx
from jieli.db.sql import ident, join, sql
from jieli.fields import (
    FIELD_TYPES,
    SYSTEM_TYPES,
    BadValue,
    Choosing,
    FieldType,
    HoldsFiles,
    Numbered,
    Referring,
    Zoned,
    field_type,
    options_schema,
)
from jieli.fields.registry import UnknownFieldType
from jieli.query.operators import OPERATORS
from tests.fields.examples import CASES, CONTEXT, EXAMPLES, ID, options_of

KINDS = list(FIELD_TYPES.values())
every_type = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
every_example = pytest.mark.parametrize(("kind", "raw"), CASES, ids=lambda part: getattr(part, "key", None))

SUFFIXES = {"money": ["", "_currency", "_entered", "_rate"], "address": ["", "_parts"]}

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(min_value=10**15)
    | st.floats()
    | st.text(st.characters(exclude_categories=[]))
    | st.from_regex(r"[-+0-9.eE:/ ,%￥万\x00]{1,20}"),
    lambda inner: (
        st.lists(inner, max_size=5)
        | st.dictionaries(
            st.sampled_from(
                ["id", "value", "currency", "entered", "rate", "lng", "lat", "system", "detail", "x"]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def parsed(kind: FieldType, raw: object) -> Any:
    return kind.parse(raw, options_of(kind), CONTEXT)


def test_every_type_has_examples() -> None:
    assert FIELD_TYPES.keys() == EXAMPLES.keys()


def test_a_type_is_found_by_its_key() -> None:
    assert field_type("money") is FIELD_TYPES["money"]


def test_an_unknown_type_is_named() -> None:
    with pytest.raises(UnknownFieldType) as refused:
        field_type("sub_table")
    assert "sub_table" in refused.value.text(Language.EN)


def test_types_of_the_program_are_not_offered() -> None:
    assert FIELD_TYPES.keys() > SYSTEM_TYPES


def test_labels_are_given_in_both_languages_and_differ_between_types() -> None:
    for language in Language:
        labels = [kind.label.text(language) for kind in KINDS]
        assert all(labels)
        assert len(set(labels)) == len(labels)


@every_type
def test_options_have_a_schema(kind: FieldType) -> None:
    assert options_schema(kind.key)["additionalProperties"] is False


@every_type
def test_an_unknown_option_is_refused(kind: FieldType) -> None:
    with pytest.raises(ValidationError):
        kind.Options.model_validate({**EXAMPLES[kind.key].options, "surprise": 1})


@every_type
def test_operators_are_known_ones_and_emptiness_can_always_be_asked(kind: FieldType) -> None:
    assert set(kind.operators) <= OPERATORS.keys()
    assert {"empty", "not_empty"} <= set(kind.operators)
    assert len(set(kind.operators)) == len(kind.operators)


@every_type
def test_columns_are_named_after_the_key(kind: FieldType) -> None:
    names = [column.name for column in kind.columns("amount", options_of(kind))]
    assert names == [f"amount{suffix}" for suffix in SUFFIXES.get(kind.key, [""])]


@every_type
def test_arrays_are_asked_for_members_and_others_are_not(kind: FieldType) -> None:
    is_array = kind.columns("k", options_of(kind))[0].type.endswith("[]")
    assert not is_array or not {"eq", "in", "gt"} & set(kind.operators)
    assert is_array or not {"has_any", "has_all"} & set(kind.operators)


@every_example
def test_a_value_survives_being_dumped(kind: FieldType, raw: object) -> None:
    value = parsed(kind, raw)
    assert kind.dump(value) == raw
    assert parsed(kind, orjson.loads(orjson.dumps(kind.dump(value)))) == value


@every_example
def test_a_value_survives_its_columns(kind: FieldType, raw: object) -> None:
    value = parsed(kind, raw)
    stored = kind.store(value)
    assert len(stored) == len(kind.columns("k", options_of(kind)))
    assert kind.load(stored) == value


@every_example
def test_a_value_may_be_given_as_it_is(kind: FieldType, raw: object) -> None:
    value = parsed(kind, raw)
    assert parsed(kind, value) == value


@every_example
def test_a_value_is_read_back_from_what_people_see(kind: FieldType, raw: object) -> None:
    options, value = options_of(kind), parsed(kind, raw)
    for language in Language:
        text = kind.text(kind.dump(value), options, language)
        assert text
        if EXAMPLES[kind.key].reads_its_text:
            assert kind.read(text, options, CONTEXT) == value


@every_type
@pytest.mark.parametrize("raw", [None, ""])
def test_nothing_is_the_empty_value(kind: FieldType, raw: object) -> None:
    assert parsed(kind, raw) is None


@every_type
def test_the_empty_value_is_null_in_every_column(kind: FieldType) -> None:
    stored = kind.store(None)
    assert set(stored) == {None}
    assert len(stored) == len(kind.columns("k", options_of(kind)))
    assert kind.load(stored) is None


@every_type
@given(raw=JSON)
def test_whatever_json_comes_is_taken_or_refused_with_a_sentence(kind: FieldType, raw: object) -> None:
    options = options_of(kind)
    for take in (kind.parse, kind.operand):
        try:
            value = take(raw, options, CONTEXT)
        except BadValue as refused:
            assert_is_shown(refused)
        else:
            if take == kind.parse and value is not None:
                orjson.dumps(kind.dump(value))
                assert kind.parse(kind.dump(value), options, CONTEXT) == value


CELLS = (
    st.text(st.characters(exclude_categories=[]), min_size=1)
    | st.from_regex(r"[-+0-9.eE:/ ,%￥万年月日#;()转]{1,30}", fullmatch=True)
    | st.integers()
    | st.integers(min_value=0, max_value=10**9)
    | st.floats()
    | st.decimals()
    | st.booleans()
    | st.dates()
    | st.datetimes()
    | st.datetimes(timezones=st.just(UTC))
    | st.times()
)


@every_type
@given(cell=CELLS)
def test_whatever_a_cell_holds_is_read_or_refused_with_a_sentence(kind: FieldType, cell: object) -> None:
    try:
        value = kind.read(cell, options_of(kind), CONTEXT)
    except BadValue as refused:
        assert_is_shown(refused)
    else:
        if value is not None and not isinstance(kind, Referring):
            assert parsed(kind, kind.dump(value)) == value


def assert_is_shown(refused: BadValue) -> None:
    for language in Language:
        assert 0 < len(refused.at("x").text(language)) < 300


@every_type
@pytest.mark.parametrize(
    "hostile",
    ["a\x00b", "\ud800", ["\x00"], [["\ud800"]], {"detail": "\x00"}, {"\x00": 1}, {"a": ["\udfff"]}],
)
def test_nothing_unstorable_passes(kind: FieldType, hostile: object) -> None:
    with pytest.raises(BadValue):
        parsed(kind, hostile)


@pytest.mark.database
@every_type
async def test_postgresql_keeps_every_example_and_shows_the_same_json(kind: FieldType, tx: Tx) -> None:
    options = options_of(kind)
    values = [parsed(kind, raw) for raw in EXAMPLES[kind.key].values] + [None]
    columns = kind.columns("k", options)
    await make_table(tx, kind)
    await tx.copy(
        None,
        f"kept_{kind.key}",
        ["n", *(c.name for c in columns)],
        [(n, *kind.store(v)) for n, v in enumerate(values)],
    )

    names = join(", ", [ident(column.name) for column in columns])
    rows = await tx.all(sql("select {names} from {t} order by n", names=names, t=ident(f"kept_{kind.key}")))
    shown = kind.json(ident("t"), "k", options)
    found = await tx.text(
        sql(
            "select json_agg(row_to_json(x) order by n)::text from (select n, {v} as v from {t} t) x",
            v=shown,
            t=ident(f"kept_{kind.key}"),
        )
    )

    assert [kind.load(tuple(row)) for row in rows] == values
    assert [row["v"] for row in orjson.loads(found or "")] == [*EXAMPLES[kind.key].values, None]


@pytest.mark.database
@every_type
async def test_an_operand_compares_with_the_first_column(kind: FieldType, tx: Tx) -> None:
    options = options_of(kind)
    first = kind.columns("k", options)[0]
    raw = EXAMPLES[kind.key].values[0]
    if "eq" not in kind.operators and "has_any" not in kind.operators:
        pytest.skip("only asked for emptiness or parts")
    await make_table(tx, kind)
    values = [parsed(kind, each) for each in EXAMPLES[kind.key].values]
    names = [column.name for column in kind.columns("k", options)]
    await tx.copy(
        None, f"kept_{kind.key}", ["n", *names], [(n, *kind.store(v)) for n, v in enumerate(values)]
    )
    is_array = first.type.endswith("[]")
    operand = kind.operand(raw[0] if is_array else raw, options, CONTEXT)
    comparison = sql("k && {one}", one=[operand]) if is_array else sql("k = {one}", one=operand)
    assert 0 in [
        row[0]
        for row in await tx.all(sql("select n from {t} where {c}", t=ident(f"kept_{kind.key}"), c=comparison))
    ]


async def make_table(tx: Tx, kind: FieldType) -> None:
    from jieli.db.ddl import type_name

    columns = [
        sql("{name} {type}", name=ident(c.name), type=type_name(c.type))
        for c in kind.columns("k", options_of(kind))
    ]
    await tx.run(
        sql(
            "create temp table {t} (n bigint, {columns}) on commit drop",
            t=ident(f"kept_{kind.key}"),
            columns=join(", ", columns),
        )
    )


def test_the_further_abilities_are_those_of_these_types() -> None:
    def having(ability: type) -> set[str]:
        return {key for key, kind in FIELD_TYPES.items() if isinstance(kind, ability)}

    assert having(Referring) == {"person", "multi_person", "department", "reference", "multi_reference"}
    assert having(Choosing) == {"select", "multi_select"}
    assert having(Zoned) == {"datetime"}
    assert having(Numbered) == {"auto_number"}
    assert having(HoldsFiles) == {"file", "image"}


def test_references_name_their_target() -> None:
    targets = {k.key: k.target(options_of(k)) for k in KINDS if isinstance(k, Referring)}
    assert targets == {
        "person": "member",
        "multi_person": "member",
        "department": "department",
        "reference": "account",
        "multi_reference": "product",
    }


@every_type
def test_each_file_stays_short(kind: FieldType) -> None:
    lines = Path(inspect.getfile(type(kind))).read_text("utf-8").splitlines()
    assert len(lines) <= 150


def test_an_id_is_an_example() -> None:
    assert parsed(FIELD_TYPES["person"], {"id": ID, "title": "张三"}) == parsed(FIELD_TYPES["person"], ID)
