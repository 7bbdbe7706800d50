"""Workbooks and web pages, read by a child process into a spool file: whatever a hostile file does to the
reader, this process only sees an exit code."""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path

import orjson

from jieli.intake.reading import extract, limits
from jieli.intake.reading.cells import workbook_row
from jieli.intake.reading.errors import (
    CellTooLong,
    DamagedFile,
    EmptyFile,
    PasswordProtected,
    SaveAsXLSX,
    TooDemanding,
    TooManyCells,
    TooManyColumns,
    TooManyRows,
    TooManySheets,
    UnknownSheet,
    UnreadableFile,
)
from jieli.intake.reading.extract import Closing, Request
from jieli.intake.reading.source import Merge, Source
from jieli.intake.reading.spool import TemporaryFile
from jieli.intake.reading.table import Cell, Sheet

_SCRIPT = Path(extract.__file__)


def open_workbook(path: Path, *, sheet: str | None = None) -> Source:
    """Reads one sheet: the one named, else the first visible one with content."""
    return _opened(_request(path, "workbook", sheet))


def open_web_page(path: Path, *, encoding: str, sheet: str | None = None) -> Source:
    """Reads one table of an HTML page, as systems export them under the name of .xls: the largest, unless
    another is named."""
    return replace(_opened(_request(path, "html", sheet, encoding)), encoding=encoding)


def _request(path: Path, kind: str, sheet: str | None, encoding: str = "utf-8") -> Request:
    return Request(
        path=str(path),
        kind=kind,
        sheet=sheet,
        encoding=encoding,
        max_rows=limits.MAX_ROWS + limits.HEAD_ROWS,
        max_sheets=limits.MAX_SHEETS,
        memory=limits.EXTRACT_MEMORY_BYTES,
        cpu=limits.EXTRACT_HTML_CPU_SECONDS if kind == "html" else limits.EXTRACT_CPU_SECONDS,
        spool=limits.EXTRACT_SPOOL_BYTES,
    )


def _opened(request: Request) -> Source:
    spool = TemporaryFile(".jsonl")
    closing = _extract(request, spool.path)
    sheets = tuple(Sheet(*sheet) for sheet in closing["sheets"])
    merges = tuple(sorted(Merge(*area) for area in closing["merges"]))
    return Source(sheets, closing["sheet"], partial(_raw_rows, spool), merges)


def _raw_rows(spool: TemporaryFile) -> Iterator[list[Cell]]:
    cells = 0
    with spool.path.open("rb") as file:
        for number, line in enumerate(file, 1):
            row = orjson.loads(line)
            cells += len(row)
            if cells > limits.MAX_CELLS:
                raise TooManyCells(limit=limits.MAX_CELLS)
            if len(row) > limits.MAX_COLUMNS:
                raise TooManyColumns(row=number, columns=len(row), limit=limits.MAX_COLUMNS)
            if len(line) > limits.MAX_CELL_CHARACTERS and _has_long_text(row):
                raise CellTooLong(row=number, limit=limits.MAX_CELL_CHARACTERS)
            yield workbook_row(row)


def _has_long_text(row: list[object]) -> bool:
    return any(isinstance(cell, str) and len(cell) > limits.MAX_CELL_CHARACTERS for cell in row)


def _extract(request: Request, spool: Path) -> Closing:
    with spool.open("wb") as output:
        try:
            # The environment is withheld: it holds secrets the child has no use for.
            done = subprocess.run(
                [sys.executable, "-I", str(_SCRIPT), json.dumps(asdict(request))],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.PIPE,
                env={},
                timeout=limits.EXTRACT_WALL_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise TooDemanding from error
    return _closing(done, request.sheet)


def _closing(done: subprocess.CompletedProcess[bytes], sheet: str | None) -> Closing:
    """A child killed by a signal met its limits; one that failed otherwise met a file its reader trips over."""
    if done.returncode < 0:
        raise TooDemanding
    last = done.stderr.rstrip().rpartition(b"\n")[2]
    if done.returncode > 0 or not last.startswith(b"{"):
        raise TooDemanding if b"MemoryError" in last else DamagedFile
    closing: Closing = orjson.loads(last)
    if "refused" in closing:
        raise _refusal(closing, sheet)
    return closing


def _refusal(closing: Closing, sheet: str | None) -> UnreadableFile:
    refusals: dict[str, UnreadableFile] = {
        "password": PasswordProtected(),
        "empty": EmptyFile(),
        "too_demanding": TooDemanding(),
        "too_many_rows": TooManyRows(limit=limits.MAX_ROWS),
        "too_many_sheets": TooManySheets(sheets=closing.get("count"), limit=limits.MAX_SHEETS),
        "unknown_sheet": UnknownSheet(sheet=sheet),
        "no_html_table": SaveAsXLSX(kind="HTML"),
    }
    return refusals.get(closing["refused"], DamagedFile())
