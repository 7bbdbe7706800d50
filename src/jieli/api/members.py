"""Members with their accounts, and roles. Everything else about members is like any other record."""

from typing import Annotated

from fastapi import Path, Response
from pydantic import Field

from jieli.access import Actor
from jieli.api.context import AtEdge, Edge
from jieli.api.records import FieldValues, written
from jieli.api.shapes import InviteLink, NewMemberAnswer, OneRecord, RolePublished, Roles
from jieli.api.wire import JSON, Body, RecordID, router
from jieli.blueprint.document import Role
from jieli.db.pool import ReadTx, Tx
from jieli.identity.members import add_member, reinvite
from jieli.identity.roles import put_role, roles_of
from jieli.records import Action, Batch, Change, apply
from jieli.records.read import get_record

RoleKey = Annotated[str, Path(pattern=r"^[a-z][a-z0-9_]{0,39}$", description="The key of a role")]

routes = router("members")


class NewMember(Body):
    """Without a password the person sets one by the invitation."""

    values: FieldValues
    login: str = Field(min_length=2, max_length=100)
    password: str | None = Field(default=None, max_length=200)


class RoleChange(Body):
    role: Role
    version: int | None = Field(default=None, ge=0, description="The version that was looked at")
    dry_run: bool = False


@routes.post("/{ws}/members", summary="Add a member", response_model=NewMemberAnswer, status_code=201)
async def create_member(edge: AtEdge, body: NewMember) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        batch = Batch("member", Action.CREATE, [Change(dict(body.values))])
        member = (await apply(tx, actor, batch)).only.id
        assert member is not None
        name = str(body.values.get("name") or body.login)[:100]
        token = await add_member(tx, actor, member, login=body.login, name=name, password=body.password)
        found = await get_record(tx, actor, "member", member)
        return JSON({"member": found, "invite_url": _link(edge, token) if token else None}, 201)

    return await edge.write(work)


def _link(edge: Edge, token: str) -> str:
    """Where the person sets a password; a path alone when the installation has not been told its address."""
    return f"{edge.process.options.public_url.rstrip('/')}/invite/{token}"


@routes.post("/{ws}/members/{record}/invite", summary="A new invitation", response_model=InviteLink)
async def invite_member(edge: AtEdge, record: RecordID) -> Response:
    edge.require_person()

    async def work(tx: Tx, actor: Actor) -> Response:
        return JSON({"invite_url": _link(edge, await reinvite(tx, actor, record, edge.visitor))})

    return await edge.write_secret(work)


@routes.post("/{ws}/members/{record}/disable", summary="Disable a member", response_model=OneRecord)
async def disable_member(edge: AtEdge, record: RecordID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        change = Change({"status": "disabled"}, id=record)
        result = await apply(tx, actor, Batch("member", Action.UPDATE, [change]))
        return await written(tx, actor, "member", result)

    return await edge.write(work)


@routes.get("/{ws}/roles", summary="All roles in full", response_model=Roles)
async def list_roles(edge: AtEdge) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        found = {key: role.model_dump(mode="json", by_alias=True) for key, role in roles_of(actor).items()}
        return JSON({"version": actor.workspace.version, "roles": found})

    return await edge.show(work)


@routes.put("/{ws}/roles/{key}", summary="Add or change a role", response_model=RolePublished)
async def change_role(edge: AtEdge, key: RoleKey, body: RoleChange) -> Response:
    """A new version of the blueprint, or with `dry_run` only what would change."""

    async def work(tx: Tx, actor: Actor) -> Response:
        made = await put_role(tx, actor, key, body.role, expected_version=body.version, dry_run=body.dry_run)
        plan = [text[actor.language] for text in made.plan]
        return JSON({"version": made.version, "plan": plan})

    return await edge.write(work)
