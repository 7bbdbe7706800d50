"""The definitions that the screens are drawn from, as far as the reader may see them."""

from collections.abc import Mapping

from fastapi import Response

from jieli.access import Action, Actor, field_access, rights_of
from jieli.access.rights import has_right
from jieli.api.context import AtEdge
from jieli.api.shapes import Blueprint
from jieli.api.wire import JSON, router
from jieli.blueprint.describe import describe
from jieli.blueprint.document import Right
from jieli.db.pool import ReadTx
from jieli.query.relative import COUNTED, PERIODS
from jieli.records import Values
from jieli.records.read import titles_of

RIGHTS: tuple[Right, ...] = ("members", "blueprint", "dashboard", "audit", "verify")
SHOWN = (Action.CREATE, Action.IMPORT, Action.EXPORT, Action.UPDATE, Action.DELETE, Action.TRANSFER)

routes = router("blueprint")


@routes.get("/{ws}/blueprint", summary="The definitions of the workspace", response_model=Blueprint)
async def read_blueprint(edge: AtEdge) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        found = describe(
            actor.workspace,
            field_access=lambda object_key, key: field_access(actor, object_key, key),
            rights=lambda object_key: _rights(actor, object_key),
            me=await _me(tx, actor),
            relative_dates=[*PERIODS, *COUNTED],
        )
        return JSON(found)

    return await edge.show(work)


def _rights(actor: Actor, object_key: str) -> Mapping[str, bool] | None:
    allowed = rights_of(actor, object_key).allowed
    if Action.READ not in allowed and Action.CREATE not in allowed:
        return None
    return {str(action): action in allowed for action in SHOWN}


async def _me(tx: ReadTx, actor: Actor) -> Values:
    department = None
    if actor.department:
        found = await titles_of(tx, actor, {"department": [actor.department]})
        department = found.get(("department", actor.department))
    return {
        "member": {"id": actor.member, "title": actor.name},
        "roles": list(actor.roles),
        "department": {"id": actor.department, "title": department} if department else None,
        "rights": [right for right in RIGHTS if has_right(actor, right)],
        "everything": _is_administrator(actor),
    }


def _is_administrator(actor: Actor) -> bool:
    roles = actor.workspace.document.roles
    return any(roles[key].everything for key in actor.roles if key in roles)
