"""What a document's parts may refer to, as far as it can be made out while parts of it may still be wrong."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.blueprint.conditions import leaves, malformed
from jieli.blueprint.document import Condition, Document, FieldDef, Process, Trait
from jieli.blueprint.model import WRITABLE, Field, field
from jieli.blueprint.traits import system_fields
from jieli.fields import FIELD_TYPES

VIRTUAL = frozenset({"q", "involved"})
"""Conditions know these besides the fields: full-text search, and taking part in a record."""
LONGEST_PATH = 4

NO_OBJECT = Message("no_such_object", "没有「{key}」这个对象", "There is no object “{key}”")
NO_FIELD = Message("no_such_field", "「{object}」没有「{key}」这个字段", "“{object}” has no field “{key}”")
NO_ROLE = Message("no_such_role", "没有「{key}」这个角色", "There is no role “{key}”")
NO_STAGE = Message("no_such_stage", "流程中没有「{key}」这个阶段", "The process has no stage “{key}”")
NO_PROCESS = Message("no_such_process", "没有「{key}」这个流程", "There is no process “{key}”")
NOT_WRITTEN = Message(
    "field_not_written", "字段「{key}」由系统维护，不能填写", "The field “{key}” is kept by the program"
)
TWICE = Message("appears_twice", "「{key}」出现了两次", "“{key}” appears twice")
NOT_A_PATH = Message(
    "not_a_path",
    "「{key}」不是指向单条记录的关联字段",
    "“{key}” does not refer to one record of another object",
)
NOT_A_CONDITION = Message("not_a_condition", "条件的格式不对", "This is not a condition")
NEEDS_TRAIT = Message(
    "needs_trait", "对象「{object}」须具备「{trait}」能力", "The object “{object}” needs the trait “{trait}”"
)


@dataclass(frozen=True, slots=True)
class Terrain:
    """For each object its fields, the program's included; None is a field that is there but defined wrongly."""

    document: Document
    fields: Mapping[str, Mapping[str, Field | None]]

    def object(self, key: str, path: str) -> Iterator[Problem]:
        if key not in self.fields:
            yield Problem(path, NO_OBJECT, {"key": key})

    def role(self, key: str | None, path: str) -> Iterator[Problem]:
        if key is not None and key not in self.document.roles:
            yield Problem(path, NO_ROLE, {"key": key})

    def roles(self, keys: Iterable[str], path: str) -> Iterator[Problem]:
        for place, key in enumerate(keys):
            yield from self.role(key, f"{path}.{place}")

    def trait(self, object_key: str, trait: Trait, path: str) -> Iterator[Problem]:
        definition = self.document.objects.get(object_key)
        if definition and trait not in definition.traits:
            yield Problem(path, NEEDS_TRAIT, {"object": definition.label, "trait": trait})

    def field(self, object_key: str, key: str | None, path: str) -> Iterator[Problem]:
        """Any field that can be read. Says nothing when the object itself is unknown: that is said elsewhere."""
        known = self.fields.get(object_key)
        if known is not None and key is not None and key not in known:
            label = self.document.objects[object_key].label
            yield Problem(path, NO_FIELD, {"object": label, "key": key})

    def readable(self, object_key: str, keys: Iterable[str], path: str) -> Iterator[Problem]:
        for place, key in enumerate(keys):
            yield from self.field(object_key, key, f"{path}.{place}")

    def written(self, object_key: str, key: str, path: str) -> Iterator[Problem]:
        """A field that people fill in."""
        yield from self.field(object_key, key, path)
        definition = self.document.objects.get(object_key)
        if (
            definition
            and key in self.fields[object_key]
            and key not in definition.fields
            and key not in WRITABLE
        ):
            yield Problem(path, NOT_WRITTEN, {"key": key})

    def writable(self, object_key: str, keys: Iterable[str], path: str) -> Iterator[Problem]:
        for place, key in enumerate(keys):
            yield from self.written(object_key, key, f"{path}.{place}")

    def condition(self, object_key: str, condition: Condition, path: str) -> Iterator[Problem]:
        for place in malformed(condition, path):
            yield Problem(place, NOT_A_CONDITION)
        for place, leaf in leaves(condition, path):
            if leaf.field not in VIRTUAL:
                yield from self._path(object_key, leaf.field, f"{place}.field")

    def _path(self, object_key: str, name: str, path: str) -> Iterator[Problem]:
        first, _, rest = name.partition(".")
        if name == "id" or object_key not in self.fields:
            return
        if first not in self.fields[object_key] or not rest:
            yield from self.field(object_key, first, path)
            return
        link = self.fields[object_key][first]
        if link is None:
            return
        if link.target is None or link.is_many or name.count(".") >= LONGEST_PATH:
            yield Problem(path, NOT_A_PATH, {"key": first})
            return
        yield from self._path(link.target, rest, path)


def terrain_of(document: Document) -> Terrain:
    fields: dict[str, Mapping[str, Field | None]] = {}
    for key, definition in document.objects.items():
        own = {name: built(name, given) for name, given in definition.fields.items()}
        fields[key] = own | {
            name: field(name, f, system=True) for name, f in system_fields(definition.traits).items()
        }
    return Terrain(document, fields)


def built(key: str, given: FieldDef) -> Field | None:
    """The field, or None when its type or its options are wrong."""
    kind = FIELD_TYPES.get(given.type)
    if kind is None:
        return None
    try:
        return field(key, given)
    except ValueError:
        return None


def process_of(document: Document, object_key: str) -> Process | None:
    return next((process for process in document.processes.values() if process.object == object_key), None)


def twice(keys: Iterable[str], path: str, leaf: str = "key") -> Iterator[Problem]:
    """Complains of each key that was there before; `path` is of the list, `leaf` of the key in each entry."""
    seen: set[str] = set()
    for place, key in enumerate(keys):
        if key in seen:
            yield Problem(f"{path}.{place}.{leaf}" if leaf else f"{path}.{place}", TWICE, {"key": key})
        seen.add(key)
