"""A department, which may be looked for with everything below it."""

from typing import Any, ClassVar

from jieli.base.language import Message
from jieli.fields.contract import Options
from jieli.fields.ids import OneId
from jieli.fields.scalar import EQUALITY


class Department(OneId):
    key: ClassVar[str] = "department"
    label: ClassVar[Message] = Message("field_department", "部门", "Department")
    Options: ClassVar[type[Options]] = Options
    operators: ClassVar[tuple[str, ...]] = (*EQUALITY, "under")

    def target(self, options: Any) -> str:
        return "department"
