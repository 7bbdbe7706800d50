"""A board: for each stage the count, sums and first cards, in one statement."""

from collections.abc import Sequence
from dataclasses import dataclass

from jieli.blueprint.model import Field, Workspace
from jieli.db.sql import TRUE, Sql, constant, ident, join, literal, sql
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
    is_everything = rows.is_whole and rows.where == TRUE
    found = _of_everything(rows, board) if is_everything else _of_some(rows, board)
    return sql(
        "with {found}, items as (select p.stage, json_agg(row_to_json(x) order by p.n) as items from p"
        " join {table} t on t.id = p.id{joins}, lateral (select {columns}) x group by p.stage)"
        " select coalesce(json_object_agg(s.stage, json_build_object('count', coalesce(c.n, 0),"
        " 'sum', coalesce(c.sums, '{{}}'::json), 'items', coalesce(i.items, '[]'::json),"
        " 'last', case when l.stage is not null then array[{last}] end)), '{{}}')::text"
        " from unnest({stages}::text[]) s(stage) left join totals c on c.stage = s.stage"
        " left join items i on i.stage = s.stage"
        " left join p l on l.stage = s.stage and l.n = {limit} and c.n > {limit}",
        found=found,
        table=rows.object.table,
        joins=shaped.joins,
        columns=shaped.columns,
        last=join(", ", [sql("l.{k}::text", k=ident(key.name)) for key in board.keys]),
        stages=list(board.stages),
        limit=constant(board.limit),
    )


def _of_some(rows: Rows, board: Board) -> Sql:
    """Finds the rows once, few as they are, and takes counts and cards from them."""
    summed = [sql("t.{column}", column=ident(field.columns[0].name)) for field in board.sums]
    return sql(
        "v as materialized ({rows}), totals as (select v.stage, {totals} from v group by v.stage),"
        " p as materialized (select * from (select p.id, p.stage, {keys},"
        " row_number() over (partition by p.stage order by {order}) as n from v p) p where p.n <= {limit})",
        rows=rows.every(
            join(", ", [sql("t.id, t.stage, {keys}", keys=carried(board.keys)), *summed]),
            _on_the_board(board),
        ),
        totals=_totals(board, ident("v")),
        keys=_names(board),
        order=order_by(board.keys, inner=False),
        limit=constant(board.limit),
    )


def _of_everything(rows: Rows, board: Board) -> Sql:
    """Counts by the index of the stages, which holds the amount as well, and reads the first cards of each stage."""
    whole = sql("{alive} and {here}", alive=rows.alive, here=_on_the_board(board))
    return sql(
        "totals as (select t.stage, {totals} from {rows} group by t.stage),"
        " p as materialized (select p.id, s.stage, {names}, p.n from unnest({stages}::text[]) s(stage),"
        " lateral (select t.id, {keys}, row_number() over (order by {order}) as n from {rows} and t.stage = s.stage"
        " order by {order} limit {limit}) p)",
        totals=_totals(board, ident("t")),
        rows=sql("{table} t where {whole}", table=rows.object.table, whole=whole),
        names=_names(board),
        stages=list(board.stages),
        keys=carried(board.keys),
        order=order_by(board.keys, inner=True),
        limit=constant(board.limit),
    )


def _on_the_board(board: Board) -> Sql:
    return sql(
        "t.process = {process} and t.stage = any({stages})", process=board.process, stages=list(board.stages)
    )


def _names(board: Board) -> Sql:
    return join(", ", [sql("p.{k}", k=ident(key.name)) for key in board.keys])


def _totals(board: Board, row: Sql) -> Sql:
    sums = [
        sql(
            "{name}, sum({row}.{column})::text", name=literal(f.key), row=row, column=ident(f.columns[0].name)
        )
        for f in board.sums
    ]
    return sql("count(*) as n, json_build_object({sums}) as sums", sums=join(", ", sums))
