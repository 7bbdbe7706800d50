"""Whether a document holds together: every reference leads somewhere, and nothing in it would break later."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.blueprint import check_objects, check_processes, check_roles
from jieli.blueprint.document import Document
from jieli.blueprint.terrain import NO_OBJECT, NO_PROCESS, Terrain, terrain_of
from jieli.fields.contract import Choosing

MOST_OBJECTS = 200
PEOPLE_FIELDS = {
    "member": {"name": None, "department": "department", "manager": "member", "roles": None, "status": None},
    "department": {"name": None, "parent": "department", "head": "member"},
}
"""The fields that the program itself reads, with the object to which each must lead."""

TOO_MANY_OBJECTS = Message("too_many_objects", "最多 {max} 个对象", "At most {max} objects")
BAD_TIME_ZONE = Message("bad_time_zone", "没有「{zone}」这个时区", "There is no time zone “{zone}”")
KEY_FIELD_MISSING = Message(
    "key_field_missing", "缺少系统需要的字段「{field}」", "The program needs the field “{field}” here"
)
KEY_FIELD_TARGET = Message(
    "key_field_target",
    "系统需要此字段指向单个「{target}」",
    "The program needs this field to lead to one “{target}”",
)
KEY_FIELD_CHOICE = Message(
    "key_field_choice", "此字段须有选项「{choice}」", "This field needs the choice “{choice}”"
)
NOT_A_ROLE = Message("choice_not_a_role", "选项「{choice}」不是角色", "The choice “{choice}” is not a role")


def check(document: Document) -> tuple[Problem, ...]:
    """All problems, each with the exact place; none means that the document can be published."""
    terrain = terrain_of(document)
    return tuple(_problems(document, terrain))


def _problems(document: Document, terrain: Terrain) -> Iterator[Problem]:
    yield from _workspace(document)
    yield from _people(terrain)
    for key in document.objects:
        yield from check_objects.problems(terrain, key)
    yield from check_processes.problems(terrain)
    yield from check_roles.problems(terrain)


def _workspace(document: Document) -> Iterator[Problem]:
    if len(document.objects) > MOST_OBJECTS:
        yield Problem("objects", TOO_MANY_OBJECTS, {"max": MOST_OBJECTS})
    try:
        ZoneInfo(document.time_zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        yield Problem("time_zone", BAD_TIME_ZONE, {"zone": document.time_zone})
    default = type(document.dashboards)().funnel
    if document.dashboards.funnel not in {default, *document.processes}:
        yield Problem("dashboards.funnel", NO_PROCESS, {"key": document.dashboards.funnel})


def _people(terrain: Terrain) -> Iterator[Problem]:
    for key, needed in PEOPLE_FIELDS.items():
        if key not in terrain.fields:
            yield Problem(f"objects.{key}", NO_OBJECT, {"key": key})
            continue
        for name, target in needed.items():
            yield from _key_field(terrain, key, name, target)
    yield from _choices(terrain)


def _key_field(terrain: Terrain, object_key: str, name: str, target: str | None) -> Iterator[Problem]:
    definition = terrain.document.objects[object_key]
    path = f"objects.{object_key}.fields.{name}"
    if name not in definition.fields:
        yield Problem(path, KEY_FIELD_MISSING, {"field": name})
        return
    found = terrain.fields[object_key][name]
    if found and target and (found.target != target or found.is_many):
        yield Problem(f"{path}.type", KEY_FIELD_TARGET, {"target": target})


def _choices(terrain: Terrain) -> Iterator[Problem]:
    fields = terrain.fields.get("member", {})
    if (status := fields.get("status")) is not None:
        offered = status.type.choices(status.options) if isinstance(status.type, Choosing) else {}
        for choice in ("active", "disabled"):
            if choice not in offered:
                yield Problem("objects.member.fields.status.options", KEY_FIELD_CHOICE, {"choice": choice})
    if (roles := fields.get("roles")) is not None:
        offered = roles.type.choices(roles.options) if isinstance(roles.type, Choosing) else {}
        for choice in offered:
            if choice not in terrain.document.roles:
                yield Problem("objects.member.fields.roles.options", NOT_A_ROLE, {"choice": choice})
