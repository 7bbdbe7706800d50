"""What can go wrong with records, in words."""

from jieli.base.errors import Conflict, Denied, NotFound
from jieli.base.language import Message


class RecordNotFound(NotFound):
    message = Message(
        "record_not_found", "没有找到这条记录，或你无权查看", "No such record, or not visible to you"
    )


class MayNotChange(Denied):
    message = Message(
        "may_not_change", "你可以查看但不能修改这条记录", "You may see this record but not change it"
    )


class VersionConflict(Conflict):
    message = Message(
        "version_conflict", "这条记录刚刚被他人修改", "Somebody else changed this record in the meantime"
    )


class DuplicateFound(Conflict):
    message = Message("duplicate", "已存在相同的记录", "This exists already")


class BatchUnknown(NotFound):
    message = Message("batch_unknown", "没有找到这次操作", "There is no such operation")


class AlreadyUndone(Conflict):
    message = Message("already_undone", "这次操作已经撤销", "This operation has been undone already")


UNKNOWN_FIELD = Message("unknown_field", "没有「{field}」这个字段", "There is no field “{field}”")
READ_ONLY = Message("read_only", "「{field}」不能修改", "“{field}” cannot be changed")
REQUIRED = Message("required", "请填写「{field}」", "“{field}” is required")
NO_REFERENCE = Message(
    "no_reference",
    "「{field}」指向的记录不存在或不可见",
    "What “{field}” refers to does not exist or is not visible",
)
DISABLED_MEMBER = Message("disabled_member", "「{field}」中的成员已停用", "A member in “{field}” is disabled")
NOT_YOURS_TO_GIVE = Message(
    "not_yours_to_give", "你不能把记录转给他人", "You may not pass this record to somebody else"
)
NOT_FOUND = RecordNotFound.message
MAY_NOT_CHANGE = MayNotChange.message
VERSION_CONFLICT = VersionConflict.message
"""The same sentences for a row of a batch."""
