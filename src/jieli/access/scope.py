"""Scopes as SQL: each is a branch of a union over alias `t` that an index can serve."""

from collections.abc import Callable

from jieli.access.actor import Actor
from jieli.access.rights import Action, may_read_field, rights_of
from jieli.blueprint.document import Scope, ScopeCondition
from jieli.blueprint.model import Field, Object
from jieli.db.sql import TRUE, Sql, sql
from jieli.query.condition import Scope as Place
from jieli.query.condition import compile_condition
from jieli.query.rows import Branch, Rows, T, any_of


def branches(actor: Actor, obj: Object, action: Action = Action.READ) -> tuple[Branch, ...]:
    """The rows on which the actor may do this, as a union; none at all when there is no right."""
    rights = rights_of(actor, obj.key)
    if rights.everything:
        return (Branch(),)
    found: list[Branch] = []
    for scope in rights.scopes.get(action, ()):
        found += scope_branches(actor, obj, scope, action)
    return tuple(dict.fromkeys(branch for branch in found if branch.column is None or branch.each))


def scope_branches(actor: Actor, obj: Object, scope: Scope | ScopeCondition, action: Action) -> list[Branch]:
    """The rows of one scope of a role."""
    if isinstance(scope, str):
        return _SCOPES[scope](actor, obj, action)
    return [_conditional(actor, obj, scope)]


def predicate(actor: Actor, obj: Object, action: Action = Action.READ, alias: Sql = T) -> Sql:
    """The same as one boolean expression over a row, for tests of single rows."""
    if alias is not T:
        return sql(
            "exists (select 1 from {table} t where t.id = {alias}.id and {inner})",
            table=obj.table,
            alias=alias,
            inner=predicate(actor, obj, action),
        )
    return any_of([branch.predicate() for branch in branches(actor, obj, action)])


class ActorGuard:
    """Keeps conditions written by an actor away from what the actor may not see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def may_read(self, obj: Object, field: Field) -> bool:
        return may_read_field(self.actor, obj, field)

    def rows(self, obj: Object, alias: Sql) -> Sql:
        found = branches(self.actor, obj)
        return TRUE if found == (Branch(),) else predicate(self.actor, obj, alias=alias)


def condition(actor: Actor, obj: Object, tree: object, path: str = "where") -> Sql:
    """A condition asked by an actor, over alias `t`; raises Invalid, also for fields hidden from them."""
    guard = None if actor.is_system else ActorGuard(actor)
    return compile_condition(tree, Place(actor.workspace, obj, T, actor.variables, guard), path)


def rows(
    actor: Actor, obj: Object, where: Sql = TRUE, *, trash: bool = False, action: Action = Action.READ
) -> Rows:
    """What the actor may see of an object, ready for every kind of reading."""
    return Rows(obj, branches(actor, obj, action), where, trash)


def _conditional(actor: Actor, obj: Object, scope: ScopeCondition) -> Branch:
    return Branch(compile_condition(scope.condition, Place(actor.workspace, obj, T, actor.variables)))


def _is(column: str, *values: object) -> list[Branch]:
    return [Branch(column=column, each=tuple(v for v in values if v))]  # type: ignore[misc]  # ids only


def _own(actor: Actor, obj: Object, action: Action) -> list[Branch]:
    if obj.key == "member":
        return _is("id", actor.member)
    if not obj.has("owned"):
        return _is("created_by", actor.member)
    columns = ["owner", "backup", *(["holder"] if obj.has("staged") else [])]
    return [branch for column in columns for branch in _is(column, actor.member)]


def _created(actor: Actor, obj: Object, action: Action) -> list[Branch]:
    return _is("created_by", actor.member)


def _subordinates(actor: Actor, obj: Object, action: Action) -> list[Branch]:
    if obj.key == "member":
        return _is("id", *actor.subordinates)
    if not obj.has("owned"):
        return _is("created_by", *actor.subordinates)
    columns = ["owner", *(["holder"] if obj.has("staged") else [])]
    return [branch for column in columns for branch in _is(column, *actor.subordinates)]


def _department(actor: Actor, obj: Object, action: Action) -> list[Branch]:
    return _is("department", actor.department) if "department" in obj.fields else []


def _department_tree(actor: Actor, obj: Object, action: Action) -> list[Branch]:
    return _is("department", *actor.departments) if "department" in obj.fields else []


def _shared(actor: Actor, obj: Object, action: Action) -> list[Branch]:
    level = TRUE if action is Action.READ else sql("level = 'write'")
    return [
        Branch(
            sql(
                "t.id in (select record from {share} where member = {me} and object = {object} and {level})",
                share=actor.workspace.table("share"),
                me=actor.member,
                object=obj.key,
                level=level,
            )
        )
    ]


def _all(actor: Actor, obj: Object, action: Action) -> list[Branch]:
    return [Branch()]


_SCOPES: dict[Scope, Callable[[Actor, Object, Action], list[Branch]]] = {
    "own": _own,
    "created": _created,
    "subordinates": _subordinates,
    "department": _department,
    "department_tree": _department_tree,
    "shared": _shared,
    "all": _all,
}
