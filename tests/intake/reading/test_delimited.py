"""Finding the delimiter, and what people do to CSV files."""

import pytest

from jieli.intake.reading.delimited import detect_delimiter
from tests.intake.reading.conftest import cells_of, names_of, read_text


@pytest.mark.parametrize(
    ("sample", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a\tb\n1,5\t2\n", "\t"),
        ("a|b\n1|2\n", "|"),
        ("a;b;c\n1,5;2,3;3,1\n1,4;2,2;3,0\n", ";"),
        ('名称;备注\n甲;"一,二,三"\n乙;"四,五,六"\n', ";"),
        ("导出说明\n\n名称,电话\n甲,1\n乙,2\n", ","),
        ("a,b,c\n1\n1,2\n1,2,3\n", ","),
        ("客户名称\n甲\n乙\n", None),
        ("客户名称\nAcme, Inc.\nB Co., Ltd\nC\nD, E and F, Ltd\n", None),
        ("备注\n今天, 去了客户那里, 谈得好, 下次再来\n明天, 电话\n后天去\n", None),
    ],
)
def test_the_delimiter_is_what_cuts_rows_evenly(sample: str, delimiter: str | None) -> None:
    assert detect_delimiter(sample) == delimiter


@pytest.mark.parametrize("line", ["sep=;", '"sep=;"', "SEP=;"])
def test_a_sep_line_is_obeyed_and_counts_as_no_row(line: str) -> None:
    table = read_text(f"{line}\r\n名称;电话\r\n甲,乙;1\r\n")
    assert (table.delimiter, table.header_row) == (";", 1)
    assert cells_of(table) == [["甲,乙", "1"]]


def test_a_chosen_delimiter_is_used() -> None:
    assert names_of(read_text("a,b;c\n1,2;3\n", delimiter=";")) == ["a,b", "c"]


def test_quotes_keep_line_breaks_delimiters_and_quotes() -> None:
    table = read_text('名称,备注\r\n甲,"一\r\n二, ""三"""\r\n')
    assert cells_of(table) == [["甲", '一\n二, "三"']]


def test_old_mac_line_ends_are_line_ends() -> None:
    assert cells_of(read_text("a,b\r1,2\r3,4\r")) == [["1", "2"], ["3", "4"]]


def test_blanks_after_a_delimiter_do_not_hide_a_quote() -> None:
    assert cells_of(read_text('a, b\n1, "2, 3"\n')) == [["1", "2, 3"]]
