"""The operators of conditions: each turns a field's expression and an operand into SQL.

A comparison with an empty field is false, except `ne`, `not_in`, `not_contains` and `empty`, which people expect
to hold for it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from jieli.base.language import Message
from jieli.blueprint.model import Field, Workspace
from jieli.db.sql import Sql, sql
from jieli.fields import BadValue
from jieli.query.relative import moments, period
from jieli.query.variables import Variables

NEEDS_LIST = Message("needs_list", "需要一个列表", "A list is needed")
NEEDS_PAIR = Message("needs_pair", "需要两个值：从、到", "Two values are needed: from and to")
LIST_TOO_LONG = Message("list_too_long", "列表最多 {max} 项", "At most {max} entries")
LONGEST_LIST = 10_000


@dataclass(frozen=True, slots=True)
class Operand:
    """What an operator works with: the field, the SQL expression of its value, and the raw operand."""

    field: Field
    value: Sql
    raw: object
    variables: Variables
    workspace: Workspace

    @property
    def is_array(self) -> bool:
        return self.field.columns[0].type.endswith("[]")

    def one(self, raw: object = ...) -> object:
        raw = self.raw if raw is ... else raw
        if isinstance(raw, dict) and "var" in raw:
            return self._converted(self.variables.value(raw["var"]))
        return self.field.type.operand(raw, self.field.options, self.workspace.context)

    def many(self) -> list[object]:
        raw = self.raw
        if isinstance(raw, dict) and "var" in raw:
            value = self.variables.value(raw["var"])
            return value if isinstance(value, list) else [value]
        if not isinstance(raw, list):
            raise BadValue(NEEDS_LIST)
        if len(raw) > LONGEST_LIST:
            raise BadValue(LIST_TOO_LONG, max=LONGEST_LIST)
        return [self.one(entry) for entry in raw]

    def _converted(self, value: object) -> object:
        """A moment compared with a date field is its day."""
        if isinstance(value, datetime) and self.field.columns[0].type == "date":
            return value.astimezone(self.variables.zone).date()
        if not isinstance(value, datetime | list) and self.field.columns[0].type == "timestamptz":
            return self.field.type.operand(str(value), self.field.options, self.workspace.context)
        return value


def like(text: str) -> str:
    """The text as a LIKE pattern that means itself."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _eq(o: Operand) -> Sql:
    if o.is_array:
        return sql("{a} @> array[{b}] ", a=o.value, b=o.one())
    return sql("{a} = {b}", a=o.value, b=o.one())


def _ne(o: Operand) -> Sql:
    return sql("({same}) is not true", same=_eq(o))


def _in(o: Operand) -> Sql:
    return sql("{a} = any({b})", a=o.value, b=o.many())


def _not_in(o: Operand) -> Sql:
    return sql("({found}) is not true", found=_in(o))


def _contains(o: Operand) -> Sql:
    if o.is_array:
        return _eq(o)
    return sql("{a} ilike {b}", a=o.value, b=f"%{like(str(o.one()))}%")


def _not_contains(o: Operand) -> Sql:
    return sql("({found}) is not true", found=_contains(o))


def _starts(o: Operand) -> Sql:
    return sql("{a} ilike {b}", a=o.value, b=f"{like(str(o.one()))}%")


def _gt(o: Operand) -> Sql:
    return sql("{a} > {b}", a=o.value, b=o.one())


def _gte(o: Operand) -> Sql:
    return sql("{a} >= {b}", a=o.value, b=o.one())


def _lt(o: Operand) -> Sql:
    return sql("{a} < {b}", a=o.value, b=o.one())


def _lte(o: Operand) -> Sql:
    return sql("{a} <= {b}", a=o.value, b=o.one())


def _between(o: Operand) -> Sql:
    if not isinstance(o.raw, list) or len(o.raw) != 2:
        raise BadValue(NEEDS_PAIR)
    return sql("{a} between {b} and {c}", a=o.value, b=o.one(o.raw[0]), c=o.one(o.raw[1]))


def _empty(o: Operand) -> Sql:
    return sql("{a} is null", a=o.value)


def _not_empty(o: Operand) -> Sql:
    return sql("{a} is not null", a=o.value)


def _within(o: Operand) -> Sql:
    days = period(o.raw, o.variables.now, o.variables.zone)
    bounds = days if o.field.columns[0].type == "date" else moments(days, o.variables.zone)
    return sql("({a} >= {b} and {a} < {c})", a=o.value, b=bounds[0], c=bounds[1])


def _has_any(o: Operand) -> Sql:
    return sql("{a} && {b}", a=o.value, b=o.many())


def _has_all(o: Operand) -> Sql:
    return sql("{a} @> {b}", a=o.value, b=o.many())


def _under(o: Operand) -> Sql:
    """Within a department or anything below it."""
    return sql(
        "{a} in (with recursive tree as (select id from {departments} where id = {b} union"
        " select d.id from {departments} d join tree on d.parent = tree.id) select id from tree)",
        a=o.value,
        b=o.one(),
        departments=o.workspace.object("department").table,
    )


OPERATORS: dict[str, Callable[[Operand], Sql]] = {
    "eq": _eq,
    "ne": _ne,
    "in": _in,
    "not_in": _not_in,
    "contains": _contains,
    "not_contains": _not_contains,
    "starts": _starts,
    "gt": _gt,
    "gte": _gte,
    "lt": _lt,
    "lte": _lte,
    "between": _between,
    "empty": _empty,
    "not_empty": _not_empty,
    "within": _within,
    "has_any": _has_any,
    "has_all": _has_all,
    "under": _under,
}
