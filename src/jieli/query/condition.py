"""Condition trees → SQL. The same tree is a filter, a saved view, a gate, a rule and a scope of access."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Protocol

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint.document import FieldDef, Label
from jieli.blueprint.model import Field, Object, Workspace, field
from jieli.db.sql import FALSE, TRUE, Sql, ident, join, sql
from jieli.fields import BadValue
from jieli.query.operators import OPERATORS, Operand
from jieli.query.search import search_condition
from jieli.query.variables import Variables

MAX_DEPTH, MAX_LEAVES, MAX_PATH = 12, 300, 4

NOT_A_CONDITION = Message("not_a_condition", "条件的格式不对", "This is not a condition")
TOO_COMPLEX = Message("condition_too_complex", "条件过于复杂", "The condition is too complex")
UNKNOWN_FIELD = Message("unknown_field", "没有「{field}」这个字段", "There is no field “{field}”")
BAD_OPERATOR = Message(
    "bad_operator", "字段「{field}」不支持运算「{op}」", "The field “{field}” has no operator “{op}”"
)
NOT_A_REFERENCE = Message(
    "not_a_reference", "「{field}」不是关联字段", "“{field}” does not refer to another record"
)


class Guard(Protocol):
    """What the author of a condition may see: so that nobody learns a value by filtering on it."""

    def may_read(self, obj: Object, field: Field) -> bool: ...

    def rows(self, obj: Object, alias: Sql) -> Sql:
        """The predicate of the rows of another object that may be looked at through a reference."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a condition stands: the object, the alias of its row in the statement, and who asks."""

    workspace: Workspace
    object: Object
    alias: Sql
    variables: Variables
    guard: Guard | None = None
    """None for conditions of the blueprint, which may look at everything."""


def compile_condition(tree: object, scope: Scope, path: str = "where") -> Sql:
    """A boolean SQL expression for a tree; `{}` and None are true. Raises Invalid naming the place."""
    return _Compiler(scope).node(tree, path, 0)


class _Compiler:
    """Walks one tree and counts its leaves."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.leaves = 0

    def node(self, tree: object, path: str, depth: int) -> Sql:
        if tree is None or tree == {}:
            return TRUE
        if not isinstance(tree, dict):
            raise Invalid(Problem(path, NOT_A_CONDITION))
        if depth > MAX_DEPTH:
            raise Invalid(Problem(path, TOO_COMPLEX))
        match tree:
            case {"all": list(parts)} if len(tree) == 1:
                return self._joined(parts, f"{path}.all", depth, all_of=True)
            case {"any": list(parts)} if len(tree) == 1:
                return self._joined(parts, f"{path}.any", depth, all_of=False)
            case {"not": part} if len(tree) == 1:
                return sql("({inner}) is not true", inner=self.node(part, f"{path}.not", depth + 1))
            case {"field": str(field), "op": str(op)} if tree.keys() <= {"field", "op", "value"}:
                return self._leaf(field, op, tree.get("value"), path)
        raise Invalid(Problem(path, NOT_A_CONDITION))

    def _joined(self, parts: list[object], path: str, depth: int, *, all_of: bool) -> Sql:
        if not parts:
            return TRUE if all_of else FALSE
        compiled = [self.node(part, f"{path}.{i}", depth + 1) for i, part in enumerate(parts)]
        return sql("({parts})", parts=join(" and " if all_of else " or ", compiled))

    def _leaf(self, field: str, op: str, raw: object, path: str) -> Sql:
        self.leaves += 1
        if self.leaves > MAX_LEAVES:
            raise Invalid(Problem(path, TOO_COMPLEX))
        if field in VIRTUAL:
            return VIRTUAL[field](self.scope, op, raw, path)
        try:
            return _resolved(self.scope, field.split("."), lambda s, f: _compare(s, f, op, raw))
        except BadValue as bad:
            place = "op" if bad.message is BAD_OPERATOR else "field" if bad.message in _OF_FIELD else "value"
            raise Invalid(bad.at(f"{path}.{place}")) from None


_OF_FIELD = (UNKNOWN_FIELD, NOT_A_REFERENCE)


def _resolved(scope: Scope, names: list[str], leaf: Callable[[Scope, Field], Sql]) -> Sql:
    """Follow a path over references; each hop is a subselect of the one row referred to."""
    found = _visible(scope, names[0])
    if len(names) == 1:
        return leaf(scope, found)
    if found.target is None or found.is_many or found is ID or len(names) > MAX_PATH:
        raise BadValue(NOT_A_REFERENCE, field=names[0][:60])
    target = scope.workspace.object(found.target)
    row = ident(f"r{len(names)}")
    inner = replace(scope, object=target, alias=row)
    guarded = scope.guard.rows(target, row) if scope.guard else TRUE
    return sql(
        "exists (select 1 from (select 1) one left join {table} {row}"
        " on {row}.id = {alias}.{column} and {guard} where {leaf})",
        table=target.table,
        row=row,
        alias=scope.alias,
        column=ident(found.columns[0].name),
        guard=guarded,
        leaf=_resolved(inner, names[1:], leaf),
    )


def _visible(scope: Scope, name: str) -> Field:
    if name == "id":
        return ID
    found = scope.object.fields.get(name)
    if found is None or (scope.guard and not scope.guard.may_read(scope.object, found)):
        raise BadValue(UNKNOWN_FIELD, field=name[:60])
    return found


def _compare(scope: Scope, field: Field, op: str, raw: object) -> Sql:
    if op not in field.type.operators or op not in OPERATORS:
        raise BadValue(BAD_OPERATOR, field=field.label, op=op[:40])
    value = sql("{row}.{column}", row=scope.alias, column=ident(field.columns[0].name))
    return OPERATORS[op](Operand(field, value, raw, scope.variables, scope.workspace))


def fields_of(tree: object) -> frozenset[str]:
    """The keys of the object's own fields that a condition looks at, the first of each path."""
    if not isinstance(tree, dict):
        return frozenset()
    if isinstance(name := tree.get("field"), str):
        return frozenset({name.split(".")[0]})
    parts = [*tree.get("all", ()), *tree.get("any", ()), tree.get("not")]
    return frozenset().union(*(fields_of(part) for part in parts))


def is_for_everybody(tree: object) -> bool:
    """Whether a condition means the same to all who live in one time zone, on one day: it looks at no variable."""
    if isinstance(tree, dict):
        return (
            "var" not in tree
            and tree.get("field") != "involved"
            and all(map(is_for_everybody, tree.values()))
        )
    return all(map(is_for_everybody, tree)) if isinstance(tree, list) else True


def _search(scope: Scope, op: str, raw: object, path: str) -> Sql:
    if op != "contains" or not isinstance(raw, str) or "\x00" in raw:
        raise Invalid(Problem(f"{path}.value", NOT_A_CONDITION))
    if not any(field.search for field in scope.object.fields.values()):
        return TRUE if not raw.split() else FALSE
    return search_condition(scope.object, scope.alias, raw, scope.guard)


def _involved(scope: Scope, op: str, raw: object, path: str) -> Sql:
    """Records that a person was given to read: handed on by them, offered to them, or shared with them."""
    if op != "eq" or raw != {"var": "me"}:
        raise Invalid(Problem(f"{path}.value", NOT_A_CONDITION))
    return sql(
        "{row}.id in (select record from {share} where member = {me} and object = {object})",
        row=scope.alias,
        share=scope.workspace.table("share"),
        me=scope.variables.value("me"),
        object=scope.object.key,
    )


ID = field("id", FieldDef(type="reference", label=Label(zh="编号", en="Id"), options={"to": "member"}))
"""A record's own id may be compared like a reference, but leads nowhere."""

VIRTUAL: dict[str, Callable[[Scope, str, object, str], Sql]] = {"q": _search, "involved": _involved}
