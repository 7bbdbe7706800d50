"""Checks of one object: its fields and their columns, and everything that shows or compares them."""

from collections.abc import Iterator

from pydantic import ValidationError

from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.blueprint.document import FieldDef, ObjectDef
from jieli.blueprint.model import Field
from jieli.blueprint.parse import problems_of
from jieli.blueprint.storage import OWN_COLUMNS
from jieli.blueprint.terrain import VIRTUAL, Terrain, built, process_of, twice
from jieli.blueprint.traits import system_fields
from jieli.db.workspace import fixed_names
from jieli.fields import FIELD_TYPES, BadValue, Column, Context, Referring
from jieli.fields.contract import Choosing, Numbered

MOST_FIELDS = 500
MOST_COLUMNS = 1_400
"""PostgreSQL takes 1600 columns, counting those that were once there."""
POSTGRES_COLUMNS = frozenset({"tableoid", "xmin", "cmin", "xmax", "cmax", "ctid"})
UNSORTABLE = ("[]", "jsonb")
LATER_TABLES = frozenset({"approval", "absence", "automation", "webhook", "outbox"})
"""Objects of these names would stand in the way of what the program itself may keep some day."""

RESERVED_OBJECT = Message("reserved_object", "「{key}」是系统保留的名称", "The name “{key}” is reserved")
RESERVED_FIELD = Message(
    "reserved_field", "「{key}」是系统保留的字段名", "The field name “{key}” is reserved"
)
COLUMN_CLASH = Message(
    "column_clash",
    "与字段「{other}」在数据库中使用了同一列「{column}」",
    "It would share the database column “{column}” with the field “{other}”",
)
NO_TYPE = Message("no_such_field_type", "没有「{type}」这种字段类型", "There is no field type “{type}”")
NO_FIELDS = Message("no_fields", "对象至少要有一个字段", "An object needs at least one field")
TOO_MANY_FIELDS = Message("too_many_fields", "最多 {max} 个字段", "At most {max} fields")
TOO_MANY_COLUMNS = Message(
    "too_many_columns", "字段过多，数据库放不下", "More fields than the database can hold"
)
TITLE_NOT_OWN = Message(
    "title_not_own", "没有「{key}」这个可填写的字段", "There is no field “{key}” that people fill in"
)
TITLE_NOT_TEXT = Message("title_not_text", "标题字段须为文本类", "The title must be a text")
TITLE_NOT_REQUIRED = Message("title_not_required", "标题字段须为必填", "The title must be required")
NO_INDEX = Message("no_index", "此类型不能建索引", "A field of this type cannot be indexed")
NO_SORT = Message("no_sort", "不能按「{key}」排序", "Records cannot be sorted by “{key}”")
NOT_A_PARTY = Message("not_a_party", "须是指向单条记录的关联字段", "This must be a reference to one record")
NO_PROCESS_YET = Message(
    "staged_without_process", "具备阶段能力的对象须有流程", "An object with stages needs a process"
)


def problems(terrain: Terrain, key: str) -> Iterator[Problem]:
    definition = terrain.document.objects[key]
    at = f"objects.{key}"
    if key in fixed_names() | LATER_TABLES:
        yield Problem(at, RESERVED_OBJECT, {"key": key})
    if "staged" in definition.traits and process_of(terrain.document, key) is None:
        yield Problem(f"{at}.traits", NO_PROCESS_YET)
    yield from _fields(terrain, key, definition, f"{at}.fields")
    yield from _title(terrain, key, definition, f"{at}.title")
    yield from _layout(terrain, key, definition, at)
    yield from _sort(terrain, key, definition.sort, f"{at}.sort")
    yield from _views(terrain, key, definition, f"{at}.views")
    for place, rule in enumerate(definition.duplicates):
        yield from terrain.writable(key, rule.fields, f"{at}.duplicates.{place}.fields")
    if definition.party is not None:
        yield from _party(terrain, key, definition.party, f"{at}.party")


def _fields(terrain: Terrain, key: str, definition: ObjectDef, at: str) -> Iterator[Problem]:
    if not definition.fields:
        yield Problem(at, NO_FIELDS)
    if len(definition.fields) > MOST_FIELDS:
        yield Problem(at, TOO_MANY_FIELDS, {"max": MOST_FIELDS})
    for name, given in definition.fields.items():
        if name in VIRTUAL | system_fields(definition.traits).keys():
            yield Problem(f"{at}.{name}", RESERVED_FIELD, {"key": name})
        yield from _field(terrain, name, given, f"{at}.{name}")
    yield from _columns(definition, at)


def _field(terrain: Terrain, name: str, given: FieldDef, at: str) -> Iterator[Problem]:
    kind = FIELD_TYPES.get(given.type)
    if kind is None:
        yield Problem(f"{at}.type", NO_TYPE, {"type": given.type})
        return
    try:
        options = kind.Options.model_validate(given.options)
    except ValidationError as error:
        yield from (problem.under(f"{at}.options") for problem in problems_of(error, given.options))
        return
    if isinstance(kind, Referring):
        yield from terrain.object(kind.target(options), f"{at}.options.to")
    if given.index and kind.columns(name, options)[0].type == "jsonb":
        yield Problem(f"{at}.index", NO_INDEX)
    if given.default is not None:
        try:
            kind.parse(given.default, options, Context(currency=terrain.document.currency))
        except BadValue as bad:
            yield bad.at(f"{at}.default")


def _columns(definition: ObjectDef, at: str) -> Iterator[Problem]:
    """Two fields may not need the same column, nor one that the table has for itself."""
    taken = dict.fromkeys([column.name for column in OWN_COLUMNS], "") | dict.fromkeys(POSTGRES_COLUMNS, "")
    for name, system in system_fields(definition.traits).items():
        taken |= {column.name: name for column in _columns_of(name, system)}
    for name, given in definition.fields.items():
        for column in _columns_of(name, given):
            if column.name in taken:
                other = taken[column.name] or column.name
                yield Problem(f"{at}.{name}", COLUMN_CLASH, {"other": other, "column": column.name})
            taken[column.name] = name
    if len(taken) > MOST_COLUMNS:
        yield Problem(at, TOO_MANY_COLUMNS)


def _columns_of(name: str, given: FieldDef) -> tuple[Column, ...]:
    found = built(name, given)
    return found.columns if found else (Column(name, "text"),)


def _title(terrain: Terrain, key: str, definition: ObjectDef, at: str) -> Iterator[Problem]:
    given = definition.fields.get(definition.title)
    if given is None:
        yield Problem(at, TITLE_NOT_OWN, {"key": definition.title})
        return
    found = terrain.fields[key][definition.title]
    if found is not None and not _is_text(found):
        yield Problem(at, TITLE_NOT_TEXT)
    if not given.required and not (found and isinstance(found.type, Numbered)):
        yield Problem(at, TITLE_NOT_REQUIRED)


def _is_text(field: Field) -> bool:
    return field.columns[0].type == "text" and not isinstance(field.type, Choosing)


def _layout(terrain: Terrain, key: str, definition: ObjectDef, at: str) -> Iterator[Problem]:
    yield from terrain.readable(key, definition.columns, f"{at}.columns")
    yield from terrain.field(key, definition.card.subtitle, f"{at}.card.subtitle")
    yield from terrain.readable(key, definition.card.fields, f"{at}.card.fields")
    yield from twice([section.key for section in definition.form], f"{at}.form")
    for place, section in enumerate(definition.form):
        yield from terrain.readable(key, section.fields, f"{at}.form.{place}.fields")


def _views(terrain: Terrain, key: str, definition: ObjectDef, at: str) -> Iterator[Problem]:
    yield from twice([view.key for view in definition.views], at)
    for place, view in enumerate(definition.views):
        yield from terrain.condition(key, view.where, f"{at}.{place}.where")
        yield from _sort(terrain, key, view.sort, f"{at}.{place}.sort")
        yield from terrain.readable(key, view.columns, f"{at}.{place}.columns")


def _sort(terrain: Terrain, key: str, names: tuple[str, ...], at: str) -> Iterator[Problem]:
    for place, raw in enumerate(names):
        name = raw.removeprefix("-")
        if name == "id":
            continue
        yield from terrain.field(key, name, f"{at}.{place}")
        found = terrain.fields[key].get(name)
        if found and found.columns[0].type.endswith(UNSORTABLE):
            yield Problem(f"{at}.{place}", NO_SORT, {"key": name})


def _party(terrain: Terrain, key: str, name: str, at: str) -> Iterator[Problem]:
    yield from terrain.written(key, name, at)
    found = terrain.fields[key].get(name)
    if found and (found.target is None or found.is_many):
        yield Problem(at, NOT_A_PARTY)
