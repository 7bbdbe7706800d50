"""Passwords that are tried: counted in the database before they are looked at, so that all processes count together
and no burst of requests slips through.

A stranger can not lock a colleague out: who comes with a browser in which they have signed in before is counted by
that browser, whatever strangers do elsewhere.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from jieli.base import clock
from jieli.db.pool import Database, ReadTx, Record, Tx
from jieli.identity import door_store, passwords, store
from jieli.identity.accounts import Account
from jieli.identity.errors import Locked, WrongPassword
from jieli.identity.events import Kind
from jieli.identity.secrets import hash_of
from jieli.identity.visitor import DEVICE, Visitor

WINDOW = timedelta(minutes=15)
HERE = 5
"""Failures of one login from one browser or address."""
ORIGIN = 50
"""Failures of all logins from one address."""
ACCOUNT = 25
"""Failures of one login from all addresses together, so a hundred in an hour; known browsers go on."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """One that may be made, and is kept as failed until `settle` says otherwise."""

    event: UUID
    row: Record | None
    """The account, if there is one."""
    device: bytes | None
    """The known browser that it is made from."""


async def begin(tx: Tx, login: str, who: Visitor, kind: Kind) -> Attempt | Locked:
    """Gives Locked after too many failures, which is noted; the caller commits in either case."""
    await tx.run(door_store.queue_up(login))
    now = clock.now()
    row = await tx.one(store.account_to_check(login))
    device = await _known_device(tx, row, who)
    origin = f"{DEVICE}{device.hex()[:32]}" if device else who.network
    counts = await tx.one(door_store.failures(login, origin, now - WINDOW))
    assert counts is not None
    is_open = counts["here"] < HERE and counts["origin"] < ORIGIN and (device or counts["account"] < ACCOUNT)
    event = await tx.value(
        door_store.note(
            at=now,
            kind=kind,
            account=row["id"] if row else None,
            login=login,
            who=who,
            origin=origin,
            outcome="wrong" if is_open else "locked",
        )
    )
    return Attempt(event, row, device) if is_open else Locked(minutes=round(WINDOW.total_seconds() / 60))


async def _known_device(tx: ReadTx, row: Record | None, who: Visitor) -> bytes | None:
    if row is None or not who.device:
        return None
    found: bytes | None = await tx.value(door_store.device(hash_of(who.device[:200]), row["id"]))
    return found


async def settle(tx: Tx, attempt: Attempt, outcome: str) -> None:
    await tx.run(door_store.settle(attempt.event, outcome))


async def prove(db: Database, account: Account, password: str, who: Visitor) -> None:
    """That somebody who is signed in knows the password, before something that a stolen session may not do. A failure
    is kept even though it raises: WrongPassword, and Locked after too many."""
    async with db.begin() as tx:
        attempt = await begin(tx, account.login, who, Kind.CONFIRM)
    if isinstance(attempt, Locked):
        raise attempt
    if not await passwords.fits(password, attempt.row["password_hash"] if attempt.row else None):
        raise WrongPassword
    async with db.begin() as tx:
        await settle(tx, attempt, "ok")
