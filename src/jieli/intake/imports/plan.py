"""The settings of an import held against the file and the object: which column fills which field."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jieli.access import Action, Actor, may, require
from jieli.access.rights import NotPermitted
from jieli.base.errors import Invalid, Problem
from jieli.blueprint.model import Field, Object
from jieli.fields import FIELD_TYPES
from jieli.fields.contract import HoldsFiles, Numbered, Referring
from jieli.fields.registry import SYSTEM_TYPES
from jieli.intake.imports import errors
from jieli.intake.imports.model import NewField, Setup, Wanted
from jieli.intake.imports.targets import importable
from jieli.intake.reading import Column, Table


@dataclass(frozen=True, slots=True)
class Pair:
    """A column with the field it fills."""

    column: Column
    field: Field


@dataclass(frozen=True, slots=True)
class Plan:
    """`new` are the columns for which fields are still to be made."""

    pairs: tuple[Pair, ...]
    new: tuple[tuple[Column, NewField], ...]

    @property
    def keys(self) -> frozenset[str]:
        return frozenset(pair.field.key for pair in self.pairs)


def planned(actor: Actor, obj: Object, table: Table, setup: Setup) -> Plan:
    """Raises NotPermitted, and Invalid with every problem of the mapping."""
    require(actor, obj, Action.IMPORT)
    if setup.assign == "owner" and setup.owner not in (None, actor.member) and obj.has("owned"):
        _require_giving(actor, obj)
    if problems := list(_problems(actor, obj, table, setup)):
        raise Invalid.of(problems)
    columns = {column.index: column for column in table.columns}
    fields = importable(actor, obj)
    chosen = [(columns[wanted.index], wanted) for wanted in setup.mapping]
    pairs = tuple(Pair(column, fields[wanted.target]) for column, wanted in chosen if wanted.target)
    new = tuple((column, wanted.new_field) for column, wanted in chosen if wanted.new_field)
    if not pairs and not new:
        raise errors.NothingMapped
    return Plan(pairs, new)


def _require_giving(actor: Actor, obj: Object) -> None:
    if not may(actor, obj.key, Action.TRANSFER):
        raise NotPermitted(object=obj.label)


def _problems(actor: Actor, obj: Object, table: Table, setup: Setup) -> Iterator[Problem]:
    indexes = {column.index for column in table.columns}
    for place, wanted in enumerate(setup.mapping):
        at = f"mapping.{place}"
        if wanted.index not in indexes:
            yield Problem(f"{at}.index", errors.NO_COLUMN, {"number": wanted.index + 1})
        if wanted.target and wanted.new_field:
            yield Problem(f"{at}.target", errors.TARGET_AND_NEW)
        if wanted.new_field:
            yield from _new_problems(wanted.new_field, f"{at}.new_field")
    yield from _repeated(actor, obj, table, setup.mapping)


def _new_problems(new: NewField, at: str) -> Iterator[Problem]:
    kind = FIELD_TYPES.get(new.type)
    if kind is None or isinstance(kind, HoldsFiles | Numbered | Referring) or new.type in SYSTEM_TYPES:
        yield Problem(f"{at}.type", errors.BAD_NEW_TYPE, {"type": new.type[:40]})


def _repeated(actor: Actor, obj: Object, table: Table, mapping: Sequence[Wanted]) -> Iterator[Problem]:
    letters = {column.index: column.letter for column in table.columns}
    fields = importable(actor, obj)
    seen: dict[int, int] = {}
    taken: dict[str, int] = {}
    for place, wanted in enumerate(mapping):
        if seen.setdefault(wanted.index, place) != place:
            yield Problem(f"mapping.{place}.index", errors.COLUMN_TWICE)
        if not wanted.target:
            continue
        at = f"mapping.{place}.target"
        if wanted.target not in fields:
            yield Problem(at, errors.NO_TARGET, {"field": wanted.target[:60]})
        elif taken.setdefault(wanted.target, wanted.index) != wanted.index:
            first, second = letters.get(taken[wanted.target], "?"), letters.get(wanted.index, "?")
            label = fields[wanted.target].label
            yield Problem(at, errors.TARGET_TWICE, {"field": label, "first": first, "second": second})
