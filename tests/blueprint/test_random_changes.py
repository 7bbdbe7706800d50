"""Random documents, planned and applied on a real database, and taken back again."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from itertools import count
from typing import Any
from uuid import UUID

from hypothesis import HealthCheck, Phase, assume, event, given, settings
from hypothesis import strategies as st

from jieli.base.errors import Invalid
from jieli.base.ids import uuid7
from jieli.blueprint import workspaces
from jieli.blueprint.apply import apply, roll_back
from jieli.blueprint.check import check
from jieli.blueprint.describe import describe
from jieli.blueprint.document import Document
from jieli.blueprint.model import Object, Workspace
from jieli.blueprint.store import stored_tables
from jieli.blueprint.stored import stored_by
from jieli.db.pool import Database, Tx
from jieli.db.sql import ident, join, sql
from tests.blueprint.documents import REMOVED
from tests.blueprint.documents import changed as edited
from tests.blueprint.samples import SOMEBODY, documents, examples, sound

patient = settings(
    max_examples=20,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.filter_too_much,
    ],
)
Rows = dict[str, list[tuple[object, ...]]]


_numbers = count()


def fresh_slug() -> str:
    """A name of its own for each example: a statement prepared for one must not meet the tables of another."""
    return f"random{next(_numbers)}"


class _Undone(Exception):
    pass


@asynccontextmanager
async def undone(db: Database) -> AsyncIterator[Tx]:
    """A transaction of one example, rolled back."""
    with suppress(_Undone):
        async with db.begin() as tx:
            yield tx
            raise _Undone


async def fill(tx: Tx, made: Workspace) -> None:
    """A record that others refer to in each object, and one for each example of a value."""
    for obj in made.objects.values():
        await insert(tx, obj, {"id": UUID(SOMEBODY), "name": "somebody"})
    for key in ("thing", "other"):
        if key in made.objects:
            await fill_object(tx, made, made.objects[key])


async def fill_object(tx: Tx, made: Workspace, obj: Object) -> None:
    for row in examples(obj, made.context):
        values: dict[str, object] = {"id": uuid7(), "name": "example"}
        for key, stored in row.items():
            values |= {c.name: v for c, v in zip(obj.fields[key].columns, stored, strict=True)}
        await insert(tx, obj, values)


async def insert(tx: Tx, obj: Object, values: dict[str, object]) -> None:
    columns = join(", ", [ident(name) for name in values])
    inserted = join(", ", [sql("{v}", v=value) for value in values.values()])
    await tx.run(sql("insert into {t} ({c}) values ({v})", t=obj.table, c=columns, v=inserted))


async def rows(tx: Tx, made: Workspace) -> Rows:
    """All that the version shows of its records. As JSON, since columns may change their type."""
    found: Rows = {}
    for obj in made.objects.values():
        columns = [column.name for field in obj.fields.values() for column in field.columns]
        shown = join(", ", [sql("to_json({c})::text as {c}", c=ident(name)) for name in columns])
        listed = await tx.all(sql("select id, {c} from {t} order by id", c=shown, t=obj.table))
        found[obj.key] = [tuple(row) for row in listed]
    return found


async def is_as_defined(tx: Tx, made: Workspace) -> None:
    tables = await stored_tables(tx, made.schema)
    for key, wanted in stored_by(made).tables.items():
        assert wanted.columns.items() <= tables[key].columns.items()
        assert tables[key].indexes == wanted.indexes
        assert tables[key].foreign_keys == wanted.foreign_keys


def described(made: Workspace) -> dict[str, Any]:
    return describe(made, field_access=lambda *_: "write", rights=lambda _: {}, me={})


def publishable(values: dict[str, Any]) -> Document:
    document = sound(values)
    assume(not check(document))
    return document


async def changed(tx: Tx, slug: str, values: dict[str, Any]) -> Workspace:
    """The next version; without those fields whose change is refused because it would lose something."""
    document = publishable(values)
    try:
        async with tx.savepoint():
            return await apply(tx, slug, document, author=None)
    except Invalid as error:
        refused = error.problems
    event("some field refused")
    for problem in refused:
        _, object_key, _, field_key, _ = problem.path.split(".")
        values = edited(values, f"objects.{object_key}.fields.{field_key}", REMOVED)
    return await apply(tx, slug, publishable(values), author=None)


@patient
@given(values=documents())
async def test_what_is_applied_is_what_is_stored_and_loaded(db: Database, values: dict[str, Any]) -> None:
    document = publishable(values)
    slug = fresh_slug()
    async with undone(db) as tx:
        made = await workspaces.create(tx, slug, document)
        await is_as_defined(tx, made)
        loaded = await workspaces.load(tx, slug)
        assert loaded.document == document
        assert described(loaded) == described(made)
        await fill(tx, made)


@patient
@given(
    first=documents(),
    later=st.lists(documents(), min_size=1, max_size=3),
    targets=st.lists(st.integers(1, 4), min_size=1, max_size=3),
)
async def test_a_roll_back_shows_the_records_as_the_version_showed_them(
    db: Database, first: dict[str, Any], later: list[dict[str, Any]], targets: list[int]
) -> None:
    slug = fresh_slug()
    async with undone(db) as tx:
        made = await workspaces.create(tx, slug, publishable(first))
        await fill(tx, made)
        shown = [(made.document, await rows(tx, made))]
        for values in later:
            made = await changed(tx, slug, values)
            await is_as_defined(tx, made)
            shown.append((made.document, await rows(tx, made)))
        for target in targets:
            document, before = shown[min(target, len(shown)) - 1]
            back = await roll_back(tx, slug, min(target, len(shown)), None)
            await is_as_defined(tx, back)
            assert back.document == document
            assert await rows(tx, back) == before
