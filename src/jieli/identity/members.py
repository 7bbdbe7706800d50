"""Members: the link between an account and the person's record in a workspace."""

from dataclasses import dataclass
from uuid import UUID

from jieli.access import Actor, load_actor, require_right, rights_of
from jieli.base.errors import NotFound
from jieli.base.language import Language, Message
from jieli.blueprint import workspaces
from jieli.db.errors import UniqueViolation
from jieli.db.pool import ReadTx, Tx
from jieli.identity import store
from jieli.identity.accounts import Account, account_of, create_account
from jieli.identity.errors import AlreadyMember, NotYoursToReset
from jieli.identity.events import Kind, note
from jieli.identity.invites import invite
from jieli.identity.logins import as_login
from jieli.identity.visitor import Visitor


class NotInWorkspace(NotFound):
    """The same for a workspace that does not exist and for one that is not yours."""

    message = Message(
        "workspace_not_found", "没有这个工作区，或你不是成员", "No such workspace, or you are no member"
    )


@dataclass(frozen=True, slots=True)
class Membership:
    slug: str
    label: dict[str, str]
    member: UUID
    second_factor_required: bool


async def memberships(tx: ReadTx, account: UUID) -> list[Membership]:
    """The workspaces of an account, oldest first."""
    rows = await tx.all(store.memberships(account))
    return [
        Membership(row["slug"], row["label"], row["member"], row["second_factor_required"]) for row in rows
    ]


async def actor_of(tx: ReadTx, account: Account, slug: str, channel: str = "web") -> Actor:
    """The account as an actor in a workspace. Raises NotInWorkspace, also when there is no such workspace, and
    NotAMember for the disabled."""
    member = await tx.value(store.member_of(account.id, slug))
    if member is None:
        raise NotInWorkspace
    workspace = await workspaces.load(tx, slug)
    return await load_actor(
        tx,
        workspace,
        member,
        account=account.id,
        language=account.language,
        zone=account.zone,
        channel=channel,
    )


async def link(tx: Tx, slug: str, account: UUID, member: UUID) -> None:
    """Let an account act as this member. Raises AlreadyMember. The caller has checked who may do this."""
    try:
        async with tx.savepoint():
            await tx.run(store.add_membership(account, slug, member))
    except UniqueViolation:
        raise AlreadyMember from None


async def add_member(
    tx: Tx, actor: Actor, member: UUID, *, login: str, name: str, password: str | None = None
) -> str | None:
    """Give a member's record an account, a new one or the existing one with this login; gives an invitation when
    no password is set. Needs the right to manage members. The record itself is an ordinary one."""
    require_right(actor, "members")
    slug = actor.workspace.slug
    row = await tx.one(store.account_by_login(as_login(login)))
    account = account_of(row) if row else await create_account(
        tx, login, name, password, language=Language(actor.language), must_change=password is not None
    )  # fmt: skip
    await link(tx, slug, account.id, member)
    if row is not None or password is not None:
        return None
    return await invite(tx, account.id, slug)


async def reinvite(tx: Tx, actor: Actor, member: UUID, who: Visitor) -> str:
    """A new invitation for a member, for a forgotten password. Needs the right to manage members, and raises
    NotYoursToReset where a new password would open more than the actor has."""
    account = await account_to_reset(tx, actor, member)
    slug = actor.workspace.slug
    await note(tx, account, Kind.INVITED, who, author=actor.account, workspace=slug)
    return await invite(tx, account.id, slug)


async def account_to_reset(tx: Tx, actor: Actor, member: UUID) -> Account:
    """The account of a member, for who may give them a new way in: that opens everything of the account, other
    workspaces too, and the rights of an administrator. Raises RightMissing, NotInWorkspace, NotYoursToReset."""
    require_right(actor, "members")
    row = await tx.one(store.account_of_member(actor.workspace.slug, member))
    if row is None:
        raise NotInWorkspace
    if any(one.slug != actor.workspace.slug for one in await memberships(tx, row["id"])):
        raise NotYoursToReset
    target = await load_actor(tx, actor.workspace, member)
    if rights_of(target, "member").everything and not rights_of(actor, "member").everything:
        raise NotYoursToReset
    return account_of(row)
