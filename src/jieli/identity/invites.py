"""Invitations: a link by which somebody sets their first, or a forgotten, password."""

from datetime import timedelta
from uuid import UUID

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.identity import store
from jieli.identity.accounts import get_account
from jieli.identity.errors import InviteUnknown
from jieli.identity.events import Kind, note
from jieli.identity.password_changes import set_password
from jieli.identity.secrets import hash_of, new_secret
from jieli.identity.visitor import Visitor

GOOD_FOR = timedelta(days=7)


async def invite(tx: Tx, account: UUID, slug: str) -> str:
    """A token that is good once; only its hash is kept. The caller has checked who may invite."""
    token = new_secret()
    await tx.run(store.add_invite(hash_of(token), account, slug, clock.now() + GOOD_FOR))
    return token


async def use_invite(tx: Tx, token: str, password: str, who: Visitor) -> None:
    """Set the password that the invitation allows. Raises InviteUnknown, BadPassword."""
    account = await tx.value(store.take_invite(hash_of(token[:200]), clock.now()))
    if account is None:
        raise InviteUnknown
    await set_password(tx, account, password)
    await note(tx, await get_account(tx, account), Kind.PASSWORD_SET, who)
