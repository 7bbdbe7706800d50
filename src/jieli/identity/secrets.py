"""Random texts that open something, of which only the hash is kept."""

import hashlib
import secrets


def new_secret() -> str:
    """256 bits, so that a plain hash is enough to keep."""
    return secrets.token_urlsafe(32)


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
