"""What a check may look at, and what it says."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from jieli.base.language import Language, Message
from jieli.base.vault import Vault
from jieli.db.archive import Archive


class Level(StrEnum):
    """`doubtful` works, but somebody should know of it; only `wrong` makes the examination fail."""

    RIGHT = "right"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """A sentence about the installation, and what to do about it."""

    level: Level
    message: Message
    advice: Message | None = None
    params: dict[str, object] = field(default_factory=dict)

    @property
    def code(self) -> str:
        return self.message.code

    def text(self, language: Language) -> str:
        return self.message.text(language, **self.params)

    def what_to_do(self, language: Language) -> str | None:
        return self.advice.text(language, **self.params) if self.advice else None


def right(message: Message, **params: object) -> Finding:
    return Finding(Level.RIGHT, message, None, params)


def doubtful(message: Message, advice: Message, **params: object) -> Finding:
    return Finding(Level.DOUBTFUL, message, advice, params)


def wrong(message: Message, advice: Message, **params: object) -> Finding:
    return Finding(Level.WRONG, message, advice, params)


@dataclass(frozen=True, slots=True)
class Installation:
    """An installation as its settings describe it. `address` leads to the database past a pooler; asking for it starts
    an embedded server."""

    home: Path
    is_embedded: bool
    address: Callable[[], str]
    vault: Vault
    public_url: str = ""
    secure_cookies: bool = False
    behind_proxy: bool = False
    shows_demo: bool = False
    archive: Archive | None = None
