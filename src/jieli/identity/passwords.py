"""Passwords: rules, hashing and checking with argon2id, off the event loop."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from jieli.base.errors import Problem
from jieli.identity.errors import TOO_COMMON, TOO_LONG, TOO_SHORT, BadPassword

SHORTEST, LONGEST = 8, 200
COMMON = frozenset(
    {
        *("12345678", "123456789", "1234567890", "11111111", "88888888", "66666666", "00000000"),
        *("password", "password1", "qwertyui", "qwerty123", "1q2w3e4r", "abc12345", "a1234567"),
        *("iloveyou", "woaini1314", "5201314520", "admin123", "administrator", "jieli123"),
    }
)
_hasher = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
NOBODY = _hasher.hash("nobody has this password")
"""Checked when there is no such account, so that the answer takes as long."""


def require_good(password: str, path: str = "password") -> None:
    """Raises BadPassword."""
    if len(password) < SHORTEST:
        raise BadPassword(Problem(path, TOO_SHORT, {"min": SHORTEST}))
    if len(password) > LONGEST:
        raise BadPassword(Problem(path, TOO_LONG, {"max": LONGEST}))
    if password.lower() in COMMON or len(set(password)) < 3:
        raise BadPassword(Problem(path, TOO_COMMON))


async def hashed(password: str) -> str:
    return await asyncio.to_thread(_hasher.hash, password)


async def fits(password: str, stored: str | None) -> bool:
    """Whether this is the password; always takes the time of one check."""
    return await asyncio.to_thread(_verify, password[: LONGEST + 1], stored)


def _verify(password: str, stored: str | None) -> bool:
    try:
        return _hasher.verify(stored or NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
