"""One choice out of a list."""

from functools import cached_property
from typing import Annotated, Any, ClassVar, Self

from pydantic import Field, model_validator

from jieli.base.language import Language, Message
from jieli.base.text import normalise
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Choice, Context, Options
from jieli.fields.scalar import EQUALITY, Scalar
from jieli.fields.text import NOT_A_TEXT

UNKNOWN_CHOICE = Message("unknown_choice", "没有「{choice}」这个选项", "There is no choice “{choice}”")


class SelectOptions(Options):
    options: Annotated[tuple[Choice, ...], Field(min_length=1, max_length=500)]

    @model_validator(mode="after")
    def _distinct(self) -> Self:
        if len(self.by_key) < len(self.options):
            raise ValueError("two choices have the same key")
        return self

    @cached_property
    def by_key(self) -> dict[str, Choice]:
        return {choice.key: choice for choice in self.options}

    @cached_property
    def by_words(self) -> dict[str, str]:
        """Every way to write a choice, to its key. A key goes before a label, an open choice before a closed."""
        found: dict[str, str] = {}
        ways = [(c.closed, words, c.key) for c in self.options for words in (c.label.zh, c.label.en)]
        for _, words, key in sorted(ways, key=lambda way: way[0], reverse=True):
            found[words] = found[normalise(words)] = key
        found.update({normalise(key): key for key in self.by_key})
        return found | {key: key for key in self.by_key}


def choice(raw: object, options: SelectOptions) -> str:
    """The key itself, if there is such a choice; closed ones included, since a record may still have it."""
    if not isinstance(raw, str):
        raise BadValue(NOT_A_TEXT)
    if raw not in options.by_key:
        raise BadValue(UNKNOWN_CHOICE, choice=raw[:40])
    return raw


def written_choice(text: str, options: SelectOptions) -> str:
    """The key of a choice as people write it: by key or label, in either language."""
    found = options.by_words.get(text) or options.by_words.get(normalise(text[:400]))
    if found is None:
        raise BadValue(UNKNOWN_CHOICE, choice=text[:40])
    return found


def choice_text(key: str, options: SelectOptions, language: Language) -> str:
    known = options.by_key.get(key)
    return known.label.pick(language) if known else key


class Select(Scalar):
    key: ClassVar[str] = "select"
    label: ClassVar[Message] = Message("field_select", "单选", "Choice")
    Options: ClassVar[type[Options]] = SelectOptions
    operators: ClassVar[tuple[str, ...]] = EQUALITY
    stored = "text"

    def choices(self, options: Any) -> dict[str, Choice]:
        found: dict[str, Choice] = options.by_key
        return found

    def parse(self, raw: object, options: Any, context: Context) -> str | None:
        return None if raw is None or raw == "" else choice(raw, options)

    def read(self, cell: Cell, options: Any, context: Context) -> str | None:
        return written_choice(cell_text(cell), options)

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return choice_text(str(dumped), options, language)
