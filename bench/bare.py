"""The rows that creating one record has written, as inserts that do nothing else."""

from collections.abc import Sequence
from uuid import UUID

from bench.inline import quoted
from jieli.blueprint.model import Object
from jieli.db.pool import Database, ReadTx
from jieli.db.sql import Sql, ident, join, sql

TABLES = ("event", "span", "claim", "assignment")
BEGINNING = """\\set n :n + 1
\\set k :base + :client_id * 10000000 + :n
begin;
"""


async def bare_inserts(db: Database, obj: Object, record: UUID) -> str:
    """A script for pgbench, whose variables `n` (from zero) and `base` (another one for each run) make every
    transaction write rows of its own: one insert for each table, with all its rows."""
    statements = []
    own: dict[str, str] = {}
    async with db.read() as tx:
        for table, column in ((obj.key, "id"), *((name, "record") for name in TABLES)):
            where = sql("t.{column} = {record}", column=ident(column), record=record)
            names = await columns(tx, obj.schema, table)
            rows = await _rows(tx, ident(obj.schema, table), names, where)
            own |= {
                row[names.index("id")] or "": _id(len(own) + n) for n, row in enumerate(rows) if "id" in names
            }
            if rows:
                statements.append(_insert(f"{obj.schema}.{table}", names, rows, own))
    return "".join([BEGINNING, *statements, "commit;\n"])


async def columns(tx: ReadTx, schema: str, table: str) -> list[str]:
    rows = await tx.all(
        sql(
            "select attname::text as name from pg_attribute where attrelid = {name}::text::regclass"
            " and attnum > 0 and not attisdropped and attgenerated = '' order by attnum",
            name=f"{schema}.{table}",
        )
    )
    return [row["name"] for row in rows]


async def _rows(tx: ReadTx, table: Sql, names: Sequence[str], where: Sql) -> list[list[str | None]]:
    columns = join(", ", [sql("t.{name}::text", name=ident(name)) for name in names])
    found = await tx.all(
        sql("select {columns} from {table} t where {where}", columns=columns, table=table, where=where)
    )
    return [list(row.values()) for row in found]


def _id(place: int) -> str:
    """Ids that rise with time, as ours do."""
    return f"('01990000-0000-7000-8{place:03x}-' || lpad(to_hex(:k::bigint), 12, '0'))::uuid"


def _insert(
    table: str, names: Sequence[str], rows: Sequence[Sequence[str | None]], own: dict[str, str]
) -> str:
    values = ", ".join(
        f"({', '.join(_cell(table, n, v, own) for n, v in zip(names, row, strict=True))})" for row in rows
    )
    columns = ", ".join(f'"{name}"' for name in names)
    return f"insert into {table} ({columns}) values {values};\n"


def _cell(table: str, name: str, value: str | None, own: dict[str, str]) -> str:
    if value is None:
        return "null"
    if value in own:
        return own[value]
    return f"{quoted(value)} || :k::bigint" if (table.endswith(".claim") and name == "key") else quoted(value)
