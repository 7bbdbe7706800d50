"""The look at all rows before any is written: what references name, and what choices have to be made."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from jieli.access import Actor
from jieli.blueprint.model import Object
from jieli.fields import FIELD_TYPES, BadValue
from jieli.fields.contract import Choosing
from jieli.fields.many import BREAKS_AND_SLASHES, split
from jieli.intake.imports.cells import Read, reader, refers, texts_of
from jieli.intake.imports.fields import Asked
from jieli.intake.imports.model import Setup
from jieli.intake.imports.plan import Pair, Plan
from jieli.intake.reading import Cell, Table

MOST_DISTINCT = 100_000


@dataclass(frozen=True, slots=True)
class Survey:
    """`names` are the words of references by field; `titles` what the rows themselves are called, where some refer
    to others; `choices` the texts that are no choice of their field yet."""

    asked: tuple[Asked, ...] = ()
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    titles: frozenset[str] = frozenset()
    choices: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def survey(actor: Actor, obj: Object, table: Table, plan: Plan, setup: Setup) -> Survey:
    """Reads the file once, unless nothing of it is needed. Not for the event loop."""
    references = [pair for pair in plan.pairs if refers(pair.field)]
    own = any(pair.field.target == obj.key for pair in references)
    title = [pair for pair in plan.pairs if own and pair.field.key == obj.title.key]
    chosen = [pair for pair in plan.pairs if setup.add_choices and isinstance(pair.field.type, Choosing)]
    new = [column for column, asked in plan.new if isinstance(FIELD_TYPES[asked.type], Choosing)]
    columns = {pair.column.index for pair in (*references, *title, *chosen)} | {
        column.index for column in new
    }
    cells = _distinct(table, columns)
    empty = empty_texts(setup)
    for found in cells.values():
        for cell in [cell for cell in found if str(cell).strip().lower() in empty]:
            del found[cell]
    read = {pair.field.key: reader(actor.workspace, obj.key, pair.field) for pair in plan.pairs}
    return Survey(
        tuple(Asked(column, asked, _texts(cells.get(column.index, ()))) for column, asked in plan.new),
        {
            pair.field.key: tuple(texts_of(read[pair.field.key], cells[pair.column.index]))
            for pair in references
        },
        frozenset(str(cell) for pair in title for cell in cells[pair.column.index]),
        {pair.field.key: _unknown(read[pair.field.key], pair, cells[pair.column.index]) for pair in chosen},
    )


def empty_texts(setup: Setup) -> frozenset[str]:
    return frozenset(text.strip().lower() for text in setup.empty_values)


def _distinct(table: Table, columns: set[int]) -> dict[int, dict[Cell, None]]:
    """The different cells of each column, in the order in which they come."""
    found: dict[int, dict[Cell, None]] = {index: {} for index in columns}
    if not columns:
        return found
    for row in table.rows():
        for index, cells in found.items():
            cell = row.cells[index]
            if cell is not None and len(cells) < MOST_DISTINCT:
                cells[cell] = None
    return found


def _texts(cells: Iterable[Cell]) -> tuple[str, ...]:
    return tuple(str(cell) for cell in cells)


def _unknown(read: Read, pair: Pair, cells: Iterable[Cell]) -> tuple[str, ...]:
    many = pair.field.type.key == "multi_select"
    found: list[str] = []
    for cell in cells:
        try:
            read(cell)
        except BadValue:
            found += split(str(cell), BREAKS_AND_SLASHES) if many else [str(cell)]
    if not many:
        return tuple(found)
    return tuple(text for text in dict.fromkeys(found) if not _reads(read, text))


def _reads(read: Read, text: str) -> bool:
    try:
        read(text)
    except BadValue:
        return False
    return True
