"""Several members of the workspace."""

from typing import Any, ClassVar

from jieli.base.language import Message
from jieli.fields.contract import Options
from jieli.fields.ids import ManyIds


class MultiPerson(ManyIds):
    key: ClassVar[str] = "multi_person"
    label: ClassVar[Message] = Message("field_multi_person", "多个成员", "People")
    Options: ClassVar[type[Options]] = Options

    def target(self, options: Any) -> str:
        return "member"
