"""Counts, sums and the like over groups of records."""

from collections.abc import Sequence
from dataclasses import dataclass

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint.model import Field, Object, Workspace
from jieli.db.sql import Sql, constant, ident, join, sql
from jieli.query.condition import Guard
from jieli.query.rows import Rows
from jieli.query.shape import title_of

BAD_GROUP = Message("bad_group", "不能按「{field}」分组", "Records cannot be grouped by “{field}”")
BAD_MEASURE = Message("bad_measure", "无法计算这个指标", "This measure cannot be computed")
PERIODS = ("day", "week", "month", "quarter", "year")
FUNCTIONS = {"sum": sql("sum"), "avg": sql("avg"), "min": sql("min"), "max": sql("max")}
NUMBERS = ("integer", "bigint", "numeric")
MAX_GROUPS, MAX_MEASURES, MAX_ROWS = 3, 8, 2_000


@dataclass(frozen=True, slots=True)
class Aggregate:
    """Parsed groups and measures: fields with the period of a date, functions with their field."""

    groups: tuple[tuple[Field, str | None], ...]
    measures: tuple[tuple[str, Field | None], ...]


def parse_aggregate(
    obj: Object, guard: Guard, groups: Sequence[object], measures: Sequence[object]
) -> Aggregate:
    """From the JSON of a request; raises Invalid naming the place."""
    if len(groups) > MAX_GROUPS or not 1 <= len(measures) <= MAX_MEASURES:
        raise Invalid(Problem("measures", BAD_MEASURE))
    return Aggregate(
        tuple(_group(obj, guard, raw, f"group.{i}") for i, raw in enumerate(groups)),
        tuple(_measure(obj, guard, raw, f"measures.{i}") for i, raw in enumerate(measures)),
    )


def _readable(obj: Object, guard: Guard, key: object) -> Field | None:
    field = obj.fields.get(key) if isinstance(key, str) else None
    return field if field and guard.may_read(obj, field) else None


def _group(obj: Object, guard: Guard, raw: object, path: str) -> tuple[Field, str | None]:
    key, period = (raw.get("field"), raw.get("by")) if isinstance(raw, dict) else (raw, None)
    field = _readable(obj, guard, key)
    if field is None or field.columns[0].type.endswith(("[]", "jsonb")):
        raise Invalid(Problem(path, BAD_GROUP, {"field": str(key)[:60]}))
    if period is not None and (period not in PERIODS or field.columns[0].type not in ("date", "timestamptz")):
        raise Invalid(Problem(f"{path}.by", BAD_GROUP, {"field": field.label}))
    return field, period


def _measure(obj: Object, guard: Guard, raw: object, path: str) -> tuple[str, Field | None]:
    if not isinstance(raw, dict):
        raise Invalid(Problem(path, BAD_MEASURE))
    if raw.get("fn") == "count":
        return "count", None
    field = _readable(obj, guard, raw.get("field"))
    if raw.get("fn") not in FUNCTIONS or field is None or not field.columns[0].type.startswith(NUMBERS):
        raise Invalid(Problem(path, BAD_MEASURE))
    return str(raw["fn"]), field


def aggregate_statement(workspace: Workspace, rows: Rows, wanted: Aggregate, zone: str) -> Sql:
    """Gives one JSON array of {"group": [...], "values": [...]}, the first groups first."""
    groups = [_expression(field, period, zone) for field, period in wanted.groups]
    names = [ident(f"g{i}") for i in range(len(groups))]
    values = [_value(fn, field) for fn, field in wanted.measures]
    shown = [_shown(workspace, field, name) for (field, _), name in zip(wanted.groups, names, strict=True)]
    selected = [sql("{e} as {n}", e=e, n=n) for e, n in zip(groups, names, strict=True)]
    measured = [sql("{v} as {n}", v=v, n=ident(f"m{i}")) for i, v in enumerate(values)]
    grouping = sql(" group by {names}", names=join(", ", names)) if names else sql("")
    return sql(
        "select coalesce(json_agg(json_build_object('group', json_build_array({shown}),"
        " 'values', json_build_array({out}))), '[]')::text from"
        " (select {selected} from {table} t where {where}{grouping} order by {order} limit {limit}) a",
        shown=join(", ", shown),
        out=join(", ", [sql("a.{n}::text", n=ident(f"m{i}")) for i in range(len(values))]),
        selected=join(", ", [*selected, *measured]),
        table=rows.object.table,
        where=rows.predicate(),
        grouping=grouping,
        order=join(", ", names) if names else sql("1"),
        limit=constant(MAX_ROWS),
    )


def _expression(field: Field, period: str | None, zone: str) -> Sql:
    column = sql("t.{column}", column=ident(field.columns[0].name))
    if period is None:
        return column
    local = column
    if field.columns[0].type == "timestamptz":
        local = sql("({column} at time zone {zone}::text)", column=column, zone=zone)
    return sql("date_trunc({period}::text, {local})::date", period=period, local=local)


def _value(fn: str, field: Field | None) -> Sql:
    if field is None:
        return sql("count(*)")
    return sql("{fn}(t.{column})", fn=FUNCTIONS[fn], column=ident(field.columns[0].name))


def _shown(workspace: Workspace, field: Field, name: Sql) -> Sql:
    if field.target is None or field.target not in workspace.objects:
        return sql("a.{n}", n=name)
    target = workspace.object(field.target)
    return sql(
        "(select json_build_object('id', r.id, 'title', {title}) from {table} r where r.id = a.{n})",
        title=title_of(target, ident("r")),
        table=target.table,
        n=name,
    )
