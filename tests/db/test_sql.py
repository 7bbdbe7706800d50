import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.db.sql import EMPTY, FALSE, TRUE, Sql, ident, join, literal, param, sql

VALUES = st.one_of(st.text(), st.integers(), st.none(), st.booleans(), st.lists(st.text()))


def test_a_value_becomes_a_parameter() -> None:
    assert sql("select {a}, {b}::uuid[]", a=1, b=["x"]).render() == ("select $1, $2::uuid[]", [1, ["x"]])


def test_fragments_are_put_in_and_numbered_in_the_order_of_the_text() -> None:
    inner = sql("name = {name}", name="n")
    outer = sql(
        "select * from {t} where {limit} > 0 and {inner}", t=ident("ws", "lead"), limit=5, inner=inner
    )
    assert outer.render() == ('select * from "ws"."lead" where $1 > 0 and name = $2', [5, "n"])


def test_equal_values_do_not_share_a_number_because_their_types_may_differ() -> None:
    assert sql("{a} {b}", a=1, b=1).render() == ("$1 $2", [1, 1])


def test_one_parameter_in_several_places_keeps_its_number() -> None:
    now = param("now")
    both = join(" and ", [sql("a < {now}", now=now), sql("b > {now}", now=now), sql("{x} = {x}", x=2)])
    assert both.render() == ("a < $1 and b > $1 and $2 = $2", ["now", 2])


def test_doubled_braces_stand_for_braces() -> None:
    assert sql("select '{{a,b}}'::text[], {v}", v=1).render() == ("select '{a,b}'::text[], $1", [1])


@pytest.mark.parametrize("parts", [{}, {"a": 1, "b": 2}, {"b": 1}])
def test_missing_and_unused_parts_are_refused(parts: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="needs"):
        sql("select {a}", **parts)


@pytest.mark.parametrize("template", ["{}", "{0}", "{a.b}", "{a[0]}", "{a!r}", "{a:>3}", "{a", "a}", "{a}0"])
def test_a_template_with_anything_but_plain_names_is_refused(template: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        sql(template, a=1)


@pytest.mark.parametrize("name", ["", "A", "1a", 'a"b', "a b", "a\n", "é", "客户", "a" * 64, "a;drop"])
def test_what_is_not_a_plain_identifier_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="identifier"):
        ident("ws", name)


def test_an_identifier_needs_a_name() -> None:
    with pytest.raises(ValueError, match="needs a name"):
        ident()


def test_joining_nothing_gives_nothing() -> None:
    assert join(", ", []).render() == ("", [])
    assert sql("a{e} {t} {f}", e=EMPTY, t=TRUE, f=FALSE).render() == ("a true false", [])


def test_a_literal_refuses_what_postgresql_cannot_hold() -> None:
    with pytest.raises(ValueError, match="NUL"):
        literal("a\0b")


@given(st.text(st.characters(exclude_characters="\0")))
def test_a_literal_ends_where_it_should(text: str) -> None:
    rendered, values = literal(text).render()
    assert not values
    assert rendered[0] == rendered[-1] == "'"
    assert "'" not in rendered[1:-1].replace("''", "")
    assert rendered[1:-1].replace("''", "'") == text


def fragments() -> st.SearchStrategy[tuple[Sql, list[object]]]:
    """Random compositions, each with the values it was made of in the order of their places."""
    leaf = VALUES.map(lambda value: (sql("c = {v}", v=value), [value]))

    def joined(parts: list[tuple[Sql, list[object]]]) -> tuple[Sql, list[object]]:
        return join(" or ", [part for part, _ in parts]), [v for _, values in parts for v in values]

    def wrapped(parts: tuple[tuple[Sql, list[object]], object]) -> tuple[Sql, list[object]]:
        (inner, values), value = parts
        return sql("({inner}) and {v} is {{}}", inner=inner, v=value), [*values, value]

    return st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=4).map(joined) | st.tuples(inner, VALUES).map(wrapped),
        max_leaves=12,
    )


@given(fragments())
def test_no_value_reaches_the_text_and_none_is_lost(composed: tuple[Sql, list[object]]) -> None:
    fragment, values = composed
    text, parameters = fragment.render()
    assert parameters == values
    assert re.fullmatch(r"[c=()$\d orandis{}]*", text)
    assert re.findall(r"\$(\d+)", text) == [str(n + 1) for n in range(len(values))]
