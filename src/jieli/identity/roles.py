"""Roles of a workspace: read in full and changed by who may change the blueprint."""

from dataclasses import dataclass

from jieli.access import Actor, require_right
from jieli.blueprint.apply import apply, preview
from jieli.blueprint.document import Document, Role
from jieli.blueprint.parse import parse
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
    """The document with the role, which members can then be given. Raises Invalid."""
    values: dict[str, dict[str, object]] = document.model_dump(mode="json", by_alias=True)
    values["roles"][key] = role.model_dump(mode="json", by_alias=True)
    choices = _choices(values)
    label = role.label.model_dump()
    known = [choice for choice in choices if choice.get("key") == key]
    for choice in known:
        choice["label"] = label
    if not known:
        choices.append({"key": key, "label": label})
    return parse(values)


def _choices(values: dict[str, dict[str, object]]) -> list[dict[str, object]]:
    """The options of the field that holds a member's roles."""
    member = values["objects"].get("member")
    fields = member.get("fields") if isinstance(member, dict) else None
    field = fields.get("roles") if isinstance(fields, dict) else None
    options = field.get("options") if isinstance(field, dict) else None
    choices = options.get("options") if isinstance(options, dict) else None
    return choices if isinstance(choices, list) else []
