"""The shipped document, put together from its files."""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.blueprint.document import (
    Assignment,
    Conversion,
    Document,
    ObjectDef,
    Process,
    Role,
    Scorecard,
)
from jieli.standard.reading import BrokenStandard, fitted, mapping, read

OBJECTS = (
    "department", "member", "campaign", "lead", "account", "contact", "opportunity", "activity", "task", "product",
)  # fmt: skip
PROCESSES = ("lead", "opportunity")
ROLES = ("marketing", "sales", "expert", "success", "manager", "operations", "admin")
SCORECARDS = ("lead", "opportunity")
ASSIGNMENTS = ("lead",)
CONVERSIONS = ("lead",)

NO_LIST = Message(
    "standard_no_list", "choices.yaml 中没有列表「{name}」", "choices.yaml has no list “{name}”"
)
T = TypeVar("T")


@lru_cache(maxsize=1)
def load() -> Document:
    """The blueprint of a new workspace. Raises BrokenStandard naming file and key."""
    choices = mapping(read("choices.yaml"), "choices.yaml")
    whole = {
        **mapping(read("workspace.yaml"), "workspace.yaml"),
        "objects": {key: _object(key, choices) for key in OBJECTS},
        "processes": _folder("processes", PROCESSES, Process),
        "roles": _folder("roles", ROLES, Role),
        "scorecards": _folder("scorecards", SCORECARDS, Scorecard),
        "assignments": _folder("assignments", ASSIGNMENTS, Assignment),
        "conversions": _folder("conversions", CONVERSIONS, Conversion),
    }
    return fitted(whole, Document, "workspace.yaml")


def _folder(folder: str, keys: tuple[str, ...], kind: type[T]) -> dict[str, T]:
    return {key: fitted(read(file := f"{folder}/{key}.yaml"), kind, file) for key in keys}


def _object(key: str, choices: Mapping[str, object]) -> ObjectDef:
    file, layout_file, views_file = f"{key}/object.yaml", f"{key}/layout.yaml", f"{key}/views.yaml"
    definition, layout = mapping(read(file), file), mapping(read(layout_file), layout_file)
    fields = with_choices(mapping(definition.get("fields"), f"{file}: fields"), choices, file)
    whole = {**definition, "fields": fields, **layout, "views": read(views_file)}
    return fitted(whole, ObjectDef, file, {**dict.fromkeys(layout, layout_file), "views": views_file})


def with_choices(fields: Mapping[str, object], choices: Mapping[str, object], file: str) -> dict[str, object]:
    """The fields, where options that are a word are replaced by the list of that name in `choices.yaml`."""
    return {name: _listed(given, choices, f"{file}: fields.{name}") for name, given in fields.items()}


def _listed(given: object, choices: Mapping[str, object], place: str) -> object:
    field = mapping(given, place)
    name = field.get("options")
    if not isinstance(name, str):
        return field
    if name not in choices:
        raise BrokenStandard(Problem(f"{place}.options", NO_LIST, {"name": name}))
    return {**field, "options": choices[name]}
