"""The statements of the reports."""

from collections.abc import Mapping, Sequence

from jieli.blueprint.model import Field, Object, Workspace
from jieli.db.sql import Sql, ident, join, literal, sql
from jieli.query.rows import Rows


def together(statements: Sequence[Sql]) -> Sql:
    """Several statements that give one text each, as one that gives an array of them."""
    return sql("select array[{all}]", all=join(", ", [sql("({s})", s=s) for s in statements]))


def either(conditions: Sequence[Sql]) -> Sql:
    return sql("({any})", any=join(" or ", conditions))


def measured(fn: str, column: str | None, where: Sql) -> Sql:
    """A number over the rows for which the condition holds."""
    value = sql("t.{c}", c=ident(column)) if column else None
    if value is None:
        return sql("count(*) filter (where {where})", where=where)
    if fn == "sum":
        return sql("(sum({v}) filter (where {where}))::text", v=value, where=where)
    return sql(
        "percentile_cont(0.5) within group (order by {v}) filter (where {where})", v=value, where=where
    )


def source(rows: Rows, some: Sql) -> Sql:
    """What follows the word from: the visible rows that at least one measure counts, so that an index on a date can
    find them."""
    return sql(
        "{table} t where {where} and {some}", table=rows.object.table, where=rows.predicate(), some=some
    )


def tally(source: Sql, group: Field | None, values: Mapping[str, Sql]) -> Sql:
    """Gives one JSON text of [[group, {key: number}]]."""
    names = {key: ident(f"m{number}") for number, key in enumerate(values)}
    return sql(
        "select coalesce(json_agg(json_build_array(a.place, json_build_object({pairs}))), '[]')::text"
        " from (select {place} as place, {values} from {source}{grouping}) a",
        pairs=join(", ", [sql("{k}, a.{n}", k=literal(key), n=name) for key, name in names.items()]),
        place=sql("t.{c}", c=ident(group.columns[0].name)) if group else sql("null::text"),
        values=join(", ", [sql("{v} as {n}", v=values[key], n=name) for key, name in names.items()]),
        source=source,
        grouping=sql(" group by 1") if group else sql(""),
    )


def standings(rows: Rows, amount: Field | None) -> Sql:
    """How many records got how far, where they stand and how they ended, with the sum of their amounts."""
    total = sql("sum(t.{c})::text", c=ident(amount.columns[0].name)) if amount else sql("null::text")
    return sql(
        "select t.reached, t.stage, t.outcome, count(*) as n, {total} as amount from {table} t where {where}"
        " group by 1, 2, 3",
        total=total,
        table=rows.object.table,
        where=rows.predicate(),
    )


def stage_times(workspace: Workspace, process: str, rows: Rows) -> Sql:
    """Median and mean of the ended legs in each stage, over the legs of these records."""
    return sql(
        "select s.stage, count(*) as n, percentile_cont(0.5) within group (order by s.working_seconds) as median,"
        " avg(s.working_seconds)::float8 as mean from {span} s where s.process = {process}"
        " and s.working_seconds is not null and s.record in ({records}) group by 1",
        span=workspace.table("span"),
        process=process,
        records=rows.every(sql("t.id")),
    )


def all_stage_times(workspace: Workspace, process: str, obj: Object) -> Sql:
    """The same over all records, which one index answers alone. It is in the order of the times, so the one or two in
    the middle are found by their place, and the rest may be counted by several processes at once."""
    ended = sql(
        "{span} s where s.process = {process} and s.working_seconds is not null"
        " and s.record not in (select id from {table} where deleted_at is not null)",
        span=workspace.table("span"),
        process=process,
        table=obj.table,
    )
    return sql(
        "select a.stage, a.n, a.mean,"
        " (select avg(m.working_seconds)::float8 from (select s.working_seconds from {ended}"
        " and s.stage = a.stage order by s.working_seconds offset (a.n - 1) / 2 limit 2 - a.n % 2) m) as median from"
        " (select s.stage, count(*) as n, avg(s.working_seconds)::float8 as mean from {ended} group by 1) a",
        ended=ended,
    )
