"""What a spreadsheet cell says, before a type makes a value of it."""

import re
import unicodedata
from datetime import date, datetime, time
from decimal import Decimal

from jieli.base.language import Message
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
_PLAIN = re.compile(r"[-+]?[0-9]{1,40}(?:\.[0-9]{0,40})?")
_WRITTEN = re.compile(
    r"(?P<open>\()?(?P<sign>[-+])?(?P<digits>[0-9]{1,40}|[0-9]{1,3}(?:,[0-9]{2,3}){0,12},[0-9]{3})"
    r"(?P<rest>\.[0-9]{0,40})?(?P<power>e[-+]?[0-9]{1,2})?(?P<unit>[十百千]?万?亿|[十百千]?万|[十百千k])?(?(open)\))"
)
_POWERS = {"十": 1, "百": 2, "千": 3, "k": 3, "万": 4, "亿": 8}
_NOISE = str.maketrans(
    {"−": "-", "–": "-", "﹣": "-", "，": ",", "'": None, "_": None, "\u00a0": None, " ": None}
)


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
    if not -EXACT < cell < EXACT:  # also true of a NaN
        raise BadValue(LOST_DIGITS, shown="≥1E+15" if isinstance(cell, int) else str(cell)[:40])
    if cell == int(cell):
        return str(int(cell))
    return str(cell)


def cell_number(cell: Cell) -> Decimal:
    """The number in a cell: `￥1.2万`, `1,200.50元`, `(300)`, full width or not."""
    if isinstance(cell, bool):
        raise BadValue(NOT_A_NUMBER, text=cell_text(cell))
    if isinstance(cell, int | Decimal):
        return Decimal(cell)
    if isinstance(cell, float):
        return Decimal(repr(cell))
    text = str(cell)
    if _PLAIN.fullmatch(text):
        return Decimal(text)
    return written_number(text)


def written_number(text: str) -> Decimal:
    """A number as people write it, with signs of yuan and units around it."""
    bare = unicodedata.normalize("NFKC", text[:200]).lower().translate(_NOISE)
    found = _WRITTEN.fullmatch(without_yuan(bare))
    if found is None or (found["open"] and found["sign"]):
        raise BadValue(NOT_A_NUMBER, text=text[:40])
    digits = found["digits"].replace(",", "") + (found["rest"] or "") + (found["power"] or "")
    value = Decimal(digits)
    if found["unit"]:
        value = value.scaleb(sum(_POWERS[character] for character in found["unit"]))
    return -value if found["open"] or found["sign"] == "-" else value


_YUAN_BEFORE = re.compile(r"^(\(?[-+]?)(?:人民币|rmb|cny|¥|約|约)+")
_YUAN_AFTER = re.compile(r"(?:元整|圆整|元|圆|人民币|rmb|cny)(\)?)$")


def without_yuan(text: str) -> str:
    return _YUAN_AFTER.sub(r"\1", _YUAN_BEFORE.sub(r"\1", text))
