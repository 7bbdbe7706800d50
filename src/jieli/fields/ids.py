"""What types have in common whose values are ids of records."""

import re
from typing import Any, ClassVar
from uuid import UUID

from jieli.base.language import Language, Message
from jieli.db.sql import Sql, ident, sql
from jieli.fields.cells import cell_text
from jieli.fields.contract import BadValue, Cell, Context
from jieli.fields.many import Many, bounded_list, distinct, listed, split
from jieli.fields.scalar import EMPTY_OPERAND, EQUALITY, MEMBERSHIP, ShownAsText
from jieli.fields.text import plain_text

NOT_AN_ID = Message("not_an_id", "需要一条记录的编号", "The id of a record is needed")

_ID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE).fullmatch


def record_id(raw: object) -> UUID | None:
    """An id as a text in its usual form, or the object of a record that holds it under `id`."""
    if isinstance(raw, dict):
        raw = raw.get("id", raw)
    if isinstance(raw, str) and _ID(raw):
        return UUID(raw)
    if isinstance(raw, UUID):
        return raw
    if raw is None or raw == "":
        return None
    raise BadValue(NOT_AN_ID)


def required_id(raw: object) -> UUID:
    found = record_id(raw)
    if found is None:
        raise BadValue(NOT_AN_ID)
    return found


def id_or_name(text: str) -> UUID | str | None:
    """What a cell says of a record: its id, or words to look it up by."""
    return UUID(text) if len(text) == 36 and _ID(text) else plain_text(text, 2_000)


class OneId(ShownAsText):
    stored = "uuid"
    operators: ClassVar[tuple[str, ...]] = EQUALITY
    many: ClassVar[bool] = False

    def parse(self, raw: object, options: Any, context: Context) -> UUID | None:
        return record_id(raw)

    def read(self, cell: Cell, options: Any, context: Context) -> UUID | str | None:
        return id_or_name(cell_text(cell))

    def operand(self, raw: object, options: Any, context: Context) -> object:
        found = record_id(raw)
        if found is None:
            raise BadValue(EMPTY_OPERAND)
        return found


class ManyIds(Many):
    stored = "uuid[]"
    operators: ClassVar[tuple[str, ...]] = MEMBERSHIP
    many: ClassVar[bool] = True

    def parse(self, raw: object, options: Any, context: Context) -> list[UUID] | None:
        return listed(raw, self.most, required_id)

    def read(self, cell: Cell, options: Any, context: Context) -> list[UUID | str] | None:
        parts = [id_or_name(part) for part in bounded_list(split(cell_text(cell)), self.most)]
        return distinct([part for part in parts if part is not None])

    def dump(self, value: list[UUID]) -> object:
        return [str(each) for each in value]

    def json(self, alias: Sql, key: str, options: Any) -> Sql:
        return sql("to_json({row}.{column}::text[])", row=alias, column=ident(key))

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return ("、" if language is Language.ZH else ", ").join(dumped)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        return required_id(raw)
