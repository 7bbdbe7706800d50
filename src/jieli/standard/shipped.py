"""The shipped document, put together from its files."""

from functools import lru_cache
from typing import Any, TypeVar

from jieli.blueprint.document import (
    Assignment,
    Conversion,
    Document,
    ObjectDef,
    Process,
    Role,
    Scorecard,
)
from jieli.standard.reading import BrokenStandard, bad_value, fitted, read

OBJECTS = (
    "department", "member", "campaign", "lead", "account", "contact", "opportunity", "activity", "task", "product",
)  # fmt: skip
PROCESSES = ("lead", "opportunity")
ROLES = ("marketing", "sales", "expert", "success", "manager", "operations", "admin")
SCORECARDS = ("lead", "opportunity")
ASSIGNMENTS = ("lead",)
CONVERSIONS = ("lead",)

Choices = dict[str, list[dict[str, Any]]]
T = TypeVar("T")


@lru_cache(maxsize=1)
def load() -> Document:
    """The blueprint of a new workspace. Raises BrokenStandard naming file and key."""
    choices = read("choices.yaml")
    whole = {
        **read("workspace.yaml"),
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


def _object(key: str, choices: Choices) -> ObjectDef:
    file, layout_file, views_file = f"{key}/object.yaml", f"{key}/layout.yaml", f"{key}/views.yaml"
    definition, layout = read(file), read(layout_file)
    fields = {
        name: with_choices(given, choices, file, name) for name, given in definition.get("fields", {}).items()
    }
    whole = {**definition, "fields": fields, **layout, "views": read(views_file)}
    return fitted(whole, ObjectDef, file, {**dict.fromkeys(layout, layout_file), "views": views_file})


def with_choices(field: dict[str, Any], choices: Choices, file: str, name: str) -> dict[str, Any]:
    """Options that are a word stand for the list of that name in `choices.yaml`."""
    listed = field.get("options")
    if not isinstance(listed, str):
        return field
    if listed not in choices:
        raise BrokenStandard(
            bad_value(file, ("fields", name, "options"), f"choices.yaml has no list “{listed}”")
        )
    return {**field, "options": choices[listed]}
