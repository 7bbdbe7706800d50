"""Where the header is. Above it may lie titles and notes, it may take two rows, and it may be missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest

from jieli.intake.reading.source import Merge
from jieli.intake.reading.table import Cell
from jieli.intake.reading.totals import is_total
from jieli.intake.reading.vocabulary import is_known_label

_CANDIDATES = 30
_LOOK_BELOW = 25
_LONGEST_LABEL = 100
_LONGEST_VALUE = 200
"""Matching a value may take the square of its length."""
_VALUE = re.compile(
    r"[-+]?[\d.,:/\s%¥￥$€£()*–-]*\d[\d.,:/\s%()*–-]*[%元万亿]?|\S+://\S+|\S+@\S+\.\S+|-+|\.+|\{.*\}"
)
_YEAR = re.compile(r"(19|20)\d\d(\.0)?年?")
_NOTE = re.compile(r"[:：].")

Cells = Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Header:
    """`row` is the number of its first row, 0 when there is none; `labels` has one text per column, perhaps
    empty; `cells` is its last row as it stands, to know it again further down."""

    row: int
    rows: int
    labels: tuple[str, ...]
    cells: tuple[Cell, ...] = ()

    @property
    def last(self) -> int:
        return self.row + self.rows - 1 if self.row else 0


NO_HEADER = Header(0, 0, ())


def find_header(head: Sequence[Cells], merges: Sequence[Merge] = ()) -> Header:
    """The most header-like of the first rows."""
    place = _best_place(head)
    if place is None or _is_data(head, place):
        return NO_HEADER
    if place + 1 < len(head) and _is_pair(head, place, merges):
        return _joined(head, place, merges)
    if place > 0 and _is_pair(head, place - 1, merges):
        return _joined(head, place - 1, merges)
    return header_at(head, place + 1, 1)


def _best_place(head: Sequence[Cells]) -> int | None:
    """Notes above a table are thinner than it; a row as full as the table that stands above a candidate
    speaks against it, most of all when it holds values."""
    places = [place for place, row in enumerate(head) if _filled(row)]
    usual = _usual_width([head[place] for place in places])
    best, best_score, penalty = None, 0.0, 0.0
    for place in places[:_CANDIDATES]:
        row = head[place]
        if is_total(row):
            continue
        score = _score(head, place, usual) - penalty
        if score > best_score:
            best, best_score = place, score
        if _filled(row) * 2 >= usual:
            penalty += 1.5 if _mostly_values([cell for cell in row if cell is not None]) else 0.4
    return best


def _usual_width(rows: Sequence[Cells]) -> int:
    return sorted(map(_filled, rows))[int(0.8 * len(rows))] if rows else 0


def header_at(head: Sequence[Cells], row: int, rows: int, merges: Sequence[Merge] = ()) -> Header:
    """The header that somebody chose."""
    if rows > 1:
        return _joined(head, row - 1, merges)
    cells = head[row - 1]
    return Header(row, 1, tuple(_label(cell) for cell in cells), tuple(cells))


def _label(cell: Cell) -> str:
    return "" if cell is None else " ".join(str(cell).split())


def _filled(row: Cells) -> int:
    return len(row) - row.count(None)


def _score(head: Sequence[Cells], place: int, usual: int) -> float:
    row = head[place]
    cells = [cell for cell in row if cell is not None]
    columns = _columns(row, _rows_below(head, place))
    labels = sum(_stands_for_label(cell, values) for cell, values in columns)
    contrast = sum(_contrasts(cell, values) for cell, values in columns)
    recurring = sum(cell in values for cell, values in columns)
    count = len(cells)
    return (
        2.0 * min(1.0, count / usual)
        + 1.5 * labels / count
        + 1.5 * _known(cells) / count
        + 0.5 * len({str(cell) for cell in cells}) / count
        + 1.0 * contrast / count
        - 2.0 * recurring / count
    )


def _rows_below(head: Sequence[Cells], place: int) -> list[Cells]:
    """Rows with content after this one; copies of it, which print-outs repeat on each page, do not count."""
    rows = [row for row in head[place + 1 :] if _filled(row) and row != head[place]]
    return rows[:_LOOK_BELOW]


def _columns(row: Cells, below: Sequence[Cells]) -> list[tuple[Cell, list[Cell]]]:
    return [
        (cell, [each[index] for each in below if index < len(each) and each[index] is not None])
        for index, cell in enumerate(row)
        if cell is not None
    ]


def _known(cells: Cells) -> int:
    return sum(1 for cell in cells if isinstance(cell, str) and is_known_label(cell))


def _is_value(cell: Cell) -> bool:
    return not isinstance(cell, str) or (len(cell) <= _LONGEST_VALUE and bool(_VALUE.fullmatch(cell)))


def _is_label(cell: Cell) -> bool:
    return (
        isinstance(cell, str) and len(cell) <= _LONGEST_LABEL and not (_is_value(cell) or cell[-1] in ":：")
    )


def _stands_for_label(cell: Cell, below: Sequence[Cell]) -> bool:
    """Years make labels too, unless years also fill the column."""
    if _is_label(cell):
        return True
    return _is_year(cell) and sum(map(_is_year, below)) * 2 <= len(below)


def _is_year(cell: Cell) -> bool:
    return bool(_YEAR.fullmatch(str(cell)))


def _contrasts(cell: Cell, below: Sequence[Cell]) -> bool:
    return _mostly_values(below) and _stands_for_label(cell, below)


def _mostly_values(cells: Sequence[Cell]) -> bool:
    return bool(cells) and sum(map(_is_value, cells)) * 2 > len(cells)


def _is_data(head: Sequence[Cells], place: int) -> bool:
    """Even the best candidate is a row like those below it: the file has no header."""
    row, below = head[place], _rows_below(head, place)
    columns = _columns(row, below)
    if _known(row):
        return False
    recurring = sum(cell in values for cell, values in columns)
    contrasting = sum(_contrasts(cell, values) for cell, values in columns)
    agreeing = sum(_mostly_values(values) and not _stands_for_label(cell, values) for cell, values in columns)
    no_labels = not any(_stands_for_label(cell, values) for cell, values in columns)
    is_repeat = below == [] and list(head).count(row) > 1
    return (
        is_repeat
        or no_labels
        or agreeing > contrasting
        or recurring * 2 > len(columns)
        or (len(columns) == 1 and _is_like_the_rest(*columns[0]))
    )


def _is_like_the_rest(cell: Cell, below: Sequence[Cell]) -> bool:
    """A lone column of names: a label is a short word, a name is about as long as the other names."""
    lengths = sorted(len(str(each)) for each in below)
    if _mostly_values(below):
        return False
    return bool(lengths) and len(str(cell)) > max(6, 0.6 * lengths[len(lengths) // 2])


def _is_pair(head: Sequence[Cells], place: int, merges: Sequence[Merge]) -> bool:
    """Whether a row and the next make one header: groups above, names below."""
    upper, lower = head[place], head[place + 1]
    present = [cell for cell in (*upper, *lower) if cell is not None]
    if not all(map(_is_label, present)) or any(_NOTE.search(str(c)) for c in upper if c is not None):
        return False
    if _is_title(upper, merges, place) or not _has_group(upper, lower):
        return False
    spans = [m for m in merges if m.top == m.bottom == place and m.left < m.right]
    if spans:
        return all(_at(lower, m.left) is not None or _at(lower, m.right) is not None for m in spans[:1])
    return _complements(upper, lower) and _names_columns(head, place + 1)


def _is_title(upper: Cells, merges: Sequence[Merge], place: int) -> bool:
    """A single text above the table is its title, whatever it spans."""
    return _filled(upper) < 2 and not any(m.top == place < m.bottom for m in merges)


def _has_group(upper: Cells, lower: Cells) -> bool:
    return any(
        _at(upper, index) is not None
        and _at(upper, index + 1) is None
        and _at(lower, index) is not None
        and _at(lower, index + 1) is not None
        for index in range(len(lower))
    )


def _complements(upper: Cells, lower: Cells) -> bool:
    """A name stands in exactly one of the rows, or the names below repeat under each group."""
    alone = [index for index in range(len(upper)) if upper[index] is not None and _at(lower, index) is None]
    names = [cell for cell in lower if cell is not None]
    return bool(alone) or len(set(names)) < len(names)


def _names_columns(head: Sequence[Cells], place: int) -> bool:
    names = [cell for cell in head[place] if cell is not None]
    columns = _columns(head[place], _rows_below(head, place))
    return _known(names) > 0 or any(_contrasts(cell, values) for cell, values in columns)


def _at(row: Cells, index: int) -> Cell:
    return row[index] if index < len(row) else None


def _joined(head: Sequence[Cells], place: int, merges: Sequence[Merge]) -> Header:
    upper, lower = head[place], head[place + 1] if place + 1 < len(head) else ()
    groups = _spread(upper, lower, [m for m in merges if m.top == m.bottom == place])
    labels = tuple(
        _both(_label(group), _label(name)) for group, name in zip_longest(groups, lower, fillvalue=None)
    )
    return Header(place + 1, 2, labels, tuple(lower))


def _spread(upper: Cells, lower: Cells, spans: Sequence[Merge]) -> list[Cell]:
    """The group's text over each of its columns: as far as it is merged, else as far as names below go on."""
    groups = list(upper) + [None] * (len(lower) - len(upper))
    ends = {span.left: span.right for span in spans}
    current, end = None, len(groups)
    for index, cell in enumerate(groups):
        if cell is not None:
            current = cell if _at(lower, index) is not None else None
            end = ends.get(index, index) if spans else len(groups)
        elif index <= end and _at(lower, index) is not None:
            groups[index] = current
    return groups


def _both(group: str, name: str) -> str:
    return f"{group} / {name}" if group and name and group != name else group or name
