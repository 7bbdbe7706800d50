"""From cells to typed values: one reader for each mapped column, which remembers what it has read before."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

import orjson

from jieli.base.text import plain
from jieli.blueprint.model import Field, Workspace
from jieli.fields import BadValue
from jieli.fields.contract import Referring
from jieli.intake.imports.plan import Pair
from jieli.intake.imports.references import LATER, Found
from jieli.intake.imports.stages import StageNames
from jieli.intake.reading import Cell

REMEMBERED = 50_000
"""So many different texts of a column are kept; beyond that they hardly ever come again."""

Read: TypeAlias = Callable[[Cell], object]


@dataclass(frozen=True, slots=True)
class Value:
    """What a cell says. `part` is its share in the identity of the row; `later` is the text of a reference that
    can be set only when all rows are in; `bad` is why the cell cannot be read."""

    value: object = None
    part: bytes = b""
    later: str | None = None
    bad: BadValue | None = None


NOTHING = Value()


def reader(workspace: Workspace, object_key: str, field: Field) -> Read:
    """How a cell of this field is read; for references that is the text to look up. Raises BadValue."""
    process = workspace.process(object_key)
    if field.system and field.key == "stage" and process:
        return StageNames(process[1]).read
    context = workspace.context
    return lambda cell: field.type.read(cell, field.options, context)


class ColumnReader:
    """Reads the cells of one column. `found` is what the texts of a reference stand for."""

    def __init__(
        self, pair: Pair, read: Read, empty: frozenset[str], found: Mapping[str, Found] | None = None
    ) -> None:
        self.pair = pair
        self.index, self.letter = pair.column.index, pair.column.letter
        self.field = pair.field
        # `无` in a column of yes and no is an answer.
        self._empty = frozenset() if pair.field.type.key == "boolean" else empty
        self._read = read
        self._found = found
        self._name = f"{pair.field.key}=".encode()
        self.known: dict[str, Value] = {}

    def value(self, cell: Cell) -> Value:
        """Texts are remembered here; the caller may look into `known` first."""
        made = self._made(cell)
        if isinstance(cell, str) and len(self.known) < REMEMBERED:
            self.known[cell] = made
        return made

    def _made(self, cell: Cell) -> Value:
        if cell is None or (self._empty and str(cell).strip().lower() in self._empty):
            return NOTHING
        try:
            read = self._read(cell)
            if read is None:
                return NOTHING
            if self._found is not None:
                return self._referred(read, self._found)
            return Value(read, self._part(self.field.type.dump(read)))
        except BadValue as bad:
            return Value(bad=bad)

    def _referred(self, read: object, found: Mapping[str, Found]) -> Value:
        """The identity of the row rests on the words in the file: what they lead to may change."""
        words = [str(each) for each in (read if isinstance(read, list) else [read])]
        part = self._part([plain(word) for word in words])
        targets = [found[word] for word in words]
        for target in targets:
            if isinstance(target, BadValue):
                raise target
        if not self.field.is_many:
            (target,) = targets
            return Value(part=part, later=words[0]) if target is LATER else Value(target, part)
        return Value(list(dict.fromkeys(targets)), part)

    def _part(self, dumped: object) -> bytes:
        return self._name + orjson.dumps(dumped, option=orjson.OPT_SORT_KEYS, default=str)


def texts_of(read: Read, cells: Iterable[Cell]) -> dict[str, None]:
    """The words that the cells of a reference name, in their order."""
    found: dict[str, None] = {}
    for cell in cells:
        try:
            value = read(cell)
        except BadValue:
            continue
        found |= {
            str(each): None for each in (value if isinstance(value, list) else [value]) if each is not None
        }
    return found


def refers(field: Field) -> bool:
    return isinstance(field.type, Referring)
