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

    def of(self, name: str) -> frozenset[str]:
        return self.meanings.get(name, frozenset())

    def near_of(self, meanings: frozenset[str]) -> frozenset[str]:
        return frozenset[str]().union(*(self.near.get(meaning, frozenset()) for meaning in meanings))


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
    )


@lru_cache(maxsize=4096)
def plain_label(text: str) -> str:
    """For comparing: no case, blanks, marks, width, traditional forms, nor units and remarks in brackets."""
    text = plain(text[:_LONGEST])
    return _MARKS.sub("", _BRACKETED.sub("", text)) or _MARKS.sub("", text)


def is_known_label(text: str) -> bool:
    return len(text) <= _LONGEST and bool(vocabulary().of(plain_label(text)))
