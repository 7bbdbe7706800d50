"""A title for records whose file has no column for it: `Cancity · GTX Basic` says more than a refusal."""

from collections.abc import Sequence

from jieli.blueprint.model import Field, Object
from jieli.fields.contract import Referring
from jieli.intake.imports.plan import Pair
from jieli.intake.keys import is_strict
from jieli.intake.reading import Cell

MOST_PARTS = 2
LONGEST = 200
JOINT = " · "


class MadeTitles:
    """Makes the title of each row from the columns that tell most: the customer, what the row can be found by, what
    it is about. A mere number from elsewhere is used, with the object's name, only when there is nothing else."""

    def __init__(self, obj: Object, pairs: Sequence[Pair]) -> None:
        ranked = sorted((_rank(obj, pair.field), pair.column.index) for pair in pairs)
        self._telling = [index for rank, index in ranked if rank < IDENTIFIER]
        self._numbers = [index for rank, index in ranked if rank == IDENTIFIER]
        self._label = obj.label

    def made(self, cells: Sequence[Cell], number: int) -> str:
        parts = [str(cells[index]) for index in self._telling if cells[index] is not None][:MOST_PARTS]
        if not parts:
            known = [str(cells[index]) for index in self._numbers if cells[index] is not None]
            parts = [f"{self._label.zh} {known[0] if known else number}"]
        return " ".join(JOINT.join(parts).split())[:LONGEST]


PARTY, SEARCHED, REFERENCE, IDENTIFIER, SILENT = range(5)


def _rank(obj: Object, field: Field) -> int:
    if field.key == obj.definition.party:
        return PARTY
    if isinstance(field.type, Referring):
        return SILENT if field.system or field.target in ("member", "department") else REFERENCE
    if is_strict(obj, "text", field.key):
        return IDENTIFIER
    return SEARCHED if field.search else SILENT
