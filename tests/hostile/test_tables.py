"""Tables made to break who reads them: each is read exactly or refused with what to do, in little memory. How long it
may take is held by the number of cells and by the limits of the process that unpacks, so no clock is asked here."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
import xlsxwriter

from jieli.intake.reading import Cell, UnreadableFile, read_table
from tests.hostile import monsters

MEMORY = 300 * 1024
"""Kilobytes that the reading process may take, whatever the file does."""
UNPACKING = 1100 * 1024
READ = """
import json, pathlib, re, resource, sys
from jieli.base.language import Language
from jieli.intake.reading import UnreadableFile, read_table
try:
    table = read_table(pathlib.Path(sys.argv[1]))
    told = {"rows": sum(1 for _ in table.rows()), "columns": len(table.columns)}
except UnreadableFile as refusal:
    told = {"code": refusal.code, "texts": [refusal.text(language) for language in Language]}
# Not its own ru_maxrss: a process begins with the peak of the one that started it. Only Linux tells in kilobytes.
status = pathlib.Path("/proc/self/status")
own = int(re.search(r"VmHWM:\\s+(\\d+) kB", status.read_text())[1]) if status.exists() else 0
child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss if status.exists() else 0
told["peaks"] = [own, child]
print(json.dumps(told))
"""
REFUSED = {
    monsters.many_blanks: "too_demanding",
    monsters.lying_directory: "damaged",
    monsters.shared_strings: "too_demanding",
    monsters.one_long_string: "too_demanding",
    monsters.entities: "damaged",
    monsters.outside_entity: "damaged",
    monsters.last_cell_of_all: "too_demanding",
    monsters.beyond_the_last_cell: "damaged",
    monsters.many_sheets: "too_many_sheets",
    monsters.many_members: "too_demanding",
    monsters.deep_xml: "damaged",
    monsters.nested: "not_a_table",
    monsters.truncated: "damaged",
    monsters.ods_many_rows: "too_many_rows",
    monsters.ods_many_cells: "too_many_columns",
    monsters.ods_square: "damaged",
    monsters.locked: "password",
    monsters.long_line: "line_too_long",
    monsters.wide_row: "too_many_columns",
    monsters.large_cell: "cell_too_long",
    monsters.large_quoted_cell: "cell_too_long",
    monsters.many_commas: "too_many_cells",
    monsters.many_lines: "too_many_rows",
    monsters.many_line_ends: "too_many_rows",
    monsters.nested_html: "too_demanding",
    monsters.wide_html: "too_demanding",
}
TAKEN = {monsters.claims_everything: (1, 1), monsters.many_merges: (1, 1)}


def measured(path: Path) -> dict[str, object]:
    done = subprocess.run([sys.executable, "-c", READ, str(path)], capture_output=True, check=True)
    told: dict[str, object] = json.loads(done.stdout)
    own, child = told.pop("peaks")  # type: ignore[misc]  # two numbers
    assert own < MEMORY
    assert child < UNPACKING
    return told


@pytest.mark.parametrize("make", REFUSED, ids=lambda make: make.__name__)
def test_a_monster_is_refused_with_what_to_do(tmp_path: Path, make: monsters.Maker) -> None:
    told = measured(make(tmp_path / "monster"))
    assert told["code"] == f"reading.{REFUSED[make]}"
    assert all(text and "{" not in text and "None" not in text for text in told["texts"])  # type: ignore[attr-defined]


@pytest.mark.parametrize("make", TAKEN, ids=lambda make: make.__name__)
def test_a_file_that_only_looks_like_a_monster_is_read(tmp_path: Path, make: monsters.Maker) -> None:
    told = measured(make(tmp_path / "monster"))
    assert (told["rows"], told["columns"]) == TAKEN[make]


def cells(path: Path, **options: str) -> list[list[Cell]]:
    return [row.cells for row in read_table(path, **options).rows()]


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv", "a.xls", "a.ods", "a.pdf", "a", "a.xlsx.exe"])
def test_a_workbook_is_known_by_its_content_and_not_by_its_name(tmp_path: Path, name: str) -> None:
    with xlsxwriter.Workbook(tmp_path / "made") as book:
        book.add_worksheet().write_column(0, 0, ["姓名", "甲"])
    assert cells((tmp_path / "made").rename(tmp_path / name)) == [["甲"]]


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.html"])
def test_a_text_is_known_by_its_content_and_not_by_its_name(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("姓名,手机\n甲,1\n", encoding="utf-8")
    assert cells(tmp_path / name) == [["甲", "1"]]


def test_nul_bytes_are_left_out_and_the_rest_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,手机\n甲\0乙,\x00138\n丙,139\n".encode())
    assert cells(path) == [["甲乙", "138"], ["丙", "139"]]


def test_half_a_surrogate_is_shown_as_unreadable(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes("姓名,手机\n".encode() + b"\xed\xa0\x80" + b",138\n" * 3)
    table = read_table(path)
    assert [warning.code for warning in table.warnings] == ["reading.damaged_text"]
    assert all("\ud800" not in str(cell) for row in table.rows() for cell in row.cells)


@pytest.mark.parametrize("encoding", [
    "undefined", "idna", "punycode", "rot13", "base64", "unicode_escape", "raw_unicode_escape", "utf-7", "mbcs", "",
    "nothing", "a\0b", "x" * 100_000, "../utf-8",
])  # fmt: skip
def test_only_encodings_of_files_can_be_chosen(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refusal:
        read_table(path, encoding=encoding)
    assert refusal.value.code == "reading.unknown_option"
    assert len(str(refusal.value)) < 200


@pytest.mark.parametrize(
    "encoding", ["GBK", "gb2312", "GB18030", "utf8", "UTF-8", "latin1", "cp1252", "big5", "Shift_JIS"]
)
def test_encodings_may_be_called_by_any_of_their_names(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="ascii")
    assert cells(path, encoding=encoding) == [["1", "2"]]


@pytest.mark.parametrize("delimiter", ["", "xx", "\n", '"', "\0", "x" * 100_000])
def test_only_known_marks_can_be_chosen_as_delimiters(tmp_path: Path, delimiter: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(UnreadableFile) as refusal:
        read_table(path, delimiter=delimiter)
    assert refusal.value.code == "reading.unknown_option"
    assert len(str(refusal.value)) < 200
