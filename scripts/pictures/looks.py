"""The ways a screen can look: how wide, in which language, light or dark."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path
from typing import Literal

CATALOGUES = Path(__file__).resolve().parents[2] / "web" / "src" / "i18n"
WIDE, PHONE = (1440, 900), (390, 844)

Language = Literal["zh", "en"]
Theme = Literal["light", "dark"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
THEMES: tuple[Theme, ...] = ("light", "dark")


@dataclass(frozen=True)
class Look:
    size: tuple[int, int]
    language: Language
    theme: Theme

    @property
    def is_phone(self) -> bool:
        return self.size == PHONE

    @property
    def folder(self) -> str:
        return f"{self.size[0]}-{self.language}-{self.theme}"

    def word(self, key: str) -> str:
        """What the pages call something, so that it can be found in either language: `relay.handOver`."""
        area, _, rest = key.partition(".")
        found: object = catalogue(self.language, area)
        for part in rest.split("."):
            assert isinstance(found, dict), f"{key} is not in the catalogue"
            found = found[part]
        return str(found)


def all_looks() -> Iterator[Look]:
    for size, language, theme in product((WIDE, PHONE), LANGUAGES, THEMES):
        yield Look(size, language, theme)


@cache
def catalogue(language: Language, area: str) -> dict[str, object]:
    read: dict[str, object] = json.loads((CATALOGUES / language / f"{area}.json").read_text(encoding="utf-8"))
    return read
