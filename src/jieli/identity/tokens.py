"""Tokens of programs: good in one workspace, as the member who made them and never for more than that member may."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.base.errors import Invalid, Problem
from jieli.base.ids import uuid7
from jieli.db.pool import ReadTx, Record, Tx
from jieli.identity import factor_store
from jieli.identity.accounts import get_account
from jieli.identity.errors import BAD_TOKEN_NAME, TokenUnknown
from jieli.identity.events import Kind, note
from jieli.identity.secrets import hash_of, new_secret
from jieli.identity.visitor import Visitor

MARK = "jieli_"
"""By which programs that look for secrets in code find one."""
SHOWN = len(MARK) + 6
LONGEST_DAYS = 366


class Scope(StrEnum):
    """Each includes those before it. Members, roles and the blueprint need the last one."""

    READ = "read"
    WRITE = "write"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True)
class Token:
    id: UUID
    name: str
    prefix: str
    scope: Scope
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class NewToken:
    """The text is shown once; only its hash is kept."""

    token: Token
    text: str


async def issue(tx: Tx, actor: Actor, name: str, scope: Scope, days: int, who: Visitor) -> NewToken:
    """The caller has proved the password. Raises Invalid without a name."""
    assert actor.account is not None
    name = name.strip()[:100]
    if not name:
        raise Invalid(Problem("name", BAD_TOKEN_NAME))
    text = f"{MARK}{new_secret()}"
    now = clock.now()
    made = Token(uuid7(), name, text[:SHOWN], scope, now, None, now + timedelta(days=min(days, LONGEST_DAYS)))
    slug = actor.workspace.slug
    scopes = list(Scope)[: list(Scope).index(scope) + 1]
    await tx.run(
        factor_store.add_token(
            token=made.id,
            account=actor.account,
            slug=slug,
            name=name,
            token_hash=hash_of(text),
            prefix=made.prefix,
            scopes=scopes,
            now=now,
            expires=made.expires_at,
        )
    )
    account = await get_account(tx, actor.account)
    await note(tx, account, Kind.TOKEN_MADE, who, workspace=slug, about=name)
    return NewToken(made, text)


async def tokens_of(tx: ReadTx, actor: Actor) -> list[Token]:
    """One's own in this workspace, newest first."""
    assert actor.account is not None
    return [_token(row) for row in await tx.all(factor_store.tokens(actor.account, actor.workspace.slug))]


def _token(row: Record) -> Token:
    scope = max((Scope(one) for one in row["scopes"]), key=list(Scope).index)
    return Token(
        row["id"],
        row["name"],
        row["prefix"],
        scope,
        row["created_at"],
        row["last_used_at"],
        row["expires_at"],
    )


async def revoke(tx: Tx, actor: Actor, token: UUID, who: Visitor) -> None:
    """Raises TokenUnknown."""
    assert actor.account is not None
    slug = actor.workspace.slug
    name = await tx.value(factor_store.drop_token(token, actor.account, slug))
    if name is None:
        raise TokenUnknown
    account = await get_account(tx, actor.account)
    await note(tx, account, Kind.TOKEN_REVOKED, who, workspace=slug, about=name)


async def mark_used(tx: Tx, token_hash: bytes) -> None:
    await tx.run(factor_store.token_used(token_hash, clock.now()))
