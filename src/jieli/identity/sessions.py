"""Sessions: a random token in a cookie, kept only as its hash."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from jieli.base import clock
from jieli.db.pool import Database, ReadTx, Tx
from jieli.identity import passwords, store
from jieli.identity.accounts import Account, account_of
from jieli.identity.errors import Locked, WrongPassword

LIFETIME = timedelta(days=14)
RENEWED_AFTER = timedelta(hours=1)
ATTEMPTS = 5
"""Wrong passwords in a row before an account is locked; from one address, ten times as many."""
WINDOW = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SignedIn:
    account: Account
    token_hash: bytes
    seen_at: datetime

    @property
    def is_stale(self) -> bool:
        """Whether the session should be renewed."""
        return clock.now() - self.seen_at > RENEWED_AFTER


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def sign_in(db: Database, login: str, password: str, *, address: str = "", agent: str = "") -> str:
    """Check a password and begin a session; gives its token. A failed attempt is kept even though it raises:
    WrongPassword, whether the account exists or not, and Locked after too many."""
    login = login.strip().lower()[:100].replace("\x00", "")
    async with db.begin() as tx:
        outcome = await _attempt(tx, login, password, store.Visitor(address, agent[:300]))
    if isinstance(outcome, str):
        return outcome
    raise outcome


async def _attempt(tx: Tx, login: str, password: str, who: store.Visitor) -> str | Locked | WrongPassword:
    now = clock.now()
    row = await tx.one(store.account_by_login(login))
    locked = await _locked(tx, row["locked_until"] if row else None, who.address, now)
    if locked:
        await tx.run(
            store.note_sign_in(
                at=now, account=row["id"] if row else None, login=login, who=who, outcome="locked"
            )
        )
        return locked
    good = await passwords.fits(password, row["password_hash"] if row else None)
    account = row["id"] if row else None
    if row is None or not good or row["disabled"]:
        if row is not None:
            failures = row["failed_logins"] + 1
            until = now + WINDOW if failures >= ATTEMPTS else None
            await tx.run(store.failed(row["id"], 0 if until else failures, until))
        await tx.run(store.note_sign_in(at=now, account=account, login=login, who=who, outcome="wrong"))
        return WrongPassword()
    await tx.run(store.failed(row["id"], 0, None))
    await tx.run(store.note_sign_in(at=now, account=account, login=login, who=who, outcome="ok"))
    token = secrets.token_urlsafe(32)
    await tx.run(store.add_session(hash_of(token), row["id"], now, now + LIFETIME, who))
    return token


async def _locked(tx: ReadTx, until: datetime | None, address: str, now: datetime) -> Locked | None:
    if until is not None and until > now:
        return Locked(minutes=max(1, round((until - now).total_seconds() / 60)))
    failures = await tx.value(store.recent_failures(address, now - WINDOW)) if address else 0
    return Locked(minutes=round(WINDOW.total_seconds() / 60)) if failures >= ATTEMPTS * 10 else None


async def session_of(tx: ReadTx, token: str | None) -> SignedIn | None:
    """Who a token belongs to, if it is good."""
    if not token or len(token) > 200:
        return None
    hashed = hash_of(token)
    row = await tx.one(store.session(hashed, clock.now()))
    return SignedIn(account_of(row), hashed, row["seen_at"]) if row else None


async def renew(tx: Tx, session: SignedIn) -> None:
    now = clock.now()
    await tx.run(store.seen(session.token_hash, now, now + LIFETIME))


async def sign_out(tx: Tx, session: SignedIn) -> None:
    await tx.run(store.drop_session(session.token_hash))
