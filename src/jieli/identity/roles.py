"""Roles of a workspace: read in full and changed by who may change the blueprint."""

from dataclasses import dataclass

from jieli.access import Actor, require_right
from jieli.blueprint.apply import apply, preview
from jieli.blueprint.document import Document, Role
from jieli.db.pool import Tx


@dataclass(frozen=True, slots=True)
class Published:
    """The version now in force, or the present one after a dry run, and what changed in words."""

    version: int
    plan: tuple[dict[str, str], ...]


def roles_of(actor: Actor) -> dict[str, Role]:
    """All roles with what each may do. Needs a right to manage members or to change the blueprint."""
    require_right(actor, "members")
    return dict(actor.workspace.document.roles)


async def put_role(
    tx: Tx, actor: Actor, key: str, role: Role, *, expected_version: int | None = None, dry_run: bool = False
) -> Published:
    """Add a role, or replace one; a new version of the blueprint. Raises RightMissing, Invalid, Overtaken."""
    require_right(actor, "blueprint")
    workspace = actor.workspace
    document = with_role(workspace.document, key, role)
    plan = await preview(tx, workspace.slug, document)
    version = workspace.version
    if not dry_run:
        made = await apply(
            tx, workspace.slug, document, author=actor.account, note=key, expected_version=expected_version
        )
        version = made.version
    return Published(version, tuple(plan.words()))


def with_role(document: Document, key: str, role: Role) -> Document:
    """The document with the role, which members can then be given."""
    roles = {**document.roles, key: role}
    changed = document.model_copy(update={"roles": roles})
    member = document.objects.get("member")
    field = member.fields.get("roles") if member else None
    if member is None or field is None:
        return changed
    options = list(_listed(field.options.get("options")))
    choice = {"key": key, "label": role.label.model_dump()}
    known = [place for place, one in enumerate(options) if _key(one) == key]
    if known:
        options[known[0]] = {**_as_dict(options[known[0]]), **choice}
    else:
        options.append(choice)
    given = field.model_copy(update={"options": {**field.options, "options": options}})
    fields = {**member.fields, "roles": given}
    return changed.with_object("member", member.model_copy(update={"fields": fields}))


def _listed(options: object) -> list[object]:
    return options if isinstance(options, list) else []


def _key(option: object) -> object:
    return option.get("key") if isinstance(option, dict) else option


def _as_dict(option: object) -> dict[str, object]:
    return option if isinstance(option, dict) else {"key": option}
