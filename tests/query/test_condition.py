"""Conditions against an oracle in plain Python, and what people may not write into them."""

from contextlib import suppress
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieli.base.errors import Invalid
from jieli.blueprint.document import Document
from jieli.blueprint.model import Workspace, workspace
from jieli.db.pool import Tx
from jieli.db.sql import Sql, ident, join, sql
from jieli.query.condition import Scope, compile_condition
from jieli.query.variables import Variables
from jieli.standard import load

ZONE = ZoneInfo("Asia/Shanghai")
NOW = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
NAMES = ("甲公司", "乙公司", "甲乙丙", "Acme 100%", "a_b")
KINDS = ("hot", "warm", "cold")
ROW = {"name": "text", "size": "integer", "day": "date", "kind": "text", "tags": "text[]", "ok": "boolean"}


def definitions() -> Workspace:
    """A workspace with one object that has a field of each kind compared here."""
    document = load().model_dump(by_alias=True)
    document["objects"]["thing"] = {
        "label": "Thing",
        "title": "name",
        "fields": {
            "name": {"type": "text", "label": "Name", "required": True},
            "size": {"type": "integer", "label": "Size"},
            "day": {"type": "date", "label": "Day"},
            "kind": {"type": "select", "label": "Kind", "options": [{"key": k, "label": k} for k in KINDS]},
            "tags": {"type": "tags", "label": "Tags"},
            "ok": {"type": "boolean", "label": "Ok"},
        },
    }
    return workspace("test", 1, Document.model_validate(document))


WORKSPACE = definitions()
THING = WORKSPACE.object("thing")
VARIABLES = Variables(None, None, (), (), NOW, ZONE)

maybe = lambda values: st.one_of(st.none(), values)  # noqa: E731
days = st.dates(date(2026, 11, 1), date(2026, 12, 15))
rows = st.fixed_dictionaries(
    {
        "name": maybe(st.sampled_from(NAMES)),
        "size": maybe(st.integers(-3, 3)),
        "day": maybe(days),
        "kind": maybe(st.sampled_from(KINDS)),
        "tags": maybe(st.lists(st.sampled_from("xyz"), min_size=1, max_size=3, unique=True)),
        "ok": maybe(st.booleans()),
    }
)


def leaf(field: str, op: str, value: st.SearchStrategy[object]) -> st.SearchStrategy[dict[str, object]]:
    return st.builds(lambda v: {"field": field, "op": op, "value": v}, value)


name, number, kind = st.sampled_from(NAMES), st.integers(-3, 3), st.sampled_from(KINDS)
LEAVES = st.one_of(
    *(leaf("name", op, name) for op in ("eq", "ne")),
    *(
        leaf("name", op, st.sampled_from(("甲", "乙公", "%", "_", "A", "acme")))
        for op in ("contains", "starts")
    ),
    leaf("name", "not_contains", st.sampled_from(("甲", "%"))),
    *(leaf("size", op, number) for op in ("eq", "ne", "gt", "gte", "lt", "lte")),
    leaf("size", "between", st.tuples(number, number).map(list)),
    *(leaf("kind", op, st.lists(kind, max_size=3)) for op in ("in", "not_in")),
    *(leaf("day", op, days.map(date.isoformat)) for op in ("eq", "lt", "gte")),
    leaf("day", "within", st.sampled_from(("today", "this_week", "this_month", "next_month"))),
    leaf("day", "within", st.integers(1, 20).map(lambda n: {"relative": "next_days", "n": n})),
    *(
        leaf("tags", op, st.lists(st.sampled_from("xyz"), min_size=1, max_size=2))
        for op in ("has_any", "has_all")
    ),
    leaf("ok", "eq", st.booleans()),
    *(leaf(field, op, st.none()) for field in ROW for op in ("empty", "not_empty")),
)
TREES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda parts: {"all": parts}),
        st.lists(inner, max_size=3).map(lambda parts: {"any": parts}),
        inner.map(lambda part: {"not": part}),
    ),
    max_leaves=6,
)
PERIODS = {
    "today": (date(2026, 11, 23), date(2026, 11, 24)),
    "this_week": (date(2026, 11, 23), date(2026, 11, 30)),
    "this_month": (date(2026, 11, 1), date(2026, 12, 1)),
    "next_month": (date(2026, 12, 1), date(2027, 1, 1)),
}


def oracle(tree: dict[str, Any], row: dict[str, Any]) -> bool:
    """What a condition means, said once more without SQL."""
    if "all" in tree:
        return all(oracle(part, row) for part in tree["all"])
    if "any" in tree:
        return any(oracle(part, row) for part in tree["any"])
    if "not" in tree:
        return not oracle(tree["not"], row)
    value, op, wanted = row[tree["field"]], tree["op"], tree["value"]
    if isinstance(value, date) and isinstance(wanted, str) and op != "within":
        wanted = date.fromisoformat(wanted)
    opposite = {"ne": "eq", "not_in": "in", "not_contains": "contains", "empty": "not_empty"}
    if op in opposite:
        return not oracle({**tree, "op": opposite[op]}, row)
    return value is not None and _holds(op, value, wanted)


def _holds(op: str, value: Any, wanted: Any) -> bool:
    if op == "within":
        first, past = (
            PERIODS[wanted]
            if isinstance(wanted, str)
            else (date(2026, 11, 23), date.fromordinal(date(2026, 11, 23).toordinal() + wanted["n"]))
        )
        return bool(first <= value < past)
    answers: dict[str, Any] = {
        "not_empty": lambda: True,
        "eq": lambda: value == wanted,
        "gt": lambda: value > wanted,
        "gte": lambda: value >= wanted,
        "lt": lambda: value < wanted,
        "lte": lambda: value <= wanted,
        "between": lambda: wanted[0] <= value <= wanted[1],
        "in": lambda: value in wanted,
        "contains": lambda: wanted.lower() in value.lower(),
        "starts": lambda: value.lower().startswith(wanted.lower()),
        "has_any": lambda: bool(set(value) & set(wanted)),
        "has_all": lambda: set(value) >= set(wanted),
    }
    return bool(answers[op]())


def compiled(tree: object) -> Sql:
    return compile_condition(tree, Scope(WORKSPACE, THING, ident("t"), VARIABLES))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tree=TREES, given_rows=st.lists(rows, min_size=1, max_size=6))
async def test_a_condition_means_what_the_oracle_says(
    tx: Tx, tree: dict[str, Any], given_rows: list[dict[str, Any]]
) -> None:
    selects = [
        sql(
            "select {n}::int as n, {cells}",
            n=n,
            cells=join(
                ", ", [sql("{v}::{t} as {c}", v=row[c], t=Sql((t,)), c=ident(c)) for c, t in ROW.items()]
            ),
        )
        for n, row in enumerate(given_rows)
    ]
    statement = sql(
        "select t.n from ({rows}) t where {where}", rows=join(" union all ", selects), where=compiled(tree)
    )
    found = {row["n"] for row in await tx.all(statement)}
    assert found == {n for n, row in enumerate(given_rows) if oracle(tree, row)}


@pytest.mark.parametrize(
    ("tree", "path"),
    [
        ({"field": "nothing", "op": "eq", "value": 1}, "where.field"),
        ({"all": [{"field": "name", "op": "sounds_like", "value": "x"}]}, "where.all.0.op"),
        ({"field": "size", "op": "eq", "value": "many"}, "where.value"),
        ({"field": "day", "op": "within", "value": "someday"}, "where.value"),
        ({"field": "kind", "op": "in", "value": "hot"}, "where.value"),
        ({"field": "name.first", "op": "eq", "value": "x"}, "where.field"),
        ({"any": "all"}, "where"),
        ({"all": [], "any": []}, "where"),
        ([], "where"),
        ("name = 'x'", "where"),
    ],
)
def test_a_wrong_condition_is_refused_at_its_place(tree: object, path: str) -> None:
    with pytest.raises(Invalid) as refused:
        compiled(tree)
    assert refused.value.problems[0].path == path


def test_a_condition_too_deep_is_refused() -> None:
    tree: dict[str, object] = {"field": "ok", "op": "eq", "value": True}
    for _ in range(40):
        tree = {"not": tree}
    with pytest.raises(Invalid):
        compiled(tree)


@given(
    tree=st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8), st.floats()),
        lambda inner: st.one_of(
            st.lists(inner, max_size=3),
            st.dictionaries(
                st.sampled_from(("all", "any", "not", "field", "op", "value", "var")), inner, max_size=4
            ),
        ),
        max_leaves=12,
    )
)
def test_nonsense_is_refused_and_nothing_else_is_raised(tree: object) -> None:
    with suppress(Invalid):
        assert isinstance(compiled(tree), Sql)
