"""What a spreadsheet cell says, before a type makes a value of it."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from math import isfinite

from jieli.base.language import Message
from jieli.base.money import Amount, parse_money
from jieli.fields.contract import BadValue, Cell

LOST_DIGITS = Message(
    "lost_digits",
    "「{shown}」已被表格软件改成数字并丢失部分位数，请把这一列设为文本格式后重新填写",
    "“{shown}” was turned into a number and lost digits; set the column to text and enter it again",
)
NOT_A_NUMBER = Message("not_a_number", "「{text}」不是数字", "“{text}” is not a number")
EXACT = 10**15
"""From here on a spreadsheet number no longer holds every digit."""

_SHORTENED = re.compile(r"[-+]?[0-9](?:\.[0-9]+)?[eE]\+[0-9]{1,3}")
_PLAIN = re.compile(r"[-+]?[0-9]{1,40}(?:\.[0-9]{0,40})?(?:[eE][-+]?[0-9]{1,2})?")


def cell_text(cell: Cell) -> str:
    """The text of a cell whose every character matters. What intake knows to have lost digits is neither text,
    number nor date; it is refused like a number of too many digits."""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int | float | Decimal):
        return _digits(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "minutes" if cell.second == 0 else "seconds")
    if isinstance(cell, date | time):
        return cell.isoformat()
    raise BadValue(LOST_DIGITS, shown=str(cell)[:40])


def refuse_shortened(text: str) -> None:
    """`1.38E+10` was once a code."""
    if _SHORTENED.fullmatch(text):
        raise BadValue(LOST_DIGITS, shown=text)


def _digits(cell: int | float | Decimal) -> str:
    if not _is_finite(cell) or not -EXACT < cell < EXACT:
        raise BadValue(LOST_DIGITS, shown="≥1E+15" if isinstance(cell, int) else str(cell)[:40])
    if cell == int(cell):
        return str(int(cell))
    return str(cell)


def cell_number(cell: Cell) -> Decimal:
    """The number in a cell: `￥1.2万`, `1,200.50元`, `(300)`, full width or not."""
    if isinstance(cell, bool):
        raise BadValue(NOT_A_NUMBER, text=cell_text(cell))
    if isinstance(cell, int | float | Decimal):
        if not _is_finite(cell):
            raise BadValue(NOT_A_NUMBER, text=str(cell)[:40])
        return Decimal(repr(cell)) if isinstance(cell, float) else Decimal(cell)
    return cell_amount(str(cell)).value


def _is_finite(number: int | float | Decimal) -> bool:
    return isinstance(number, int) or (
        number.is_finite() if isinstance(number, Decimal) else isfinite(number)
    )


def cell_amount(text: str) -> Amount:
    """A sum of money as people write it, or a bare number."""
    if _PLAIN.fullmatch(text):
        return Amount(Decimal(text))
    found = parse_money(text[:200])
    if found is None:
        raise BadValue(NOT_A_NUMBER, text=text[:40])
    return found
