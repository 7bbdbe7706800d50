"""Telephone numbers as people in China write them, brought to E.164; what cannot be is kept as written."""

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache

import phonenumbers
from phonenumbers import PhoneNumberFormat, PhoneNumberType

from jieli.base.language import Language


class PhoneKind(StrEnum):
    MOBILE = "mobile"
    FIXED = "fixed"
    SERVICE = "service"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Phone:
    """A number as understood. A doubtful one is kept and marked, never refused: new ranges open faster than
    tables of them are updated. Without `e164` it cannot be dialled from everywhere and matches nothing."""

    raw: str
    """As written, apart from full width and superfluous spaces."""
    e164: str | None
    extension: str | None
    kind: PhoneKind
    valid: bool

    @property
    def stored(self) -> str:
        """One text that tells number and extension (`+867552600123;ext=801`); `parse_phone` reads it back."""
        number = self.e164 or self.raw
        return f"{number};ext={self.extension}" if self.extension else number


_MOBILE = re.compile(r"(?:(?:\+|00)?86[- ]?)?(1[3-9][0-9])([- ]?)([0-9]{4})\2([0-9]{4})")
_KNOWN_RANGE = re.compile(
    r"1(?:610[0-9]|740[0-5])[0-9]{6}|1(?:[38][0-9]|4[57]|[59][0-35-9]|6[25-7]|7[0-35-8])[0-9]{8}"
)
_SHORT_SERVICE = re.compile(r"1[0-9]{2,4}|9[56][0-9]{3,6}")
_EXTENSION = re.compile(
    r"(.*[0-9)])[\s,;]*(?:转接?|分机号?|内线|extension|ext\b|ext(?=[0-9])|x|#)[\s.:=号]*([0-9]{1,6})",
    re.IGNORECASE,
)
_DASHED = re.compile(r"(.*[0-9)])\s*-\s*([0-9]{1,6})")
_SEPARATORS = re.compile(r"[/、,\n\r\t|]|或|;(?!ext=)")
_COMPLETE = re.compile(r"(?:\+?86-?)?1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8}|[48]00-?[0-9]{3}-?[0-9]{4}")
_AREA = re.compile(r"\(?(0[0-9]{2,3})\)?[- ]?[0-9]{7,8}")
_WITHOUT_AREA = re.compile(r"[2-9][0-9]{6,7}")

_KINDS = {
    PhoneNumberType.MOBILE: PhoneKind.MOBILE,
    PhoneNumberType.FIXED_LINE_OR_MOBILE: PhoneKind.MOBILE,
    PhoneNumberType.FIXED_LINE: PhoneKind.FIXED,
    PhoneNumberType.UNKNOWN: PhoneKind.UNKNOWN,
}


def parse_phone(raw: str, region: str = "CN") -> Phone:
    """Understand one number; `region` is where a number without a country code is dialled.

    `valid` means that it can be dialled from abroad. Short service numbers (95588, 12306) are known as such
    but have no `e164`; neither has a number without its area code.
    """
    if region == "CN" and (found := _MOBILE.fullmatch(raw)):
        number = found[1] + found[3] + found[4]
        return Phone(raw, "+86" + number, None, PhoneKind.MOBILE, bool(_KNOWN_RANGE.fullmatch(number)))
    return _parse_slowly(raw, region)


def split_phones(cell: str) -> list[str]:
    """The numbers that share one cell, as written. One without area code takes that of the one before it."""
    pieces: list[str] = []
    for piece in _SEPARATORS.split(unicodedata.normalize("NFKC", cell)):
        words = piece.split()
        several = len(words) > 1 and all(_COMPLETE.fullmatch(word) for word in words)
        pieces += words if several else [piece.strip()] if words else []
    for at in range(1, len(pieces)):
        if _WITHOUT_AREA.fullmatch(pieces[at]) and (area := _AREA.match(pieces[at - 1])):
            pieces[at] = f"{area[1]}-{pieces[at]}"
    return pieces


def mask(stored: str) -> str:
    """Enough to recognise a number one knows, too little to dial it: `138****8000`."""
    number = parse_phone(stored)
    shown = number.e164 or number.raw
    if shown.startswith("+86"):
        shown = shown[3:] if number.kind is not PhoneKind.FIXED else "0" + shown[3:]
    if len(shown) < 7:
        return "****"
    return f"{shown[: 4 if shown[0] == '+' else 3]}****{shown[-4:]}"


def display(stored: str, language: Language = Language.ZH) -> str:
    """A number in groups: Chinese ones as dialled in China, others with their country code."""
    number = parse_phone(stored)
    grouped = _grouped(number.e164) if number.e164 else number.raw
    if number.extension is None:
        return grouped
    return (
        f"{grouped} 转 {number.extension}"
        if language is Language.ZH
        else f"{grouped} ext. {number.extension}"
    )


def _parse_slowly(raw: str, region: str) -> Phone:
    text = " ".join(unicodedata.normalize("NFKC", raw).split())
    if region == "CN" and _MOBILE.fullmatch(text):
        return parse_phone(text)
    if region == "CN" and _SHORT_SERVICE.fullmatch(text):
        return Phone(text, None, None, PhoneKind.SERVICE, False)
    if found := _EXTENSION.fullmatch(text):
        return _with_extension(found, region)
    whole = _from_library(text, region)
    if not whole.valid and (found := _DASHED.fullmatch(text)):
        split = _with_extension(found, region)
        return split if split.valid else whole
    return whole


def _with_extension(found: re.Match[str], region: str) -> Phone:
    base = parse_phone(found[1], region)
    if base.e164 is None:
        return Phone(found[0], None, None, base.kind, False)
    return replace(base, raw=found[0], extension=found[2])


def _from_library(text: str, region: str) -> Phone:
    unknown = Phone(text, None, None, PhoneKind.UNKNOWN, False)
    try:
        number = phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return unknown
    valid = phonenumbers.is_valid_number(number)
    if not valid and not (text.startswith("+") and phonenumbers.is_possible_number(number)):
        return unknown
    kind = _KINDS.get(phonenumbers.number_type(number), PhoneKind.SERVICE)
    e164 = phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return Phone(text, str(e164), number.extension or None, kind, valid)


@lru_cache(maxsize=4096)
def _grouped(e164: str) -> str:
    if e164.startswith("+861") and len(e164) == 14:
        return f"{e164[3:6]} {e164[6:10]} {e164[10:]}"
    number = phonenumbers.parse(e164, None)
    inland = number.country_code == 86
    style = PhoneNumberFormat.NATIONAL if inland else PhoneNumberFormat.INTERNATIONAL
    return str(phonenumbers.format_number(number, style))
