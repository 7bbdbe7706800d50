"""Whether a new field can hold all of its column, and which type can where it cannot."""

from jieli.fields import FIELD_TYPES, BadValue, Context
from jieli.fields.contract import Choosing
from jieli.intake.imports.fields import MOST_CHOICES
from jieli.intake.imports.model import NewField
from jieli.intake.reading import Cell

LONGEST_TEXT = 200
LONGEST_CHOICE = 80
REMEMBERED = 100_000


class Trial:
    """Is shown every cell of the column once."""

    def __init__(self, new: NewField) -> None:
        self._new = new
        self._kind = FIELD_TYPES[new.type]
        self._chooses = isinstance(self._kind, Choosing)
        self._options = None if self._chooses else self._kind.Options()
        self._seen: set[Cell] = set()
        self._longest = 0
        self._fails = False

    def look_at(self, cell: Cell, empty: frozenset[str]) -> None:
        if cell is None or cell in self._seen:
            return
        if len(self._seen) < REMEMBERED:
            self._seen.add(cell)
        text = str(cell)
        if text.strip().lower() in empty and self._new.type != "boolean":
            return
        self._longest = max(self._longest, len(text) + text.count("\n") * LONGEST_TEXT)
        self._fails = self._fails or not self._reads(cell)

    def outcome(self) -> NewField:
        """The field as asked for, or as a text where its type does not hold."""
        too_many = self._chooses and (len(self._seen) > MOST_CHOICES or self._longest > LONGEST_CHOICE)
        if (
            not self._fails
            and not too_many
            and not (self._new.type == "text" and self._longest > LONGEST_TEXT)
        ):
            return self._new
        kind = "long_text" if self._longest > LONGEST_TEXT else "text"
        return self._new.model_copy(update={"type": kind, "options": ()})

    def _reads(self, cell: Cell) -> bool:
        if self._chooses or self._new.type in ("text", "long_text"):
            return True
        try:
            self._kind.read(cell, self._options, Context())
        except BadValue:
            return False
        return True
