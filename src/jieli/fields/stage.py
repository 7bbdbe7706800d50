"""The stage of a process that a record is in. Set by moves, never in a form."""

from typing import Any, ClassVar

from jieli.base.language import Message
from jieli.fields.contract import Context, Options
from jieli.fields.scalar import EQUALITY, Scalar
from jieli.fields.text import plain_text


class Stage(Scalar):
    key: ClassVar[str] = "stage"
    label: ClassVar[Message] = Message("field_stage", "阶段", "Stage")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = EQUALITY
    stored = "text"

    def parse(self, raw: object, options: Any, context: Context) -> str | None:
        return plain_text(raw, 40)
