"""A record of another object."""

from typing import Annotated, Any, ClassVar, Literal

from pydantic import StringConstraints

from jieli.base.language import Message
from jieli.fields.contract import Options
from jieli.fields.ids import OneId

ObjectKey = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]


class ReferenceOptions(Options):
    to: ObjectKey
    on_delete: Literal["clear", "restrict"] = "clear"
    """What happens to the reference, or to the deletion, when the record referred to is deleted."""


class Reference(OneId):
    key: ClassVar[str] = "reference"
    label: ClassVar[Message] = Message("field_reference", "关联记录", "Reference")
    Options: ClassVar[type[Options]] = ReferenceOptions

    def target(self, options: Any) -> str:
        return str(options.to)
