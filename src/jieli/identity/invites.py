"""Invitations: a link by which somebody sets their first, or a forgotten, password."""

import secrets
from datetime import timedelta
from uuid import UUID

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.identity import store
from jieli.identity.accounts import set_password
from jieli.identity.errors import InviteUnknown
from jieli.identity.sessions import hash_of

GOOD_FOR = timedelta(days=7)


async def invite(tx: Tx, account: UUID, slug: str) -> str:
    """A token that is good once; only its hash is kept. The caller has checked who may invite."""
    token = secrets.token_urlsafe(32)
    await tx.run(store.add_invite(hash_of(token), account, slug, clock.now() + GOOD_FOR))
    return token


async def use_invite(tx: Tx, token: str, password: str) -> None:
    """Set the password that the invitation allows. Raises InviteUnknown, BadPassword."""
    account = await tx.value(store.take_invite(hash_of(token[:200]), clock.now()))
    if account is None:
        raise InviteUnknown
    await set_password(tx, account, password)
