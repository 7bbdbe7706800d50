"""Rows that sum up others, in both languages."""

import re
from collections.abc import Sequence

from jieli.intake.reading.table import Cell

_TOTAL_START = frozenset("合总小共累汇本年月季TtGgSs")
_TOTAL_ZH = re.compile(
    r"(本页|本月|本季度?|本年|年度|季度|月度|累计)?(合\s*计|总\s*计|小\s*计|共\s*计|累\s*计|汇总|总和)\s*([:：(（].*)?"
)
_TOTAL_EN = re.compile(r"(grand |sub-?\s?)?totals?\s*:?", re.IGNORECASE)
_LAST_PLACE = 4
_NUMERIC = re.compile(r"[-+¥￥$€£]?\s?[\d,.\s]+[%元万亿]*|[-/–—.]+")


def is_total(cells: Sequence[Cell]) -> bool:
    """`合计`, `小计`, `Total` … followed by nothing but numbers. `Total` must come first: companies are
    called that. A lone cell is a value, not a total."""
    if len(cells) < 2:
        return False
    is_first = True
    for index, cell in enumerate(cells[:_LAST_PLACE]):
        if cell is None:
            continue
        if type(cell) is str and cell[0] in _TOTAL_START and _is_total_word(cell, is_first):
            return all(map(_is_numeric, cells[index + 1 :]))
        is_first = False
    return False


def _is_total_word(text: str, is_first: bool) -> bool:
    return bool(_TOTAL_ZH.fullmatch(text) or (is_first and _TOTAL_EN.fullmatch(text)))


def _is_numeric(cell: Cell) -> bool:
    return not isinstance(cell, str) or bool(_NUMERIC.fullmatch(cell)) or _is_total_word(cell, True)
