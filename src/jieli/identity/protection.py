"""What a workspace demands of its members at the door, and a new way in for who has lost theirs."""

from dataclasses import dataclass
from uuid import UUID

from jieli.access import Actor, require_right
from jieli.db.pool import ReadTx, Tx
from jieli.identity import door_store, second_factor, store
from jieli.identity.accounts import account_of, get_account
from jieli.identity.errors import NoSecondFactor, SecondFactorRequired
from jieli.identity.events import Kind, note
from jieli.identity.members import NotInWorkspace, account_to_reset
from jieli.identity.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Policy:
    """Whether a workspace demands a second factor, and how many of its accounts have one."""

    required: bool
    accounts: int
    enrolled: int


async def policy_of(tx: ReadTx, actor: Actor) -> Policy:
    """Needs the right to manage members."""
    require_right(actor, "members")
    row = await tx.one(store.second_factor_state(actor.workspace.slug))
    assert row is not None
    return Policy(row["required"], row["accounts"], row["enrolled"])


async def change_policy(tx: Tx, actor: Actor, required: bool, who: Visitor) -> Policy:
    """Demand a second factor of everybody here, or no longer. Who demands it has one, or they would lock themselves
    out. Needs the right to manage members; raises SecondFactorRequired."""
    require_right(actor, "members")
    if actor.account is not None:
        account = await get_account(tx, actor.account)
        if required and not account.second_factor:
            raise SecondFactorRequired
        about = "on" if required else "off"
        await note(tx, account, Kind.POLICY, who, workspace=actor.workspace.slug, about=about)
    await tx.run(store.require_second_factor(actor.workspace.slug, required))
    return await policy_of(tx, actor)


async def end_sessions(tx: Tx, actor: Actor, member: UUID, who: Visitor) -> None:
    """End all sessions of a member, for a device that was lost. Needs the right to manage members."""
    require_right(actor, "members")
    row = await tx.one(store.account_of_member(actor.workspace.slug, member))
    if row is None:
        raise NotInWorkspace
    await tx.run(door_store.drop_sessions(row["id"], None))
    slug = actor.workspace.slug
    account = account_of(row)
    await note(tx, account, Kind.SESSION_ENDED, who, author=actor.account, workspace=slug, about="all")


async def reset(tx: Tx, actor: Actor, member: UUID, who: Visitor) -> None:
    """For a member who has lost phone and codes: takes the second factor away and ends all sessions. Needs the right
    to manage members; raises NotYoursToReset where it would open more than the actor has."""
    account = await account_to_reset(tx, actor, member)
    if not account.second_factor:
        raise NoSecondFactor
    await second_factor.forget(tx, account.id)
    await tx.run(door_store.drop_sessions(account.id, None))
    slug = actor.workspace.slug
    await note(tx, account, Kind.SECOND_FACTOR_RESET, who, author=actor.account, workspace=slug)
