"""Which rows a statement ranges over: a union of branches that each can use an index of its own.

Written as one `OR`, the same restriction makes PostgreSQL read the whole table; as a union it reads the first
fifty rows of each branch (decision 0004).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jieli.blueprint.model import Object
from jieli.db.sql import FALSE, TRUE, Sql, constant, ident, join, sql

T = ident("t")


@dataclass(frozen=True, slots=True)
class Branch:
    """Rows of alias `t` for which `where` holds; with `each`, those whose `column` is one of the values,
    planned as one index scan per value."""

    where: Sql = TRUE
    column: str | None = None
    each: tuple[UUID, ...] = ()

    def predicate(self, alias: Sql = T) -> Sql:
        if self.column is None:
            return self.where
        return sql(
            "{row}.{column} = any({values})", row=alias, column=ident(self.column), values=list(self.each)
        )


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of an object that somebody may see (`branches`) and asks for (`where`), trash or not."""

    object: Object
    branches: tuple[Branch, ...]
    where: Sql = TRUE
    trash: bool = False

    @property
    def alive(self) -> Sql:
        return sql("t.deleted_at is not null") if self.trash else sql("t.deleted_at is null")

    @property
    def is_whole(self) -> bool:
        """Whether nothing is hidden from this reader."""
        return len(self.branches) == 1 and self.branches[0] == Branch()

    def predicate(self) -> Sql:
        """Everything as one boolean expression over `t`, for aggregates."""
        if len(self.branches) > 1:
            return sql("t.id in ({ids})", ids=self.every(sql("t.id")))
        allowed = self.branches[0].predicate() if self.branches else FALSE
        return sql("{alive} and {where} and {allowed}", alive=self.alive, where=self.where, allowed=allowed)

    def first(self, columns: Sql, order: Sql, limit: int, extra: Sql = TRUE) -> Sql:
        """The first rows of every branch in the given order, merged without doubles; not yet ordered or cut."""
        found = [self._scan(branch, columns, order, limit, extra) for branch in self.branches]
        if not found:
            return sql(
                "select {columns} from {table} t where false", columns=columns, table=self.object.table
            )
        return found[0] if len(found) == 1 else join(" union ", found)

    def every(self, columns: Sql, extra: Sql = TRUE) -> Sql:
        """All rows of every branch, merged without doubles, with these columns, of which one is the id."""
        parts = {
            "columns": columns,
            "table": self.object.table,
            "alive": self.alive,
            "where": self.where,
            "extra": extra,
        }
        found = [
            sql(
                "select {columns} from {table} t where {alive} and {extra} and {where} and {only}",
                only=one,
                **parts,
            )
            for one in ([branch.predicate() for branch in self.branches] or [FALSE])
        ]
        return join(" union ", found)

    def _scan(self, branch: Branch, columns: Sql, order: Sql, limit: int, extra: Sql) -> Sql:
        parts = {
            "columns": columns,
            "table": self.object.table,
            "alive": self.alive,
            "where": self.where,
            "extra": extra,
            "order": order,
            "limit": constant(limit),
        }
        if branch.column is None or len(branch.each) == 1:
            only = branch.where if branch.column is None else _equals(branch.column, branch.each[0])
            return sql(
                "(select {columns} from {table} t where {alive} and {extra} and {where} and {only}"
                " order by {order} limit {limit})",
                only=only,
                **parts,
            )
        return sql(
            "(select s.* from unnest({each}::uuid[]) e(v), lateral (select {columns} from {table} t"
            " where t.{column} = e.v and {alive} and {extra} and {where} order by {order} limit {limit}) s)",
            each=list(branch.each),
            column=ident(branch.column),
            **parts,
        )


def _equals(column: str, value: UUID) -> Sql:
    return sql("t.{column} = {value}", column=ident(column), value=value)


def any_of(conditions: Sequence[Sql]) -> Sql:
    return sql("({any})", any=join(" or ", conditions)) if conditions else FALSE
