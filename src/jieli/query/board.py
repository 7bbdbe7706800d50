"""A board: for each stage the count, sums and first cards, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from jieli.blueprint.model import Field, Workspace
from jieli.db.sql import Sql, constant, ident, join, literal, sql
from jieli.query.order import Key, carried, order_by
from jieli.query.rows import Rows
from jieli.query.shape import shape


@dataclass(frozen=True, slots=True)
class Board:
    process: str
    stages: Sequence[str]
    fields: Sequence[Field]
    sums: Sequence[Field]
    keys: Sequence[Key]
    limit: int


def board_statement(workspace: Workspace, rows: Rows, board: Board) -> Sql:
    """Gives one JSON object: stage → {count, sum: {field: text}, items, last}; `last` are the sort values of the
    last card when there are further ones, for the cursor of a list in the same order."""
    shaped = shape(workspace, board.fields, ident("t"))
    sums = [
        sql("{name}, sum(v.{column})::text", name=literal(f.key), column=ident(f.columns[0].name))
        for f in board.sums
    ]
    columns = [ident(f.columns[0].name) for f in board.sums]
    return sql(
        "with v as materialized (select {picked} from {table} t where {where} and t.process = {process}"
        " and t.stage = any({stages})),"
        " totals as (select v.stage, count(*) as n, json_build_object({sums}) as sums from v group by v.stage)"
        " select coalesce(json_object_agg(s.stage, json_build_object('count', coalesce(c.n, 0),"
        " 'sum', coalesce(c.sums, '{{}}'::json), 'items', i.items, 'last', l.last)), '{{}}')::text"
        " from unnest({stages}::text[]) s(stage) left join totals c on c.stage = s.stage,"
        " lateral (select coalesce(json_agg(row_to_json(x)), '[]') as items from (select {columns} from"
        " (select * from (select v.id, v.stage, {names} from v) p where p.stage = s.stage"
        " order by {order} limit {limit}) p join {table} t on t.id = p.id{joins} order by {order}) x) i"
        " left join lateral (select array[{last}] as last from (select v.stage, {names} from v) p"
        " where p.stage = s.stage and c.n > {limit} order by {order} offset {limit}::int - 1 limit 1) l on true",
        picked=join(", ", [sql("t.id, t.stage, {keys}", keys=carried(board.keys)), *_of_t(columns)]),
        last=join(", ", [sql("p.{k}::text", k=ident(key.name)) for key in board.keys]),
        names=join(", ", [sql("v.{k}", k=ident(key.name)) for key in board.keys]),
        table=rows.object.table,
        where=rows.predicate(),
        process=board.process,
        stages=list(board.stages),
        sums=join(", ", sums),
        columns=shaped.columns,
        joins=shaped.joins,
        order=order_by(board.keys, inner=False),
        limit=constant(board.limit),
    )


def _of_t(columns: Sequence[Sql]) -> list[Sql]:
    return [sql("t.{column}", column=column) for column in columns]
