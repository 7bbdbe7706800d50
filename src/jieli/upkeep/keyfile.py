"""The keys of an installation: a file in JIELI_HOME with one key in each line, the newest first."""

import os
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from jieli.base.errors import Unavailable
from jieli.base.language import Message
from jieli.base.vault import BadKey, Vault, new_key, require_key

NAME = "secret.key"


class BadKeys(Unavailable):
    message = Message(
        "bad_keys",
        "{place} 中的密钥无法使用：应为每行一个 Fernet 密钥",
        "The keys in {place} cannot be used; each must be a Fernet key",
    )


def vault(home: Path, given: str = "") -> Vault:
    """With the keys given by the settings, else those of the file, which is made when it is first needed."""
    return Vault(lambda: keys(home, given), lambda: begun(home))


def keys(home: Path, given: str = "") -> Sequence[str]:
    """None where there is no file as yet. Raises BadKeys."""
    if given:
        return _good(given.replace(",", " ").split(), "JIELI_SECRET_KEY")
    path = home / NAME
    return _good(path.read_text("utf-8").split(), str(path)) if path.exists() else ()


def begun(home: Path) -> Sequence[str]:
    """The first key, made here or by another process at the same time."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(home / NAME, [new_key()], replace=False)
    return keys(home)


def add(home: Path) -> None:
    """A new key in front; the old ones stay, because backups are sealed with them."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(home / NAME, [new_key(), *keys(home)], replace=True)


def _good(found: Sequence[str], place: str) -> Sequence[str]:
    try:
        for key in found:
            require_key(key)
    except BadKey:
        raise BadKeys(place=place) from None
    if not found:
        raise BadKeys(place=place)
    return found


def _write(path: Path, found: Sequence[str], *, replace: bool) -> None:
    """Whole or not at all; of two processes that make the first key at the same time one wins."""
    number, temporary = tempfile.mkstemp(dir=path.parent, prefix=f"{NAME}.")
    try:
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.writelines(f"{key}\n" for key in found)
            file.flush()
            os.fsync(file.fileno())
        if replace:
            os.replace(temporary, path)
            return
        with suppress(FileExistsError):
            os.link(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)
