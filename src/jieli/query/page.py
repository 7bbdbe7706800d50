"""One page of a list: one statement that returns one JSON text."""

from collections.abc import Sequence
from dataclasses import dataclass

from jieli.blueprint.model import Field, Workspace
from jieli.db.sql import Sql, constant, ident, join, sql
from jieli.query.order import Key, after, carried, order_by, parts
from jieli.query.rows import Rows
from jieli.query.shape import shape

EXACT_UP_TO = 10_000


@dataclass(frozen=True, slots=True)
class Page:
    fields: Sequence[Field]
    keys: Sequence[Key]
    limit: int
    cursor: str | None = None


def page_statement(workspace: Workspace, rows: Rows, page: Page) -> Sql:
    """Gives a row with `items` (a JSON array as text), `more` (whether further rows follow) and `last` (the
    sort values of the last item as texts, for the cursor)."""
    last = join(", ", [sql("p.{k}::text", k=ident(key.name)) for key in page.keys])
    shaped = shape(workspace, page.fields, ident("t"))
    return sql(
        "with p as materialized (select * from ({found}) p order by {order} limit {one_more}),"
        " shown as (select *, row_number() over (order by {order}) as n from p)"
        " select coalesce((select json_agg(row_to_json(x)) from"
        " (select {columns} from shown p join {table} t on t.id = p.id{joins}"
        " where p.n <= {limit} order by p.n) x), '[]')::text as items,"
        " (select count(*) > {limit} from shown) as more,"
        " (select array[{last}] from shown p where n <= {limit} order by n desc limit 1) as last",
        found=found(rows, page.keys, page.limit + 1, page.cursor),
        order=order_by(page.keys, inner=False),
        one_more=constant(page.limit + 1),
        limit=constant(page.limit),
        columns=shaped.columns,
        joins=shaped.joins,
        table=rows.object.table,
        last=last,
    )


def found(rows: Rows, keys: Sequence[Key], limit: int, cursor: str | None = None) -> Sql:
    """The ids and sort values of the first rows; `id` and the keys' names are its columns."""
    values = after(keys, cursor) if cursor else None
    columns = sql("t.id, {keys}", keys=carried(keys))
    scans = [rows.first(columns, order, limit, condition) for condition, order in parts(keys, values)]
    return join(" union ", scans)


def count_statement(rows: Rows, limit: int = EXACT_UP_TO) -> Sql:
    """How many rows there are, up to one more than `limit`."""
    counted = rows.first(sql("t.id"), sql("t.id"), limit + 1)
    if len(rows.branches) == 1 and rows.branches[0].column is None:
        counted = sql(
            "select 1 from {table} t where {where} limit {limit}",
            table=rows.object.table,
            where=rows.predicate(),
            limit=constant(limit + 1),
        )
    return sql(
        "select count(*) from (select 1 from ({counted}) c limit {limit}) n",
        counted=counted,
        limit=constant(limit + 1),
    )


def estimate_statement(rows: Rows) -> Sql:
    """The planner's guess, for more rows than are worth counting."""
    return sql(
        "explain (format json) select 1 from {table} t where {where}",
        table=rows.object.table,
        where=rows.predicate(),
    )
