"""What a document means at run time: fields with their types, objects with their traits' fields, one snapshot
of it all that lives as long as its version is the newest."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from zlib import crc32
from zoneinfo import ZoneInfo

from jieli.base.errors import NotFound
from jieli.base.language import Message
from jieli.blueprint.document import Document, FieldDef, Label, Move, ObjectDef, Process, Stage, Trait
from jieli.blueprint.traits import system_fields
from jieli.db.sql import Sql, ident, sql
from jieli.fields import Column, Context, FieldType, Referring, field_type
from jieli.fields.contract import Numbered, Options


class UnknownObject(NotFound):
    message = Message("unknown_object", "没有「{object}」这个对象", "There is no object “{object}”")


class UnknownField(NotFound):
    message = Message("unknown_field", "没有「{field}」这个字段", "There is no field “{field}”")


class UnknownStage(NotFound):
    message = Message("unknown_stage", "流程中没有「{stage}」这个阶段", "The process has no stage “{stage}”")


@dataclass(frozen=True, slots=True)
class Field:
    """A field as it is used. `system` fields are kept by the program and not written by people."""

    key: str
    type: FieldType
    options: Options
    label: Label
    help: Label | None = None
    required: bool = False
    search: bool = False
    index: bool = False
    system: bool = False
    default: object = None
    columns: tuple[Column, ...] = ()
    target: str | None = None
    """The object that a reference points to."""
    is_many: bool = False
    """Whether it refers to several records."""
    numbered: Numbered | None = None
    """The type once more, when the program counts its values."""


@dataclass(frozen=True, slots=True, repr=False)
class Object:
    """An object of one workspace: a table with its columns."""

    key: str
    schema: str
    definition: ObjectDef
    fields: Mapping[str, Field]
    shape: int = 0
    """Differs when the columns or their types do."""

    @property
    def label(self) -> Label:
        return self.definition.label

    @property
    def title(self) -> Field:
        return self.fields[self.definition.title]

    @property
    def amount(self) -> Field | None:
        """What reports add up: the money field of this name, or else the first."""
        money = {field.key: field for field in self.own_fields() if field.type.key == "money"}
        return money.get("amount") or next(iter(money.values()), None)

    @property
    def table(self) -> Sql:
        """The table's name, marked with its shape. asyncpg keeps prepared statements by their text: one from before
        a field changed its type would silently cut 1.5 to 1, so it must not have the same text."""
        return _marked(self.schema, self.key, self.shape)

    def has(self, trait: Trait) -> bool:
        return trait in self.definition.traits

    def field(self, key: str) -> Field:
        try:
            return self.fields[key]
        except KeyError:
            raise UnknownField(field=key) from None

    def own_fields(self) -> Iterator[Field]:
        """The fields people define and write, in their order."""
        return (field for field in self.fields.values() if not field.system)


@dataclass(frozen=True, slots=True, repr=False)
class Workspace:
    """The published, immutable snapshot of a workspace's definitions that one request works with."""

    slug: str
    schema: str
    version: int
    document: Document
    objects: Mapping[str, Object]
    context: Context

    def object(self, key: str) -> Object:
        try:
            return self.objects[key]
        except KeyError:
            raise UnknownObject(object=key) from None

    def table(self, name: str) -> Sql:
        """One of the workspace's own tables, such as `event` or `span`."""
        return ident(self.schema, name)

    def process(self, object_key: str) -> tuple[str, Process] | None:
        """The process that records of the object follow, with its key."""
        return next(((k, p) for k, p in self.document.processes.items() if p.object == object_key), None)

    def return_reason(
        self, object_key: str, said: str | None, kept: Mapping[str, str] | None
    ) -> dict[str, str] | None:
        """{"zh", "en"}: a reason for returning by its present label; one that has left the list since by the label
        `kept` with the answer; a text of somebody's own as it was written."""
        if not said:
            return None
        found = self.process(object_key)
        reason = found[1].return_reason(said) if found else None
        return (reason.label if reason else Label.model_validate(kept or said)).model_dump()

    def stage(self, process_key: str, stage_key: str) -> Stage:
        process = self.document.processes.get(process_key)
        found = next((s for s in process.stages if s.key == stage_key), None) if process else None
        if found is None:
            raise UnknownStage(stage=stage_key)
        return found

    def move(self, process_key: str, source: str, to: str) -> Move | None:
        moves = self.document.processes[process_key].moves
        return next((m for m in moves if source in m.source and m.to == to), None)


def workspace(slug: str, version: int, document: Document) -> Workspace:
    """Build the snapshot. The document must have passed `check`."""
    schema = schema_name(slug)
    objects = {key: _object(key, schema, definition) for key, definition in document.objects.items()}
    context = Context(zone=ZoneInfo(document.time_zone), currency=document.currency)
    return Workspace(slug, schema, version, document, MappingProxyType(objects), context)


def schema_name(slug: str) -> str:
    return f"ws_{slug}"


def _object(key: str, schema: str, definition: ObjectDef) -> Object:
    own = {name: field(name, given) for name, given in definition.fields.items()}
    fields = MappingProxyType(own | system_fields_of(definition))
    columns = sorted((column.name, column.type) for each in fields.values() for column in each.columns)
    return Object(key, schema, definition, fields, crc32(repr(columns).encode()))


@lru_cache(maxsize=4096)
def _marked(schema: str, table: str, shape: int) -> Sql:
    return sql("{table} /* {shape} */", table=ident(schema, table), shape=Sql((f"{shape:x}",)))


def system_fields_of(definition: ObjectDef) -> dict[str, Field]:
    found = system_fields(definition.traits)
    return {name: field(name, given, system=name not in WRITABLE) for name, given in found.items()}


WRITABLE = frozenset({"owner", "backup", "department"})
"""Trait fields that people set in forms; the write path guards a change of owner as a transfer."""


def field(key: str, given: FieldDef, *, system: bool = False) -> Field:
    """The field of a definition; its options must be valid."""
    kind = field_type(given.type)
    options = kind.Options.model_validate(given.options)
    target = kind.target(options) if isinstance(kind, Referring) else None
    return Field(
        key=key,
        type=kind,
        options=options,
        label=given.label,
        help=given.help,
        required=given.required,
        search=given.search,
        index=given.index,
        system=system,
        default=given.default,
        columns=kind.columns(key, options),
        target=target,
        is_many=isinstance(kind, Referring) and kind.many,
        numbered=kind if isinstance(kind, Numbered) else None,
    )
