"""New fields for columns that no field fits, and new choices for texts that no choice fits."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jieli.access import Actor
from jieli.access.rights import has_right
from jieli.base.errors import Denied, Invalid, Problem
from jieli.base.language import Message
from jieli.base.pinyin import syllables
from jieli.base.text import normalise, plain
from jieli.blueprint import apply as publishing
from jieli.blueprint.check import check
from jieli.blueprint.document import Document, FieldDef, ObjectDef
from jieli.blueprint.model import Field, Object, Workspace, field, system_fields_of, workspace
from jieli.blueprint.storage import OWN_COLUMNS
from jieli.blueprint.terrain import VIRTUAL
from jieli.db.pool import Tx
from jieli.fields import FIELD_TYPES
from jieli.fields.contract import Choosing
from jieli.fields.many import BREAKS_AND_SLASHES, split
from jieli.intake.imports.errors import NO_CHOICES, TOO_MANY_CHOICES
from jieli.intake.imports.model import NewField
from jieli.intake.reading import Column

MOST_CHOICES = 500
LONGEST_KEY = 40
POSTGRES_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})


class MayNotAddFields(Denied):
    message = Message(
        "may_not_add_fields",
        "新建字段或选项需要搭建权限，请改为不导入这些列，或请管理员操作",
        "New fields or choices need the right to change the blueprint; leave these columns out or ask an administrator",
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """A field to be made, with every text that its column holds where choices are to be made of them."""

    column: Column
    new: NewField
    texts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Widened:
    """The object with its new fields; `made` are theirs by the index of the column. In a rehearsal the tables do
    not have them, and only `workspace` knows of them."""

    workspace: Workspace
    made: Mapping[int, Field]


async def widened(
    tx: Tx,
    actor: Actor,
    obj: Object,
    asked: Sequence[Asked],
    choices: Mapping[str, Sequence[str]],
    *,
    rehearsal: bool,
) -> Widened:
    """Publish the next version of the blueprint with these fields and choices, in this transaction. Raises
    MayNotAddFields, and Invalid where a field cannot be made."""
    if not asked and not any(choices.values()):
        return Widened(actor.workspace, {})
    if not has_right(actor, "blueprint"):
        raise MayNotAddFields
    definition, keys = _with_fields(obj, asked)
    definition = _with_choices(definition, obj, choices)
    document = actor.workspace.document.with_object(obj.key, definition)
    now = await _published(tx, actor, document, rehearsal=rehearsal)
    fields = now.object(obj.key).fields
    return Widened(now, {index: fields[key] for index, key in keys.items()})


async def _published(tx: Tx, actor: Actor, document: Document, *, rehearsal: bool) -> Workspace:
    """A rehearsal leaves the tables alone: it would keep everybody from the object as long as it lasts."""
    current = actor.workspace
    if not rehearsal:
        return await publishing.apply(
            tx,
            current.slug,
            document,
            author=actor.account,
            note="导入时新增字段 · Fields added by an import",
            expected_version=current.version,
        )
    if problems := check(document):
        raise Invalid.of(problems)
    return workspace(current.slug, current.version, document)


def _with_fields(obj: Object, asked: Sequence[Asked]) -> tuple[ObjectDef, dict[int, str]]:
    definition = obj.definition
    fields = dict(definition.fields)
    keys: dict[int, str] = {}
    taken = _taken(obj)
    for each in asked:
        given = _definition(each)
        key = _free_key(each.new.key or each.column.name, given, taken)
        taken |= {key, *(column.name for column in field(key, given).columns)}
        fields[key], keys[each.column.index] = given, key
    form = definition.form
    if form:
        last = form[-1].model_copy(update={"fields": (*form[-1].fields, *keys.values())})
        form = (*form[:-1], last)
    return definition.model_copy(update={"fields": fields, "form": form}), keys


def _definition(asked: Asked) -> FieldDef:
    kind = FIELD_TYPES[asked.new.type]
    if not isinstance(kind, Choosing):
        return FieldDef(type=kind.key, label=asked.new.label)
    texts = [*asked.new.options, *asked.texts]
    if kind.key == "multi_select":
        texts = [part for text in texts for part in split(text, BREAKS_AND_SLASHES)]
    at = f"columns.{asked.column.index}"
    options = choices_of((), texts)
    if not options:
        raise Invalid(Problem(at, NO_CHOICES))
    if len(options) > MOST_CHOICES:
        raise Invalid(Problem(at, TOO_MANY_CHOICES, {"max": MOST_CHOICES}))
    return FieldDef(type=kind.key, label=asked.new.label, options={"options": options})


def _with_choices(definition: ObjectDef, obj: Object, choices: Mapping[str, Sequence[str]]) -> ObjectDef:
    fields = dict(definition.fields)
    for key, texts in choices.items():
        if not texts:
            continue
        given = fields[key]
        kind = obj.fields[key].type
        known = kind.choices(obj.fields[key].options) if isinstance(kind, Choosing) else {}
        options = [choice.model_dump(mode="json", exclude_none=True) for choice in known.values()]
        options += choices_of(known, texts)
        if len(options) > MOST_CHOICES:
            raise Invalid(Problem(f"choices.{key}", TOO_MANY_CHOICES, {"max": MOST_CHOICES}))
        fields[key] = given.model_copy(update={"options": {**given.options, "options": options}})
    return definition.model_copy(update={"fields": fields})


def choices_of(known: Iterable[str], texts: Iterable[str]) -> list[dict[str, object]]:
    """Choices for texts, each once however it is written; the label stays as it stands in the file."""
    taken = set(known)
    seen: set[str] = set()
    made: list[dict[str, object]] = []
    for text in texts:
        same = normalise(text)
        if not same or same in seen:
            continue
        seen.add(same)
        key = _numbered(slug(text, "choice"), taken)
        taken.add(key)
        made.append({"key": key, "label": {"zh": text[:400], "en": text[:400]}})
    return made


def slug(text: str, fallback: str) -> str:
    """A key for a name: its words or its pinyin, in letters, digits and underscores."""
    lowered = plain(text)
    read = "".join(
        char if char == part else f" {part} " for char, part in zip(lowered, syllables(lowered), strict=True)
    )
    words = re.findall(r"[a-z0-9]+", read)
    key = "_".join(words)
    if not key:
        return fallback
    return key if key[0].isalpha() else f"{fallback}_{key}"


def _taken(obj: Object) -> set[str]:
    columns = {column.name for given in obj.fields.values() for column in given.columns}
    own = {column.name for column in OWN_COLUMNS}
    return (
        columns
        | own
        | POSTGRES_COLUMNS
        | VIRTUAL
        | obj.fields.keys()
        | system_fields_of(obj.definition).keys()
    )


def _free_key(name: str, given: FieldDef, taken: set[str]) -> str:
    wanted = slug(name, "field")[:LONGEST_KEY].rstrip("_")
    for number in range(1, 1_000):
        key = wanted if number == 1 else f"{wanted[: LONGEST_KEY - 4]}_{number}"
        if taken.isdisjoint({key, *(column.name for column in field(key, given).columns)}):
            return key
    return wanted


def _numbered(wanted: str, taken: set[str]) -> str:
    wanted = wanted[:76].rstrip("_")
    return next(
        key
        for key in (wanted if n == 1 else f"{wanted}_{n}" for n in range(1, MOST_CHOICES + 10_000))
        if key not in taken
    )
