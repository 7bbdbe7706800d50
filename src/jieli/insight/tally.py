"""Counting: numbers about records, each by its own condition, many in one reading."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal, Protocol

import orjson

from jieli.access import Action, Actor, condition, may, may_read_field, rows
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx
from jieli.db.sql import TRUE, Sql
from jieli.insight import store
from jieli.insight.trees import any_of, belongs, drill
from jieli.query.condition import fields_of
from jieli.records import Values

Source = Literal["lead", "deal", "handoff", "follow_up"]
"""What is counted."""
Counted = int | float | Decimal | None
Found = dict[str | None, dict[str, Counted]]
"""Group → key → number. None is the group of what belongs to none, and the only group where there are no groups."""


class Counting(Protocol):
    """A set of numbers that one statement counts."""

    @property
    def nothing(self) -> dict[str, Counted]:
        """The numbers of a group of which there is nothing."""

    def statement(self, actor: Actor) -> Sql | None:
        """Gives one JSON text of [[group, {key: number}]]; None when the actor may see nothing of it."""

    def read(self, text: str) -> Found: ...

    def drill(self, *keys: str, place: str | None = None) -> Values:
        """What leads to what these numbers have counted together, and those of one group where there are groups."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A number about the records for which `where` holds: how many, or the sum or median of a field."""

    key: str
    where: Values
    fn: Literal["count", "sum", "median"] = "count"
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers about the records of one object within `where`, for each value of `group` or for all together.

    What the reader may not see counts nothing, be it the object or a measure that looks at a hidden field; a
    condition of the reader's own that does so is Invalid.
    """

    object_key: str
    measures: Sequence[Measure]
    where: object = field(default_factory=dict)
    group: str | None = None

    @property
    def nothing(self) -> dict[str, Counted]:
        return {one.key: 0 if one.fn == "count" else None for one in self.measures}

    def statement(self, actor: Actor) -> Sql | None:
        obj = actor.workspace.objects.get(self.object_key)
        if obj is None or not may(actor, obj.key, Action.READ):
            return None
        measures = [one for one in self.measures if _is_readable(actor, obj, one)]
        group = obj.field(self.group) if self.group else None
        if not measures or (group is not None and not may_read_field(actor, obj, group)):
            return None
        conditions = {one.key: condition(actor, obj, one.where) for one in measures}
        some = TRUE if any(not one.where for one in measures) else store.either(list(conditions.values()))
        values = {one.key: _value(obj, one, conditions[one.key]) for one in measures}
        base = rows(actor, obj, condition(actor, obj, self.where))
        return store.tally(store.source(base, some), group, values)

    def read(self, text: str) -> Found:
        sums = {one.key for one in self.measures if one.fn == "sum"}
        found: Found = {} if self.group else {None: self.nothing}
        for place, values in orjson.loads(text):
            exact = {key: Decimal(values[key]) for key in sums if values.get(key) is not None}
            found[place] = self.nothing | values | exact
        return found

    def drill(self, *keys: str, place: str | None = None) -> Values:
        counted = [_counted(one) for one in self.measures if one.key in keys]
        some = counted[0] if len(counted) == 1 else any_of(*counted)
        return drill(self.object_key, self.where, some, belongs(self.group, place) if self.group else {})


async def tally(tx: ReadTx, actor: Actor, *asked: Counting) -> list[Found]:
    """All of them in one statement."""
    statements = [one.statement(actor) for one in asked]
    wanted = [statement for statement in statements if statement is not None]
    texts = iter(await tx.value(store.together(wanted)) if wanted else [])
    pairs = zip(asked, statements, strict=True)
    return [one.read("[]" if statement is None else next(texts)) for one, statement in pairs]


def _is_readable(actor: Actor, obj: Object, measure: Measure) -> bool:
    named = fields_of(measure.where) | ({measure.field} if measure.field else set())
    return all(key in obj.fields and may_read_field(actor, obj, obj.fields[key]) for key in named)


def _value(obj: Object, measure: Measure, where: Sql) -> Sql:
    column = obj.field(measure.field).columns[0].name if measure.field else None
    return store.measured(measure.fn, column, where)


def _counted(measure: Measure) -> Values:
    """A median is that of the records which have the value."""
    if measure.fn != "median":
        return measure.where
    return {"all": [measure.where, {"field": measure.field, "op": "not_empty"}]}
