"""What an actor's roles add up to: per object the scopes of each action, and the access to each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import lru_cache
from typing import Literal

from jieli.access.actor import Actor
from jieli.base.errors import Denied
from jieli.base.language import Message
from jieli.blueprint.document import Document, ObjectRights, Right, Role, Scope, ScopeCondition
from jieli.blueprint.model import Field, Object

FieldAccess = Literal["hidden", "read", "write"]
_ORDER: tuple[FieldAccess, ...] = ("hidden", "read", "write")


class Action(StrEnum):
    CREATE = "create"
    READ = "read"
    UPDATE = "update"
    DELETE = "delete"
    TRANSFER = "transfer"
    IMPORT = "import"
    EXPORT = "export"


class NotPermitted(Denied):
    message = Message(
        "not_permitted", "你的角色不能对「{object}」执行此操作", "Your roles do not permit this on “{object}”"
    )


class RightMissing(Denied):
    message = Message("right_missing", "此功能需要管理权限", "This needs an administrative right")


@dataclass(frozen=True, slots=True)
class Rights:
    """The union of an actor's roles for one object. `roles` keeps who contributed, for explanations."""

    everything: bool = False
    allowed: frozenset[Action] = frozenset()
    scopes: Mapping[Action, tuple[Scope | ScopeCondition, ...]] = field(default_factory=dict)
    fields: Mapping[str, FieldAccess] = field(default_factory=dict)


EVERYTHING = Rights(everything=True, allowed=frozenset(Action))
SCOPED = (Action.READ, Action.UPDATE, Action.DELETE, Action.TRANSFER)


def rights_of(actor: Actor, object_key: str) -> Rights:
    if actor.is_system:
        return EVERYTHING
    found = _rights(_Roles(actor.workspace.document, actor.roles), object_key)
    return found if actor.administers or object_key not in ORGANISATION else _only_read(found)


ORGANISATION = frozenset({"member", "department"})
"""Objects whose records decide who may do what."""


def _only_read(rights: Rights) -> Rights:
    scopes = {Action.READ: ("all",) if rights.everything else rights.scopes.get(Action.READ, ())}
    return replace(
        rights,
        everything=False,
        allowed=rights.allowed & {Action.READ, Action.EXPORT},
        scopes=scopes,
    )


@dataclass(frozen=True, slots=True)
class _Roles:
    """A cache key: documents are compared by identity, since a version never changes."""

    document: Document
    roles: tuple[str, ...]

    def __hash__(self) -> int:
        return hash((id(self.document), self.roles))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Roles) and other.document is self.document and other.roles == self.roles

    def held(self) -> list[Role]:
        return [self.document.roles[key] for key in self.roles if key in self.document.roles]


@lru_cache(maxsize=2048)
def _rights(roles: _Roles, object_key: str) -> Rights:
    held = roles.held()
    if any(role.everything for role in held):
        return EVERYTHING
    given = [role.objects[object_key] for role in held if object_key in role.objects]
    scopes = {action: _union([_scopes(one, action) for one in given]) for action in SCOPED}
    allowed = {action for action, found in scopes.items() if found}
    allowed |= {Action.CREATE for one in given if one.create}
    allowed |= {Action.IMPORT for one in given if one.import_ and one.create}
    allowed |= {Action.EXPORT for one in given if one.export}
    return Rights(False, frozenset(allowed), scopes, _fields(given))


def _scopes(given: ObjectRights, action: Action) -> tuple[Scope | ScopeCondition, ...]:
    match action:
        case Action.READ:
            return given.read
        case Action.UPDATE:
            return given.update
        case Action.DELETE:
            return given.delete
        case Action.TRANSFER:
            return given.transfer
        case Action.CREATE | Action.IMPORT | Action.EXPORT:
            return ()


def _union(parts: list[tuple[Scope | ScopeCondition, ...]]) -> tuple[Scope | ScopeCondition, ...]:
    found: list[Scope | ScopeCondition] = []
    for part in parts:
        found += [scope for scope in part if scope not in found]
    return ("all",) if "all" in found else tuple(found)


def _fields(given: list[ObjectRights]) -> dict[str, FieldAccess]:
    """A field is as open as the most generous of the roles that may read the object makes it."""
    readers = [one for one in given if one.read]
    named = {key for one in readers for key in one.fields}
    return {key: max((one.fields.get(key, "write") for one in readers), key=_ORDER.index) for key in named}


def may(actor: Actor, object_key: str, action: Action) -> bool:
    """Whether the actor may do this to at least some record."""
    return action in rights_of(actor, object_key).allowed


def require(actor: Actor, obj: Object, action: Action) -> None:
    """Raises NotPermitted when no role allows the action on any record of the object."""
    if not may(actor, obj.key, action):
        raise NotPermitted(object=obj.label)


ADMINISTRATIVE: frozenset[Right] = frozenset({"members", "blueprint", "audit"})
"""What a program needs a token for administration for, besides the right itself."""


def has_right(actor: Actor, right: Right) -> bool:
    if right in ADMINISTRATIVE and not actor.administers:
        return False
    held = _Roles(actor.workspace.document, actor.roles).held()
    return actor.is_system or any(role.everything or right in role.rights for role in held)


def require_right(actor: Actor, right: Right) -> None:
    if not has_right(actor, right):
        raise RightMissing


def field_access(actor: Actor, object_key: str, key: str) -> FieldAccess:
    rights = rights_of(actor, object_key)
    return "write" if rights.everything else rights.fields.get(key, "write")


def may_read_field(actor: Actor, obj: Object, field: Field) -> bool:
    return field_access(actor, obj.key, field.key) != "hidden"


def may_write_field(actor: Actor, obj: Object, field: Field) -> bool:
    return not field.system and field_access(actor, obj.key, field.key) == "write"


def hidden_fields(actor: Actor, obj: Object) -> frozenset[str]:
    """The keys of the fields the actor may not read."""
    fields = rights_of(actor, obj.key).fields
    return frozenset(key for key, access in fields.items() if access == "hidden")


def visible_fields(actor: Actor, obj: Object) -> tuple[Field, ...]:
    """The fields the actor may read, in the object's order."""
    hidden = hidden_fields(actor, obj)
    return tuple(field for field in obj.fields.values() if field.key not in hidden)
