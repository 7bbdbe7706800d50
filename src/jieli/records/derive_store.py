"""The statements that compute values from rows which are still to be written."""

from collections.abc import Mapping, Sequence

from jieli.blueprint.model import Field, Object
from jieli.db.pool import Record, Tx
from jieli.db.sql import Sql, ident, join, sql
from jieli.records.model import Draft
from jieli.records.store import columns_of, stored, storing

ONE_BY_ONE = 20
"""Up to so many rows are computed one statement each; more go into a temporary table."""


async def computed(
    tx: Tx, obj: Object, fields: Sequence[Field], drafts: Sequence[Draft], expressions: Mapping[str, Sql]
) -> list[Record]:
    """The named expressions over alias `t` for each draft, `t` being the row it will be, as far as `fields`."""
    outputs = join(", ", [sql("{e} as {n}", e=e, n=ident(n)) for n, e in expressions.items()])
    if len(drafts) <= ONE_BY_ONE:
        return [row for draft in drafts for row in await tx.all(_over_values(fields, draft, outputs))]
    columns = columns_of(fields)
    await tx.run(sql("drop table if exists pg_temp.staged"))
    await tx.run(_staging_table(obj, columns))
    row = storing(fields)
    rows = ([n, draft.id, *row(draft.merged)] for n, draft in enumerate(drafts))
    await tx.copy(None, "staged", ["place", "id", *columns], rows)
    return await tx.all(sql("select {outputs} from pg_temp.staged t order by t.place", outputs=outputs))


def _staging_table(obj: Object, columns: Sequence[str]) -> Sql:
    return sql(
        "create temp table staged on commit drop as select 0::bigint as place, {names} from {table} limit 0",
        names=join(", ", [ident(name) for name in ("id", *columns)]),
        table=obj.table,
    )


def _over_values(fields: Sequence[Field], draft: Draft, outputs: Sql) -> Sql:
    columns = [column for field in fields for column in field.columns]
    cells = [
        sql("{v}::{type} as {name}", v=value, type=_type(column.type), name=ident(column.name))
        for column, value in zip(columns, stored(fields, draft.merged), strict=True)
    ]
    row = join(", ", [sql("{id}::uuid as id", id=draft.id), *cells])
    return sql("select {outputs} from (select {row}) t", outputs=outputs, row=row)


def _type(name: str) -> Sql:
    """A column type as SQL text; it comes from a field type, never from people."""
    return Sql((name,))
