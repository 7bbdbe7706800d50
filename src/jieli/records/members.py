"""What is special about members: a role is power, so nobody grants more than they have, and people who have worked
here are disabled, not deleted, so that the ledger keeps its names."""

from collections.abc import Sequence

from jieli.access import Actor, has_right
from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.blueprint.document import Role
from jieli.records.model import Action, Batch, Draft

NOT_YOURS_TO_GRANT = Message(
    "not_yours_to_grant", "你不能授予「{role}」这个角色", "You may not grant the role “{role}”"
)
DISABLE_INSTEAD = Message(
    "disable_instead", "成员不能删除，请改为停用", "A member cannot be deleted; disable them instead"
)


def guard(actor: Actor, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Refuse deletions, and grants of roles that are more than the actor's own."""
    if batch.trusted or actor.is_system:
        return
    for draft in drafts:
        if batch.action is Action.DELETE:
            draft.refuse(Problem("id", DISABLE_INSTEAD))
        for key in _granted(draft):
            role = actor.workspace.document.roles.get(key)
            if role and not _may_grant(actor, role):
                draft.refuse(Problem("roles", NOT_YOURS_TO_GRANT, {"role": role.label}))


def _granted(draft: Draft) -> set[str]:
    before = set((draft.before or {}).get("roles") or ())
    return set(draft.values.get("roles") or ()) - before


def _may_grant(actor: Actor, role: Role) -> bool:
    roles = actor.workspace.document.roles
    if any(roles[key].everything for key in actor.roles if key in roles):
        return True
    return not role.everything and all(has_right(actor, right) for right in role.rights)
