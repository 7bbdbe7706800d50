"""Why an actor may see a record: each role's scopes asked one by one, from the same branches that lists use."""

from dataclasses import dataclass
from uuid import UUID

from jieli.access import store
from jieli.access.actor import Actor
from jieli.access.rights import Action
from jieli.access.scope import scope_branches
from jieli.base.language import Message
from jieli.blueprint.document import Label, Role, Scope, ScopeCondition
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx
from jieli.db.sql import Sql
from jieli.query.rows import any_of

CONDITION = Message("why_condition", "符合「{role}」的可见条件", "It meets a condition of “{role}”")
SCOPES: dict[Scope, Message] = {
    "own": Message("why_own", "你是负责人、备份或持棒人", "You own it, hold it or back it up"),
    "created": Message("why_created", "由你创建", "You created it"),
    "subordinates": Message("why_subordinates", "由你的下属负责", "It belongs to somebody of your team"),
    "department": Message("why_department", "属于你的部门", "It belongs to your department"),
    "department_tree": Message(
        "why_department_tree", "属于你的部门或下级部门", "It belongs to your department or one below"
    ),
    "shared": Message(
        "why_shared", "共享给了你，或经你交接", "It was shared with you or passed through your hands"
    ),
    "all": Message("why_all", "「{role}」可以看全部记录", "“{role}” sees all of these records"),
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One scope of one role that lets the actor see the record."""

    role: str
    scope: str
    message: Message
    label: Label


async def why(tx: ReadTx, actor: Actor, obj: Object, record: UUID) -> list[Reason]:
    """All reasons; none when the actor may not see the record."""
    reasons: list[Reason] = []
    tests: list[Sql] = []
    for key in actor.roles:
        role = actor.workspace.document.roles.get(key)
        for scope in _scopes(role, obj) if role else ():
            reasons.append(_reason(key, role.label if role else Label(zh=key, en=key), scope))
            tests.append(
                any_of([branch.predicate() for branch in scope_branches(actor, obj, scope, Action.READ)])
            )
    held = await tx.value(store.tested(obj, record, tests)) if tests else None
    return [reason for reason, holds in zip(reasons, held or (), strict=False) if holds]


def _scopes(role: Role, obj: Object) -> tuple[Scope | ScopeCondition, ...]:
    if role.everything:
        return ("all",)
    rights = role.objects.get(obj.key)
    return rights.read if rights else ()


def _reason(key: str, label: Label, scope: Scope | ScopeCondition) -> Reason:
    if isinstance(scope, ScopeCondition):
        return Reason(key, "condition", CONDITION, label)
    return Reason(key, scope, SCOPES[scope], label)
