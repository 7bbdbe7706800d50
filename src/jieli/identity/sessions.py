"""Sessions: a random token in a cookie, kept only as its hash."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from jieli.base import clock
from jieli.base.errors import JieliError
from jieli.base.vault import Vault
from jieli.db.pool import Database, ReadTx, Tx
from jieli.identity import attempts, door_store, passwords, second_factor, store
from jieli.identity.accounts import Account, account_of
from jieli.identity.attempts import Attempt
from jieli.identity.errors import Locked, SecondFactorNeeded, SessionUnknown, WrongCode, WrongPassword
from jieli.identity.events import Kind, note
from jieli.identity.logins import as_login
from jieli.identity.secrets import hash_of, new_secret
from jieli.identity.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Lifetime:
    """A session ends after this long without use, and after so long in any case."""

    idle: timedelta = timedelta(days=7)
    longest: timedelta = timedelta(days=30)

    @property
    def renewed_after(self) -> timedelta:
        """Use is written down no more often than this."""
        return min(timedelta(hours=1), self.idle / 10)


@dataclass(frozen=True, slots=True)
class SignedIn:
    account: Account
    token_hash: bytes
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class Entered:
    """What the browser keeps: the session's token, and the one by which the browser is known the next time."""

    token: str
    device: str


@dataclass(frozen=True, slots=True)
class OpenSession:
    id: UUID
    since: datetime
    seen_at: datetime
    agent: str
    address: str
    is_this: bool


@dataclass(frozen=True, slots=True)
class Credentials:
    login: str
    password: str
    code: str | None = None
    replaces: str | None = None
    """The token of the session that the browser had before, which ends."""


async def sign_in(
    db: Database, vault: Vault, given: Credentials, who: Visitor, lifetime: Lifetime
) -> Entered:
    """Check password and second factor and begin a session. What failed is kept even though it raises: WrongPassword,
    whether the account exists or not, SecondFactorNeeded and WrongCode once the password was right, and Locked after
    too many failures."""
    login = as_login(given.login)
    async with db.begin() as tx:
        attempt = await attempts.begin(tx, login, who, Kind.SIGN_IN)
    if isinstance(attempt, Locked):
        raise attempt
    row = attempt.row
    # No transaction is open meanwhile: hashing takes long, and connections are few.
    good = await passwords.fits(given.password, row["password_hash"] if row else None)
    if row is None or not good or row["disabled"]:
        raise WrongPassword
    fresh = await passwords.renewed(given.password, row["password_hash"])
    async with db.begin() as tx:
        outcome = await _enter(tx, vault, attempt, given, who, lifetime)
        if fresh and isinstance(outcome, Entered):
            await tx.run(store.renew_hash(row["id"], fresh))
    if isinstance(outcome, JieliError):
        raise outcome
    return outcome


async def _enter(
    tx: Tx, vault: Vault, attempt: Attempt, given: Credentials, who: Visitor, lifetime: Lifetime
) -> Entered | JieliError:
    assert attempt.row is not None
    row = await tx.one(store.account_to_change(attempt.row["id"]))
    if row is None or row["disabled"] or row["password_hash"] != attempt.row["password_hash"]:
        return WrongPassword()
    if row["totp_since"] is not None:
        if not given.code:
            await attempts.settle(tx, attempt, "half")
            return SecondFactorNeeded()
        if not await second_factor.passes(tx, vault, row, given.code):
            await attempts.settle(tx, attempt, "wrong_code")
            return WrongCode()
    await attempts.settle(tx, attempt, "ok")
    if given.replaces:
        await tx.run(door_store.drop_session(hash_of(given.replaces[:200])))
    return await _begin(tx, row["id"], attempt, who, lifetime)


async def _begin(tx: Tx, account: UUID, attempt: Attempt, who: Visitor, lifetime: Lifetime) -> Entered:
    now = clock.now()
    token = new_secret()
    expires = now + min(lifetime.idle, lifetime.longest)
    await tx.run(door_store.add_session(hash_of(token), account, now, expires, who))
    device = who.device if attempt.device and who.device else new_secret()
    await tx.run(door_store.keep_device(hash_of(device), account, now))
    return Entered(token, device)


async def session_of(tx: ReadTx, token: str | None) -> SignedIn | None:
    """Who a token belongs to, if it is good."""
    if not token or len(token) > 200:
        return None
    hashed = hash_of(token)
    row = await tx.one(door_store.session(hashed, clock.now()))
    return SignedIn(account_of(row), hashed, row["seen_at"]) if row else None


async def renew(tx: Tx, session: SignedIn, lifetime: Lifetime) -> None:
    await tx.run(door_store.seen(session.token_hash, clock.now(), lifetime.idle, lifetime.longest))


async def sign_out(tx: Tx, session: SignedIn, who: Visitor) -> None:
    await tx.run(door_store.drop_session(session.token_hash))
    await note(tx, session.account, Kind.SIGN_OUT, who)


async def open_sessions(tx: ReadTx, session: SignedIn) -> list[OpenSession]:
    """Where the account is signed in, what was used last first."""
    rows = await tx.all(door_store.sessions_of(session.account.id, clock.now()))
    return [
        OpenSession(
            row["id"],
            row["created_at"],
            row["seen_at"],
            row["user_agent"],
            row["address"],
            row["token_hash"] == session.token_hash,
        )
        for row in rows
    ]


async def end_session(tx: Tx, session: SignedIn, number: UUID, who: Visitor) -> None:
    """End one of one's own sessions. Raises SessionUnknown."""
    if await tx.one(door_store.end_session(session.account.id, number)) is None:
        raise SessionUnknown
    await note(tx, session.account, Kind.SESSION_ENDED, who)


async def end_others(tx: Tx, session: SignedIn, who: Visitor) -> None:
    """End all of one's sessions but this one; all browsers are strangers again."""
    await tx.run(door_store.drop_sessions(session.account.id, session.token_hash))
    await tx.run(door_store.drop_devices(session.account.id))
    await note(tx, session.account, Kind.SESSION_ENDED, who, about="all")
