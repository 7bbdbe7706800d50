"""From what a file holds to a `Cell`: outer blanks, Excel's tricks and lost digits are seen to here, once."""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal

from jieli.intake.reading.limits import EXCEL_DIGITS
from jieli.intake.reading.table import Cell, LostDigits

_BLANKS = " \t\r\n\v\f\u00a0\u3000\u200b\u200c\u200d\u2060\ufeff"
_SCIENTIFIC = re.compile(r"[-+]?\d(\.\d+)?[Ee]\+\d{1,3}")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_LONGEST_WRITTEN_OUT = 10**30
_MOBILES = range(13_000_000_000, 20_000_000_000)


def text_row(row: list[str], joined: str) -> list[Cell]:
    """Cells of a text file. Nearly all need only a strip, so the rare rest is looked for row by row, in
    `joined`, the row as one text."""
    if (
        "E+" in joined
        or "e+" in joined
        or "'" in joined
        or '="' in joined
        or "\r" in joined
        or not joined.isprintable()
    ):
        return [text_cell(cell) for cell in row]
    return [cell.strip() or None for cell in row]


def text_cell(text: str) -> Cell:
    """`="00123"` and `'00123` are how people force text on Excel, and `'=1+1` is how a text is kept from being a
    formula; the marks are not part of the value."""
    text = text.strip(_BLANKS)
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip(_BLANKS)
    elif text.startswith("'") and (text[1:2].isdigit() or text[1:2] in _FORMULA_STARTS):
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "+" in text and _SCIENTIFIC.fullmatch(text):
        return LostDigits(text)
    return text or None


def workbook_row(row: Iterable[object]) -> list[Cell]:
    """Cells as `extract.py` sends them."""
    return [_BY_TYPE[type(cell)](cell) for cell in row]


def _workbook_text(text: str) -> Cell:
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return text_cell(text)


def _number(value: float) -> Cell:
    """Excel keeps 15 digits; what a float shows beyond them is noise of the binary form."""
    if abs(value) >= 10**EXCEL_DIGITS:
        shown = f"{value:.{EXCEL_DIGITS}g}"
        return LostDigits(f"{Decimal(shown):f}" if abs(value) < _LONGEST_WRITTEN_OUT else shown)
    if value.is_integer():
        return _whole(int(value))
    return value if len(repr(value)) <= EXCEL_DIGITS + 1 else float(f"{value:.{EXCEL_DIGITS}g}")


def _whole(value: int) -> Cell:
    if value in _MOBILES:
        return str(value)
    return LostDigits(str(value)) if abs(value) >= 10**EXCEL_DIGITS else value


def _moment(value: list[str]) -> Cell:
    text = value[0]
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)


def _unchanged(value: Cell) -> Cell:
    return value


_BY_TYPE: dict[type, Callable[..., Cell]] = {
    str: _workbook_text,
    float: _number,
    int: _whole,
    list: _moment,
    bool: _unchanged,
    type(None): _unchanged,
}
