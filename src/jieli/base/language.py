"""Texts that people read, in Chinese and English, kept side by side so that neither is forgotten."""

from dataclasses import dataclass
from enum import StrEnum


class Language(StrEnum):
    ZH = "zh"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Message:
    """One sentence for people with a stable code for programs; `{name}` stands for a parameter."""

    code: str
    zh: str
    en: str

    def text(self, language: Language, **params: object) -> str:
        template = self.zh if language is Language.ZH else self.en
        return template.format_map({name: _shown(value, language) for name, value in params.items()})


def _shown(value: object, language: Language) -> object:
    """A parameter may itself be a text in two languages, such as a field's label."""
    if isinstance(value, Message):
        return value.text(language)
    pick = getattr(value, "pick", None)
    return pick(language) if callable(pick) else value
