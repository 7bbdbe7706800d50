"""Workbooks and web pages through the child process, and what is refused before or in it."""

import struct
import zipfile
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as ODFTable
from odf.table import TableCell, TableRow
from odf.text import P

from jieli.intake.reading import Sheet, read_table
from jieli.intake.reading.errors import (
    DamagedFile,
    EmptyFile,
    NotATable,
    PasswordProtected,
    SaveAsXLSX,
    TooDemanding,
    TooManyRows,
)
from tests.intake.reading.conftest import WorkbookMaker, cells_of, names_of

HTML = """<html><head><meta charset="gb2312"></head><body>
<table><tr><td>查询结果</td></tr></table>
<table border=1>
<tr><th>客户<br>名称</th><th colspan="2">联系人</th></tr>
<tr><td rowspan=2>接力</td><td>张三</td><td>13800138000</td></tr>
<tr><td>李四&amp;王五<td>139
</table><script>var x = "<td>no</td>";</script></body></html>"""


def test_the_first_visible_sheet_with_content_is_read(tmp_path: Path) -> None:
    path = tmp_path / "sheets.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("填写说明").write(0, 0, "请按模板填写")
        book.add_worksheet("空")
        book.add_worksheet("客户").write_column(0, 0, ["名称", "接力", "腾达"])
        options = book.add_worksheet("选项")
        options.write(0, 0, "上海")
        options.hide()
    table = read_table(path)
    assert table.sheet == "客户"
    assert table.sheets == (
        Sheet("填写说明", 1),
        Sheet("空", 0),
        Sheet("客户", 3),
        Sheet("选项", 1, hidden=True),
    )
    assert names_of(read_table(path, sheet="填写说明")) == ["请按模板填写"]


def test_a_table_that_starts_in_the_middle_keeps_its_rows_and_letters(workbook: WorkbookMaker) -> None:
    table = read_table(workbook([[], [], [None, None, "名称", "电话"], [None, None, "接力", "1"]]))
    assert [(column.letter, column.name) for column in table.columns] == [("C", "名称"), ("D", "电话")]
    assert [row.number for row in table.rows()] == [4]


def test_xls_is_read(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("客户")
    for row, values in enumerate([["名称", "手机"], ["接力", 13800138000]]):
        for column, value in enumerate(values):
            sheet.write(row, column, value)
    path = tmp_path / "old.dat"
    book.save(str(path))
    assert cells_of(read_table(path)) == [["接力", "13800138000"]]


def test_ods_is_read(tmp_path: Path) -> None:
    document = OpenDocumentSpreadsheet()
    sheet = ODFTable(name="客户")
    for values in [["名称", "城市"], ["接力", "上海"]]:
        row = TableRow()
        for value in values:
            cell = TableCell(valuetype="string")
            cell.addElement(P(text=value))
            row.addElement(cell)
        sheet.addElement(row)
    document.spreadsheet.addElement(sheet)
    path = tmp_path / "客户.ods"
    document.save(str(path))
    assert cells_of(read_table(path)) == [["接力", "上海"]]


@pytest.mark.parametrize("encoding", ["gbk", "utf-8"])
def test_a_web_page_saved_as_xls_is_read(encoding: str) -> None:
    table = read_table(HTML.encode(encoding))
    assert names_of(table) == ["客户 名称", "联系人", "列 C"]
    assert cells_of(table) == [["接力", "张三", "13800138000"], ["接力", "李四&王五", "139"]]
    assert [sheet.name for sheet in table.sheets] == ["表 1", "表 2"]


def test_a_web_page_that_is_slow_to_parse_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jieli.intake.reading.limits.EXTRACT_HTML_CPU_SECONDS", 1)
    with pytest.raises(TooDemanding):
        read_table(b"<html>" + b"<!--" * 300_000)


def test_of_many_tables_the_first_are_offered() -> None:
    assert len(read_table(b"<table><tr><td>x</table>" * 1_000).sheets) == 200


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (b"<html><body>login</body></html>", SaveAsXLSX),
        (
            b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>',
            SaveAsXLSX,
        ),
        (b'<?xml version="1.0"?><rows/>', SaveAsXLSX),
        (b"%PDF-1.7 xxxx", NotATable),
        (b"Rar!\x1a\x07xxxx", NotATable),
        (b"\x89PNG\r\n\x1a\nxxxx", NotATable),
        (b"PK\x03\x04 no zip at all", DamagedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, DamagedFile),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), PasswordProtected),
        (b"\x09\x04\x06\x00\x00\x00\x10\x00", SaveAsXLSX),
    ],
)
def test_what_is_no_table_is_refused_with_advice(content: bytes, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        read_table(content)


def test_a_word_document_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "letter.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(NotATable) as refusal:
        read_table(path)
    assert refusal.value.params == {"kind": "Word"}


def test_a_workbook_without_content_is_refused(workbook: WorkbookMaker) -> None:
    with pytest.raises(EmptyFile):
        read_table(workbook([]))


def test_an_archive_that_unpacks_to_too_much_is_refused_unopened(
    workbook: WorkbookMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jieli.intake.reading.archive.MAX_UNPACKED_BYTES", 1_000)
    with pytest.raises(TooDemanding):
        read_table(workbook([["a"]]))


def test_an_archive_that_lies_about_its_sizes_is_refused(
    workbook: WorkbookMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook([["a" * 1_000]])
    content = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    content = content.replace(struct.pack("<I", size), struct.pack("<I", 10))
    with pytest.raises(DamagedFile):
        read_table(bytes(content))


def test_a_directory_that_points_before_the_file_is_refused(workbook: WorkbookMaker) -> None:
    content = bytearray(workbook([["a"]]).read_bytes())
    end = content.rindex(b"PK\x05\x06")
    struct.pack_into("<I", content, end + 16, struct.unpack_from("<I", content, end + 16)[0] + 5_000)
    with pytest.raises(DamagedFile):
        read_table(bytes(content))


@pytest.mark.parametrize("share", [0.3, 0.6, 0.9])
def test_a_cut_workbook_is_refused(workbook: WorkbookMaker, share: float) -> None:
    content = workbook([["a", "b"], [1, 2]]).read_bytes()
    with pytest.raises(DamagedFile):
        read_table(content[: int(len(content) * share)])


def test_a_value_in_the_last_corner_of_a_sheet_is_refused_not_suffered(tmp_path: Path) -> None:
    path = tmp_path / "corner.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "z")
    with pytest.raises(TooDemanding):
        read_table(path)


def test_too_many_rows_are_refused_before_they_are_sent(
    workbook: WorkbookMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jieli.intake.reading.limits.MAX_ROWS", 0)
    with pytest.raises(TooManyRows):
        read_table(workbook([["a"], *([number] for number in range(100))]))


def test_a_reader_that_takes_too_long_is_stopped(
    workbook: WorkbookMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jieli.intake.reading.limits.EXTRACT_WALL_SECONDS", 0.001)
    with pytest.raises(TooDemanding):
        read_table(workbook([["a"]]))


def test_a_reader_that_wants_too_much_memory_is_stopped(
    workbook: WorkbookMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook([[f"{row}-{column}" for column in range(50)] for row in range(3_000)])
    assert read_table(path).row_count == 3_000
    monkeypatch.setattr("jieli.intake.reading.limits.EXTRACT_MEMORY_BYTES", 40 * 1024 * 1024)
    with pytest.raises(TooDemanding):
        read_table(path)


def test_errors_of_formulas_are_empty(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["名称", "比例"])
    sheet.append(["接力", "#N/A"])
    sheet["B2"].data_type = "e"
    path = tmp_path / "errors.xlsx"
    book.save(path)
    assert cells_of(read_table(path)) == [["接力", None]]
