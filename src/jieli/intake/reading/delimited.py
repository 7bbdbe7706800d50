"""CSV, TSV and their relatives: finds encoding and delimiter, then streams rows without holding the file."""

import csv
import io
import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import dropwhile, islice
from pathlib import Path

from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.intake.reading.cells import text_row
from jieli.intake.reading.encoding import Encoding, checked_encoding, detect_encoding
from jieli.intake.reading.errors import CellTooLong, TooManyCells, TooManyColumns, TooManyRows
from jieli.intake.reading.limits import (
    MAX_CELL_CHARACTERS,
    MAX_CELLS,
    MAX_COLUMNS,
    MAX_ROWS_WITH_BLANK_ONES,
)
from jieli.intake.reading.source import Source
from jieli.intake.reading.table import Cell, Sheet

DAMAGED_TEXT = Message(
    "reading.damaged_text",
    "部分字符无法识别(编码 {encoding}),显示为 \N{REPLACEMENT CHARACTER},请检查后再导入",
    "Some characters do not fit the encoding {encoding} and show as \N{REPLACEMENT CHARACTER}; "
    "check them before importing",
)

DELIMITERS = (",", "\t", ";", "|")

_SAMPLE_CHARACTERS = 128 * 1024
_SAMPLE_RECORDS = 300
_EVEN_ENOUGH = 0.6
_NO_DELIMITER = "\x1f"
_SEP_LINE = re.compile(r'"?sep=(.)"?\s*$', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Text:
    """A file and how to read it."""

    path: Path
    encoding: Encoding
    delimiter: str | None
    has_sep_line: bool

    def raw_rows(self) -> Iterator[list[Cell]]:
        with self.path.open(encoding=self.encoding.name, errors=self.encoding.errors, newline="") as file:
            lines: Iterator[str] = file
            if self.has_sep_line:
                next(lines)
            if self.encoding.has_nul:
                lines = (line.replace("\0", "") for line in file)
            yield from _cleaned(_records(lines, self.delimiter or _NO_DELIMITER))


def open_text(path: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Source:
    """Detects what is not given. A given encoding that does not fit is used all the same, with a warning."""
    found = checked_encoding(path, encoding) if encoding else detect_encoding(path)
    sample = _sample(path, found)
    sep = _SEP_LINE.match(sample.partition("\n")[0])
    mark = delimiter or (sep[1] if sep else detect_delimiter(sample))
    text = _Text(path, found, mark, has_sep_line=sep is not None)
    warnings = (Problem("", DAMAGED_TEXT, {"encoding": found.name}),) if found.damaged else ()
    sheet = path.stem
    return Source((Sheet(sheet, None),), sheet, text.raw_rows, (), found.name, mark, warnings)


def detect_delimiter(sample: str) -> str | None:
    """The mark that cuts most rows into the same number of cells; `None` for a single column."""
    best, best_score = None, _EVEN_ENOUGH
    for mark in DELIMITERS:
        score = _evenness(sample, mark)
        if score > best_score:
            best, best_score = mark, score
    return best


def _sample(path: Path, encoding: Encoding) -> str:
    """Whole lines where possible, so that the last record is not cut."""
    with path.open(encoding=encoding.name, errors="replace", newline="") as file:
        sample = file.read(_SAMPLE_CHARACTERS).replace("\0", "")
    if len(sample) < _SAMPLE_CHARACTERS:
        return sample
    return sample[: sample.rfind("\n") + 1] or sample


def _evenness(sample: str, mark: str) -> float:
    """From 0 to a little over 1. Notes above the table count little against it, rows cut short count nearly
    as even ones where a full row leads, and more columns break ties, since a decimal comma also cuts evenly."""
    try:
        rows = islice(_records(io.StringIO(sample, newline=""), mark), _SAMPLE_RECORDS)
        widths = [len(row) for row in rows if any(row)]
    except csv.Error:
        return 0.0
    table = list(dropwhile(lambda width: width == 1, widths))
    if not table:
        return 0.0
    usual, alike = Counter(width for width in table if width > 1).most_common(1)[0]
    within = sum(1.0 for width in table if 1 < width <= table[0] + 1)
    if table == widths:
        within += 0.5 * widths.count(1)
    share = max(alike, 0.85 * within) / len(table)
    return share * math.sqrt(len(table) / len(widths)) + min(usual, 100) / 1_000


def _records(lines: Iterable[str], delimiter: str) -> Iterator[list[str]]:
    return csv.reader(lines, delimiter=delimiter, skipinitialspace=True)


def _cleaned(records: Iterator[list[str]]) -> Iterator[list[Cell]]:
    number, cells = 0, 0
    try:
        for number, record in enumerate(records, 1):
            if number > MAX_ROWS_WITH_BLANK_ONES:
                raise TooManyRows(limit=MAX_ROWS_WITH_BLANK_ONES)
            if len(record) > MAX_COLUMNS:
                raise TooManyColumns(row=number, columns=len(record), limit=MAX_COLUMNS)
            cells += len(record)
            if cells > MAX_CELLS:
                raise TooManyCells(limit=MAX_CELLS)
            joined = "".join(record)
            if len(joined) > MAX_CELL_CHARACTERS and max(map(len, record)) > MAX_CELL_CHARACTERS:
                raise CellTooLong(row=number, limit=MAX_CELL_CHARACTERS)
            yield text_row(record, joined)
    except csv.Error as error:
        raise CellTooLong(row=number + 1, limit=MAX_CELL_CHARACTERS) from error
