"""What lies below the header: records, and rows that only look like some (totals, repeated headers)."""

from collections.abc import Iterator, Sequence

from jieli.intake.reading.errors import TooManyRows
from jieli.intake.reading.header import Header
from jieli.intake.reading.limits import MAX_ROWS
from jieli.intake.reading.source import Merge, Source
from jieli.intake.reading.table import Cell, DroppedRow, DropReason, Row
from jieli.intake.reading.totals import is_total

_SHOWN_TEXT = 80


def body(source: Source, header: Header, *, keep_totals: bool = False) -> Iterator[Row | DroppedRow]:
    """Rows in order with blank ones left out. Cells are as long as the row is in the file."""
    merged = _DownwardMerges(source.merges, header.last)
    repeated = list(header.cells) if _count(header.cells) > 1 else None
    records = 0
    for number, cells in enumerate(source.raw_rows(), 1):
        if number <= header.last:
            if number < header.row and _count(cells):
                yield _dropped(number, DropReason.ABOVE_HEADER, cells)
            continue
        if cells.count(None) == len(cells):
            continue
        if cells == repeated:
            yield _dropped(number, DropReason.REPEATED_HEADER, cells)
        elif not keep_totals and is_total(cells):
            yield _dropped(number, DropReason.TOTAL, cells)
        else:
            records += 1
            if records > MAX_ROWS:
                raise TooManyRows(limit=MAX_ROWS)
            yield Row(number, merged.fill(number, cells) if merged else cells)


def _count(cells: Sequence[Cell]) -> int:
    return len(cells) - cells.count(None)


def _dropped(number: int, reason: DropReason, cells: Sequence[Cell]) -> DroppedRow:
    text = " ".join(str(cell) for cell in cells if cell is not None)
    return DroppedRow(number, reason, text[:_SHOWN_TEXT])


class _DownwardMerges:
    """A cell merged over several rows holds its value only in the first; the others are given it too."""

    def __init__(self, merges: Sequence[Merge], header_last: int) -> None:
        self._pending = [m for m in merges if m.bottom > m.top >= header_last][::-1]
        self._active: dict[int, tuple[int, Cell]] = {}

    def __bool__(self) -> bool:
        return bool(self._pending or self._active)

    def fill(self, number: int, cells: list[Cell]) -> list[Cell]:
        """Must be called with rising numbers; merges are sorted by their top."""
        place = number - 1
        for column, (bottom, value) in list(self._active.items()):
            if place > bottom:
                del self._active[column]
            elif column < len(cells):
                cells[column] = value
            else:
                cells += [*[None] * (column - len(cells)), value]
        while self._pending and self._pending[-1].top <= place:
            merge = self._pending.pop()
            if merge.top == place and merge.left < len(cells):
                self._active[merge.left] = (merge.bottom, cells[merge.left])
        return cells
