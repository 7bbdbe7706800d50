"""Reads from the database what a plan must know of the past: the tables as they are, and what fields once were."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jieli.blueprint import store
from jieli.blueprint.document import Document, ObjectDef
from jieli.blueprint.model import Field, field, schema_name, system_fields_of
from jieli.blueprint.stored import Stored, StoredTable, aside_name
from jieli.blueprint.traits import EVERY, TRAITS, system_fields
from jieli.db.pool import ReadTx
from jieli.fields import FIELD_TYPES

Key = tuple[str, str]
Columns = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Was:
    """A field as it was last defined before some version, and the version that did so."""

    field: Field
    version: int


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
    unseen = dict.fromkeys(_unseen(before, after, tables), version)
    former = await _definitions(tx, slug, unseen)
    if back_to is None:
        versions = {key: was.version for key, was in former.items()}
    else:
        versions = {(key, name): back_to for key, obj in after.objects.items() for name in _keys(obj)}
    numbers = await store.column_numbers(tx, slug, set(versions.values()))
    whereabouts = {
        key: _whereabouts(numbers[known].get(key[0]), tables[key[0]])
        for key, known in versions.items()
        if key[0] in tables
    }
    aside = {key: _moved_by(key[1], columns) for key, columns in whereabouts.items()}
    defined = await _definitions(tx, slug, {key: moved for key, moved in aside.items() if moved})
    return Stored(
        tables,
        former={key: was.field for key, was in former.items()},
        whereabouts=whereabouts,
        aside={key: was.field for key, was in defined.items()},
    )


def _unseen(before: Document | None, after: Document, tables: Mapping[str, StoredTable]) -> Iterator[Key]:
    """Fields that come, or come back, to a table that is there."""
    live = {key: _keys(obj) for key, obj in before.objects.items()} if before else {}
    for key, obj in after.objects.items():
        if key in tables:
            yield from ((key, name) for name in sorted(_keys(obj) - live.get(key, frozenset())))


def _keys(definition: ObjectDef) -> frozenset[str]:
    return frozenset((*definition.fields, *system_fields_of(definition)))


def _whereabouts(numbers: Mapping[str, int] | None, table: StoredTable) -> Columns:
    """The present names of columns known by number, if they are still theirs or those of values set aside."""
    if numbers is None:  # A version from before numbers were kept.
        numbers = table.numbers
    names = {number: name for name, number in table.numbers.items()}
    now = {name: names.get(number, "") for name, number in numbers.items()}
    return {name: found for name, found in now.items() if found == name or _version_in(name, found)}


def _moved_by(name: str, columns: Columns) -> int | None:
    """The version that set a column aside."""
    return _version_in(name, columns.get(name, name))


def _version_in(name: str, found: str) -> int | None:
    version = found.removeprefix(aside_name(name, ""))
    return int(version) if version != found and version.isdecimal() else None


async def _definitions(tx: ReadTx, slug: str, sought: Mapping[Key, int]) -> dict[Key, Was]:
    """The fields as they were last defined before a version, by people or by a trait."""
    if not sought:
        return {}
    brought = {name: trait for trait, fields in TRAITS.items() for name in fields} | dict.fromkeys(EVERY, "")
    asked = [store.Sought(*key, version, brought.get(key[1])) for key, version in sought.items()]
    programs = system_fields(tuple(TRAITS))
    found: dict[Key, Was] = {}
    for each in await store.last_definitions(tx, slug, asked):
        given = each.definition or programs.get(each.field)
        if given and given.type in FIELD_TYPES:
            found[each.object, each.field] = Was(field(each.field, given), each.version)
    return found
