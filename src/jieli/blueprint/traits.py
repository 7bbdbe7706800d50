"""The fields that every record has, and those that a trait adds."""

from collections.abc import Iterable
from functools import lru_cache

from jieli.blueprint.document import FieldDef, Label, Trait

OUTCOMES = {
    "open": Label(zh="进行中", en="Open"),
    "won": Label(zh="赢单", en="Won"),
    "lost": Label(zh="输单", en="Lost"),
    "void": Label(zh="无效", en="Void"),
}
FIRST_LEG = {
    "kept": Label(zh="按时", en="In time"),
    "missed": Label(zh="超时", en="Late"),
}


def _field(kind: str, zh: str, en: str, *, index: bool = False, **options: object) -> FieldDef:
    return FieldDef(type=kind, label=Label(zh=zh, en=en), index=index, options=options)


def _choices(labels: dict[str, Label]) -> list[dict[str, object]]:
    return [{"key": key, "label": label} for key, label in labels.items()]


EVERY: dict[str, FieldDef] = {
    "created_at": _field("datetime", "创建时间", "Created"),
    "created_by": _field("person", "创建人", "Created by", index=True),
    "updated_at": _field("datetime", "最后修改时间", "Updated", index=True),
    "updated_by": _field("person", "最后修改人", "Updated by"),
}
TRAITS: dict[Trait, dict[str, FieldDef]] = {
    "owned": {
        "owner": _field("person", "负责人", "Owner", index=True),
        "backup": _field("person", "备份负责人", "Backup", index=True),
        "department": _field("department", "所属部门", "Department", index=True),
    },
    "staged": {
        "process": _field("text", "流程", "Process"),
        "stage": _field("stage", "阶段", "Stage", index=True),
        "stage_since": _field("datetime", "进入阶段时间", "In stage since"),
        "stage_due": _field("datetime", "阶段截止时间", "Stage due", index=True),
        "holder": _field("person", "持棒人", "Holder", index=True),
        "outcome": _field("select", "结果", "Outcome", options=_choices(OUTCOMES)),
        "closed_at": _field("datetime", "关闭时间", "Closed", index=True),
        "blocked": _field("text", "卡点", "Blocked by"),
        "blocked_since": _field("datetime", "卡住时间", "Blocked since"),
        "reached": _field("stage", "到过的最远阶段", "Furthest stage", index=True),
        "first_leg": _field("select", "首棒时限", "First leg", options=_choices(FIRST_LEG)),
        "cycle": _field("duration", "流转周期", "Cycle time"),
    },
    "scored": {
        "score": _field("integer", "评分", "Score"),
        "score_parts": _field("json", "评分构成", "Score parts"),
    },
}


def system_fields(traits: Iterable[Trait]) -> dict[str, FieldDef]:
    """What the program keeps for a record with these traits, besides id, version and the trash mark."""
    return dict(_system_fields(tuple(traits)))


@lru_cache(maxsize=64)
def _system_fields(traits: tuple[Trait, ...]) -> dict[str, FieldDef]:
    found = dict(EVERY)
    for trait in traits:
        found |= TRAITS.get(trait, {})
    return found
