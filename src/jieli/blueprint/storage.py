"""The table of an object as it should be, and the commands that make and change tables. All DDL stands here."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from jieli.blueprint.model import Field, Object
from jieli.db.sql import EMPTY, Sql, ident, join, sql
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

_LED_BY = {
    "stage": ("process",),
    "reached": (
        *("created_at", "stage", "outcome", "stage_due", "blocked_since"),
        *("owner", "backup", "holder", "department", "created_by"),
    ),
}
"""By `reached` reports read the records of a period with all that they and the scopes of access ask of them, and
nothing else: the funnel, what is stuck, what each person holds. The index of `stage` ends with the amount, so that a
board adds up its columns without reading the records."""
_TYPE = re.compile(r"[a-z][a-z0-9_ ]*(\(\d+(, ?\d+)?\))?(\[\])?")


@dataclass(frozen=True, slots=True)
class Index:
    """`live` leaves out the trash: an index over it would be slower to keep and never used. `all` takes in both: a
    foreign key is checked against all rows, and without an index over all of them each deletion would read the
    whole table. `open` holds what is still being worked on, which is little of a large table."""

    name: str
    columns: tuple[str, ...]
    method: str = "btree"
    rows: Literal["all", "live", "trash", "open"] = "live"


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


def _indexes(obj: Object) -> Iterator[Index]:
    if any(field.search for field in obj.fields.values()):
        yield Index(_name(obj.key, "grams"), ("grams",), "gin")
    yield Index(_name(obj.key, "deleted_at"), ("deleted_at", "id"), rows="trash")
    if obj.has("owned") and obj.has("staged"):
        # Who is to get a new record depends on how much everybody has in hand.
        yield Index(_name(obj.key, "owner", "open"), ("owner",), rows="open")
    for field in obj.fields.values():
        if field.index or _is_link(field):
            yield _index(obj, field)


def _index(obj: Object, field: Field) -> Index:
    column = field.columns[0]
    if column.type.endswith("[]"):
        return Index(_name(obj.key, field.key), (column.name,), "gin")
    leading = [name for name in _LED_BY.get(field.key, ()) if field.system and name in obj.fields]
    if field.system and field.key == "reached" and obj.amount:
        leading.append(obj.amount.columns[0].name)
    rows: Literal["all", "live"] = "all" if _is_link(field) and not field.system else "live"
    following = [obj.amount.columns[0].name] if field.system and field.key == "stage" and obj.amount else []
    return Index(_name(obj.key, field.key), (*leading, column.name, "id", *following), rows=rows)


def _is_link(field: Field) -> bool:
    """Whether the other side lists the records that point to it."""
    return field.target is not None and not field.is_many and field.target not in PEOPLE


def _foreign_keys(obj: Object) -> Iterator[ForeignKey]:
    for field in map(obj.field, obj.definition.fields):
        if field.target is not None and not field.is_many:
            name = foreign_key_name(obj.key, field.key)
            yield ForeignKey(name, field.columns[0].name, field.target)


def sequence_name(object_key: str, field_key: str, period: str) -> str:
    """The sequence that gives a field its running numbers within one period."""
    return _name(object_key, field_key, f"n{period}")


def create_sequence(schema: str, name: str) -> Sql:
    return sql("create sequence if not exists {name}", name=ident(schema, name))


def _name(*parts: str) -> str:
    """A name for what belongs to a table; a digest takes the place of what is too long or could be read in two
    ways."""
    plain = OWN_PREFIX + "__".join(parts)
    if len(plain) <= 63 and not any("__" in part or part.endswith("_") for part in parts):
        return plain
    digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
    return f"{plain[:50]}_{digest}"


def create_table(schema: str, table: Table) -> Sql:
    key = sql("constraint {name} primary key (id)", name=ident(_name(table.name, "pk")))
    fields = [_defined(column) for column in table.columns]
    return sql(
        "create table {table} ({columns})",
        table=ident(schema, table.name),
        columns=join(", ", [*_fixed(FIRST), *fields, *_fixed(LAST), key]),
    )


def add_columns(table: Sql, columns: Iterable[Column]) -> Sql:
    added = [sql("add column {column}", column=_defined(column)) for column in columns]
    return sql("alter table {table} {added}", table=table, added=join(", ", added))


def rename_column(table: Sql, old: str, new: str) -> Sql:
    return sql(
        "alter table {table} rename column {old} to {new}", table=table, old=ident(old), new=ident(new)
    )


def change_type(table: Sql, column: Column, value: Sql) -> Sql:
    return sql(
        "alter table {table} alter column {name} type {kind} using {value}",
        table=table,
        name=ident(column.name),
        kind=_kind(column),
        value=value,
    )


def fill_column(table: Sql, column: str, value: Sql, where: Sql) -> Sql:
    return sql(
        "update {table} set {column} = {value} where {where}",
        table=table,
        column=ident(column),
        value=value,
        where=where,
    )


def create_index(table: Sql, index: Index) -> Sql:
    rows = {
        "all": EMPTY,
        "live": sql(" where deleted_at is null"),
        "trash": sql(" where deleted_at is not null"),
        "open": sql(" where deleted_at is null and outcome = 'open'"),
    }
    return sql(
        "create index {name} on {table} using {method} ({columns}){rows}",
        name=ident(index.name),
        table=table,
        method=ident(index.method),
        columns=join(", ", [ident(column) for column in index.columns]),
        rows=rows[index.rows],
    )


def drop_index(schema: str, name: str) -> Sql:
    return sql("drop index {name}", name=ident(schema, name))


def empty_what_leads_nowhere(table: Sql, column: str, target: Sql) -> Sql:
    return sql(
        "update {table} t set {column} = null where t.{column} is not null"
        " and not exists (select from {target} o where o.id = t.{column})",
        table=table,
        column=ident(column),
        target=target,
    )


def add_foreign_key(table: Sql, key: ForeignKey, target: Sql) -> Sql:
    return sql(
        "alter table {table} add constraint {name} foreign key ({column}) references {target} (id)"
        " on delete restrict",
        table=table,
        name=ident(key.name),
        column=ident(key.column),
        target=target,
    )


def drop_foreign_key(table: Sql, name: str) -> Sql:
    return sql("alter table {table} drop constraint {name}", table=table, name=ident(name))


def _fixed(columns: tuple[tuple[str, str], ...]) -> Iterator[Sql]:
    for name, kind in columns:
        yield sql("{name} {kind}", name=ident(name), kind=Sql((kind,)))


def _defined(column: Column) -> Sql:
    return sql("{name} {kind}", name=ident(column.name), kind=_kind(column))


def _kind(column: Column) -> Sql:
    """The type of a column as SQL. Types come from the field types, never from people; this makes sure."""
    if not _TYPE.fullmatch(column.type):
        raise ValueError(f"not the name of a type: {column.type!r}")
    return Sql((column.type,))
