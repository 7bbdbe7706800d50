"""The names people give to columns, by meaning. Says whether a text is such a name and which meanings it has."""

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import yaml

from jieli.base.text import plain

_BRACKETED = re.compile(r"[(\[【{<《][^()\[\]【】{}<>《》]*[)\]】}>》]")
_MARKS = re.compile(r"[^\w%#]+|_")
_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`near` are meanings often meant when only the other one is on offer."""

    meanings: dict[str, frozenset[str]]
    near: dict[str, frozenset[str]]
    types: dict[str, str]
    names: dict[str, tuple[str, ...]]
    """The plain names of each meaning."""

    def of(self, name: str) -> frozenset[str]:
        return self.meanings.get(name, frozenset())

    def near_of(self, meanings: frozenset[str]) -> frozenset[str]:
        return frozenset[str]().union(*(self.near.get(meaning, frozenset()) for meaning in meanings))

    def types_of(self, name: str) -> frozenset[str]:
        """The field types that columns of this name usually have."""
        return frozenset(self.types[meaning] for meaning in self.of(name) if meaning in self.types)


@cache
def vocabulary() -> Vocabulary:
    entries = yaml.safe_load(files(__package__).joinpath("synonyms.yaml").read_text("utf-8"))
    meanings: dict[str, set[str]] = {}
    near: dict[str, set[str]] = {}
    for meaning, entry in entries.items():
        for name in (*entry["zh"], *entry["en"], meaning):
            meanings.setdefault(plain_label(name), set()).add(meaning)
        for other in entry.get("near", ()):
            near.setdefault(meaning, set()).add(other)
            near.setdefault(other, set()).add(meaning)
    return Vocabulary(
        {name: frozenset(found) for name, found in meanings.items()},
        {meaning: frozenset(others) for meaning, others in near.items()},
        {meaning: entry["type"] for meaning, entry in entries.items() if "type" in entry},
        {meaning: tuple(n for n, found in meanings.items() if meaning in found) for meaning in entries},
    )


@lru_cache(maxsize=4096)
def plain_label(text: str) -> str:
    """For comparing: no case, blanks, marks, width, traditional forms, nor units and remarks in brackets."""
    text = plain(text[:_LONGEST])
    return _MARKS.sub("", _BRACKETED.sub("", text)) or _MARKS.sub("", text)


def is_known_label(text: str) -> bool:
    return len(text) <= _LONGEST and bool(vocabulary().of(plain_label(text)))
