"""Runs alone in a child process with hard limits: turns a workbook or a web page into JSON lines.

It is started by path, not as a module, so that it imports nothing of the application and can be killed
without harm. One JSON object comes as argument; rows go to stdout, one closing object to stderr.
"""

import json
import re
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import TypedDict

import orjson
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

_COUNTING_SECONDS = 5.0
_MAX_SPAN = 1_000
_MAX_MERGES = 100_000
_MAX_TABLES = 200
_MAX_HTML_CELLS = 5_000_000
_MAX_DEPTH = 100
_EXPLANATION = re.compile(r"说明|须知|示例|指南|readme|instruction|guide", re.IGNORECASE)
_OPTIONS = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_APPEND_NEWLINE

Cells = list[object]


@dataclass(frozen=True, slots=True)
class Request:
    path: str
    kind: str
    sheet: str | None
    encoding: str
    max_rows: int
    max_sheets: int
    memory: int
    cpu: int
    spool: int


class Closing(TypedDict, total=False):
    """Either what was read, or why nothing was."""

    sheets: list[tuple[str, int | None, bool]]
    sheet: str
    merges: list[tuple[int, int, int, int]]
    refused: str
    count: int


class Refused(Exception):
    """Carries the code of the refusal to the closing object, and the number that was too large."""

    def __init__(self, code: str, count: int = 0) -> None:
        super().__init__(code)
        self.closing: Closing = {"refused": code, "count": count}


def main() -> None:
    request = Request(**json.loads(sys.argv[1]))
    _limit(request)
    closing = _closing(request)
    sys.stdout.flush()
    sys.stderr.write("\n" + json.dumps(closing) + "\n")


def _closing(request: Request) -> Closing:
    try:
        return _extract_html(request) if request.kind == "html" else _extract_workbook(request)
    except Refused as refused:
        return refused.closing
    except PasswordError:
        return {"refused": "password"}
    except CalamineError:
        return {"refused": "damaged"}
    except MemoryError:
        return {"refused": "too_demanding"}


def _limit(request: Request) -> None:
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - only on POSIX

    resource.setrlimit(resource.RLIMIT_AS, (request.memory, request.memory))
    resource.setrlimit(resource.RLIMIT_CPU, (request.cpu, request.cpu + 5))
    resource.setrlimit(resource.RLIMIT_FSIZE, (request.spool, request.spool))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _write(row: Cells) -> None:
    while row and row[-1] in ("", None):
        row.pop()
    sys.stdout.buffer.write(orjson.dumps(row, default=_plain, option=_OPTIONS))


def _plain(value: object) -> object:
    """Dates travel as a list of one, so that they cannot be taken for text; times of day become text."""
    if isinstance(value, date):
        return [value.isoformat()]
    if isinstance(value, timedelta):
        minutes, seconds = divmod(int(value.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02d}:{seconds:02d}"
    return str(value)


def _extract_workbook(request: Request) -> Closing:
    with open(
        request.path, "rb"
    ) as file:  # by its content: by a path the library believes the ending of the name
        workbook = CalamineWorkbook.from_filelike(file)
    if len(workbook.sheet_names) > request.max_sheets:
        raise Refused("too_many_sheets", len(workbook.sheet_names))
    hidden = {m.name: m.visible != SheetVisibleEnum.Visible for m in workbook.sheets_metadata}
    name, sheet = _chosen(workbook, hidden, request.sheet)
    sizes: dict[str, int | None] = {name: _height(sheet)}
    merges = _write_sheet(sheet, request.max_rows)
    del sheet
    _count_others(workbook, sizes)
    sheets = [(each, sizes.get(each), hidden.get(each, False)) for each in workbook.sheet_names]
    return {"sheets": sheets, "sheet": name, "merges": merges}


def _chosen(
    workbook: CalamineWorkbook, hidden: dict[str, bool], wanted: str | None
) -> tuple[str, CalamineSheet]:
    """The sheet asked for, else the first with content: visible ones and ones with data come first."""
    names = workbook.sheet_names
    if wanted is not None:
        if wanted not in names:
            raise Refused("unknown_sheet")
        names = [wanted]
    broken: CalamineError | None = None
    for name in sorted(names, key=lambda n: (hidden.get(n, False), bool(_EXPLANATION.search(n)))):
        try:
            sheet = workbook.get_sheet_by_name(name)
        except CalamineError as error:
            broken = error
            continue
        if _height(sheet):
            return name, sheet
    raise broken or Refused("empty")


def _height(sheet: CalamineSheet) -> int:
    return 0 if sheet.end is None else sheet.end[0] + 1


def _write_sheet(sheet: CalamineSheet, max_rows: int) -> list[tuple[int, int, int, int]]:
    """The reader leaves out blank columns on the left, but not blank rows above."""
    if _height(sheet) > max_rows:
        raise Refused("too_many_rows")
    width = sheet.end[1] + 1 if sheet.end else 0
    for row in sheet.iter_rows():
        _write([*[""] * (width - len(row)), *row])
    ranges = sheet.merged_cell_ranges or []
    return [(*first, *last) for first, last in ranges[:_MAX_MERGES]]


def _count_others(workbook: CalamineWorkbook, sizes: dict[str, int | None]) -> None:
    """Counting means parsing; a workbook with many large sheets is left partly uncounted."""
    until = time.monotonic() + _COUNTING_SECONDS
    for name in workbook.sheet_names:
        if name in sizes or time.monotonic() > until:
            continue
        try:
            sizes[name] = _height(workbook.get_sheet_by_name(name))
        except CalamineError:
            sizes[name] = None


def _extract_html(request: Request) -> Closing:
    content = Path(request.path).read_bytes()
    parser = _Tables()
    parser.feed(content.decode(request.encoding, "replace"))
    parser.close()
    tables = {f"表 {place}": rows for place, rows in enumerate(parser.finished, 1)}
    wanted = request.sheet
    if not tables:
        raise Refused("no_html_table")
    if wanted is not None and wanted not in tables:
        raise Refused("unknown_sheet")
    name = wanted or max(tables, key=lambda each: sum(map(len, tables[each])))
    for row in tables[name]:
        _write(row)
    sheets: list[tuple[str, int | None, bool]] = [(each, len(rows), False) for each, rows in tables.items()]
    return {"sheets": sheets, "sheet": name, "merges": []}


class _Tables(HTMLParser):
    """Collects the cells of each table. A cell that spans rows repeats; one that spans columns leaves blanks,
    as a merged cell of a workbook does. A table inside a table is a table of its own. The first ones must do."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.finished: list[list[Cells]] = []
        self._open: list[_OpenTable] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in ("script", "style"):
            self._silent += 1
        elif tag == "table":
            if len(self._open) == _MAX_DEPTH:
                raise Refused("too_demanding")
            self._open.append(_OpenTable())
        elif self._open and tag in _STARTS:
            _STARTS[tag](self._open[-1], dict(attrs))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._silent = max(0, self._silent - 1)
        elif tag == "table" and self._open:
            self._finish(self._open.pop())
        elif self._open and tag in ("td", "th", "tr"):
            self._open[-1].end_cell()

    def handle_data(self, data: str) -> None:
        if self._open and not self._silent:
            self._open[-1].add(data)

    def close(self) -> None:
        super().close()
        while self._open:
            self._finish(self._open.pop())

    def _finish(self, table: "_OpenTable") -> None:
        table.end_cell()
        if len(self.finished) < _MAX_TABLES and any(any(row) for row in table.rows):
            self.finished.append(table.rows)


class _OpenTable:
    """One table while it is being read."""

    def __init__(self) -> None:
        self.rows: list[Cells] = []
        self._text: list[str] | None = None
        self._spans: tuple[int, int] = (1, 1)
        self._hanging: dict[int, tuple[int, str]] = {}
        self._cells = 0

    def start_row(self, _: dict[str, str | None]) -> None:
        self.end_cell()
        self.rows.append([])
        self._hang()

    def start_cell(self, attributes: dict[str, str | None]) -> None:
        self.end_cell()
        if not self.rows:
            self.rows.append([])
        self._text = []
        self._spans = _span(attributes, "colspan"), _span(attributes, "rowspan")

    def break_line(self, _: dict[str, str | None]) -> None:
        if self._text is not None:
            self._text.append("\0")

    def add(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end_cell(self) -> None:
        if self._text is None:
            return
        lines = "".join(self._text).split("\0")
        value = "\n".join(" ".join(line.split()) for line in lines).strip()
        self._text = None
        columns, rows = self._spans
        if rows > 1:
            self._hanging[len(self.rows[-1])] = (rows - 1, value)
        self.rows[-1].extend([value, *[""] * (columns - 1)])
        self._count(columns)
        self._hang()

    def _hang(self) -> None:
        """Repeats what hangs down into this place; a span that starts in this very row lies behind it."""
        row = self.rows[-1]
        while (hanging := self._hanging.get(len(row))) is not None:
            left, value = hanging
            if left > 1:
                self._hanging[len(row)] = (left - 1, value)
            else:
                del self._hanging[len(row)]
            row.append(value)
            self._count(1)

    def _count(self, more: int) -> None:
        """Few letters can stand for very many cells."""
        self._cells += more
        if self._cells > _MAX_HTML_CELLS:
            raise Refused("too_demanding")


def _span(attributes: dict[str, str | None], name: str) -> int:
    text = (attributes.get(name) or "").strip()
    return min(max(int(text), 1), _MAX_SPAN) if text.isascii() and text.isdigit() else 1


_STARTS: dict[str, Callable[[_OpenTable, dict[str, str | None]], None]] = {
    "tr": _OpenTable.start_row,
    "td": _OpenTable.start_cell,
    "th": _OpenTable.start_cell,
    "br": _OpenTable.break_line,
}

if __name__ == "__main__":
    main()
