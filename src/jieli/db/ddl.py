"""Changes of structure as statements: each list holds one statement per command, because Citus takes no more.

Nothing here is run; the statements belong into a plan that is shown, checked and run in one transaction. DDL
takes no parameters, so defaults, expressions and conditions are fragments without values (`literal`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from jieli.db.sql import EMPTY, Sql, ident, join, literal, sql

_TYPE = re.compile(r"[a-z][a-z0-9_]*( [a-z]+)*(\(\d+(, ?\d+)?\))?( with time zone)?(\[\])?")


class OnDelete(StrEnum):
    """What becomes of the rows that refer to a deleted one."""

    RESTRICT = "restrict"
    CASCADE = "cascade"
    SET_NULL = "set null"
    NO_ACTION = "no action"


class Method(StrEnum):
    BTREE = "btree"
    GIN = "gin"


@dataclass(frozen=True, slots=True)
class Column:
    """`type` is PostgreSQL's (`text`, `numeric(18,2)`, `uuid[]`); `generated` makes it a stored expression."""

    name: str
    type: str
    not_null: bool = False
    default: Sql | None = None
    generated: Sql | None = None

    def definition(self) -> Sql:
        return join(
            " ",
            [
                ident(self.name),
                type_name(self.type),
                *([sql("generated always as ({e}) stored", e=self.generated)] if self.generated else []),
                *([sql("default {e}", e=self.default)] if self.default else []),
                *([sql("not null")] if self.not_null else []),
            ],
        )


def type_name(name: str) -> Sql:
    """A type's name as a fragment; anything that does not look like one is refused."""
    if not _TYPE.fullmatch(name):
        raise ValueError(f"not a type: {name!r}")
    return Sql((name,))


def columns(names: Sequence[str]) -> Sql:
    return join(", ", [ident(name) for name in names])


def create_schema(schema: str) -> list[Sql]:
    return [sql("create schema {schema}", schema=ident(schema))]


def drop_schema(schema: str) -> list[Sql]:
    """With everything in it."""
    return [sql("drop schema {schema} cascade", schema=ident(schema))]


def create_table(
    schema: str, table: str, definitions: Sequence[Column], primary_key: Sequence[str]
) -> list[Sql]:
    parts = [column.definition() for column in definitions]
    if primary_key:
        parts.append(sql("primary key ({names})", names=columns(primary_key)))
    return [
        sql("create table {table} ({parts})", table=ident(schema, table), parts=join(", ", parts)),
    ]


def drop_table(schema: str, table: str) -> list[Sql]:
    return [sql("drop table {table}", table=ident(schema, table))]


def rename_table(schema: str, table: str, name: str) -> list[Sql]:
    return [_alter(schema, table, sql("rename to {name}", name=ident(name)))]


def add_column(schema: str, table: str, column: Column) -> list[Sql]:
    return [_alter(schema, table, sql("add column {definition}", definition=column.definition()))]


def drop_column(schema: str, table: str, column: str) -> list[Sql]:
    return [_alter(schema, table, sql("drop column {name}", name=ident(column)))]


def rename_column(schema: str, table: str, column: str, name: str) -> list[Sql]:
    return [_alter(schema, table, sql("rename column {old} to {new}", old=ident(column), new=ident(name)))]


def alter_type(schema: str, table: str, column: str, to: str, using: Sql | None = None) -> list[Sql]:
    """`using` says how the old value becomes the new one where PostgreSQL has no implicit conversion; a
    default that does not convert by itself has to be taken away before and set again after."""
    change = sql("alter column {name} type {type}", name=ident(column), type=type_name(to))
    conversion = sql(" using {using}", using=using) if using else EMPTY
    return [_alter(schema, table, join("", [change, conversion]))]


def set_not_null(schema: str, table: str, column: str, required: bool) -> list[Sql]:
    change = sql("set not null") if required else sql("drop not null")
    return [_alter(schema, table, sql("alter column {name} {change}", name=ident(column), change=change))]


def set_default(schema: str, table: str, column: str, default: Sql | None) -> list[Sql]:
    change = sql("set default {default}", default=default) if default else sql("drop default")
    return [_alter(schema, table, sql("alter column {name} {change}", name=ident(column), change=change))]


def create_index(
    schema: str,
    table: str,
    name: str,
    on: Sequence[Sql],
    *,
    method: Method = Method.BTREE,
    unique: bool = False,
    where: Sql | None = None,
    include: Sequence[str] = (),
) -> list[Sql]:
    """`on` holds columns (`ident`), their order (`{c} desc`) or expressions in parentheses."""
    return [
        sql(
            "create {unique}index {name} on {table} using {method} ({on}){include}{where}",
            unique=sql("unique ") if unique else EMPTY,
            name=ident(name),
            table=ident(schema, table),
            method=sql("gin") if method is Method.GIN else sql("btree"),
            on=join(", ", on),
            include=sql(" include ({names})", names=columns(include)) if include else EMPTY,
            where=sql(" where {where}", where=where) if where else EMPTY,
        )
    ]


def drop_index(schema: str, name: str) -> list[Sql]:
    return [sql("drop index {name}", name=ident(schema, name))]


def add_foreign_key(
    schema: str,
    table: str,
    name: str,
    column: str,
    to: str,
    *,
    to_column: str = "id",
    on_delete: OnDelete = OnDelete.RESTRICT,
) -> list[Sql]:
    """Both tables are in one schema: Citus has no foreign keys between distributed schemas."""
    constraint = sql(
        "foreign key ({column}) references {to} ({to_column}) on delete {on_delete}",
        column=ident(column),
        to=ident(schema, to),
        to_column=ident(to_column),
        on_delete=Sql((on_delete.value,)),
    )
    return [_add_constraint(schema, table, name, constraint)]


def add_check(schema: str, table: str, name: str, condition: Sql) -> list[Sql]:
    return [_add_constraint(schema, table, name, sql("check ({condition})", condition=condition))]


def drop_constraint(schema: str, table: str, name: str) -> list[Sql]:
    return [_alter(schema, table, sql("drop constraint {name}", name=ident(name)))]


def comment_on_column(schema: str, table: str, column: str, text: str) -> list[Sql]:
    """For those who read the tables with other tools."""
    return [
        sql("comment on column {name} is {text}", name=ident(schema, table, column), text=literal(text)),
    ]


def _add_constraint(schema: str, table: str, name: str, constraint: Sql) -> Sql:
    change = sql("add constraint {name} {constraint}", name=ident(name), constraint=constraint)
    return _alter(schema, table, change)


def _alter(schema: str, table: str, change: Sql) -> Sql:
    return sql("alter table {table} {change}", table=ident(schema, table), change=change)
