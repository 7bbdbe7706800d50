"""The statements of the write path. Tables and columns come from the blueprint."""

from collections.abc import Callable, Iterable, Sequence
from uuid import UUID

from jieli.blueprint.model import Field, Object, Workspace
from jieli.db.pool import Record, Tx
from jieli.db.sql import Sql, ident, join, sql
from jieli.fields.scalar import Scalar
from jieli.records.model import Values

FEW = 8
"""Up to so many rows are written one statement each, pipelined; more go through COPY."""


def columns_of(fields: Iterable[Field]) -> list[str]:
    return [column.name for field in fields for column in field.columns]


def stored(fields: Iterable[Field], values: Values) -> list[object]:
    """The database values of the fields' columns, in their order."""
    return storing(fields)(values)


def storing(fields: Iterable[Field]) -> Callable[[Values], list[object]]:
    """The same for many rows: most types keep their values as they are, which is found out once."""
    plan = [(field.key, None if _kept_as_it_is(field) else field.type.store) for field in fields]

    def row(values: Values) -> list[object]:
        found: list[object] = []
        for key, store in plan:
            value = values.get(key)
            if store is None:
                found.append(value)
            else:
                found += store(value)
        return found

    return row


def _kept_as_it_is(field: Field) -> bool:
    kind: type = type(field.type)
    return issubclass(kind, Scalar) and kind.store is Scalar.store


def loaded(fields: Iterable[Field], row: Record) -> Values:
    """The values of a row read with `columns_of` these fields; empty ones are left out."""
    found: Values = {}
    for field in fields:
        value = field.type.load(tuple(row[column.name] for column in field.columns))
        if value is not None:
            found[field.key] = value
    return found


def locked(obj: Object, ids: Sequence[UUID], *, read: Sql, change: Sql, transfer: Sql) -> Sql:
    """The rows as they are, locked in the order of their ids so that two batches cannot block each other."""
    columns = join(", ", [sql("t.{c}", c=ident(name)) for name in columns_of(obj.fields.values())])
    return sql(
        "select t.id, t.version, t.deleted_at, {columns}, {read} as may_read, {change} as may_change,"
        " {transfer} as may_transfer from {table} t where t.id = any({ids}) order by t.id for update of t",
        columns=columns,
        read=read,
        change=change,
        transfer=transfer,
        table=obj.table,
        ids=list(ids),
    )


async def insert(
    tx: Tx, obj: Object, columns: Sequence[str], rows: Iterable[Sequence[object]], count: int
) -> None:
    """So many new rows, whose first column is the id. Rows that are made one by one are made while PostgreSQL
    takes in the earlier ones."""
    if count > FEW:
        await tx.copy(obj.schema, obj.key, columns, rows)
        return
    names = join(", ", [ident(name) for name in columns])
    for row in rows:
        tx.later(
            sql(
                "insert into {table} ({names}) values ({values})",
                table=obj.table,
                names=names,
                values=join(", ", [sql("{v}", v=value) for value in row]),
            )
        )


async def update(
    tx: Tx, obj: Object, columns: Sequence[str], ids: Sequence[UUID], rows: Sequence[Sequence[object]]
) -> None:
    """The same columns of many rows; each row gets a new version."""
    if len(ids) <= FEW:
        for record, row in zip(ids, rows, strict=True):
            await tx.run(_update_one(obj, columns, record, row))
    elif all(list(row) == list(rows[0]) for row in rows):
        await tx.run(_update_same(obj, columns, ids, rows[0]))
    else:
        await _update_staged(tx, obj, columns, ids, rows)


def _assignments(columns: Sequence[str], values: Sequence[Sql]) -> Sql:
    pairs = [sql("{c} = {v}", c=ident(c), v=v) for c, v in zip(columns, values, strict=True)]
    return join(", ", [*pairs, sql("version = t.version + 1")])


def _update_one(obj: Object, columns: Sequence[str], record: UUID, row: Sequence[object]) -> Sql:
    return sql(
        "update {table} t set {pairs} where t.id = {id}",
        table=obj.table,
        pairs=_assignments(columns, [sql("{v}", v=value) for value in row]),
        id=record,
    )


def _update_same(obj: Object, columns: Sequence[str], ids: Sequence[UUID], row: Sequence[object]) -> Sql:
    return sql(
        "update {table} t set {pairs} where t.id = any({ids})",
        table=obj.table,
        pairs=_assignments(columns, [sql("{v}", v=value) for value in row]),
        ids=list(ids),
    )


async def _update_staged(
    tx: Tx, obj: Object, columns: Sequence[str], ids: Sequence[UUID], rows: Sequence[Sequence[object]]
) -> None:
    names = join(", ", [ident("id"), *[ident(c) for c in columns]])
    await tx.run(sql("drop table if exists pg_temp.staged_update"))
    await tx.run(
        sql(
            "create temp table staged_update on commit drop as select {names} from {table} limit 0",
            names=names,
            table=obj.table,
        )
    )
    await tx.copy(
        None, "staged_update", ["id", *columns], [[i, *row] for i, row in zip(ids, rows, strict=True)]
    )
    await tx.run(
        sql(
            "update {table} t set {pairs} from staged_update s where t.id = s.id",
            table=obj.table,
            pairs=_assignments(columns, [sql("s.{c}", c=ident(c)) for c in columns]),
        )
    )


EVENT_COLUMNS = ("id", "at", "actor", "channel", "object", "record", "kind", "batch", "changes", "about")


async def add_events(
    tx: Tx, workspace: Workspace, rows: Iterable[Sequence[object]], count: int | None = None
) -> None:
    """Append to the event log; a row has the values of EVENT_COLUMNS."""
    await append(tx, workspace, "event", EVENT_COLUMNS, rows, count=count)


async def append(
    tx: Tx,
    workspace: Workspace,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    *,
    count: int | None = None,
) -> None:
    """Insert into one of the workspace's own tables. Whoever knows how many rows there are can make them one by
    one, while PostgreSQL takes in the earlier ones."""
    if count is None:
        rows = list(rows)
        count = len(rows)
    if count > FEW:
        await tx.copy(workspace.schema, table, columns, rows)
        return
    names = join(", ", [ident(name) for name in columns])
    for row in rows:
        values = join(", ", [sql("{v}", v=value) for value in row])
        tx.later(
            sql("insert into {table} ({n}) values ({v})", table=workspace.table(table), n=names, v=values)
        )


def add_batch(workspace: Workspace, values: Values) -> Sql:
    """A batch, or more rows for one that other calls have begun."""
    return sql(
        "insert into {batch} as b (id, at, actor, channel, object, action, source, rows)"
        " values ({id}, {at}, {actor}, {channel}, {object}, {action}, {source}, {rows})"
        " on conflict (id) do update set rows = b.rows + excluded.rows",
        batch=workspace.table("batch"),
        **values,
    )


def existing(obj: Object, ids: Sequence[UUID], visible: Sql) -> Sql:
    """Which of these ids can be referred to."""
    return sql(
        "select t.id from {table} t where t.id = any({ids}) and t.deleted_at is null and {visible}",
        table=obj.table,
        ids=list(ids),
        visible=visible,
    )


def members(workspace: Workspace, ids: Sequence[UUID]) -> Sql:
    """Department, active manager and whether active themselves, for the people who are to own records."""
    return sql(
        "select m.id, m.department, m.status is distinct from 'disabled' as active, b.id as manager"
        " from {members} m left join {members} b on b.id = m.manager and b.deleted_at is null"
        " and b.status is distinct from 'disabled' where m.id = any({ids}) and m.deleted_at is null",
        members=workspace.object("member").table,
        ids=list(ids),
    )


def next_numbers(obj: Object, sequence: str, count: int) -> Sql:
    """So many running numbers in their order; nothing when the sequence does not exist yet."""
    return sql(
        "select nextval(s.id) as number from (select to_regclass({name}) as id) s, generate_series(1, {count}::int)"
        " where s.id is not null",
        name=f'{obj.schema}."{sequence}"',
        count=count,
    )
