"""Writes large xlsx workbooks row by row: a hundred thousand rows in a second and in constant memory.

Only texts and numbers, a bold first row, and column widths. A text is never a formula here, and one that would become
one elsewhere gets an apostrophe in front, as Excel itself writes it; `reading` takes it off again.
"""

import re
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TextIO

from jieli.records.sheets import harmless

MOST_ROWS = 1_048_576
LONGEST_TEXT = 32_767
LONGEST_NAME = 31
PARTS = "parts-"
"""How the folders of unfinished workbooks begin."""

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPECIAL = re.compile(r"[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_STYLES = (
    f'{_HEAD}<styleSheet xmlns="{_MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill>'
    '<patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class Sheet:
    """One sheet on its way; rows are appended in order. What is beyond Excel's last row is left out."""

    def __init__(self, name: str, folder: Path, number: int, widths: Sequence[int]) -> None:
        self.name = re.sub(r"[\[\]:*?/\\]", " ", name)[:LONGEST_NAME]
        self.path = folder / f"sheet{number}.xml"
        self._file: TextIO = self.path.open("w", encoding="utf-8")
        self._rows = 0
        columns = "".join(
            f'<col min="{n}" max="{n}" width="{width}" customWidth="1"/>' for n, width in enumerate(widths, 1)
        )
        self._file.write(
            f'{_HEAD}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f"<cols>{columns}</cols><sheetData>"
        )

    def append(self, rows: Iterable[Sequence[object]]) -> None:
        lines = []
        for row in rows:
            if self._rows < MOST_ROWS:
                style = ' s="1"' if self._rows == 0 else ""
                lines.append(f"<row>{''.join([_cell(value, style) for value in row])}</row>")
                self._rows += 1
        self._file.write("".join(lines))

    def finish(self) -> None:
        self._file.write("</sheetData></worksheet>")
        self._file.close()

    def close(self) -> None:
        self._file.close()


class Workbook:
    """Some sheets that are written side by side and become one file at the end."""

    def __init__(self, path: Path) -> None:
        self._path = path
        # Beside the file and not in /tmp: what a kill leaves behind is as private as the file itself.
        self._folder = tempfile.TemporaryDirectory(prefix=PARTS, dir=path.parent, ignore_cleanup_errors=True)
        self._sheets: list[Sheet] = []

    def clear(self) -> None:
        """Remove what others have left behind that were killed over the same file. Only for who is alone at it."""
        for folder in self._path.parent.glob(f"{PARTS}*"):
            if folder != Path(self._folder.name):
                shutil.rmtree(folder, ignore_errors=True)

    def sheet(self, name: str, widths: Sequence[int]) -> Sheet:
        made = Sheet(name, Path(self._folder.name), len(self._sheets) + 1, widths)
        self._sheets.append(made)
        return made

    def close(self) -> None:
        """Put the file in its place, whole or not at all."""
        unfinished = self._path.with_suffix(".unfinished")
        try:
            for sheet in self._sheets:
                sheet.finish()
            with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
                for name, text in self._parts():
                    archive.writestr(name, text)
                for number, sheet in enumerate(self._sheets, 1):
                    archive.write(sheet.path, f"xl/worksheets/sheet{number}.xml")
            unfinished.replace(self._path)
        finally:
            self.discard()

    def discard(self) -> None:
        for sheet in self._sheets:
            sheet.close()
        self._folder.cleanup()

    def _parts(self) -> list[tuple[str, str]]:
        numbers = range(1, len(self._sheets) + 1)
        sheets = "".join(
            f'<sheet name="{_escaped(sheet.name)}" sheetId="{n}" r:id="rId{n}"/>'
            for n, sheet in zip(numbers, self._sheets, strict=True)
        )
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{_TYPES}.worksheet+xml"/>'
            for n in numbers
        )
        relations = "".join(
            f'<Relationship Id="rId{n}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{n}.xml"/>'
            for n in numbers
        )
        styles = f'<Relationship Id="rId0" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        return [
            (
                "[Content_Types].xml",
                f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
                f'<Override PartName="/xl/styles.xml" ContentType="{_TYPES}.styles+xml"/>{overrides}</Types>',
            ),
            (
                "_rels/.rels",
                f'{_HEAD}<Relationships xmlns="{_RELATIONS}"><Relationship Id="rId1" '
                f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            ),
            (
                "xl/workbook.xml",
                f'{_HEAD}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{sheets}</sheets></workbook>',
            ),
            (
                "xl/_rels/workbook.xml.rels",
                f'{_HEAD}<Relationships xmlns="{_RELATIONS}">{styles}{relations}</Relationships>',
            ),
            ("xl/styles.xml", _STYLES),
        ]


def _cell(value: object, style: str) -> str:
    if value is None or value == "":
        return f"<c{style}/>"
    if type(value) is int or type(value) is float:
        return f"<c{style}><v>{value!r}</v></c>"
    text = str(value)[:LONGEST_TEXT]
    text = harmless(text)
    if _SPECIAL.search(text):
        text = _escaped(text)
    kept = ' xml:space="preserve"' if text[0] in " \n\t" or text[-1] in " \n\t" else ""
    return f'<c t="inlineStr"{style}><is><t{kept}>{text}</t></is></c>'


def _escaped(text: str) -> str:
    text = _UNSTORABLE.sub("\N{REPLACEMENT CHARACTER}", text)
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
