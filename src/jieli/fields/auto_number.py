"""Numbers that count records: `HT-202601-0042`. Assigned when a record is created, never written by people."""

from datetime import date
from typing import Annotated, Any, ClassVar, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from jieli.base.language import Message
from jieli.fields.cells import cell_text
from jieli.fields.contract import Cell, Context, Options
from jieli.fields.scalar import WORDING, Scalar
from jieli.fields.text import plain_text

LONGEST = 60

_FORMATS = {"": "", "YYYY": "%Y", "YYYYMM": "%Y%m", "YYYYMMDD": "%Y%m%d"}
_PERIODS = {"none": "", "year": "YYYY", "month": "YYYYMM", "day": "YYYYMMDD"}


class AutoNumberOptions(Options):
    prefix: Annotated[str, StringConstraints(max_length=20, pattern=r"^[^\s\x00-\x1f]*$")] = ""
    date: Literal["", "YYYY", "YYYYMM", "YYYYMMDD"] = ""
    digits: Annotated[int, Field(ge=1, le=12)] = 4
    """At least so many; a count that needs more takes more."""
    reset: Literal["none", "year", "month", "day"] = "none"

    @model_validator(mode="after")
    def _unique(self) -> Self:
        if not self.date.startswith(_PERIODS[self.reset]):
            raise ValueError("numbers that start again need their period in the date")
        return self


class AutoNumber(Scalar):
    key: ClassVar[str] = "auto_number"
    label: ClassVar[Message] = Message("field_auto_number", "自动编号", "Automatic number")
    Options: ClassVar[type[Options]] = AutoNumberOptions
    operators: ClassVar[tuple[str, ...]] = WORDING
    stored = "text"

    def period(self, options: Any, day: date) -> str:
        """Names the count that a record of this day belongs to; each count starts at one."""
        return _dated(_PERIODS[options.reset], day)

    def number(self, options: Any, day: date, count: int) -> str:
        dated = _dated(options.date, day)
        return f"{options.prefix}{dated}{'-' if dated else ''}{count:0{options.digits}d}"

    def parse(self, raw: object, options: Any, context: Context) -> str | None:
        return plain_text(raw, LONGEST)

    def read(self, cell: Cell, options: Any, context: Context) -> str | None:
        return plain_text(cell_text(cell), LONGEST)


def _dated(form: str, day: date) -> str:
    return day.strftime(_FORMATS[form])
