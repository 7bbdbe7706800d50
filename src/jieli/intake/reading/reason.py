"""Why something was guessed, as people read it beside the guess."""

from dataclasses import dataclass, field

from jieli.base.language import Language, Message


@dataclass(frozen=True, slots=True)
class Reason:
    message: Message
    params: dict[str, object] = field(default_factory=dict)

    def text(self, language: Language) -> str:
        return self.message.text(language, **self.params)
