"""Files and pictures attached in a field."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from jieli.base.language import Message
from jieli.fields.contract import BadValue, Cell, Context, Options
from jieli.fields.ids import ManyIds, required_id
from jieli.fields.many import listed, split

NOT_IN_A_CELL = Message(
    "file_in_cell",
    "附件不能从表格导入，请在记录中上传",
    "Files cannot be imported from a table; add them to the record",
)


class FileOptions(Options):
    max: Annotated[int, Field(ge=1, le=100)] = 20


class File(ManyIds):
    """The type knows ids only: `json` gives them alone, and who holds the table of files adds name, size and type."""

    key: ClassVar[str] = "file"
    label: ClassVar[Message] = Message("field_file", "附件", "Files")
    Options: ClassVar[type[Options]] = FileOptions
    operators: ClassVar[tuple[str, ...]] = ("empty", "not_empty")
    holds: ClassVar[str] = "file"

    def parse(self, raw: object, options: Any, context: Context) -> list[UUID] | None:
        return listed(raw, options.max, required_id)

    def read(self, cell: Cell, options: Any, context: Context) -> list[Any] | None:
        try:
            return self.parse(split(str(cell)), options, context)
        except BadValue:
            raise BadValue(NOT_IN_A_CELL) from None


class Image(File):
    key: ClassVar[str] = "image"
    label: ClassVar[Message] = Message("field_image", "图片", "Pictures")
    holds = "image"
