"""What changes between two versions without touching a table, in words; and what the change asks of others."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from jieli.base.language import Message
from jieli.blueprint.document import Document, FieldDef, ObjectDef, Part, Process, Stage
from jieli.blueprint.steps import Note


@dataclass(frozen=True, slots=True)
class Vacated:
    """Stages of an object that are no more, in which no record may be left."""

    object: str
    process: str
    stages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stale:
    """What was derived from the records of an object under rules that have changed."""

    object: str
    what: Literal["search", "claims", "scores"]


OF_WORKSPACE = {
    "name": Message("plan_name", "工作区改名为「{new}」", "Rename the workspace to “{new}”"),
    "currency": Message(
        "plan_currency",
        "本位币改为 {new}；已有金额不换算",
        "The currency becomes {new}; existing amounts are not converted",
    ),
    "time_zone": Message("plan_time_zone", "时区改为 {new}", "The time zone becomes {new}"),
    "conversions": Message("plan_conversions", "修改转化规则", "Change the rules of conversion"),
    "dashboards": Message("plan_dashboards", "修改看板设置", "Change the dashboards"),
}
OF_OBJECT = {
    "label": Message("plan_relabel_object", "对象「{old}」改名为「{new}」", "Rename “{old}” to “{new}”"),
    "plural": Message("plan_plural", "修改「{object}」的复数名称", "Change the plural of “{object}”"),
    "icon": Message("plan_icon", "修改「{object}」的图标", "Change the icon of “{object}”"),
    "traits": Message("plan_traits", "修改「{object}」的能力", "Change what “{object}” is capable of"),
    "title": Message("plan_title", "「{object}」以另一个字段为标题", "“{object}” is titled by another field"),
    "columns": Message("plan_columns", "修改「{object}」的列表列", "Change the columns of “{object}”"),
    "card": Message("plan_card", "修改「{object}」的卡片", "Change the card of “{object}”"),
    "form": Message("plan_form", "修改「{object}」的表单", "Change the form of “{object}”"),
    "views": Message("plan_views", "修改「{object}」的视图", "Change the views of “{object}”"),
    "sort": Message("plan_sort", "修改「{object}」的默认排序", "Change how “{object}” is sorted"),
    "duplicates": Message(
        "plan_duplicates", "修改「{object}」的查重规则", "Change how duplicates of “{object}” are found"
    ),
    "party": Message("plan_party", "修改「{object}」的归属客户", "Change the party of “{object}”"),
    "navigation": Message(
        "plan_navigation", "修改「{object}」的导航位置", "Move “{object}” in the navigation"
    ),
}
OF_FIELD = {
    "label": Message(
        "plan_relabel_field",
        "「{object}」的字段「{old}」改名为「{new}」",
        "Rename the field “{old}” of “{object}” to “{new}”",
    ),
    "help": Message(
        "plan_help", "修改「{object}」「{field}」的说明", "Change the help of “{field}” of “{object}”"
    ),
    "required": Message(
        "plan_required",
        "修改「{object}」「{field}」是否必填；已有记录不变",
        "Change whether “{field}” of “{object}” is required; existing records stay as they are",
    ),
    "search": Message(
        "plan_search",
        "修改「{object}」「{field}」是否参与搜索",
        "Change whether “{object}” is found by “{field}”",
    ),
    "default": Message(
        "plan_default", "修改「{object}」「{field}」的默认值", "Change the default of “{field}” of “{object}”"
    ),
    "options": Message(
        "plan_options", "修改「{object}」「{field}」的选项", "Change the options of “{field}” of “{object}”"
    ),
}
OF_STAGE = Message(
    "plan_stage", "修改流程「{process}」的阶段「{stage}」", "Change the stage “{stage}” of “{process}”"
)
ADD_STAGE = Message(
    "plan_add_stage", "流程「{process}」新增阶段「{stage}」", "Add the stage “{stage}” to “{process}”"
)
DROP_STAGE = Message(
    "plan_drop_stage",
    "流程「{process}」移除阶段「{stage}」（其中不能还有记录）",
    "Remove the stage “{stage}” of “{process}” (it must hold no record)",
)
ORDER_STAGES = Message(
    "plan_order_stages", "调整流程「{process}」的阶段顺序", "Reorder the stages of “{process}”"
)
MOVES = Message("plan_moves", "修改流程「{process}」的流转", "Change the moves of “{process}”")
RETURN_REASONS = Message(
    "plan_return_reasons",
    "修改流程「{process}」的退回原因",
    "Change the reasons for returning in “{process}”",
)
RELABEL_PROCESS = Message(
    "plan_relabel_process", "流程「{old}」改名为「{new}」", "Rename the process “{old}” to “{new}”"
)
ADDED = {
    "processes": Message("plan_add_process", "新增流程「{name}」", "Add the process “{name}”"),
    "roles": Message("plan_add_role", "新增角色「{name}」", "Add the role “{name}”"),
    "scorecards": Message("plan_add_scorecard", "为「{name}」启用评分", "Score “{name}”"),
    "assignments": Message(
        "plan_add_assignment", "为「{name}」启用自动分配", "Assign “{name}” automatically"
    ),
}
CHANGED = {
    "roles": Message("plan_role", "修改角色「{name}」的权限", "Change what the role “{name}” may do"),
    "scorecards": Message("plan_scorecard", "修改「{name}」的评分规则", "Change how “{name}” is scored"),
    "assignments": Message("plan_assignment", "修改「{name}」的分配规则", "Change how “{name}” is assigned"),
}
REMOVED = {
    "processes": Message("plan_drop_process", "移除流程「{name}」", "Remove the process “{name}”"),
    "roles": Message("plan_drop_role", "移除角色「{name}」", "Remove the role “{name}”"),
    "scorecards": Message("plan_drop_scorecard", "停止为「{name}」评分", "No longer score “{name}”"),
    "assignments": Message("plan_drop_assignment", "停止自动分配「{name}」", "No longer assign “{name}”"),
}


def notes(before: Document, after: Document) -> Iterator[Note]:
    """Every difference that is not a table's."""
    yield from _attributes(before, after, OF_WORKSPACE)
    for key, now in after.objects.items():
        if was := before.objects.get(key):
            yield from _of_object(was, now)
    for part in ADDED:
        yield from _of_parts(part, before, after)
    for key, process in after.processes.items():
        if former := before.processes.get(key):
            yield from _of_process(former, process)


def vacated(before: Document, after: Document) -> Iterator[Vacated]:
    for key, was in before.processes.items():
        now = after.processes.get(key)
        left = {stage.key for stage in now.stages} if now and now.object == was.object else set()
        gone = tuple(stage.key for stage in was.stages if stage.key not in left)
        if gone and was.object in after.objects:
            yield Vacated(was.object, key, gone)


def stale(before: Document, after: Document) -> Iterator[Stale]:
    for key, now in after.objects.items():
        was = before.objects.get(key)
        if was is None:
            continue
        if _searched(was) != _searched(now):
            yield Stale(key, "search")
        if (was.duplicates, was.party) != (now.duplicates, now.party):
            yield Stale(key, "claims")
        if before.scorecards.get(key) != after.scorecards.get(key):
            yield Stale(key, "scores")


def _searched(definition: ObjectDef) -> dict[str, object]:
    return {key: (each.type, each.options) for key, each in definition.fields.items() if each.search}


def _attributes(was: Part, now: Part, messages: Mapping[str, Message], **params: object) -> Iterator[Note]:
    for name, message in messages.items():
        old, new = getattr(was, name), getattr(now, name)
        if old != new:
            yield Note(message, {"old": old, "new": new, **params})


def _of_object(was: ObjectDef, now: ObjectDef) -> Iterator[Note]:
    yield from _attributes(was, now, OF_OBJECT, object=now.label)
    for key, each in now.fields.items():
        if former := was.fields.get(key):
            yield from _of_field(now, former, each)


def _of_field(definition: ObjectDef, was: FieldDef, now: FieldDef) -> Iterator[Note]:
    yield from _attributes(was, now, OF_FIELD, object=definition.label, field=now.label)


def _of_parts(part: str, before: Document, after: Document) -> Iterator[Note]:
    old, new = getattr(before, part), getattr(after, part)
    for key in old | new:
        if key not in new:
            yield Note(REMOVED[part], {"name": _name(before, old, key)})
        elif key not in old:
            yield Note(ADDED[part], {"name": _name(after, new, key)})
        elif part in CHANGED and old[key] != new[key]:
            yield Note(CHANGED[part], {"name": _name(after, new, key)})


def _name(document: Document, parts: Mapping[str, Part], key: str) -> object:
    """Scorecards and assignments bear the name of their object."""
    owner = document.objects.get(key)
    return getattr(parts[key], "label", owner.label if owner else key)


def _of_process(was: Process, now: Process) -> Iterator[Note]:
    old = {stage.key: stage for stage in was.stages}
    new = {stage.key: stage for stage in now.stages}
    if was.label != now.label:
        yield Note(RELABEL_PROCESS, {"old": was.label, "new": now.label})
    yield from (_of_stage(DROP_STAGE, now, old[key]) for key in old if key not in new)
    yield from (_of_stage(ADD_STAGE, now, new[key]) for key in new if key not in old)
    yield from (_of_stage(OF_STAGE, now, new[key]) for key in new if key in old and old[key] != new[key])
    if [key for key in old if key in new] != [key for key in new if key in old]:
        yield Note(ORDER_STAGES, {"process": now.label})
    if was.moves != now.moves:
        yield Note(MOVES, {"process": now.label})
    if was.return_reasons != now.return_reasons:
        yield Note(RETURN_REASONS, {"process": now.label})


def _of_stage(message: Message, process: Process, stage: Stage) -> Note:
    return Note(message, {"process": process.label, "stage": stage.label})
