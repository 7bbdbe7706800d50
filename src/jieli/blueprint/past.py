"""Reads from the database what a plan must know of the past: the tables as they are, and what fields once were."""

from collections.abc import Iterator

from jieli.blueprint import store
from jieli.blueprint.document import Document, ObjectDef
from jieli.blueprint.model import Field, field, schema_name, system_fields_of
from jieli.blueprint.stored import Stored, StoredTable, aside_name
from jieli.blueprint.traits import TRAITS, system_fields
from jieli.db.pool import ReadTx
from jieli.fields import FIELD_TYPES

Key = tuple[str, str]


async def read_stored(
    tx: ReadTx,
    slug: str,
    before: Document | None,
    after: Document,
    *,
    version: int,
    back_to: int | None = None,
) -> Stored:
    """What is stored for the objects of `after`, which is to become version `version`."""
    tables = await store.stored_tables(tx, schema_name(slug))
    gone = dict.fromkeys(_unseen(before, after, tables), version)
    numbers = {} if back_to is None else await tx.value(store.column_numbers(slug, back_to)) or {}
    whereabouts = {key: _whereabouts(numbers.get(key, {}), table) for key, table in tables.items()}
    aside = {
        (key, name): int(now.removeprefix(aside_name(name, "")))
        for key, columns in whereabouts.items()
        for name, now in columns.items()
        if now != name
    }
    return Stored(
        tables,
        former=await _definitions(tx, slug, gone),
        whereabouts=whereabouts,
        aside=await _definitions(tx, slug, aside),
    )


def _whereabouts(numbers: dict[str, int], table: StoredTable) -> dict[str, str]:
    """The present names of columns known by number, if they are still theirs or those of values set aside."""
    names = {number: name for name, number in table.numbers.items()}
    now = {name: names.get(number, "") for name, number in numbers.items()}
    return {name: found for name, found in now.items() if found == name or _is_aside(name, found)}


def _is_aside(name: str, found: str) -> bool:
    return found.startswith(aside_name(name, "")) and found.removeprefix(aside_name(name, "")).isdecimal()


def _unseen(before: Document | None, after: Document, tables: dict[str, StoredTable]) -> Iterator[Key]:
    """Fields that come, or come back, to a table that is there."""
    live = {key: _keys(obj) for key, obj in before.objects.items()} if before else {}
    for key, obj in after.objects.items():
        if key in tables:
            yield from ((key, name) for name in sorted(_keys(obj) - live.get(key, frozenset())))


def _keys(definition: ObjectDef) -> frozenset[str]:
    return frozenset((*definition.fields, *system_fields_of(definition)))


async def _definitions(tx: ReadTx, slug: str, sought: dict[Key, int]) -> dict[Key, Field]:
    """The fields as they were last defined before a version; what was no field of people's was a trait's."""
    if not sought:
        return {}
    brought = {name: trait for trait, fields in TRAITS.items() for name in fields}
    asked = [store.Sought(*key, version, brought.get(key[1])) for key, version in sought.items()]
    found = await store.last_definitions(tx, slug, asked)
    programs = system_fields(tuple(TRAITS))
    given = {key: found.get(key) or programs.get(key[1]) for key in sought}
    return {key: field(key[1], each) for key, each in given.items() if each and each.type in FIELD_TYPES}
