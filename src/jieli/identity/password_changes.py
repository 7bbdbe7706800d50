"""A new password for an account that is there."""

from uuid import UUID

from jieli.db.pool import Database, Tx
from jieli.identity import attempts, door_store, passwords, store
from jieli.identity.accounts import get_account
from jieli.identity.events import Kind, note
from jieli.identity.sessions import SignedIn
from jieli.identity.visitor import Visitor


async def change_password(db: Database, session: SignedIn, old: str, new: str, who: Visitor) -> None:
    """Set a new password and end all other sessions. A wrong old one is kept even though it raises: WrongPassword,
    Locked after too many, and BadPassword."""
    await attempts.prove(db, session.account, old, who)
    async with db.begin() as tx:
        await set_password(tx, session.account.id, new, keep=session.token_hash)
        await note(tx, session.account, Kind.PASSWORD_CHANGED, who)


async def set_password(
    tx: Tx, account: UUID, new: str, *, keep: bytes | None = None, must_change: bool = False
) -> None:
    """The caller has checked who may do this. Ends all sessions but the one to keep; raises BadPassword."""
    about = await get_account(tx, account)
    labels = [text for row in await tx.all(store.memberships(account)) for text in row["label"].values()]
    await passwords.require_good(new, (about.login, about.name, *labels), "new")
    await tx.run(store.set_password(account, await passwords.hashed(new), must_change=must_change))
    await tx.run(door_store.drop_sessions(account, keep))
    await tx.run(door_store.drop_devices(account))
