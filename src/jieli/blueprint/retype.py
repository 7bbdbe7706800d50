"""Changes of a field's type that lose nothing, and the way back for those values that still fit."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from jieli.blueprint.model import Field
from jieli.db.sql import TRUE, Sql, join, literal, sql
from jieli.fields import Column
from jieli.fields.contract import Choosing
from jieli.fields.text import TextOptions


@dataclass(frozen=True, slots=True)
class Change:
    """A column with the values of the field `old`, of which those of the field `new` are to be made."""

    column: Sql
    old: Field
    new: Field
    zone: str


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The value in the narrower type, and the condition under which there is one."""

    value: Sql
    where: Sql


Widen: TypeAlias = Callable[[Change], Sql]
Narrow: TypeAlias = Callable[[Change], Narrowed | None]


def widened(change: Change) -> Sql | None:
    """The expression that carries every value over, or None when the change is not safe."""
    if change.old.target != change.new.target:
        return None
    if change.old.type.key == change.new.type.key:
        return change.column if _has_room(change.new.columns[0], change.old.columns[0]) else None
    way = WAYS.get((change.old.type.key, change.new.type.key))
    if way is None or _loses_places(change):
        return None
    return way[0](change)


def narrowed(change: Change) -> Narrowed | None:
    """What fits of the values of a wider type, for a roll back; None when the types have nothing in common."""
    if change.old.target != change.new.target:
        return None
    if change.old.type.key == change.new.type.key:
        return _rounded(change)
    way = WAYS.get((change.new.type.key, change.old.type.key))
    return way[1](change) if way else None


def _has_room(wide: Column, narrow: Column) -> bool:
    if wide.type == narrow.type:
        return True
    places, least = _places(wide), _places(narrow)
    return places is not None and least is not None and places >= least


def _places(column: Column) -> int | None:
    """The decimal places of `numeric(24,2)`."""
    places = column.type.removeprefix("numeric(").removesuffix(")").partition(",")[2]
    return int(places) if places else None


def _loses_places(change: Change) -> bool:
    places, needed = _places(change.new.columns[0]), _places(change.old.columns[0])
    return places is not None and needed is not None and places < needed


def _same(change: Change) -> Sql:
    return change.column


def _array(change: Change) -> Sql:
    return sql("case when {c} is not null then array[{c}] end", c=change.column)


def _numeric(change: Change) -> Sql:
    return sql("{c}::numeric", c=change.column)


def _midnight(change: Change) -> Sql:
    return sql("{c}::timestamp at time zone {zone}", c=change.column, zone=literal(change.zone))


def _labels(change: Change) -> Sql:
    """Whoever makes a text of a choice wants to go on reading the labels."""
    return _cases(change.column, _readable(change.old))


def _cases(column: Sql, pairs: dict[str, str]) -> Sql:
    cases = [sql("when {old} then {new}", old=literal(old), new=literal(new)) for old, new in pairs.items()]
    return sql("case {c} {cases} else {c} end", c=column, cases=join(" ", cases)) if cases else column


def _readable(field: Field) -> dict[str, str]:
    """Keys with their labels, as far as the key can be told from the label again."""
    if not isinstance(field.type, Choosing):
        return {}
    labels = {key: choice.label.zh for key, choice in field.type.choices(field.options).items()}
    written = Counter([*labels, *labels.values()])
    return {key: label for key, label in labels.items() if written[label] == 1}


def _all(change: Change) -> Narrowed:
    return Narrowed(change.column, TRUE)


def _short(change: Change) -> Narrowed:
    options = change.new.options
    assert isinstance(options, TextOptions)
    limit = literal(str(options.max))
    return Narrowed(change.column, sql("char_length({c}) <= {max}::integer", c=change.column, max=limit))


def _matching(pattern: str) -> Narrow:
    def narrow(change: Change) -> Narrowed:
        return Narrowed(change.column, sql("{c} ~ {pattern}", c=change.column, pattern=literal(pattern)))

    return narrow


def _rounded(change: Change) -> Narrowed | None:
    places = _places(change.new.columns[0])
    if places is None:
        return None
    fits = sql("{c} = round({c}, {n}::integer)", c=change.column, n=literal(str(places)))
    return Narrowed(change.column, fits)


def _whole(change: Change) -> Narrowed:
    """Whole numbers beyond 2^53 are not exact in JSON and no integers of ours."""
    limit = "32768" if change.new.columns[0].type == "smallint" else "9007199254740992"
    fits = sql("{c} = trunc({c}) and abs({c}) < {limit}::numeric", c=change.column, limit=literal(limit))
    return Narrowed(change.column, fits)


def _keys(change: Change) -> Narrowed:
    labels = _readable(change.new)
    assert isinstance(change.new.type, Choosing)
    known = [*change.new.type.choices(change.new.options), *labels.values()]
    value = _cases(change.column, {label: key for key, label in labels.items()})
    fits = sql("{c} in ({known})", c=change.column, known=join(", ", [literal(text) for text in known]))
    return Narrowed(value, fits)


def _only(change: Change) -> Narrowed:
    return Narrowed(sql("{c}[1]", c=change.column), sql("cardinality({c}) = 1", c=change.column))


def _day(change: Change) -> Narrowed:
    value = sql("({c} at time zone {zone})::date", c=change.column, zone=literal(change.zone))
    return Narrowed(value, TRUE)


WAYS: dict[tuple[str, str], tuple[Widen, Narrow]] = {
    ("text", "long_text"): (_same, _short),
    ("select", "text"): (_labels, _keys),
    ("select", "long_text"): (_labels, _keys),
    ("phone", "text"): (_same, _matching(r"^\+[0-9]{5,15}$")),
    ("email", "text"): (_same, _matching(r"^[^@\s]+@[^@\s]+$")),
    ("url", "long_text"): (_same, _matching(r"^https?://\S+$")),
    ("credit_code", "text"): (_same, _matching("^[0-9A-Z]{18}$")),
    ("auto_number", "text"): (_same, _all),
    ("integer", "decimal"): (_numeric, _whole),
    ("rating", "decimal"): (_numeric, _whole),
    ("decimal", "money"): (_same, _rounded),
    ("date", "datetime"): (_midnight, _day),
    ("select", "multi_select"): (_array, _only),
    ("reference", "multi_reference"): (_array, _only),
    ("person", "multi_person"): (_array, _only),
}
"""Pairs of type keys, narrow and wide, with the way there and the way back. It is a table of its own because a
change concerns two types and belongs to neither."""
