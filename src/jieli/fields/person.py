"""A member of the workspace."""

from typing import Any, ClassVar

from jieli.base.language import Message
from jieli.fields.contract import Options
from jieli.fields.ids import OneId


class Person(OneId):
    key: ClassVar[str] = "person"
    label: ClassVar[Message] = Message("field_person", "成员", "Person")
    Options: ClassVar[type[Options]] = Options

    def target(self, options: Any) -> str:
        return "member"
