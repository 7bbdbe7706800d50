import csv
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from jieli.records.export import Cell
from jieli.records.sheets import SHEETS, harmless, opened

ROW: list[Cell] = [
    "text", 7, Decimal("1200.50"), Decimal("-3"), date(2026, 11, 23), datetime(2026, 11, 23, 10, 30), None,
    "91110108551385082Q", "+86 138 0013 8000", "a\x00b\x07c", "line\nbreak",
]  # fmt: skip


def written(path: Path, form: str, rows: list[list[Cell]]) -> Path:
    sheet = opened(form, path, [f"列{number}" for number in range(len(rows[0]))])
    sheet.write(rows)
    sheet.close()
    return path


def test_a_workbook_holds_values_as_what_they_are(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path / "a.xlsx", "xlsx", [ROW])).active
    assert sheet is not None
    cells = [cell.value for cell in sheet[2]]
    assert cells[:3] == ["text", 7, 1200.5]
    assert cells[3] == -3
    assert cells[4:7] == [datetime(2026, 11, 23), datetime(2026, 11, 23, 10, 30), None]
    assert cells[7:] == ["91110108551385082Q", "'+86 138 0013 8000", "abc", "line\nbreak"]


def test_a_csv_holds_them_as_texts(tmp_path: Path) -> None:
    with written(tmp_path / "a.csv", "csv", [ROW]).open(encoding="utf-8-sig", newline="") as file:
        (_, row) = csv.reader(file)
    assert row[:7] == ["text", "7", "1200.50", "-3", "2026-11-23", "2026-11-23 10:30", ""]
    assert row[8:] == ["'+86 138 0013 8000", "abc", "line\nbreak"]


def test_a_number_too_long_for_a_spreadsheet_is_written_as_text(tmp_path: Path) -> None:
    sheet = openpyxl.load_workbook(written(tmp_path / "a.xlsx", "xlsx", [[10**16, Decimal(10**17)]])).active
    assert sheet is not None
    assert [cell.value for cell in sheet[2]] == [str(10**16), str(10**17)]


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_what_would_be_a_formula_is_not(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["text", "1-2", "a=b", "", "'=1"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text


def test_many_rows_make_one_sheet(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[number, "x"] for number in range(5000)]
    for form in SHEETS:
        assert written(tmp_path / f"a.{form}", form, rows).stat().st_size > 0
    sheet = openpyxl.load_workbook(tmp_path / "a.xlsx").active
    assert sheet is not None
    assert sheet.max_row == 5001
