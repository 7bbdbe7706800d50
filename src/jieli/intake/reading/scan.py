"""The one look at every row that makes a `Table`: counts, width, samples, and what to warn of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.intake.reading.header import Header
from jieli.intake.reading.limits import GUESS_ROWS, SAMPLES_PER_COLUMN
from jieli.intake.reading.table import Cell, Column, DroppedRow, Row, column_letter

ROWS_TOO_LONG = Message(
    "reading.rows_too_long",
    "有 {count} 行的内容超出表头的列(例如第 {row} 行),请检查这些行是否错位",
    "{count} rows have cells beyond the header (row {row} for instance); check whether they are shifted",
)

_LONGEST_NAME = 120


@dataclass(slots=True)
class Scan:
    """Filled by `look_at`, once."""

    width: int
    row_count: int = 0
    dropped: list[DroppedRow] = field(default_factory=list)
    samples: dict[int, list[Cell]] = field(default_factory=dict)
    long_rows: int = 0
    first_long_row: int = 0
    _unseen: set[int] = field(default_factory=set)
    _hungry: set[int] = field(default_factory=set)

    def look_at(self, rows: Iterable[Row | DroppedRow]) -> None:
        self._widen(0, self.width)
        for row in rows:
            if isinstance(row, DroppedRow):
                self.dropped.append(row)
                continue
            self.row_count += 1
            if len(row.cells) > self.width:
                self._trim(row)
            if self._hungry or self._unseen:
                self._taste(row.cells)

    def uses(self, index: int) -> bool:
        return index not in self._unseen

    def _widen(self, start: int, end: int) -> None:
        self._unseen.update(range(start, end))
        self._hungry.update(range(start, end))

    def _trim(self, row: Row) -> None:
        """Trailing delimiters are no cells."""
        while row.cells and row.cells[-1] is None:
            row.cells.pop()
        if len(row.cells) <= self.width:
            return
        self.long_rows += 1
        self.first_long_row = self.first_long_row or row.number
        self._widen(self.width, len(row.cells))
        self.width = len(row.cells)

    def _taste(self, cells: Sequence[Cell]) -> None:
        """Looks only at columns that still lack something, so that it costs nothing after the first rows."""
        length = len(cells)
        for index in [*self._hungry] if self.row_count <= GUESS_ROWS else [*self._unseen]:
            if index >= length or (cell := cells[index]) is None:
                continue
            self._unseen.discard(index)
            samples = self.samples.setdefault(index, [])
            if len(samples) < SAMPLES_PER_COLUMN and cell not in samples:
                samples.append(cell)
            if len(samples) >= SAMPLES_PER_COLUMN:
                self._hungry.discard(index)


def columns_of(scan: Scan, header: Header) -> tuple[Column, ...]:
    """Every column that has a label or a value. Names are unique: the second `电话` becomes `电话 2`."""
    taken: set[str] = set()
    columns = []
    for index in range(scan.width):
        label = header.labels[index] if index < len(header.labels) else ""
        if label or scan.uses(index):
            name = _free_name(label[:_LONGEST_NAME].strip("*＊ ") or f"列 {column_letter(index)}", taken)
            columns.append(Column(index, name, label, tuple(scan.samples.get(index, ()))))
    return tuple(columns)


def _free_name(wanted: str, taken: set[str]) -> str:
    name, place = wanted, 1
    while name.casefold() in taken:
        place += 1
        name = f"{wanted} {place}"
    taken.add(name.casefold())
    return name


def warnings_of(scan: Scan, header: Header) -> tuple[Problem, ...]:
    if not scan.long_rows or not header.row:
        return ()
    return (Problem("", ROWS_TOO_LONG, {"count": scan.long_rows, "row": scan.first_long_row}),)
