"""What every field type must answer, and the further abilities that some of them have."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, ClassVar, Protocol, runtime_checkable
from zoneinfo import ZoneInfo

from pydantic import BaseModel, ConfigDict, StringConstraints, model_validator

from jieli.base.errors import Problem
from jieli.base.language import Language, Message
from jieli.db.sql import Sql

CHINA = ZoneInfo("Asia/Shanghai")

Cell = Any
"""What a spreadsheet cell or a text file gives: str, int, float, Decimal, bool, date, datetime or None."""


class Options(BaseModel):
    """The base of all option models; an option nobody knows is an error, not ignored."""

    model_config = ConfigDict(frozen=True, extra="forbid")


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the object's table. `type` is PostgreSQL's name of the type."""

    name: str
    type: str


@dataclass(frozen=True, slots=True)
class Context:
    """What reading a value may depend on besides the value."""

    zone: ZoneInfo = CHINA
    currency: str = "CNY"


class BadValue(Exception):
    """A value that the type refuses, with the sentence that says why."""

    def __init__(self, message: Message, **params: object) -> None:
        super().__init__(message.code)
        self.message = message
        self.params = params

    def at(self, path: str) -> Problem:
        return Problem(path, self.message, self.params)


class FieldType(Protocol):
    """A kind of field. Instances have no state; `FIELD_TYPES` holds one of each.

    A *value* is the Python value kept in `Values`; None is the empty value and never reaches these methods, except
    where a docstring says so. The first of `columns` is what conditions, sorting and grouping use.
    """

    key: ClassVar[str]
    label: ClassVar[Message]
    Options: ClassVar[type[Options]]
    operators: ClassVar[tuple[str, ...]]
    """The condition operators that make sense, out of `query/operators.py`."""

    def columns(self, key: str, options: Any) -> tuple[Column, ...]:
        """The first is named as the field. Further ones have its name and an ending of their own: `_currency`,
        `_entered` and `_rate` for money, `_parts` for an address."""

    def parse(self, raw: object, options: Any, context: Context) -> Any:
        """The value from its JSON form; raises BadValue. Empty strings and empty lists become None."""

    def read(self, cell: Cell, options: Any, context: Context) -> Any:
        """The value from a spreadsheet cell, more lenient than `parse`; raises BadValue. For a Referring type the
        result is the text to look up, unless the cell holds an id."""

    def store(self, value: Any) -> tuple[object, ...]:
        """One database value for each column; `value` may be None."""

    def load(self, stored: tuple[object, ...]) -> Any:
        """The value from its columns, the inverse of `store`."""

    def dump(self, value: Any) -> object:
        """The JSON form kept in events (references as plain ids); `parse` reads it back."""

    def json(self, alias: Sql, key: str, options: Any) -> Sql:
        """An SQL expression of the value's JSON form for screens; `alias` is the row."""

    def text(self, dumped: Any, options: Any, language: Language) -> str:
        """How people read the `dump`ed value: export, search, timeline. References are resolved by the caller."""

    def operand(self, raw: object, options: Any, context: Context) -> object:
        """A condition's operand as a database value comparable with the first column; raises BadValue. Where the
        operator or the column holds several, this is asked for each of them."""


@runtime_checkable
class Referring(Protocol):
    """A type whose values are ids of records of another object."""

    many: ClassVar[bool]

    def target(self, options: Any) -> str:
        """The key of the object referred to."""


@runtime_checkable
class Choosing(Protocol):
    """A type whose values come from a list of choices in its options."""

    def choices(self, options: Any) -> dict[str, "Choice"]: ...


@runtime_checkable
class Zoned(Protocol):
    """A type whose values look different from one time zone to another; its `text` assumes the default one."""

    def text_in(self, dumped: Any, zone: ZoneInfo) -> str: ...


@runtime_checkable
class Sought(Protocol):
    """A type whose values people also look for in another form than its `text`."""

    def sought(self, dumped: Any) -> str: ...


@runtime_checkable
class Numbered(Protocol):
    """A type whose values the write path assigns to new records, by counting; people never write them."""

    def period(self, options: Any, day: date) -> str:
        """The name of the count that a record of this day belongs to; each count starts at one."""

    def number(self, options: Any, day: date, count: int) -> str: ...


@runtime_checkable
class HoldsFiles(Protocol):
    """A type whose values are ids of stored files, of any kind or of pictures only."""

    holds: ClassVar[str]


class Words(Options):
    """A text in both languages, as it stands in options; a plain string stands for both."""

    zh: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    en: Annotated[str, StringConstraints(min_length=1, max_length=400)]

    @model_validator(mode="before")
    @classmethod
    def _from(cls, value: object) -> object:
        if isinstance(value, str):
            return {"zh": value, "en": value}
        return (
            value
            if isinstance(value, dict | Words)
            else {"zh": getattr(value, "zh", None), "en": getattr(value, "en", None)}
        )

    def pick(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en


class Choice(Options):
    """One choice of a select. The key is what is stored; it never changes when the label does. A plain string
    is both key and label."""

    key: Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
    label: Words
    color: str | None = None
    closed: bool = False
    """No longer offered, but still shown where it was chosen."""

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        if isinstance(value, str):
            return {"key": value, "label": value}
        return {"label": value["key"], **value} if isinstance(value, dict) and "key" in value else value
