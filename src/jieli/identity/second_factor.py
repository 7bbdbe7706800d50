"""A second factor: codes by time from an app (TOTP, RFC 6238), and recovery codes for when the phone is lost."""

import asyncio
import base64
import hmac
import secrets
from dataclasses import dataclass
from uuid import UUID

import pyotp
import segno
from argon2.low_level import Type, hash_secret_raw

from jieli.base import clock
from jieli.base.vault import Vault
from jieli.db.pool import ReadTx, Record, Tx
from jieli.identity import factor_store, store
from jieli.identity.accounts import Account
from jieli.identity.errors import NoSecondFactor, SecondFactorOn, SecondFactorRequired, WrongCode
from jieli.identity.events import Kind, note
from jieli.identity.visitor import Visitor

ISSUER = "Jieli"
PERIOD = 30
DRIFT = 1
"""Periods by which a phone's clock may be off."""
RECOVERY_CODES = 10


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The secret as text and as a picture to scan."""

    secret: str
    picture: str


async def enrol(tx: Tx, vault: Vault, account: Account) -> Enrolment:
    """A new secret, which counts when it is confirmed. The caller has proved the password. Raises SecondFactorOn, and
    WrongKey where the key of this machine is not that of the secrets that are there."""
    known = await tx.value(factor_store.any_secret())
    if known is not None:
        vault.open(known)
    secret = pyotp.random_base32()
    if await tx.one(factor_store.keep_secret(account.id, vault.seal(secret))) is None:
        raise SecondFactorOn
    address = pyotp.TOTP(secret).provisioning_uri(name=account.login, issuer_name=ISSUER)
    return Enrolment(secret, segno.make(address, error="m").svg_data_uri(scale=4, light="white"))


async def confirm(tx: Tx, vault: Vault, account: Account, code: str, who: Visitor) -> list[str]:
    """Put the new secret in force by its first code; gives the recovery codes. Raises WrongCode, SecondFactorOn and
    NoSecondFactor."""
    row = await tx.one(store.account_to_change(account.id))
    if row is None or row["totp_secret"] is None:
        raise NoSecondFactor
    if row["totp_since"] is not None:
        raise SecondFactorOn
    if not await _passes_code(tx, vault, row, code):
        raise WrongCode
    await tx.run(factor_store.confirm_secret(account.id, clock.now()))
    await note(tx, account, Kind.SECOND_FACTOR_ON, who)
    return await _new_codes(tx, account.id)


async def renew_codes(tx: Tx, account: Account, who: Visitor) -> list[str]:
    """New recovery codes instead of the old ones. The caller has proved the password. Raises NoSecondFactor."""
    if not account.second_factor:
        raise NoSecondFactor
    await note(tx, account, Kind.RECOVERY_CODES, who)
    return await _new_codes(tx, account.id)


async def disable(tx: Tx, account: Account, who: Visitor) -> None:
    """The caller has proved the password. Raises SecondFactorRequired where a workspace demands it."""
    if not account.second_factor:
        raise NoSecondFactor
    if any(row["second_factor_required"] for row in await tx.all(store.memberships(account.id))):
        raise SecondFactorRequired
    await forget(tx, account.id)
    await note(tx, account, Kind.SECOND_FACTOR_OFF, who)


async def forget(tx: Tx, account: UUID) -> None:
    """The caller has checked who may do this."""
    await tx.run(factor_store.forget_secret(account))
    await tx.run(factor_store.forget_codes(account))


async def reseal(tx: Tx, vault: Vault) -> int:
    """Seal every secret with the newest key; gives how many. Raises WrongKey, and then nothing has changed."""
    rows = await tx.all(factor_store.secrets())
    for row in rows:
        await tx.run(factor_store.replace_secret(row["id"], vault.sealed_anew(row["totp_secret"])))
    return len(rows)


async def codes_left(tx: ReadTx, account: UUID) -> int:
    found: int = await tx.value(factor_store.codes_left(account))
    return found


async def passes(tx: Tx, vault: Vault, row: Record, code: str) -> bool:
    """Whether this is a code of the app or a recovery code, which is then used up. Raises WrongKey."""
    plain = "".join(code.split()).replace("-", "")
    if plain.isascii() and plain.isdigit():
        return await _passes_code(tx, vault, row, plain)
    hashed = await asyncio.to_thread(_hash_of_code, row["id"], plain)
    return await tx.one(factor_store.use_code(row["id"], hashed)) is not None


async def _passes_code(tx: Tx, vault: Vault, row: Record, code: str) -> bool:
    totp = pyotp.TOTP(vault.open(row["totp_secret"]))
    given = "".join(code.split()).encode()
    now = int(clock.now().timestamp()) // PERIOD
    for step in range(now - DRIFT, now + DRIFT + 1):
        if hmac.compare_digest(totp.generate_otp(step).encode(), given):
            return await tx.one(factor_store.use_step(row["id"], step)) is not None
    return False


async def _new_codes(tx: Tx, account: UUID) -> list[str]:
    codes = [_new_code() for _ in range(RECOVERY_CODES)]
    hashes = await asyncio.to_thread(lambda: [_hash_of_code(account, code) for code in codes])
    await tx.run(factor_store.forget_codes(account))
    await tx.run(factor_store.keep_codes(account, hashes))
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _new_code() -> str:
    """50 bits, never all digits, which are taken for a code of the app."""
    while True:
        code = base64.b32encode(secrets.token_bytes(8)).decode().lower()[:10]
        if not code.isdigit():
            return code


def _hash_of_code(account: UUID, code: str) -> bytes:
    """Slow, because a recovery code is short; the account's id is the salt, so that one hash finds it."""
    return hash_secret_raw(
        code.lower().encode()[:100],
        account.bytes,
        time_cost=2,
        memory_cost=32 * 1024,
        parallelism=1,
        hash_len=32,
        type=Type.ID,
    )
