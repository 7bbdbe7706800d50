"""What the readers of the different formats hand on: raw rows from the first of the file, as often as asked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from jieli.base.errors import Problem
from jieli.intake.reading.table import Cell, Sheet


class Merge(NamedTuple):
    """A merged area; all four are indexes from 0 and belong to it."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(frozen=True, slots=True)
class Source:
    """`raw_rows` starts a new pass over every row, blank ones included, so that positions are row numbers."""

    sheets: tuple[Sheet, ...]
    sheet: str
    raw_rows: Callable[[], Iterator[list[Cell]]]
    merges: tuple[Merge, ...] = ()
    encoding: str | None = None
    delimiter: str | None = None
    warnings: tuple[Problem, ...] = ()
    holds: object = None
    """Kept alive with the source: a temporary file."""
