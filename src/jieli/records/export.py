"""Records as a table for a spreadsheet: what the reader may see, in the words of their language."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from jieli.access import Action, Actor, require, visible_fields
from jieli.base import clock
from jieli.base.errors import Invalid, Problem
from jieli.base.ids import uuid7
from jieli.base.language import Message
from jieli.blueprint.model import Field, Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.fields.contract import HoldsFiles
from jieli.fields.money import Money
from jieli.query.order import Key, cursor
from jieli.query.rows import Rows
from jieli.query.shape import chosen
from jieli.records import reading_store
from jieli.records.model import Values
from jieli.records.read import ListQuery, ordered, ranged
from jieli.records.reading_store import ExportPage
from jieli.records.store import add_batch, loaded
from jieli.records.titles import Titles

PAGE = 1_000
MOST = 200_000
TOO_MANY = Message(
    "too_many_to_export",
    "一次最多导出 {max} 条，请缩小范围",
    "At most {max} records can be exported; narrow it down",
)
UNREADABLE = frozenset({"json"})

Cell = str | int | float | Decimal | date | datetime | None
Reading = Callable[[], AbstractAsyncContextManager[ReadTx]]


@dataclass(frozen=True, slots=True)
class Table:
    """What is exported: the object's rows, columns and order, and how stages are called."""

    actor: Actor
    object: Object
    fields: tuple[Field, ...]
    rows: Rows
    keys: tuple[Key, ...]
    stages: Mapping[str, str]

    @property
    def headings(self) -> list[str]:
        return [field.label.pick(self.actor.language) for field in self.fields]


def table(actor: Actor, object_key: str, query: ListQuery) -> Table:
    """Raises NotPermitted without the right to export, and Invalid."""
    obj = actor.workspace.object(object_key)
    require(actor, obj, Action.EXPORT)
    readable = [field for field in visible_fields(actor, obj) if field.type.key not in UNREADABLE]
    fields = _in_order(chosen(obj, readable, query.columns), query.columns)
    keys = ordered(actor, obj, query.sort)
    found = actor.workspace.process(obj.key)
    stages = {s.key: s.label.pick(actor.language) for s in found[1].stages} if found else {}
    return Table(actor, obj, fields, ranged(actor, obj, query), keys, stages)


def _in_order(fields: Sequence[Field], asked: Sequence[str] | None) -> tuple[Field, ...]:
    if asked is None:
        return tuple(fields)
    place = {key: number for number, key in enumerate(asked)}
    return tuple(sorted(fields, key=lambda field: place.get(field.key, -1)))


async def pages(wanted: Table, read: Reading) -> AsyncIterator[list[list[Cell]]]:
    """The rows page by page. Each page takes a connection of its own, so that a long export keeps none from
    others. Raises Invalid beyond MOST rows."""
    after, count = None, 0
    while True:
        async with read() as tx:
            page = ExportPage(wanted.fields, PAGE, after)
            rows = await tx.all(
                reading_store.exported(wanted.actor.workspace, wanted.rows, wanted.keys, page)
            )
            titles = await _titles(tx, wanted, rows)
        count += len(rows)
        if count > MOST:
            raise Invalid(Problem("where", TOO_MANY, {"max": MOST}))
        if rows:
            yield [_cells(wanted, row, titles) for row in rows]
        if len(rows) < PAGE:
            return
        after = cursor(rows[-1]["last"])


async def _titles(tx: ReadTx, wanted: Table, rows: Sequence[Record]) -> Titles:
    titles = Titles()
    for field in wanted.fields:
        if field.target:
            name = field.columns[0].name
            for row in rows:
                titles.ask_value(field, row[name])
    await titles.read(tx, wanted.actor)
    return titles


def _cells(wanted: Table, row: Record, titles: Titles) -> list[Cell]:
    values = loaded(wanted.fields, row)
    return [_cell(wanted, field, values.get(field.key), titles) for field in wanted.fields]


def _cell(wanted: Table, field: Field, value: object, titles: Titles) -> Cell:
    """Amounts, numbers and dates as such, so that a spreadsheet can calculate; all else as people read it."""
    if value is None:
        return None
    match value:
        case Money(value=amount):
            return amount
        case Decimal():
            return value
        case datetime():
            return value.astimezone(wanted.actor.zone).replace(tzinfo=None)
        case date():
            return value
    text = _text(wanted, field, value, titles)
    # A number that people read as that number; a duration in seconds is not one.
    return value if isinstance(value, int) and text == str(value) else text


def _text(wanted: Table, field: Field, value: object, titles: Titles) -> str:
    if field.target:
        dumped = field.type.dump(value)
        named = [
            titles.titled(field.target, one) for one in (dumped if isinstance(dumped, list) else [dumped])
        ]
        return "、".join(str(one["title"] or "") for one in named if one)
    if isinstance(field.type, HoldsFiles):
        return str(len(value)) if isinstance(value, list) else ""
    if field.key == "stage":
        return wanted.stages.get(str(value), str(value))
    return field.type.text(field.type.dump(value), field.options, wanted.actor.language)


async def note_export(tx: Tx, wanted: Table, rows: int, about: Values) -> UUID:
    """Keep that somebody took records out; a batch without changes."""
    number = uuid7()
    actor = wanted.actor
    values = {
        "id": number,
        "at": clock.now(),
        "actor": actor.member,
        "channel": actor.channel,
        "object": wanted.object.key,
        "action": "export",
        "source": "export",
        "rows": rows,
    }
    await tx.run(add_batch(actor.workspace, values))
    await tx.run(reading_store.batch_note(actor.workspace, number, about))
    return number
