"""Several choices out of a list."""

from typing import Any, ClassVar

from jieli.base.language import Language, Message
from jieli.fields.cells import cell_text
from jieli.fields.contract import Cell, Choice, Context, Options
from jieli.fields.many import BREAKS_AND_SLASHES, Many, bounded_list, distinct, listed, split
from jieli.fields.scalar import MEMBERSHIP
from jieli.fields.select import SelectOptions, choice, choice_text, written_choice


class MultiSelect(Many):
    key: ClassVar[str] = "multi_select"
    label: ClassVar[Message] = Message("field_multi_select", "多选", "Choices")
    Options: ClassVar[type[Options]] = SelectOptions
    operators: ClassVar[tuple[str, ...]] = MEMBERSHIP
    stored = "text[]"

    def choices(self, options: Any) -> dict[str, Choice]:
        found: dict[str, Choice] = options.by_key
        return found

    def parse(self, raw: object, options: Any, context: Context) -> list[str] | None:
        return listed(raw, self.most, lambda each: choice(each, options))

    def read(self, cell: Cell, options: Any, context: Context) -> list[str] | None:
        """A label that itself holds a separator is found when it stands alone."""
        text = cell_text(cell)
        if text in options.by_words:
            return [options.by_words[text]]
        return distinct(
            [
                written_choice(part, options)
                for part in bounded_list(split(text, BREAKS_AND_SLASHES), self.most)
            ]
        )

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        shown = [choice_text(key, options, language) for key in dumped]
        return ("、" if language is Language.ZH else ", ").join(shown)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        return choice(raw, options)
