"""How a row becomes JSON: PostgreSQL builds it, with the titles of the records referred to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import is_

from jieli.blueprint.model import Field, Object, Workspace
from jieli.db.sql import EMPTY, Sql, ident, join, sql


@dataclass(frozen=True, slots=True)
class Shape:
    """The output columns of a row and the joins that they need. Put `columns` into a subselect and apply
    `row_to_json` to it: `json_build_object` takes no more than fifty pairs."""

    columns: Sql
    joins: Sql


def shape(workspace: Workspace, fields: Iterable[Field], alias: Sql) -> Shape:
    """The given fields, always preceded by `id` and `version`."""
    return _shaped(_Same((workspace, alias, *fields)))


class _Same:
    """Definitions as a cache key, by identity: a published one never changes."""

    __slots__ = ("_hash", "things")

    def __init__(self, things: tuple[Workspace | Sql | Field, ...]) -> None:
        self.things = things
        self._hash = hash(tuple(map(id, things)))

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and _are_same(self.things, other.things)


def _are_same(some: Sequence[object], others: Sequence[object]) -> bool:
    return len(some) == len(others) and all(map(is_, some, others))


@lru_cache(maxsize=1024)
def _shaped(wanted: _Same) -> Shape:
    workspace, alias, *fields = wanted.things
    assert isinstance(workspace, Workspace)
    assert isinstance(alias, Sql)
    columns = [sql("{row}.id, {row}.version", row=alias)]
    joins: list[Sql] = []
    for number, field in enumerate(fields):
        assert isinstance(field, Field)
        column, joined = _column(workspace, field, alias, ident(f"j{number}"))
        columns.append(sql("{value} as {name}", value=column, name=ident(field.key)))
        joins.append(joined)
    return Shape(join(", ", columns), join("", joins))


def _column(workspace: Workspace, field: Field, alias: Sql, joined: Sql) -> tuple[Sql, Sql]:
    # Asked for every column of every list, so not by the slow check of a protocol.
    if getattr(field.type, "holds", None):
        return _files(workspace, field, alias, joined), EMPTY
    target = workspace.objects.get(field.target) if field.target else None
    if target is None:
        return field.type.json(alias, field.key, field.options), EMPTY
    parts = {
        "row": alias,
        "column": ident(field.columns[0].name),
        "table": target.table,
        "joined": joined,
        "title": title_of(target, joined),
    }
    if field.is_many:
        return sql(
            "(select json_agg(json_build_object('id', {joined}.id, 'title', {title}) order by o.n)"
            " from unnest({row}.{column}) with ordinality o(id, n) join {table} {joined} on {joined}.id = o.id)",
            **parts,
        ), EMPTY
    value = sql(
        "case when {joined}.id is not null then json_build_object('id', {joined}.id, 'title', {title}) end",
        joined=joined,
        title=parts["title"],
    )
    del parts["title"]
    return value, sql(" left join {table} {joined} on {joined}.id = {row}.{column}", **parts)


def _files(workspace: Workspace, field: Field, alias: Sql, joined: Sql) -> Sql:
    """Only files of the record itself: an id of another record's file that somebody put there shows nothing."""
    return sql(
        "(select json_agg(json_build_object('id', {file}.id, 'name', {file}.name, 'size', {file}.size,"
        " 'type', {file}.type) order by o.n) from unnest({row}.{column}) with ordinality o(id, n)"
        " join {table} {file} on {file}.id = o.id and {file}.record = {row}.id and {file}.deleted_at is null)",
        file=joined,
        row=alias,
        column=ident(field.columns[0].name),
        table=workspace.table("file"),
    )


def title_of(obj: Object, alias: Sql) -> Sql:
    """The text that stands for a record."""
    return sql("{row}.{column}::text", row=alias, column=ident(obj.title.columns[0].name))


def json_rows(inner: Sql) -> Sql:
    """One JSON array of all rows of a subselect, in its order, as the only text column."""
    return sql("select coalesce(json_agg(row_to_json(x)), '[]')::text from ({inner}) x", inner=inner)


def chosen(obj: Object, visible: Sequence[Field], keys: Sequence[str] | None) -> tuple[Field, ...]:
    """The fields asked for that may be seen, with the title; None asks for all."""
    if keys is None:
        return tuple(visible)
    wanted = {*keys, obj.title.key}
    return tuple(field for field in visible if field.key in wanted)
