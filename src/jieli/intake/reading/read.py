"""`read_table`: from a file to a `Table`, or a refusal that says what to change."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import islice
from pathlib import Path
from typing import assert_never

from jieli.intake.reading.archive import check_archive
from jieli.intake.reading.body import body
from jieli.intake.reading.delimited import DELIMITERS, open_text
from jieli.intake.reading.encoding import detect_encoding, is_choosable
from jieli.intake.reading.errors import EmptyFile, UnknownHeaderRow, UnknownOption
from jieli.intake.reading.header import NO_HEADER, Header, find_header, header_at
from jieli.intake.reading.kind import Kind, recognise
from jieli.intake.reading.limits import HEAD_ROWS
from jieli.intake.reading.scan import Scan, columns_of, warnings_of
from jieli.intake.reading.source import Source
from jieli.intake.reading.spool import TemporaryFile
from jieli.intake.reading.table import Cell, Row, Sheet, Table
from jieli.intake.reading.workbook import open_web_page, open_workbook

_LAST_HEADER_ROW = 10_000
_LONGEST_SHOWN = 40


def read_table(
    file: Path | bytes,
    *,
    sheet: str | None = None,
    header_row: int | None = None,
    header_rows: int = 1,
    encoding: str | None = None,
    delimiter: str | None = None,
    keep_totals: bool = False,
) -> Table:
    """What is not given is found out. `header_row` is a row number, 0 for a file without header, and
    `header_rows` goes with it. Raises `UnreadableFile`, which is an `Invalid`. Reads the whole file and may
    take seconds: not for the event loop. A file given by path must stay until the last `rows()` has ended."""
    _check_options(encoding, delimiter)
    source = _opened(file, sheet, encoding, delimiter)
    header = _header(source, header_row, header_rows)
    counter, scan = _CountedRows(source), Scan(len(header.labels))
    scan.look_at(body(replace(source, raw_rows=counter), header, keep_totals=keep_totals))
    if not scan.row_count and not any(header.labels):
        raise EmptyFile
    below = sum(1 for dropped in scan.dropped if dropped.number > header.last)
    return Table(
        sheets=tuple(_counted(each, source.sheet, counter.seen) for each in source.sheets),
        sheet=source.sheet,
        columns=columns_of(scan, header),
        width=scan.width,
        header_row=header.row,
        header_rows=header.rows,
        row_count=scan.row_count,
        empty_rows=counter.seen - header.last - scan.row_count - below,
        dropped=tuple(scan.dropped),
        warnings=(*source.warnings, *warnings_of(scan, header)),
        encoding=source.encoding,
        delimiter=source.delimiter,
        _pass=partial(_rows, source, header, scan.width, keep_totals),
    )


def _check_options(encoding: str | None, delimiter: str | None) -> None:
    if delimiter is not None and delimiter not in DELIMITERS:
        raise UnknownOption(value=delimiter[:_LONGEST_SHOWN])
    if encoding is not None and not is_choosable(encoding):
        raise UnknownOption(value=encoding[:_LONGEST_SHOWN])


def _opened(file: Path | bytes, sheet: str | None, encoding: str | None, delimiter: str | None) -> Source:
    if isinstance(file, bytes):
        spool = TemporaryFile(".upload")
        spool.path.write_bytes(file)
        return replace(_opened(spool.path, sheet, encoding, delimiter), holds=spool)
    match recognise(file):
        case Kind.ARCHIVE:
            check_archive(file)
            return open_workbook(file, sheet=sheet)
        case Kind.XLS:
            return open_workbook(file, sheet=sheet)
        case Kind.HTML:
            return open_web_page(file, sheet=sheet, encoding=encoding or detect_encoding(file).name)
        case Kind.TEXT:
            return open_text(file, encoding=encoding, delimiter=delimiter)
        case _ as never:
            assert_never(never)


def _header(source: Source, row: int | None, rows: int) -> Header:
    if row == 0:
        return NO_HEADER
    head = list(islice(source.raw_rows(), max(HEAD_ROWS, min(row or 0, _LAST_HEADER_ROW) + rows)))
    if row is None:
        return find_header(head, source.merges)
    if not 0 < row <= len(head) or all(cell is None for cell in head[row - 1]):
        raise UnknownHeaderRow(row=row)
    return header_at(head, row, rows, source.merges)


def _rows(source: Source, header: Header, width: int, keep_totals: bool) -> Iterator[Row]:
    """Every row as long as the table is wide."""
    for row in body(source, header, keep_totals=keep_totals):
        if isinstance(row, Row):
            missing = width - len(row.cells)
            if missing > 0:
                row.cells.extend([None] * missing)
            elif missing < 0:
                del row.cells[width:]
            yield row


def _counted(sheet: Sheet, chosen: str, rows: int) -> Sheet:
    """The number of rows of a text file is known only now."""
    return replace(sheet, rows=rows) if sheet.name == chosen and sheet.rows is None else sheet


@dataclass(slots=True)
class _CountedRows:
    """`Source.raw_rows`, counting."""

    source: Source
    seen: int = 0

    def __call__(self) -> Iterator[list[Cell]]:
        for cells in self.source.raw_rows():
            self.seen += 1
            yield cells
