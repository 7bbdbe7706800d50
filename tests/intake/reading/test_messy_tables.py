"""Files that are hard to import: each becomes a table of the expected shape, or is refused with a reason."""

import contextlib
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jieli.base.language import Language
from jieli.intake.reading import Cell, Table, UnreadableFile, guess_columns, read_table
from tests.conftest import SHARED

MESSY = SHARED / "data" / "messy-tables"
FILES = sorted(str(path.relative_to(MESSY)) for path in MESSY.glob("*/*"))


class Shape(NamedTuple):
    """`names` and `cells` are the first ones of the columns and of the first row."""

    header_row: int
    header_rows: int
    row_count: int
    columns: int
    names: list[str]
    first_row: int = 0
    cells: list[Cell] | None = None


REFUSED = {
    "csv-structure/frictionless-py__wide.csv": "reading.too_many_columns",
    "excel/calamine__picture.xlsx": "reading.empty",
    "excel/npoi__DBCSHeader.xls": "reading.empty",
    "hostile-or-broken/PhpSpreadsheet__oleloop.xls": "reading.too_demanding",
    "hostile-or-broken/calamine__OOM_alloc3.xls": "reading.damaged",
    "merged-cells-or-multirow-header/npoi__57893-many-merges.xlsx": "reading.empty",
    "password-protected/npoi__password.xls": "reading.password",
    "password-protected/npoi__xor-encryption-abc.xls": "reading.password",
    "wrong-type-or-html/messytables__simple.zip": "reading.not_a_table",
}

EXPECTED = {
    "chinese/Magicodes.IE__Issue296.xlsx": Shape(
        5, 1, 10, 21, ["影厅名称", "列 B", "列 C"], 6, ["{{Table>>播放大厅营收报表|EquipName}}", None, None]
    ),
    "chinese/Magicodes.IE__NullableEnum.xlsx": Shape(1, 1, 4, 2, ["编号", "等级"], 2, [1, None]),
    "chinese/Magicodes.IE__导入列头筛选器测试.xlsx": Shape(
        1, 1, 16, 3, ["序号", "Student", "性别"], 2, [1, "杨圣超", "男"]
    ),
    "chinese/Magicodes.IE__数据注解测试模板.xlsx": Shape(
        1, 1, 25, 4, ["Custom列1", "列2", "Time1"], 2, ["it", "echo", datetime(1943, 4, 1, 2, 4, 45)]
    ),
    "chinese/Magicodes.IE__管轴导入数据带有空行.xlsx": Shape(
        2, 1, 6, 7, ["管轴编号", "管廊编号", "责任区域"], 3, ["ZZ-01", "ZZ", "MDI装置-HCl氧化"]
    ),
    "chinese/Magicodes.IE__重复变量定义.xlsx": Shape(
        0,
        0,
        31,
        12,
        ["列 A", "列 B", "列 C"],
        1,
        ["数据源列说明:{{B}}B列,{{全部}}全部列,{{其它}}除明确定义的列之外的所有列", None, None],
    ),
    "chinese/easyexcel__complex.xlsx": Shape(
        3, 1, 2, 4, ["姓名", "数字", "姓名 2"], 4, ["{.name}", "{.number}", "{.name}"]
    ),
    "chinese/easyexcel__converterCsv.csv": Shape(
        1,
        1,
        1,
        38,
        ["大数的布尔(不支持)", "大数的数字", "大数的字符串，大整数的布尔(不支持)"],
        2,
        ["1", "1", "1"],
    ),
    "chinese/easyexcel__dataformat.xls": Shape(
        1,
        1,
        27,
        7,
        ["date", "dateStringCn", "dateStringCn2"],
        2,
        [datetime(2020, 1, 1, 1, 1, 1), "2020-1-1 1:01", None],
    ),
    "chinese/easyexcel__dataformat.xlsx": Shape(
        1,
        1,
        27,
        7,
        ["date", "dateStringCn", "dateStringCn2"],
        2,
        [datetime(2020, 1, 1, 1, 1, 1), "2020-1-1 1:01", None],
    ),
    "chinese/easyexcel__date1.xlsx": Shape(1, 1, 1, 2, ["a", "b"], 2, ["1.00", "1"]),
    "chinese/easyexcel__t03.xlsx": Shape(1, 1, 1, 12, ["单据号", "服务产品编码", "用户昵称"], 2, [3, 3, 4]),
    "chinese/easyexcel__t04.xlsx": Shape(1, 1, 56, 12, ["序号", "ID号", "工位号"], 2, [1, 11, 1]),
    "chinese/easyexcel__t05.xlsx": Shape(
        1, 1, 5, 1, ["日期时间标题"], 2, [datetime(2023, 1, 1, 0, 0, 0, 400000)]
    ),
    "chinese/easyexcel__t09.xlsx": Shape(1, 1, 0, 1, ["SH Z002"]),
    "csv-structure/PhpSpreadsheet__line_break_in_enclosure_with_escaped_quotes.csv": Shape(
        1, 1, 4, 3, ["Name", "Copy", "URL"], 2, ["Test"]
    ),
    "csv-structure/PhpSpreadsheet__sep.csv": Shape(1, 1, 1, 2, ["A", "1"], 2, ["2", "3"]),
    "csv-structure/csvkit__FY09_EDU_Recipients_by_State.csv": Shape(
        1, 1, 52, 9, ["State Name", "State Abbreviate", "Code"], 2, ["ALABAMA", "AL", "01"]
    ),
    "csv-structure/csvkit__blanks.csv": Shape(1, 1, 1, 6, ["a", "b", "c"], 2, [None, "NA", "N/A"]),
    "csv-structure/csvkit__event-notification-rpt-lastmonth.txt": Shape(
        1, 1, 72, 71, ["Event Desc", "En No", "Site Name"], 2, ["Power Reactor", "46521", "PILGRIM"]
    ),
    "csv-structure/messytables__complex.csv": Shape(
        1, 1, 3, 4, ["date", "another date", "temperature"], 2, ["2011-01-01", "24 October 2011", "0"]
    ),
    "csv-structure/messytables__excel_pasting.csv": Shape(
        4, 1, 15, 9, ["Year", "2000", "2001"], 5, ["Timber", "2,666", "2,274"]
    ),
    "csv-structure/messytables__long.csv": Shape(0, 0, 4000, 1, ["列 A"], 1, ["foo"]),
    "csv-structure/messytables__small.csv": Shape(1, 1, 0, 1, ["a"]),
    "csv-structure/messytables__sparse_with_column_errors.csv": Shape(
        1, 1, 2200, 4, ["LP", "Bezeichnung", "Kapitel/Titel"], 2, ["A"]
    ),
    "csv-structure/messytables__weird_head_padding.csv": Shape(
        12, 1, 76, 10, ["列 A", "1985", "1993"], 13, ["Chirurgie (ohne Orthopädie) ...", None, None]
    ),
    "csv-structure/modin__issue_976.csv": Shape(
        0, 0, 5, 11, ["列 A", "列 B", "列 C"], 1, ["1", "11800000560005", "11800000560005"]
    ),
    "csv-structure/modin__newlines.csv": Shape(1, 1, 21, 4, ["col1", "col2", "col3"], 2, []),
    "csv-structure/modin__test_delim.csv": Shape(1, 1, 6, 5, ["a", "b", "c"], 2, ["1", "2", "3"]),
    "csv-structure/modin__test_null_col.csv": Shape(1, 1, 3, 3, ["a", "b", "c"], 2, ["1", "1", None]),
    "csv-structure/tabulator-py__table.bad-format": Shape(1, 1, 2, 2, ["id", "name"], 2, ["1", "english"]),
    "dates-and-numbers/calamine__date.ods": Shape(0, 0, 4, 2, ["列 A", "列 B"], 1, [date(2021, 1, 1), 15]),
    "dates-and-numbers/calamine__date.xls": Shape(0, 0, 3, 2, ["列 A", "列 B"], 1, [date(2021, 1, 1), 15]),
    "dates-and-numbers/calamine__date_1904.xlsx": Shape(
        0, 0, 3, 2, ["列 A", "列 B"], 1, [date(2021, 1, 1), 15]
    ),
    "dates-and-numbers/calamine__date_iso.xlsx": Shape(0, 0, 6, 1, ["列 A"], 1, [date(2021, 1, 1)]),
    "dates-and-numbers/csvkit__date_like_number.csv": Shape(1, 1, 1, 1, ["a"], 2, ["4.5"]),
    "dates-and-numbers/csvkit__test_locale.csv": Shape(
        1, 1, 1, 3, ["a", "b", "c"], 2, ["1,7", "200.000.000", None]
    ),
    "dates-and-numbers/frictionless-py__cast-int-to-string-issue-1251.xlsx": Shape(
        1, 1, 2, 5, ["A", "B", "C"], 2, ["001", "b", 1]
    ),
    "dates-and-numbers/frictionless-py__number-format-multicode.xlsx": Shape(
        1, 1, 3, 1, ["col1"], 2, [4.51119775197299]
    ),
    "dates-and-numbers/frictionless-py__preserve-formatting-percentage.xlsx": Shape(
        1, 1, 3, 2, ["col1", "col2"], 2, [123, 0.52]
    ),
    "dates-and-numbers/frictionless-py__table-with-ints-floats-dates.ods": Shape(
        1, 1, 3, 4, ["Int", "Float", "Date"], 2, [2013, 3.3, date(2009, 8, 16)]
    ),
    "dates-and-numbers/frictionless-py__table-with-ints-floats-dates.xls": Shape(
        1, 1, 3, 3, ["Int", "Float", "Date"], 2, [2013, 3.3, date(2009, 8, 16)]
    ),
    "dates-and-numbers/npoi__1904DateWindowing.xls": Shape(
        0, 0, 1, 2, ["列 A", "列 B"], 1, [date(2000, 1, 1), date(2000, 1, 1)]
    ),
    "dates-and-numbers/readxl__big-texty-numbers-xls.xls": Shape(
        1,
        1,
        6,
        3,
        ["number", "number as text", "notes"],
        2,
        ["blah blah", "blah blah", "this row forces column to be text"],
    ),
    "dates-and-numbers/readxl__dates-leap-year-1900-xlsx.xlsx": Shape(
        1,
        1,
        7,
        3,
        ["dttm", "dttm_string", "expect_success"],
        2,
        [datetime(1900, 1, 1, 8, 0), "1900-01-01 08:00:00", True],
    ),
    "duplicate-or-unnamed-headers/readxl__names-need-repair-xls.xls": Shape(
        1, 1, 2, 4, ["a b", "a b 2", "列 C"], 2, [1, "a", "one"]
    ),
    "duplicate-or-unnamed-headers/readxl__names-need-repair-xlsx.xlsx": Shape(
        1, 1, 2, 4, ["a b", "a b 2", "列 C"], 2, [1, "a", "one"]
    ),
    "duplicate-or-unnamed-headers/readxl__new_line_errors.xlsx": Shape(1, 1, 2, 1, ["column_name"], 2, []),
    "encoding/PhpSpreadsheet__premiere.utf32le.csv": Shape(
        1, 1, 1, 3, ["première", "second", "troisième"], 2, ["Quatrième", "cinquième", "sixième"]
    ),
    "encoding/PhpSpreadsheet__utf16be.line_break_in_enclosure.csv": Shape(
        1,
        1,
        5,
        3,
        ["Name", "Copy", "URL"],
        2,
        ["Test", "This is a test\nwith line breaks\nthat breaks the\ndelimiters", "http://google.com"],
    ),
    "encoding/csvkit__test_utf16_big.csv": Shape(1, 1, 2, 3, ["a", "b", "c"], 2, ["1", "2", "3"]),
    "encoding/frictionless-py__encoding-issue-274.csv": Shape(
        1, 1, 507, 17, ["id", "name", "abbreviation"], 2, ["nz/a2f", "Asia New Zealand Foundation", "A2F"]
    ),
    "encoding/messytables__utf-16le_encoded.csv": Shape(
        1,
        1,
        327,
        19,
        ["Organisation_code", "Organisation_name", "Organisation_classification"],
        2,
        ["5C1", "Enfield PCT", "NHS Facilities"],
    ),
    "encoding/tabulator-py__bom.csv": Shape(1, 1, 2, 2, ["id", "name"], 2, ["1", "english"]),
    "encoding/tabulator-py__latin1.csv": Shape(1, 1, 2, 2, ["id", "name"], 2, ["1", "english"]),
    "excel/MiniExcel__TestCenterEmptyRow.xlsx": Shape(1, 1, 4, 4, ["a", "b", "c"], 2, [1, None, 3]),
    "excel/MiniExcel__TestIssue242.xls": Shape(
        1, 1, 4, 4, ["日期", "序号", "编号"], 2, [date(2016, 4, 6), 160112226, 201604182]
    ),
    "excel/calamine__encoded_entities.xlsx": Shape(1, 1, 0, 1, ["&"]),
    "excel/calamine__header-row.xlsx": Shape(
        9, 1, 1, 4, ["Columns", "Column A", "Column B"], 10, ["put data here", 1, 2]
    ),
    "excel/calamine__inlineStr_with_value.xlsx": Shape(
        1, 1, 1, 7, ["NN", "Hierarchy", "Outline Number"], 2, [1, "+", None]
    ),
    "excel/calamine__temperature-table.xlsx": Shape(1, 1, 2, 2, ["label", "value"], 2, ["celsius", 22.2222]),
    "excel/calamine__whitespace_trim.xlsx": Shape(
        1,
        1,
        2,
        3,
        ["trimmed value", "value with tabs", "clean text"],
        2,
        ["line1\nline2", "line1\nline2", None],
    ),
    "excel/csvkit__sheets.xlsx": Shape(
        1, 1, 5, 8, ["text", "date", "integer"], 2, ["Chicago Reader", date(1971, 1, 1), 40]
    ),
    "excel/csvkit__test_skip_lines.xlsx": Shape(
        4, 1, 5, 8, ["text", "date", "integer"], 5, ["Chicago Reader", date(1971, 1, 1), 40]
    ),
    "excel/frictionless-py__issue-1024.xlsx": Shape(
        11,
        2,
        48,
        55,
        ["Country", "Level 1 Name", "Area"],
        13,
        ["Afghanistan: Acute Food Insecurity October 2021", None, None],
    ),
    "excel/frictionless-py__skip-rows.xlsx": Shape(2, 1, 1, 2, ["A", "B"], 3, [8, 9]),
    "excel/messytables__bian-anal-mca-2005-dols-eng-1011-0312-tab3.xlsm": Shape(
        11, 1, 39, 4, ["列 A", "October 2011 - March 2012", "列 C"], 13, [None, "Introduction to DoLS", None]
    ),
    "excel/messytables__excel_properties.xls": Shape(1, 1, 17, 1, ["bold"], 2, ["italic"]),
    "excel/messytables__ods_formats.ods": Shape(
        1, 1, 5, 10, ["Date", "Time", "Boolean"], 2, [date(2014, 11, 11), "11:12:12", True]
    ),
    "excel/messytables__sw_gen.xlsx": Shape(
        1,
        1,
        15,
        17,
        ["id_str", "tweet_url", "created_at"],
        2,
        [
            "474939423470395392",
            "https://twitter.com/frabcus/status/474939423470395392",
            "2014-06-06 15:42:37+00:00",
        ],
    ),
    "excel/modin__every_other_row_nan.xlsx": Shape(1, 1, 25, 1, ["Column1"], 2, [0]),
    "excel/readxl__missing-values-xlsx.xlsx": Shape(1, 1, 3, 3, ["x", "y", "z"], 2, ["NA", "NA", None]),
    "excel/readxl__skipping.xlsx": Shape(3, 1, 2, 2, ["var1", "var2"], 5, ["v2,1", "v2,2"]),
    "excel/readxl__vietnamese-utf8.xlsx": Shape(1, 1, 6, 1, ["Mô tả"], 2, ["BÙN SÉT"]),
    "gbk-csv/company-name-classification__service.csv": Shape(
        0, 0, 1963, 1, ["列 A"], 1, ["中关村核心区战兴产业促进联席会"]
    ),
    "gbk-csv/data_KG__stock_concept.csv": Shape(
        1, 1, 11402, 5, ["列 A", "id", "concept_name"], 2, ["0", "TS0", "鼠疫"]
    ),
    "hostile-or-broken/PhpSpreadsheet__corruptMeta.ods": Shape(1, 1, 0, 2, ["Hello", "World"]),
    "hostile-or-broken/calamine__gh548_incorrect_sst_unique_count.xls": Shape(
        15,
        2,
        43,
        26,
        ["Code", "System", "A&E attendances / Type 1 Departments - Major A&E"],
        17,
        [None, "-", "-"],
    ),
    "hostile-or-broken/calamine__malformed_format.xls": Shape(
        1, 1, 35, 24, ["GENNAIO", "列 B", "FEBBRAIO"], 2, [1, "Capodanno", 1]
    ),
    "merged-cells-or-multirow-header/PhpSpreadsheet__MergeRangeTest.ods": Shape(
        2, 1, 0, 1, ["Merge Range (B2:C3)"]
    ),
    "merged-cells-or-multirow-header/calamine__covered.ods": Shape(1, 1, 2, 1, ["a1"], 2, ["a2"]),
    "merged-cells-or-multirow-header/calamine__merged_range.xlsx": Shape(
        1, 1, 2, 7, ["A1", "B1", "C1"], 3, ["A3", "B3", "C3"]
    ),
    "merged-cells-or-multirow-header/unpivotr__enron.xlsx": Shape(
        0, 0, 77, 31, ["列 B", "列 C", "列 D"], 1, [None, "Enron North America - West Gas", None]
    ),
    "wrong-type-or-html/messytables__html.html": Shape(
        1, 1, 199, 4, ["HDI Rank", "Country", "1990"], 2, ["..", "Very high human development", "11"]
    ),
    "wrong-type-or-html/tabulator-py__table.csv.html": Shape(
        1, 1, 2, 2, ["id", "name"], 2, [None, "1", "english"]
    ),
}


@pytest.mark.parametrize("name", FILES)
def test_every_file_becomes_the_expected_table_or_is_refused_in_both_languages(name: str) -> None:
    if name in REFUSED:
        with pytest.raises(UnreadableFile) as refusal:
            read_table(MESSY / name)
        assert refusal.value.code == REFUSED[name]
        assert all("{" not in refusal.value.text(language) for language in Language)
    else:
        assert _shape(read_table(MESSY / name), EXPECTED[name]) == EXPECTED[name]


@given(data=st.data())
@settings(max_examples=60, deadline=None)
def test_a_mangled_file_is_read_or_refused_and_nothing_else(shared: Path, data: st.DataObject) -> None:
    content = bytearray((shared / "data/messy-tables" / data.draw(st.sampled_from(MANGLED))).read_bytes())
    places = st.integers(0, len(content) - 1)
    for place, byte in data.draw(st.lists(st.tuples(places, st.integers(0, 255)), max_size=20)):
        content[place] = byte
    with contextlib.suppress(UnreadableFile):
        table = read_table(bytes(content[: data.draw(places) + 1]))
        assert len(list(table.rows())) == table.row_count
        assert len(guess_columns(table)) == len(table.columns)


MANGLED = [
    "csv-structure/PhpSpreadsheet__sep.csv",
    "csv-structure/messytables__complex.csv",
    "encoding/PhpSpreadsheet__premiere.utf32le.csv",
    "chinese/easyexcel__converterCsv.csv",
    "excel/frictionless-py__skip-rows.xlsx",
    "dates-and-numbers/calamine__date.xls",
    "dates-and-numbers/calamine__date.ods",
]


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("hostile")])
def test_a_hostile_file_takes_neither_long_nor_much(name: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", READ_AND_MEASURE, str(MESSY / name)],
        capture_output=True,
        timeout=20,
        check=True,
    )
    assert max(map(int, done.stdout.split())) < 1024 * 1024


READ_AND_MEASURE = """
import contextlib, pathlib, resource, sys
from jieli.intake.reading import UnreadableFile, guess_columns, read_table
with contextlib.suppress(UnreadableFile):
    list(read_table(pathlib.Path(sys.argv[1])).rows())
print(*(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))
"""


def _shape(table: Table, like: Shape) -> Shape:
    rows = list(table.rows())
    assert len(rows) == table.row_count
    assert {len(row.cells) for row in rows} <= {table.width}
    names = [column.name for column in table.columns]
    assert len(set(names)) == len(names)
    first = rows[0] if rows else None
    return Shape(
        table.header_row,
        table.header_rows,
        table.row_count,
        len(names),
        names[: len(like.names)],
        first.number if first else 0,
        first.cells[: len(like.cells or [])] if first else None,
    )
