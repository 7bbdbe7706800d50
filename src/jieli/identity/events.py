"""What has happened to an account: for its owner, and for who watches over a workspace."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from jieli.access import Actor, require_right
from jieli.base import clock
from jieli.db.pool import ReadTx, Record, Tx
from jieli.identity import door_store
from jieli.identity.accounts import Account
from jieli.identity.visitor import Visitor

PAGE = 30


class Kind(StrEnum):
    SIGN_IN = "sign_in"
    CONFIRM = "confirm"
    """Gave the password again before something that needs it."""
    SIGN_OUT = "sign_out"
    SESSION_ENDED = "session_ended"
    PASSWORD_CHANGED = "password_changed"
    PASSWORD_SET = "password_set"
    """By an invitation."""
    INVITED = "invited"
    SECOND_FACTOR_ON = "second_factor_on"
    SECOND_FACTOR_OFF = "second_factor_off"
    SECOND_FACTOR_RESET = "second_factor_reset"
    RECOVERY_CODES = "recovery_codes"
    TOKEN_MADE = "token_made"
    TOKEN_REVOKED = "token_revoked"
    POLICY = "policy"


@dataclass(frozen=True, slots=True)
class Event:
    """`member` and `account` are told to who watches over a workspace; `author` when somebody else did it."""

    id: UUID
    at: datetime
    kind: str
    outcome: str
    address: str
    agent: str
    about: str
    author: str | None
    member: UUID | None = None
    account: str | None = None


@dataclass(frozen=True, slots=True)
class EventPage:
    items: list[Event]
    next: UUID | None


async def note(
    tx: Tx,
    account: Account,
    kind: Kind,
    who: Visitor,
    *,
    author: UUID | None = None,
    workspace: str | None = None,
    about: str = "",
) -> None:
    """Keep in the transaction of what was done that it was done."""
    await tx.run(
        door_store.note(
            at=clock.now(),
            kind=kind,
            account=account.id,
            login=account.login,
            who=who,
            author=author if author != account.id else None,
            workspace=workspace,
            about=about[:200],
        )
    )


async def events_of(tx: ReadTx, account: UUID, before: UUID | None = None) -> EventPage:
    """One's own, newest first."""
    return _page(await tx.all(door_store.events_of(account, before, PAGE + 1)))


async def events_in(tx: ReadTx, actor: Actor, before: UUID | None = None) -> EventPage:
    """Those of all members of the workspace, newest first. Needs the right to see the audit log."""
    require_right(actor, "audit")
    return _page(await tx.all(door_store.events_in(actor.workspace.slug, before, PAGE + 1)))


def _page(rows: list[Record]) -> EventPage:
    found = [_event(row) for row in rows[:PAGE]]
    return EventPage(found, found[-1].id if len(rows) > PAGE else None)


def _event(row: Record) -> Event:
    return Event(
        row["id"],
        row["at"],
        row["kind"],
        row["outcome"],
        row["address"],
        row["user_agent"],
        row["about"],
        row["author_name"],
        row.get("member"),
        row.get("account_name"),
    )
