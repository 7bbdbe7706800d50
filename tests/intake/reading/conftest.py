"""Small files made on the spot."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from jieli.intake.reading import Cell, Table, read_table

WorkbookMaker = Callable[..., Path]


@pytest.fixture
def workbook(tmp_path: Path) -> WorkbookMaker:
    """Makes an xlsx of one sheet from rows; `merges` are (top, left, bottom, right, text)."""

    def make(rows: Sequence[Sequence[object]], merges: Sequence[tuple[int, int, int, int, str]] = ()) -> Path:
        path = tmp_path / "made.xlsx"
        with xlsxwriter.Workbook(path) as book:
            sheet = book.add_worksheet("客户")
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, column, value)
            for merge in merges:
                sheet.merge_range(*merge)
        return path

    return make


def read_text(text: str, saved_as: str = "utf-8", **options: Any) -> Table:
    return read_table(text.encode(saved_as), **options)


def cells_of(table: Table) -> list[list[Cell]]:
    return [row.cells for row in table.rows()]


def names_of(table: Table) -> list[str]:
    return [column.name for column in table.columns]
