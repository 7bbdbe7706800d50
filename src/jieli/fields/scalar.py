"""What types have in common that keep their value in one column."""

from typing import Any, ClassVar

from jieli.base.language import Language, Message
from jieli.db.sql import Sql, ident, sql
from jieli.fields.contract import BadValue, Cell, Column, Context

EMPTY_OPERAND = Message("empty_operand", "请填写要比较的值", "Give a value to compare with")

WORDING = ("eq", "ne", "in", "not_in", "contains", "not_contains", "starts", "empty", "not_empty")
EQUALITY = ("eq", "ne", "in", "not_in", "empty", "not_empty")
ORDER = ("eq", "ne", "in", "not_in", "gt", "gte", "lt", "lte", "between", "empty", "not_empty")
MEMBERSHIP = ("has_any", "has_all", "empty", "not_empty")


class Scalar:
    """One column. Without more said, its value is the value and the JSON form, and reading is parsing."""

    stored: ClassVar[str]
    """PostgreSQL's type of the column."""

    def columns(self, key: str, options: Any) -> tuple[Column, ...]:
        return (Column(key, self.stored),)

    def parse(self, raw: object, options: Any, context: Context) -> Any:
        raise NotImplementedError

    def read(self, cell: Cell, options: Any, context: Context) -> Any:
        return self.parse(cell, options, context)

    def store(self, value: Any) -> tuple[object, ...]:
        return (value,)

    def load(self, stored: tuple[object, ...]) -> Any:
        return stored[0]

    def dump(self, value: Any) -> object:
        return value

    def json(self, alias: Sql, key: str, options: Any) -> Sql:
        return sql("{row}.{column}", row=alias, column=ident(key))

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        return str(dumped)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        value = self.parse(raw, options, context)
        if value is None:
            raise BadValue(EMPTY_OPERAND)
        return value


class ShownAsText(Scalar):
    """One column whose JSON form is the text that PostgreSQL makes of it, so that no digit is lost."""

    def dump(self, value: Any) -> object:
        return str(value)

    def json(self, alias: Sql, key: str, options: Any) -> Sql:
        return sql("{row}.{column}::text", row=alias, column=ident(key))
