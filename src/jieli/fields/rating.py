"""Stars, from one to a largest number."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from jieli.base.language import Message
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.integer import cell_whole, whole, within
from jieli.fields.scalar import EMPTY_OPERAND, ORDER, Scalar


class RatingOptions(Options):
    max: Annotated[int, Field(ge=2, le=10)] = 5


class Rating(Scalar):
    key: ClassVar[str] = "rating"
    label: ClassVar[Message] = Message("field_rating", "评级", "Rating")
    Options: ClassVar[type[Options]] = RatingOptions
    operators: ClassVar[tuple[str, ...]] = ORDER
    stored = "smallint"

    def parse(self, raw: object, options: Any, context: Context) -> int | None:
        value = whole(raw)
        return None if value is None else within(value, 1, options.max)

    def read(self, cell: Cell, options: Any, context: Context) -> int | None:
        if isinstance(cell, str) and cell and not cell.strip("★⭐☆"):
            cell = len(cell.replace("☆", ""))
        elif isinstance(cell, str):
            cell = cell.removesuffix("星").removesuffix("分")
        return within(cell_whole(cell), 1, options.max)

    def operand(self, raw: object, options: Any, context: Context) -> object:
        value = whole(raw)
        if value is None:
            raise BadValue(EMPTY_OPERAND)
        return within(value, 0, 10)
