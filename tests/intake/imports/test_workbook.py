from pathlib import Path
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import given
from hypothesis import strategies as st

from jieli.intake.imports.workbook import Workbook
from jieli.intake.reading import read_table

TEXTS = st.text(st.characters(blacklist_categories=["Cs"]), max_size=20)


def write(path: Path, *sheets: list[list[object]]) -> Path:
    book = Workbook(path)
    for number, rows in enumerate(sheets, 1):
        book.sheet(f"表{number}", [10] * len(rows[0])).append(rows)
    book.close()
    return path


def test_sheets_written_side_by_side_become_one_file(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", [["甲", 1], ["乙", 2.5]], [["丙"]])
    book = openpyxl.load_workbook(path)
    assert [sheet.title for sheet in book.worksheets] == ["表1", "表2"]
    assert [[cell.value for cell in row] for row in book.worksheets[0]] == [["甲", 1], ["乙", 2.5]]


def test_nothing_written_is_a_formula(tmp_path: Path) -> None:
    texts = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"]
    sheet = openpyxl.load_workbook(
        write(tmp_path / "a.xlsx", [["h"], *[[text] for text in texts]])
    ).worksheets[0]
    for row in sheet.iter_rows(min_row=2):
        assert row[0].data_type == "s"
        assert row[0].value.lstrip()[0] == "'"


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_any_text_can_be_written_and_read(texts: list[str]) -> None:
    with TemporaryDirectory() as folder:
        path = write(Path(folder) / "a.xlsx", [["h"], *[[text] for text in texts]])
        sheet = openpyxl.load_workbook(path).worksheets[0]
        assert sheet.max_row == len(texts) + 1


def test_texts_come_back_as_they_were_when_the_file_is_imported(tmp_path: Path) -> None:
    texts = ["=1+1", "+86 138", "-x", "@a", "'quoted", ' a<b>&"c" ']
    path = write(tmp_path / "a.xlsx", [["说明", "姓名"], *[[text, "x"] for text in texts]])
    assert [row.cells[0] for row in read_table(path).rows()] == [text.strip() for text in texts]


def test_a_discarded_workbook_leaves_nothing(tmp_path: Path) -> None:
    book = Workbook(tmp_path / "a.xlsx")
    book.sheet("x", [10]).append([["a"]])
    book.discard()
    assert list(tmp_path.iterdir()) == []
