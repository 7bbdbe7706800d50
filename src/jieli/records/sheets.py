"""A table as a file: XLSX written row by row, or CSV that spreadsheets open with the right letters."""

import csv
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Protocol

import xlsxwriter

from jieli.records.export import Cell

RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A cell that begins with one of these may be run as a formula by a spreadsheet; an East Asian one takes wide signs
like narrow ones."""
EXACT = 10**15
"""Beyond this a spreadsheet's numbers lose digits."""
LONGEST_CELL = 32_767
WIDEST, NARROWEST = 40, 10


def harmless(text: str) -> str:
    """The text with an apostrophe before what would be a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


class Sheet(Protocol):
    """A file being written. Calls block: run them in a thread."""

    media_type: str

    def write(self, rows: Sequence[Sequence[Cell]]) -> None: ...

    def close(self) -> None: ...


class Xlsx:
    """Keeps one row in memory at a time. Texts are written as texts: long codes and telephone numbers stay whole."""

    media_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self._book = xlsxwriter.Workbook(path, {"constant_memory": True, "default_date_format": "yyyy-mm-dd"})
        self._sheet = self._book.add_worksheet()
        self._moment = self._book.add_format({"num_format": "yyyy-mm-dd hh:mm"})
        self._day = self._book.add_format({"num_format": "yyyy-mm-dd"})
        self._amount = self._book.add_format({"num_format": "#,##0.00"})
        bold = self._book.add_format({"bold": True})
        self._sheet.freeze_panes(1, 0)
        for column, heading in enumerate(headings):
            width = max(NARROWEST, min(WIDEST, 2 * len(heading) + 4))
            self._sheet.set_column(column, column, width)
            self._sheet.write_string(0, column, harmless(heading), bold)
        self._row = 1

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        for cells in rows:
            for column, cell in enumerate(cells):
                self._cell(column, cell)
            self._row += 1

    def _cell(self, column: int, cell: Cell) -> None:
        match cell:
            case None:
                return
            case datetime():
                self._sheet.write_datetime(self._row, column, cell, self._moment)
            case date():
                self._sheet.write_datetime(self._row, column, cell, self._day)
            case Decimal() if abs(cell) < EXACT:
                cents = cell.as_tuple().exponent == -2
                self._sheet.write_number(self._row, column, cell, self._amount if cents else None)
            case int() | float() if abs(cell) < EXACT:
                self._sheet.write_number(self._row, column, cell)
            case _:
                text = _plain(str(cell))[:LONGEST_CELL]
                self._sheet.write_string(self._row, column, harmless(text))

    def close(self) -> None:
        self._book.close()


class Csv:
    """UTF-8 with a mark at the start, by which spreadsheets recognise it."""

    media_type = "text/csv; charset=utf-8"

    def __init__(self, path: Path, headings: Sequence[str]) -> None:
        self._file = path.open("w", encoding="utf-8-sig", newline="")
        self._writer = csv.writer(self._file)
        self._writer.writerow([harmless(heading) for heading in headings])

    def write(self, rows: Sequence[Sequence[Cell]]) -> None:
        self._writer.writerows([_shown(cell) for cell in cells] for cells in rows)

    def close(self) -> None:
        self._file.close()


def _shown(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case datetime():
            return cell.isoformat(" ", "minutes")
        case date():
            return cell.isoformat()
        case Decimal():
            return format(cell, "f")
        case int() | float():
            return str(cell)
        case _:
            return harmless(_plain(cell))


def _plain(text: str) -> str:
    """Without control characters, which no spreadsheet takes."""
    return "".join(char for char in text if char >= " " or char in "\t\n\r")


SHEETS: dict[str, type[Xlsx] | type[Csv]] = {"xlsx": Xlsx, "csv": Csv}


def opened(form: str, path: Path, headings: Sequence[str]) -> Sheet:
    """A new file of one of the SHEETS."""
    return SHEETS[form](path, headings)
