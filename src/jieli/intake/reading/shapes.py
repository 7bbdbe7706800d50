"""Which field types a single value could belong to, by its look alone."""

import re
from datetime import date, datetime, time
from decimal import Decimal
from functools import lru_cache
from typing import assert_never

from jieli.base import dates
from jieli.base.creditcode import is_credit_code, normalise_code
from jieli.base.language import Message
from jieli.base.money import parse_money
from jieli.intake.reading.table import Cell, LostDigits

ZERO_OR_ONE = "zero_or_one"
"""Not a type: numbers that mean yes or no only where the column's name says so."""
DIGITS = "digits"
"""Not a type: enough digits for a phone where the column's name says so."""

_LONGEST = 120
_INTEGER = re.compile(r"[-+]?(0|[1-9]\d{0,14}|[1-9]\d{0,2}(,\d{3})+)")
_DECIMAL = re.compile(r"[-+]?(\d{1,15}|\d{1,3}(,\d{3})+)\.\d+")
_PERCENT = re.compile(r"[-+]?\d{1,6}(\.\d+)?\s?[%％]")
_MONEY_SIGN = re.compile(r"[¥￥$€£元万亿]|\b(CNY|RMB|USD|EUR|HKD)\b", re.IGNORECASE)
_DATE_START = re.compile(
    r"\d{1,4}\s?[-/.年月]\s?\d{1,2}|(19|20)\d{6}\b|\d{1,2}[ -][A-Za-z]{3}|[A-Za-z]{3,9}\.? \d{1,2}"
)
_CLOCK = re.compile(r"\d{1,2}\s?[:：点时]\s?\d{0,2}")
_EMAIL = re.compile(r"[^\s@,;<>]+@[^\s@,;<>]+\.[A-Za-z]{2,24}")
_URL = re.compile(r"(https?://|www\.)\S+", re.IGNORECASE)
_DOMAIN = re.compile(r"([\w-]+\.)+(com|cn|net|org|io|co|tech|top|com\.cn|edu|gov)(/\S*)?", re.IGNORECASE)
_PHONE = re.compile(
    r"(\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
    r"|(\+?86[- ]?)?[(（]?0\d{2,3}[)）]?[- ]?\d{3,4}[- ]?\d{4}(\s*(-|转|ext\.?|#)\s*\d{1,6})?"
    r"|[48]00[- ]?\d{3}[- ]?\d{4}"
    r"|\+\d{1,3}[- ]?(\(\d+\)|\d+)([- ]?\d+){1,4}"
    r"|\(\d{3}\)\s?\d{3}[-. ]\d{4}|\d{3}[-.]\d{3}[-.]\d{4}"
)
_DIGITS = re.compile(r"[\d\s()+-]{7,20}")
_PACKED_DATES = range(19_000_101, 21_001_232)
YES = frozenset({"是", "有", "对", "y", "yes", "true", "t", "√", "✓", "✔", "☑"})
NO = frozenset({"否", "无", "没有", "不", "不是", "n", "no", "false", "f", "×", "✗", "✘", "☐"})


@lru_cache(maxsize=20_000, typed=True)
def shapes(cell: Cell) -> frozenset[str]:
    """Empty for a value that is nothing but text."""
    match cell:
        case bool():
            found = {"boolean"}
        case datetime():
            found = {"datetime"} if cell.time() != time.min else {"date", "datetime"}
        case date():
            found = {"date", "datetime"}
        case int() | float() | Decimal():
            found = _of_number(cell)
        case LostDigits():
            found = {"decimal"}
        case None:
            found = set()
        case str():
            found = _of_text(cell) if len(cell) <= _LONGEST else set()
        case _ as never:
            assert_never(never)
    return frozenset(found)


def _of_number(number: float | Decimal) -> set[str]:
    if number != int(number):
        return {"decimal"}
    found = {"integer", "decimal"}
    if number in (0, 1):
        found.add(ZERO_OR_ONE)
    if number in _PACKED_DATES:
        found |= _of_date(str(int(number)))
    if 10**6 <= number < 10**12:
        found.add(DIGITS)
    return found


def _of_text(text: str) -> set[str]:
    found: set[str] = set()
    if _INTEGER.fullmatch(text):
        found |= {"integer", "decimal"} | ({ZERO_OR_ONE} if text in ("0", "1") else set())
    elif _DECIMAL.fullmatch(text):
        found.add("decimal")
    elif _PERCENT.fullmatch(text):
        found.add("percent")
    elif text.lower() in YES | NO:
        found.add("boolean")
    if _DATE_START.match(text):
        found |= _of_date(text)
    if _MONEY_SIGN.search(text) and parse_money(text):
        found.add("money")
    return found | _of_contact(text)


def _of_contact(text: str) -> set[str]:
    found: set[str] = set()
    if _EMAIL.fullmatch(text):
        found.add("email")
    elif _URL.fullmatch(text) or _DOMAIN.fullmatch(text):
        found.add("url")
    elif _PHONE.fullmatch(text):
        found.add("phone")
    elif is_credit_code(normalise_code(text)):
        found.add("credit_code")
    if _DIGITS.fullmatch(text):
        found.add(DIGITS)
    return found


def _of_date(text: str) -> set[str]:
    """A date that could be read in two ways is a date all the same; the import will ask which."""
    read = dates.parse_date(text)
    if isinstance(read, Message) and read is not dates.AMBIGUOUS:
        return set()
    return {"datetime"} if _CLOCK.search(text) else {"date", "datetime"}
