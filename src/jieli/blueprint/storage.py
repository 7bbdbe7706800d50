"""The table of an object as it should be: columns, indexes and foreign keys, before anything is compared."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

from jieli.blueprint.model import Field, Object
from jieli.db.sql import Sql, ident, join, sql
from jieli.fields import Column

PEOPLE = frozenset({"member", "department"})
"""Nobody is ever deleted from these, and lists by them are served by the indexes of the traits."""

FIRST = (("id", "uuid not null"), ("version", "integer not null default 1"))
LAST = (
    ("deleted_at", "timestamptz"),
    ("deleted_by", "uuid"),
    ("search_text", "text"),
    ("grams", "text[] generated always as (jieli.grams(search_text)) stored"),
)
OWN_COLUMNS = tuple(Column(name, kind.split(" ")[0]) for name, kind in FIRST + LAST)
"""What every table has besides the columns of its fields."""

OWN_PREFIX = "_"
"""Begins the names of indexes and keys that plans make. No object and no fixed table begins with it."""

_LED_BY = {"stage": ("process",)}
_TYPE = re.compile(r"[a-z][a-z0-9_ ]*(\(\d+(, ?\d+)?\))?(\[\])?")


@dataclass(frozen=True, slots=True)
class Index:
    """`live` leaves out the trash: an index over it would be slower to keep and never used."""

    name: str
    columns: tuple[str, ...]
    method: str = "btree"
    live: bool = True

    def create(self, table: Sql) -> Sql:
        return sql(
            "create index {name} on {table} using {method} ({columns}) where {rows}",
            name=ident(self.name),
            table=table,
            method=ident(self.method),
            columns=join(", ", [ident(column) for column in self.columns]),
            rows=sql("deleted_at is null") if self.live else sql("deleted_at is not null"),
        )


@dataclass(frozen=True, slots=True)
class ForeignKey:
    name: str
    column: str
    target: str


@dataclass(frozen=True, slots=True)
class Table:
    name: str
    columns: tuple[Column, ...]
    indexes: tuple[Index, ...]
    foreign_keys: tuple[ForeignKey, ...]


def table_of(obj: Object) -> Table:
    """The table that holds the records of an object; `columns` are those of its fields only."""
    columns = tuple(column for field in obj.fields.values() for column in field.columns)
    return Table(obj.key, columns, tuple(_indexes(obj)), tuple(_foreign_keys(obj)))


def foreign_key_name(object_key: str, field_key: str) -> str:
    """The constraint behind a reference, by which its violation is recognised."""
    return _name(object_key, field_key, "fk")


def kind_of(column: Column) -> Sql:
    """The type of a column as SQL. Types come from the field types, never from people; this makes sure."""
    if not _TYPE.fullmatch(column.type):
        raise ValueError(f"not the name of a type: {column.type!r}")
    return Sql((column.type,))


def create_table(schema: str, table: Table) -> Sql:
    fields = [sql("{name} {kind}", name=ident(c.name), kind=kind_of(c)) for c in table.columns]
    key = sql("constraint {name} primary key (id)", name=ident(_name(table.name, "pk")))
    return sql(
        "create table {table} ({columns})",
        table=ident(schema, table.name),
        columns=join(", ", [*_fixed(FIRST), *fields, *_fixed(LAST), key]),
    )


def _fixed(columns: tuple[tuple[str, str], ...]) -> Iterator[Sql]:
    for name, kind in columns:
        yield sql("{name} {kind}", name=ident(name), kind=Sql((kind,)))


def _indexes(obj: Object) -> Iterator[Index]:
    if any(field.search for field in obj.fields.values()):
        yield Index(_name(obj.key, "grams"), ("grams",), "gin")
    yield Index(_name(obj.key, "deleted_at"), ("deleted_at", "id"), live=False)
    for field in obj.fields.values():
        if field.index or _is_link(field):
            yield _index(obj, field)


def _index(obj: Object, field: Field) -> Index:
    column = field.columns[0]
    if column.type.endswith("[]"):
        return Index(_name(obj.key, field.key), (column.name,), "gin")
    leading = _LED_BY.get(field.key, ()) if field.system else ()
    return Index(_name(obj.key, field.key), (*leading, column.name, "id"))


def _is_link(field: Field) -> bool:
    """Whether the other side lists the records that point to it."""
    return field.target is not None and not field.is_many and field.target not in PEOPLE


def _foreign_keys(obj: Object) -> Iterator[ForeignKey]:
    for field in obj.own_fields():
        if field.target is not None and not field.is_many:
            name = foreign_key_name(obj.key, field.key)
            yield ForeignKey(name, field.columns[0].name, field.target)


def _name(*parts: str) -> str:
    """A name for what belongs to a table; a digest takes the place of what is too long or could be read in two
    ways."""
    plain = OWN_PREFIX + "__".join(parts)
    if len(plain) <= 63 and not any("__" in part or part.endswith("_") for part in parts):
        return plain
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return f"{plain[:50]}_{digest}"
