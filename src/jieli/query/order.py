"""Sorting, and the cursor that continues a sorted list. Empty values come last, whichever the direction."""

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass

import orjson

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint.model import Field, Object
from jieli.db.sql import FALSE, TRUE, Sql, ident, join, sql
from jieli.query.condition import ID, Guard

BAD_SORT = Message("bad_sort", "不能按「{field}」排序", "The list cannot be sorted by “{field}”")
BAD_CURSOR = Message(
    "bad_cursor", "翻页位置无效，请重新打开列表", "The page position is invalid; open the list again"
)
MAX_KEYS = 4
NEVER_EMPTY = frozenset({"id", "created_at", "updated_at"})
UNSORTABLE = ("[]", "jsonb")
CATALOGUE_NAMES = {"bigint": "int8", "integer": "int4", "smallint": "int2", "boolean": "bool"}


@dataclass(frozen=True, slots=True)
class Key:
    """One sort key. `column` carries the value through subselects under a short name."""

    field: Field
    descending: bool
    name: str

    @property
    def column(self) -> Sql:
        return sql("t.{column}", column=ident(self.field.columns[0].name))

    @property
    def type(self) -> Sql:
        """The type of the column under the name that may be quoted."""
        name = self.field.columns[0].type.partition("(")[0]
        return ident(CATALOGUE_NAMES.get(name, name))

    @property
    def may_be_empty(self) -> bool:
        return self.field.key not in NEVER_EMPTY


def is_sortable(field: Field) -> bool:
    return not field.columns[0].type.endswith(UNSORTABLE)


def sort_keys(obj: Object, names: Sequence[str], guard: Guard | None) -> tuple[Key, ...]:
    """The keys of `-amount, name`, always ending with the id so that the order is total. Raises Invalid."""
    keys: list[Key] = []
    for place, raw in enumerate(names[:MAX_KEYS]):
        name = raw.removeprefix("-")
        field = ID if name == "id" else obj.fields.get(name)
        if (
            field is None
            or not is_sortable(field)
            or (guard and field is not ID and not guard.may_read(obj, field))
        ):
            raise Invalid(Problem(f"sort.{place}", BAD_SORT, {"field": name[:60]}))
        keys.append(Key(field, raw.startswith("-"), f"k{place}"))
        if field is ID:
            return tuple(keys)
    return (*keys, Key(ID, keys[-1].descending if keys else True, "k9"))


def direction(key: Key) -> Sql:
    return sql("desc") if key.descending else sql("asc")


def order_by(keys: Sequence[Key], *, inner: bool) -> Sql:
    """`inner` orders rows of `t`, otherwise the carried columns of a subselect `p`."""
    return join(", ", [_order(key, key.column if inner else sql("p.{k}", k=ident(key.name))) for key in keys])


def _order(key: Key, column: Sql) -> Sql:
    if key.descending and key.may_be_empty:
        return sql("{column} desc nulls last", column=column)
    return sql("{column} {direction}", column=column, direction=direction(key))


def carried(keys: Sequence[Key]) -> Sql:
    """The id and the sort values as columns, for subselects that only find the rows of a page."""
    return join(", ", [sql("{value} as {name}", value=key.column, name=ident(key.name)) for key in keys])


def cursor(values: Sequence[object]) -> str:
    """An opaque text for the sort values of a page's last row (as the texts that PostgreSQL gives)."""
    return base64.urlsafe_b64encode(orjson.dumps(list(values))).decode().rstrip("=")


def after(keys: Sequence[Key], text: str) -> list[str | None]:
    """The values that a cursor holds. Raises Invalid when it was not made for these keys."""
    try:
        values = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        values = None
    fits = isinstance(values, list) and len(values) == len(keys)
    if not fits or not all(v is None or (isinstance(v, str) and "\x00" not in v) for v in values):
        raise Invalid(Problem("after", BAD_CURSOR))
    return list(values)


def beyond(keys: Sequence[Key], values: Sequence[str | None]) -> Sql:
    """The condition of the rows that come after these sort values."""
    steps = []
    for place, key in enumerate(keys):
        same = [_same(k, v) for k, v in zip(keys[:place], values[:place], strict=True)]
        steps.append(join(" and ", [*same, _past(key, values[place])]))
    return sql("({steps})", steps=join(" or ", [sql("({step})", step=step) for step in steps]))


def _value(key: Key, text: str) -> Sql:
    return sql("{text}::text::{type}", text=text, type=key.type)


def _same(key: Key, text: str | None) -> Sql:
    if text is None:
        return sql("{column} is null", column=key.column)
    return sql("{column} = {value}", column=key.column, value=_value(key, text))


def _past(key: Key, text: str | None) -> Sql:
    if text is None:
        return FALSE
    compared = (
        sql("{column} < {value}", column=key.column, value=_value(key, text))
        if key.descending
        else sql("{column} > {value}", column=key.column, value=_value(key, text))
    )
    if not key.may_be_empty:
        return compared
    return sql("({compared} or {column} is null)", compared=compared, column=key.column)


def parts(keys: Sequence[Key], values: Sequence[str | None] | None) -> tuple[tuple[Sql, Sql], ...]:
    """The page as one or two scans, each with its condition and its order.

    A single sort key that may be empty is read in two index scans, first the rows that have a value and then
    those that have none, since `desc nulls last` fits no plain index.
    """
    first, last = keys[0], keys[-1]
    if len(keys) != 2 or not first.may_be_empty:
        condition = TRUE if values is None else beyond(keys, values)
        return ((condition, order_by(keys, inner=True)),)
    filled = sql("{column} is not null", column=first.column)
    empty = sql("{column} is null", column=first.column)
    if values is not None and values[0] is None:
        past = _past(last, values[1])
        return ((sql("{empty} and {past}", empty=empty, past=past), order_by(keys[1:], inner=True)),)
    if values is not None:
        filled = sql("{filled} and {row}", filled=filled, row=_row_past(first, last, values))
    plain = join(", ", [sql("{column} {d}", column=key.column, d=direction(key)) for key in keys])
    return ((filled, plain), (empty, order_by(keys[1:], inner=True)))


def _row_past(first: Key, last: Key, values: Sequence[str | None]) -> Sql:
    """A row comparison when both keys run the same way, so that the index finds the place at once."""
    if first.descending != last.descending or values[0] is None or values[1] is None:
        return beyond((first, last), values)
    pair = sql("({a}, {b})", a=first.column, b=last.column)
    bound = sql("({a}, {b})", a=_value(first, values[0]), b=_value(last, values[1]))
    if first.descending:
        return sql("{pair} < {bound}", pair=pair, bound=bound)
    return sql("{pair} > {bound}", pair=pair, bound=bound)
