"""Secrets that must be readable again, such as the seed of a second factor: kept only sealed."""

from collections.abc import Callable, Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from jieli.base.errors import Unavailable
from jieli.base.language import Message

BadKey = ValueError
"""What `Fernet` raises for a key that is none."""


class WrongKey(Unavailable):
    message = Message(
        "wrong_key",
        "服务器没有解开这项机密的密钥，请管理员运行 jieli doctor",
        "The server lacks the key for this secret; an administrator should run jieli doctor",
    )


class Vault:
    """Seals with the first key and opens with any of them. `keys` is asked each time, so that a key that was added
    counts at once in every process; `make` makes the first one when something is to be sealed."""

    def __init__(
        self, keys: Callable[[], Sequence[str]], make: Callable[[], Sequence[str]] | None = None
    ) -> None:
        self._keys = keys
        self._make = make

    def seal(self, text: str) -> str:
        """Raises WrongKey without a key."""
        keys = self._keys()
        if not keys and self._make:
            keys = self._make()
        return _fernet(keys).encrypt(text.encode()).decode()

    def open(self, sealed: str) -> str:
        """Raises WrongKey."""
        try:
            return _fernet(self._keys()).decrypt(sealed).decode()
        except InvalidToken:
            raise WrongKey from None

    def sealed_anew(self, sealed: str) -> str:
        """The same secret under the first key. Raises WrongKey."""
        try:
            return _fernet(self._keys()).rotate(sealed).decode()
        except InvalidToken:
            raise WrongKey from None


def _fernet(keys: Sequence[str]) -> MultiFernet:
    if not keys:
        raise WrongKey
    return MultiFernet([Fernet(key) for key in keys])


def new_key() -> str:
    return Fernet.generate_key().decode()


def require_key(key: str) -> None:
    """Raises BadKey."""
    Fernet(key)
