"""Postal addresses: their parts, and the whole as one text that can be searched and sorted."""

import re
from typing import Any, ClassVar

from jieli.base.language import Language, Message
from jieli.base.text import HAN
from jieli.db.sql import Sql, ident, sql
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Column, Context, Options
from jieli.fields.scalar import Scalar
from jieli.fields.text import plain_text

NOT_AN_ADDRESS = Message("not_an_address", "需要地址", "An address is needed")
BAD_CODE = Message("bad_division_code", "行政区划代码应为 6 位数字", "A division code has six digits")

PARTS = ("province", "city", "district", "detail")
LONGEST = {"province": 40, "city": 40, "district": 40, "detail": 400, "code": 6}

_NAME = "[^省市区县路街号]"
_WRITTEN = re.compile(
    rf"(?P<province>(?:北京|上海|天津|重庆)市?(?={_NAME})|{_NAME}{{2,3}}省|内蒙古自治区"
    r"|(?:广西壮族|宁夏回族|新疆维吾尔|西藏)自治区|(?:香港|澳门)特别行政区)?"
    rf"(?P<city>{_NAME}{{2,10}}?(?:自治州|市|地区|盟))?"
    rf"(?P<district>{_NAME}{{1,10}}?(?:区|县|市|旗))?"
    r"(?P<detail>.*)",
    re.DOTALL,
)
_DIVISION_CODE = re.compile("[0-9]{6}").fullmatch

Parts = dict[str, str]


def whole(parts: Parts) -> str:
    """The parts in one text; a municipality, which is its own province, is named once."""
    named = [parts[name] for name in PARTS if parts[name]]
    together = list(dict.fromkeys(named))
    return ("" if HAN.search("".join(together)) else ", ").join(together)


def written(text: str) -> Parts:
    """The parts of an address as one text; what is not understood remains in `detail`."""
    found = _WRITTEN.fullmatch(text)
    parts = {name: (found[name] or "").strip() if found else "" for name in PARTS}
    return parts | {"code": ""}


class Address(Scalar):
    key: ClassVar[str] = "address"
    label: ClassVar[Message] = Message("field_address", "地址", "Address")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = ("contains", "not_contains", "starts", "empty", "not_empty")
    stored = "text"

    def columns(self, key: str, options: Any) -> tuple[Column, ...]:
        return (Column(key, "text"), Column(f"{key}_parts", "jsonb"))

    def parse(self, raw: object, options: Any, context: Context) -> Parts | None:
        """Always with all parts, empty where not given. The code is kept as it is: divisions change each year."""
        if raw is None or raw == "":
            return None
        if not isinstance(raw, dict) or not raw.keys() <= LONGEST.keys():
            raise BadValue(NOT_AN_ADDRESS)
        given = {name: raw.get(name) for name in LONGEST}
        parts = {name: plain_text(given[name], most) or "" for name, most in LONGEST.items()}
        if parts["code"] and not _DIVISION_CODE(parts["code"]):
            raise BadValue(BAD_CODE)
        return parts if any(parts.values()) else None

    def read(self, cell: Cell, options: Any, context: Context) -> Parts | None:
        return self.parse(written(plain_text(cell_text(cell), 400) or ""), options, context)

    def store(self, value: Parts | None) -> tuple[object, ...]:
        return (whole(value), value) if value else (None, None)

    def load(self, stored: tuple[object, ...]) -> Any:
        return stored[1]

    def json(self, alias: Sql, key: str, options: Any) -> Sql:
        return sql("{row}.{column}", row=alias, column=ident(f"{key}_parts"))

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return whole(dumped)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        return plain_text(raw, 400) or ""
