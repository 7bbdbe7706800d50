"""What becomes of a single cell."""

from datetime import date, datetime

import pytest

from jieli.intake.reading import Cell, LostDigits, read_table
from jieli.intake.reading.cells import text_cell, text_row, workbook_row
from tests.intake.reading.conftest import WorkbookMaker, cells_of


@pytest.mark.parametrize(
    ("text", "cell"),
    [
        ("  甲　", "甲"),
        ("\ufeff张三\u200b", "张三"),
        ("\t13800138000", "13800138000"),
        ('="00123"', "00123"),
        ("'00123", "00123"),
        ("'quoted'", "'quoted'"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("　 ", None),
        ("1.38E+10", LostDigits("1.38E+10")),
        ("-1e+5", LostDigits("-1e+5")),
        ("1E5", "1E5"),
        ("E+10", "E+10"),
    ],
)
def test_text_is_cleaned_of_what_is_not_part_of_the_value(text: str, cell: Cell) -> None:
    assert text_cell(text) == cell
    assert text_row([text, "x"], text + "x") == [cell, "x"]


@pytest.mark.parametrize(
    ("sent", "cell"),
    [
        (3.0, 3),
        (3.147, 3.147),
        (3.1470000000000002, 3.147),
        (0.1 + 0.2, 0.3),
        (13800138000.0, "13800138000"),
        (19912345678, "19912345678"),
        (23800138000.0, 23800138000),
        (999_999_999_999_999.0, 999_999_999_999_999),
        (1e15, LostDigits("1000000000000000")),
        (6.22848040256489e18, LostDigits("6228480402564890000")),
        (True, True),
        (None, None),
        (["2026-01-05"], date(2026, 1, 5)),
        (["2026-01-05T08:30:00"], datetime(2026, 1, 5, 8, 30)),
        ("一_x000D_\n二", "一\n二"),
        ("", None),
    ],
)
def test_what_a_workbook_holds_keeps_its_type(sent: object, cell: Cell) -> None:
    assert workbook_row([sent]) == [cell]
    assert type(workbook_row([sent])[0]) is type(cell)


def test_numbers_dates_and_texts_survive_the_whole_way(workbook: WorkbookMaker) -> None:
    rows = [
        ["手机", "账号", "日期", "金额", "有效", "编码"],
        [13800138000, 6228480402564890018, date(2026, 1, 5), 12.5, True, "001"],
    ]
    path = workbook(rows)
    assert cells_of(read_table(path))[0][0] == "13800138000"
    assert cells_of(read_table(path))[0][1] == LostDigits("6228480402564890000")
    assert cells_of(read_table(path))[0][3:] == [12.5, True, "001"]
