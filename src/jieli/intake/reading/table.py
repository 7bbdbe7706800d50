"""What a file becomes: a table with named columns and rows that still know their place in the file."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from jieli.base.errors import Problem


@dataclass(frozen=True, slots=True)
class LostDigits:
    """A number that Excel has cut to 15 digits, or text such as `1.38E+10`: good enough for an amount,
    never for a code, an account or a phone. `shown` is what the file holds."""

    shown: str

    def __str__(self) -> str:
        return self.shown


Cell: TypeAlias = str | int | float | Decimal | bool | date | LostDigits | None
"""`datetime` is a `date`. `None` is an empty cell; a text is never empty and has no outer blanks."""


class Row(NamedTuple):
    """`number` is the row as people see it in Excel; `cells` are in file order, `cells[column.index]`."""

    number: int
    cells: list[Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    rows: int | None
    """`None` when counting would have taken too long."""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """`name` is unique in the table and never empty; `header` is the text of the file, perhaps empty."""

    index: int
    name: str
    header: str
    samples: tuple[Cell, ...] = ()

    @property
    def letter(self) -> str:
        return column_letter(self.index)


class DropReason(StrEnum):
    ABOVE_HEADER = "above_header"
    TOTAL = "total"
    REPEATED_HEADER = "repeated_header"


@dataclass(frozen=True, slots=True)
class DroppedRow:
    """A row with content that is not a record; `text` is the beginning of what it says."""

    number: int
    reason: DropReason
    text: str


@dataclass(frozen=True, slots=True)
class Table:
    """A whole file was looked at before this exists: `rows()` meets no further refusal, starts a new pass
    each time and may run in several threads at once. It reads from disk; call it off the event loop."""

    sheets: tuple[Sheet, ...]
    sheet: str
    columns: tuple[Column, ...]
    width: int
    header_row: int
    """The number of the first header row; 0 when the table has none."""
    header_rows: int
    row_count: int
    empty_rows: int
    dropped: tuple[DroppedRow, ...]
    warnings: tuple[Problem, ...]
    encoding: str | None
    delimiter: str | None
    _pass: Callable[[], Iterator[Row]] = field(repr=False, compare=False)

    def rows(self) -> Iterator[Row]:
        return self._pass()


def column_letter(index: int) -> str:
    """0 is `A`, 26 is `AA`."""
    letters = ""
    rest = index + 1
    while rest:
        rest, place = divmod(rest - 1, 26)
        letters = chr(ord("A") + place) + letters
    return letters
