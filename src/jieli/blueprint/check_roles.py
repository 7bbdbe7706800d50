"""Checks of roles, scorecards, assignments and conversions."""

from collections.abc import Iterator

from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.blueprint.document import Assignment, Conversion, ObjectRights, ScopeCondition
from jieli.blueprint.terrain import NO_STAGE, Terrain, process_of, twice

NO_ADMINISTRATOR = Message(
    "no_administrator",
    "至少要有一个角色能修改配置",
    "At least one role must be able to change the blueprint",
)
LOW_ABOVE_HIGH = Message("low_above_high", "最低分须小于最高分", "The lowest score must be below the highest")
TITLE_HIDDEN = Message(
    "title_hidden",
    "标题代表整条记录，不能隐藏",
    "The title stands for the record and cannot be hidden",
)
STAGE_HIDDEN = Message(
    "stage_hidden",
    "看板、交接和报表都按阶段显示，阶段不能隐藏",
    "Boards, hand-offs and reports show the stage, so it cannot be hidden",
)
NOBODY = Message("assigns_to_nobody", "须说明成员或角色", "It must name members or a role")


def problems(terrain: Terrain) -> Iterator[Problem]:
    yield from _roles(terrain)
    for key, card in terrain.document.scorecards.items():
        at = f"scorecards.{key}"
        yield from terrain.object(key, at)
        yield from terrain.trait(key, "scored", at)
        yield from twice([rule.key for rule in card.rules], f"{at}.rules")
        if card.low >= card.high:
            yield Problem(f"{at}.low", LOW_ABOVE_HIGH)
        for place, rule in enumerate(card.rules):
            yield from terrain.condition(key, rule.when, f"{at}.rules.{place}.when")
    for key, assignment in terrain.document.assignments.items():
        yield from _assignment(terrain, key, assignment, f"assignments.{key}")
    for key, conversion in terrain.document.conversions.items():
        yield from _conversion(terrain, conversion, f"conversions.{key}")


def _roles(terrain: Terrain) -> Iterator[Problem]:
    roles = terrain.document.roles
    if not any(role.everything or "blueprint" in role.rights for role in roles.values()):
        yield Problem("roles", NO_ADMINISTRATOR)
    for key, role in roles.items():
        for object_key, rights in role.objects.items():
            at = f"roles.{key}.objects.{object_key}"
            yield from terrain.object(object_key, at)
            yield from _rights(terrain, object_key, rights, at)


def _rights(terrain: Terrain, object_key: str, rights: ObjectRights, at: str) -> Iterator[Problem]:
    for field_key in rights.fields:
        yield from terrain.field(object_key, field_key, f"{at}.fields.{field_key}")
    shown = terrain.document.objects.get(object_key)
    never = {shown.title: TITLE_HIDDEN, "stage": STAGE_HIDDEN} if shown else {}
    for field_key, message in never.items():
        if rights.fields.get(field_key) == "hidden":
            yield Problem(f"{at}.fields.{field_key}", message)
    scopes = {
        "read": rights.read,
        "update": rights.update,
        "delete": rights.delete,
        "transfer": rights.transfer,
    }
    for action, given in scopes.items():
        for place, scope in enumerate(given):
            if isinstance(scope, ScopeCondition):
                yield from terrain.condition(object_key, scope.condition, f"{at}.{action}.{place}.condition")


def _assignment(terrain: Terrain, key: str, assignment: Assignment, at: str) -> Iterator[Problem]:
    yield from terrain.object(key, at)
    yield from terrain.trait(key, "owned", at)
    yield from twice([rule.key for rule in assignment.rules], f"{at}.rules")
    if assignment.stage is not None and key in terrain.fields:
        yield from _stage(terrain, key, assignment.stage, f"{at}.stage")
    for place, rule in enumerate(assignment.rules):
        here = f"{at}.rules.{place}"
        yield from terrain.condition(key, rule.when, f"{here}.when")
        yield from terrain.role(rule.role, f"{here}.role")
        if not rule.members and rule.role is None:
            yield Problem(f"{here}.role", NOBODY)


def _conversion(terrain: Terrain, conversion: Conversion, at: str) -> Iterator[Problem]:
    yield from terrain.object(conversion.source, f"{at}.source")
    if conversion.source in terrain.fields:
        yield from _stage(terrain, conversion.source, conversion.stage, f"{at}.stage")
    made = {
        "account": conversion.account,
        "contact": conversion.contact,
        "opportunity": conversion.opportunity,
    }
    for target, mapping in made.items():
        yield from terrain.object(target, f"{at}.{target}")
        for to, source in mapping.items():
            if target in terrain.fields:
                yield from terrain.written(target, to, f"{at}.{target}.{to}")
            yield from terrain.field(conversion.source, source, f"{at}.{target}.{to}")


def _stage(terrain: Terrain, object_key: str, stage: str, path: str) -> Iterator[Problem]:
    process = process_of(terrain.document, object_key)
    if process is None or stage not in {each.key for each in process.stages}:
        yield Problem(path, NO_STAGE, {"key": stage})
