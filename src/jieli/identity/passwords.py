"""Passwords: rules, hashing and checking with argon2id, off the event loop.

The rules are those of NIST and the ASVS: long enough, not easy to guess, and otherwise whatever somebody likes. How
easy it is to guess says zxcvbn, which knows the common passwords, names, words and keyboards offline.
"""

import asyncio
import unicodedata
from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from zxcvbn import zxcvbn

from jieli.base.errors import Problem
from jieli.identity.errors import TOO_COMMON, TOO_LONG, TOO_SHORT, BadPassword

SHORTEST, LONGEST = 8, 200
EXAMINED = 72
"""Characters that zxcvbn looks at; it takes long over more."""
WEAK = 2
"""Below this score fewer than a million guesses are enough."""
ENOUGH = 4
"""Characters that a password has besides the words about its owner."""
COMMON_HERE = (
    "woaini", "woaini1314", "5201314", "1314520", "zhongguo", "beijing", "shanghai", "qq123456", "taobao",
    "weixin", "woaini520", "aini1314", "a123456789", "1qaz2wsx", "jieli", "接力", "管理员", "密码", "我爱你", "mima",
    "guanliyuan",
)  # fmt: skip
"""What is common in China and not in the list."""
_hasher = PasswordHasher(time_cost=2, memory_cost=32 * 1024, parallelism=1)
NOBODY = _hasher.hash("nobody has this password")
"""Checked when there is no such account, so that the answer takes as long."""


async def require_good(password: str, about: Iterable[str] = (), path: str = "password") -> None:
    """`about` are words that a stranger would try first: the login, the name, the company. Raises BadPassword."""
    password = normal(password)
    if len(password) < SHORTEST:
        raise BadPassword(Problem(path, TOO_SHORT, {"min": SHORTEST}))
    if len(password) > LONGEST:
        raise BadPassword(Problem(path, TOO_LONG, {"max": LONGEST}))
    words = _parts(about)
    if (
        _is_made_of(password, words)
        or await asyncio.to_thread(_score, password, [*COMMON_HERE, *words]) < WEAK
    ):
        raise BadPassword(Problem(path, TOO_COMMON))


def normal(password: str) -> str:
    """As it is hashed: what a Chinese keyboard in full-width mode types is the same password."""
    return unicodedata.normalize("NFKC", password)


def _parts(about: Iterable[str]) -> list[str]:
    """Each word as a whole and in its pieces, such as the name before the @."""
    found = [word.lower() for word in about]
    pieces = [piece for word in found for piece in "".join(c if c.isalnum() else " " for c in word).split()]
    return [piece for piece in dict.fromkeys([*found, *pieces]) if len(piece) >= 2]


def _is_made_of(password: str, words: list[str]) -> bool:
    """Whether next to nothing is left without the words."""
    rest = password.lower()
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    return len(rest) < ENOUGH


def _score(password: str, words: list[str]) -> int:
    found: int = zxcvbn(password[:EXAMINED], user_inputs=words)["score"]
    return found


async def hashed(password: str) -> str:
    return await asyncio.to_thread(_hasher.hash, normal(password))


async def renewed(password: str, stored: str) -> str | None:
    """The hash of a good password by the parameters of now, if the one that is stored has older ones."""
    return await hashed(password) if _hasher.check_needs_rehash(stored) else None


async def fits(password: str, stored: str | None) -> bool:
    """Whether this is the password; always takes the time of one check."""
    return await asyncio.to_thread(_verify, normal(password[: LONGEST + 1]), stored)


def _verify(password: str, stored: str | None) -> bool:
    try:
        return _hasher.verify(stored or NOBODY, password) and stored is not None
    except (VerificationError, InvalidHashError):
        return False
