"""Which fields a file can fill, and what people call them besides their labels."""

from functools import cache
from importlib.resources import files

import yaml

from jieli.access import Actor, may_write_field
from jieli.blueprint.model import Field, Object
from jieli.fields.contract import HoldsFiles, Numbered
from jieli.intake.reading.mapping import Target
from jieli.records.draft import AT_IMPORT

NOT_FROM_FILES = frozenset({"json"})


def importable(actor: Actor, obj: Object) -> dict[str, Field]:
    """The fields that this actor may fill from a file, by key."""
    return {key: field for key, field in obj.fields.items() if _is_importable(actor, obj, field)}


def _is_importable(actor: Actor, obj: Object, field: Field) -> bool:
    if isinstance(field.type, HoldsFiles | Numbered) or field.type.key in NOT_FROM_FILES:
        return False
    if field.key in AT_IMPORT:
        return field.system
    return may_write_field(actor, obj, field)


def targets_of(actor: Actor, obj: Object) -> list[Target]:
    """The same for the suggestion of a mapping. Fields that people define go before those of the program."""
    found = sorted(importable(actor, obj).values(), key=lambda field: field.system)
    return [Target(field.key, field.type.key, _names(obj, field)) for field in found]


def _names(obj: Object, field: Field) -> tuple[str, ...]:
    every, own = words()["every"], words().get(obj.key) or {}
    return (field.label.zh, field.label.en, *own.get(field.key, ()), *every.get(field.key, ()))


@cache
def words() -> dict[str, dict[str, list[str]]]:
    loaded: dict[str, dict[str, list[str]]] = yaml.safe_load(
        files(__package__).joinpath("target_words.yaml").read_text("utf-8")
    )
    return loaded
