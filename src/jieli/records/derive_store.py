"""The statements that compute values from rows which are still to be written."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jieli.blueprint.model import Field, Object
from jieli.db.pool import Record, Tx
from jieli.db.sql import Sql, ident, join, sql
from jieli.records.model import Draft
from jieli.records.store import columns_of, stored, storing

ONE_BY_ONE = 20
"""Up to so many rows are computed one statement each; more go into a temporary table."""


@dataclass(frozen=True, slots=True)
class Step:
    """Named expressions over alias `t`, which has the columns of these fields."""

    fields: Sequence[Field]
    expressions: Mapping[str, Sql]


async def computed(tx: Tx, obj: Object, steps: Sequence[Step], drafts: Sequence[Draft]) -> list[Record]:
    """What the steps compute for each draft from the row it will be. A step that reads a field which an earlier one
    computes gets what that one says."""
    fields = _read_first(obj, steps)
    chain = _chained(steps)
    if len(drafts) <= ONE_BY_ONE:
        return [row for draft in drafts for row in await tx.all(_over_values(fields, draft, chain))]
    columns = columns_of(fields)
    await tx.run(sql("drop table if exists pg_temp.staged"))
    await tx.run(_staging_table(obj, columns))
    row = storing(fields)
    rows = ([n, draft.id, *row(draft.merged)] for n, draft in enumerate(drafts))
    await tx.copy(None, "staged", ["place", "id", *columns], rows)
    return await tx.all(
        sql("{of} from pg_temp.staged t0{steps} order by t0.place", of=chain[0], steps=chain[1])
    )


def _read_first(obj: Object, steps: Sequence[Step]) -> list[Field]:
    """The fields whose values the steps need from the row itself."""
    read: set[str] = set()
    computed_so_far: set[str] = set()
    for step in steps:
        read |= {field.key for field in step.fields} - computed_so_far
        computed_so_far |= step.expressions.keys()
    return [field for field in obj.fields.values() if field.key in read]


def _chained(steps: Sequence[Step]) -> tuple[Sql, Sql]:
    """What is selected, and the steps as subselects over a row `t0` and over what comes before them."""
    place_of: dict[str, str] = {}
    selected: list[Sql] = []
    subselects: list[Sql] = []
    for number, step in enumerate(steps):
        place = f"d{number}"
        given = [ident(place_of.get(name, "t0"), name) for name in ("id", *columns_of(step.fields))]
        outputs = [sql("{e} as {n}", e=e, n=ident(name)) for name, e in step.expressions.items()]
        subselects.append(
            sql(
                " cross join lateral (select {outputs} from (select {given}) t) {place}",
                outputs=join(", ", outputs),
                given=join(", ", given),
                place=ident(place),
            )
        )
        selected += [ident(place, name) for name in step.expressions]
        place_of |= dict.fromkeys(step.expressions, place)
    return sql("select {names}", names=join(", ", selected)), join("", subselects)


def _staging_table(obj: Object, columns: Sequence[str]) -> Sql:
    return sql(
        "create temp table staged on commit drop as select 0::bigint as place, {names} from {table} limit 0",
        names=join(", ", [ident(name) for name in ("id", *columns)]),
        table=obj.table,
    )


def _over_values(fields: Sequence[Field], draft: Draft, chain: tuple[Sql, Sql]) -> Sql:
    columns = [column for field in fields for column in field.columns]
    cells = [
        sql("{v}::{type} as {name}", v=value, type=_type(column.type), name=ident(column.name))
        for column, value in zip(columns, stored(fields, draft.merged), strict=True)
    ]
    row = join(", ", [sql("{id}::uuid as id", id=draft.id), *cells])
    return sql("{of} from (select {row}) t0{steps}", of=chain[0], row=row, steps=chain[1])


def _type(name: str) -> Sql:
    """A column type as SQL text; it comes from a field type, never from people."""
    return Sql((name,))
