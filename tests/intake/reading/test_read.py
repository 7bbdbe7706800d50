"""The whole way from bytes to a table."""

import gc
from pathlib import Path

import pytest

from jieli.intake.reading import Cell, Column, DroppedRow, DropReason, Row, read_table
from jieli.intake.reading.errors import (
    CellTooLong,
    EmptyFile,
    FileTooBig,
    TooManyColumns,
    TooManyRows,
    UnknownHeaderRow,
    UnknownOption,
    UnknownSheet,
)
from tests.intake.reading.conftest import WorkbookMaker, cells_of, names_of, read_text

LEADS = """线索导出,,
导出人：张三,,

客户名称,手机,金额
上海接力科技有限公司,13800138000,100

腾达集团,13900139000,200
合计,,300

"""


def test_notes_blank_rows_and_totals_are_left_out_and_reported() -> None:
    table = read_text(LEADS)
    assert names_of(table) == ["客户名称", "手机", "金额"]
    assert list(table.rows()) == [
        Row(5, ["上海接力科技有限公司", "13800138000", "100"]),
        Row(7, ["腾达集团", "13900139000", "200"]),
    ]
    assert table.dropped == (
        DroppedRow(1, DropReason.ABOVE_HEADER, "线索导出"),
        DroppedRow(2, DropReason.ABOVE_HEADER, "导出人：张三"),
        DroppedRow(8, DropReason.TOTAL, "合计 300"),
    )
    assert (table.header_row, table.row_count, table.empty_rows) == (4, 2, 2)


def test_totals_stay_when_somebody_wants_them() -> None:
    assert read_text(LEADS, keep_totals=True).row_count == 3


def test_a_header_repeated_on_each_page_is_no_record() -> None:
    table = read_text("姓名,电话\n张三,1\n姓名,电话\n李四,2\n")
    assert cells_of(table) == [["张三", "1"], ["李四", "2"]]
    assert table.dropped[0].reason is DropReason.REPEATED_HEADER


def test_the_chosen_header_row_is_taken_as_it_is() -> None:
    table = read_text("a,b\n1,2\n3,4\n", header_row=2)
    assert names_of(table) == ["1", "2"]
    assert cells_of(table) == [["3", "4"]]


def test_without_header_every_row_is_a_record_and_columns_get_letters() -> None:
    table = read_text("姓名,电话\n张三,1\n", header_row=0)
    assert names_of(table) == ["列 A", "列 B"]
    assert table.row_count == 2


def test_what_was_found_reads_the_same_when_it_is_given(workbook: WorkbookMaker) -> None:
    path = workbook(
        [["基本信息", None, "金额"], ["姓名", "电话", None], ["张三", "1", 5]],
        merges=[(0, 0, 0, 1, "基本信息"), (0, 2, 1, 2, "金额")],
    )
    found = read_table(path)
    given = read_table(path, sheet=found.sheet, header_row=found.header_row, header_rows=found.header_rows)
    assert found == given
    assert names_of(found) == ["基本信息 / 姓名", "基本信息 / 电话", "金额"]


@pytest.mark.parametrize("row", [3, 99])
def test_a_blank_or_missing_row_cannot_be_the_header(row: int) -> None:
    with pytest.raises(UnknownHeaderRow):
        read_text("a,b\n1,2\n\n3,4\n", header_row=row)


def test_rows_keep_the_number_people_see_in_excel() -> None:
    table = read_text('名称,备注\n甲,"一\n二"\n\n乙,三\n')
    assert [row.number for row in table.rows()] == [2, 4]


def test_short_rows_are_filled_up_and_long_ones_get_a_column_with_a_warning() -> None:
    table = read_text("a,b\n1\n2,3,4\n")
    assert names_of(table) == ["a", "b", "列 C"]
    assert cells_of(table) == [["1", None, None], ["2", "3", "4"]]
    assert [problem.params for problem in table.warnings] == [{"count": 1, "row": 3}]


def test_trailing_delimiters_make_no_columns() -> None:
    table = read_text("a,b\n1,2,,,\n3,4,,,\n")
    assert names_of(table) == ["a", "b"]
    assert table.warnings == ()


def test_an_unnamed_column_without_values_is_left_out() -> None:
    table = read_text("a,,c\n1,,3\n")
    assert table.columns == (Column(0, "a", "a", ("1",)), Column(2, "c", "c", ("3",)))
    assert cells_of(table) == [["1", None, "3"]]


def test_a_value_far_below_still_makes_an_unnamed_column() -> None:
    rows = "".join(f"{number},\n" for number in range(6_000))
    table = read_text(f"a,\n{rows}1,late\n")
    assert names_of(table) == ["a", "列 B"]


def test_equal_headers_get_numbers_and_marks_of_required_columns_go() -> None:
    table = read_text("*电话,电话,电话 2,Name,name\n1,2,3,a,b\n")
    assert names_of(table) == ["电话", "电话 2", "电话 2 2", "Name", "name 2"]
    assert table.columns[0].header == "*电话"


def test_samples_are_the_first_different_values() -> None:
    table = read_text("城市,x\n上海,1\n上海,1\n,1\n北京,1\n")
    assert table.columns[0].samples == ("上海", "北京")


def test_bytes_outlive_their_upload_and_leave_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    rows = read_text("a\n1\n").rows()
    gc.collect()
    assert next(rows).cells == ["1"]
    del rows
    gc.collect()
    assert list(tmp_path.iterdir()) == []


def test_passes_do_not_disturb_one_another(workbook: WorkbookMaker) -> None:
    table = read_table(workbook([["a", "b"], [1, 2], [3, 4]]))
    first, second = table.rows(), table.rows()
    assert next(first) == next(second) == Row(2, [1, 2])
    assert next(first) == next(second) == Row(3, [3, 4])


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \r\n\n", b",,,\n,,,\n", b'""\n""\n'])
def test_a_file_without_content_is_refused(content: bytes) -> None:
    with pytest.raises(EmptyFile):
        read_table(content)


def test_a_header_alone_is_a_table_without_rows() -> None:
    assert read_text("客户名称,手机\n").row_count == 0


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jieli.intake.reading.body.MAX_ROWS", 3)
    assert read_text("a\n1\n2\n3\n").row_count == 3
    with pytest.raises(TooManyRows):
        read_text("a\n1\n2\n3\n4\n")


def test_blank_rows_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jieli.intake.reading.delimited.MAX_ROWS_WITH_BLANK_ONES", 100)
    with pytest.raises(TooManyRows):
        read_text("a\n" + "\n" * 100)


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(TooManyColumns):
        read_text(",".join(map(str, range(1_001))))


def test_too_long_a_cell_is_refused_naming_the_row() -> None:
    with pytest.raises(CellTooLong) as refusal:
        read_text("a\n1\n" + "x" * 32_768)
    assert refusal.value.params["row"] == 3


def test_a_missing_quote_is_refused_naming_the_row() -> None:
    with pytest.raises(CellTooLong) as refusal:
        read_text('a,b\n1,2\n"3,4\n' + "5,6\n" * 50_000)
    assert refusal.value.params["row"] == 3


def test_too_big_a_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("jieli.intake.reading.kind.MAX_FILE_BYTES", 10)
    with pytest.raises(FileTooBig):
        read_text("a,b\n1,2\n3,4\n")


def test_an_unknown_sheet_is_refused_by_name(workbook: WorkbookMaker) -> None:
    with pytest.raises(UnknownSheet) as refusal:
        read_table(workbook([["a"]]), sheet="没有")
    assert "没有" in str(refusal.value)


@pytest.mark.parametrize("option", [{"encoding": "klingon"}, {"encoding": "base64"}, {"delimiter": "ab"}])
def test_an_impossible_option_is_refused(option: dict[str, str]) -> None:
    with pytest.raises(UnknownOption):
        read_text("a,b\n", **option)


def test_merged_cells_give_their_value_to_the_rows_they_span(workbook: WorkbookMaker) -> None:
    rows: list[list[object]] = [
        ["客户", "联系人"],
        ["接力", "张三"],
        [None, "李四"],
        [None, None],
        ["腾达", "王五"],
    ]
    table = read_table(workbook(rows, merges=[(1, 0, 3, 0, "接力")]))
    assert cells_of(table) == [["接力", "张三"], ["接力", "李四"], ["腾达", "王五"]]


@pytest.mark.parametrize(
    ("name", "rows", "columns", "first"),
    [
        ("xeducation-leads/leads-train.csv", 5_544, 37, "7927b2df-8bba-4d29-b9a2-b6e0beafe620"),
        ("maven-crm/accounts.csv", 85, 7, "Acme Corporation"),
        ("maven-crm/products.csv", 7, 3, "GTX Basic"),
        ("maven-crm/sales_teams.csv", 35, 3, "Anna Snelling"),
        ("maven-crm/sales_pipeline.csv", 8_800, 8, "1C1I7A6R"),
        ("helpdesk-log/helpdesk.csv", 21_348, 16, "Case 1"),
    ],
)
def test_real_tables_are_read_whole(shared: Path, name: str, rows: int, columns: int, first: Cell) -> None:
    table = read_table(shared / "data" / name)
    read = list(table.rows())
    assert (len(read), len(table.columns)) == (rows, columns)
    assert (read[0].cells[0], read[0].number) == (first, 2)
    assert (table.header_row, table.dropped, table.warnings, table.empty_rows) == (1, (), (), 0)
