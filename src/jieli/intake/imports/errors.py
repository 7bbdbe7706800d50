"""Why an import cannot go on, and what can be wrong with a row beyond its values."""

from jieli.base.errors import Conflict, Invalid, NotFound, Unavailable
from jieli.base.language import Message


class ImportUnknown(NotFound):
    message = Message("import_unknown", "没有找到这次导入", "There is no such import")


class NotNow(Conflict):
    message = Message(
        "import_not_now",
        "这次导入现在处于「{state}」状态，不能这样做",
        "This cannot be done while the import is {state}",
    )


class FileGone(NotFound):
    message = Message(
        "import_file_gone",
        "导入的文件已不存在，请重新上传",
        "The imported file is gone; please upload it again",
    )


class Cancelled(Conflict):
    message = Message("import_cancelled", "导入已取消，没有写入任何数据", "Cancelled; nothing was written")


class Busy(Conflict):
    """Another worker is at this import."""

    message = Message("import_busy", "这次导入正在进行", "This import is being done already")


class Interrupted(Unavailable):
    message = Message(
        "import_interrupted",
        "导入被中断，没有写入任何数据，请重新导入",
        "The import was interrupted; nothing was written. Please import the file again",
    )


class NothingMapped(Invalid):
    message = Message(
        "nothing_mapped",
        "没有任何一列对应到字段，请至少选择一列",
        "No column belongs to a field; choose at least one",
    )


NO_COLUMN = Message("no_such_column", "文件中没有第 {number} 列", "The file has no column {number}")
COLUMN_TWICE = Message("column_twice", "同一列只能对应一个字段", "A column can belong to one field only")
TARGET_TWICE = Message(
    "target_twice",
    "「{field}」对应了两列：{first} 和 {second}，请只保留一列",
    "Two columns, {first} and {second}, belong to “{field}”; keep one of them",
)
NO_TARGET = Message(
    "no_such_target", "「{field}」不是可以导入的字段", "“{field}” is not a field that can be imported"
)
TARGET_AND_NEW = Message(
    "target_and_new", "一列不能既对应字段又新建字段", "A column cannot both fill a field and make a new one"
)
BAD_NEW_TYPE = Message(
    "bad_new_type", "不能用「{type}」类型新建字段", "No new field can be of the type “{type}”"
)
NO_CHOICES = Message("no_choices", "新建单选字段需要选项", "A new choice field needs its choices")
TOO_MANY_CHOICES = Message(
    "too_many_choices", "选项太多（最多 {max} 个）", "There are too many choices (at most {max})"
)
OWNER_MISSING = Message("owner_missing", "负责人不存在或已停用", "The owner does not exist or is disabled")
NO_RULES = Message(
    "no_assignment_rules",
    "该对象没有分配规则，记录将没有负责人",
    "There are no assignment rules for this object; the records will have no owner",
)
REQUIRED_UNMAPPED = Message(
    "required_unmapped",
    "必填字段「{field}」没有对应的列",
    "No column belongs to the required field “{field}”",
)
TITLE_MADE = Message(
    "title_made",
    "没有列对应「{field}」，将由其他列组成",
    "No column belongs to “{field}”; it is made from other columns",
)
NOT_FOUND = Message(
    "reference_not_found",
    "没有找到{object}「{text}」",
    "There is no {object} “{text}”",
)
AMBIGUOUS = Message(
    "reference_ambiguous",
    "有 {count} 个{object}叫「{text}」，请写清是哪一个",
    "{count} records of {object} are called “{text}”; say which one is meant",
)
NOT_BROUGHT_IN = Message(
    "reference_not_brought_in",
    "「{field}」未能关联「{text}」：那一行没有导入",
    "“{field}” could not be set to “{text}”: that row was not brought in",
)
UNKNOWN_STAGE = Message(
    "unknown_stage_text",
    "流程中没有「{text}」这个阶段，可用：{stages}",
    "The process has no stage “{text}”; there are {stages}",
)
UNCHANGED = Message("nothing_to_change", "内容相同，无需修改", "The same already; nothing to change")
REPEATED_ROW = Message("repeated_row", "与第 {row} 行重复", "The same as row {row}")
KNOWN_ROW = Message("known_row", "这一行以前导入过", "This row was brought in before")
KNOWN_AS = Message(
    "known_as",
    "{field}与{object}「{title}」相同",
    "The same {field} as {object} “{title}”",
)
KNOWN_UNSEEN = Message(
    "known_unseen",
    "{field}与一条{object}相同（负责人：{owner}）",
    "The same {field} as a record of {object} (owner: {owner})",
)
NOBODY = Message("nobody", "无", "none")
ROW_FAILED = Message("row_failed", "这一行无法写入", "This row could not be written")
CREATED = Message("outcome_created", "已新建", "Created")
UPDATED = Message("outcome_updated", "已更新", "Updated")
SKIPPED = Message("outcome_skipped", "已跳过", "Skipped")
REJECTED = Message("outcome_rejected", "未导入", "Not imported")
