"""Several records of another object."""

from typing import Any, ClassVar

from jieli.base.language import Message
from jieli.fields.contract import Options
from jieli.fields.ids import ManyIds
from jieli.fields.reference import ObjectKey


class MultiReferenceOptions(Options):
    to: ObjectKey


class MultiReference(ManyIds):
    key: ClassVar[str] = "multi_reference"
    label: ClassVar[Message] = Message("field_multi_reference", "多条关联记录", "References")
    Options: ClassVar[type[Options]] = MultiReferenceOptions

    def target(self, options: Any) -> str:
        return str(options.to)
