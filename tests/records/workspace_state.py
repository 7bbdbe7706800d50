"""What a workspace holds, to be compared: rows by table and key, without what every write may change."""

from collections.abc import Mapping
from typing import Any

from jieli.db.pool import Tx
from jieli.db.sql import Sql, sql
from tests.company import Company

Row = Mapping[str, Any]
State = dict[str, dict[str, Row]]
"""By table the rows by what names them."""

OBJECTS = ("lead", "account", "contact", "opportunity")
STAMPS = ["version", "updated_at", "updated_by", "deleted_at", "deleted_by", "grams"]
HANGING = {
    "claim": "select kind || ':' || key as id, * from {t} where kind <> 'source'",
    "share": "select member::text || record as id, member, object, record, level, via from {t}"
    " where object = 'opportunity' or via <> 'participant'",
    "deliverable": "select record || stage || key as id, * from {t}",
    "file": "select * from {t}",
    "span": "select record as id, record, object, stage, holder, role, department, due from {t} where left_at is null",
    "handoff": "select record as id, record, object, stage, to_stage, sender, receiver from {t}"
    " where state = 'offered'",
}
"""What hangs on records. Of the ledger it is where they stand: what was is never taken back. Who took part in an
opportunity goes on seeing its customer, and the row of a file goes on finding the record that it found."""


async def state_of(tx: Tx, company: Company) -> State:
    found: State = {}
    for key in OBJECTS:
        table = company.workspace.object(key).table
        rows = sql("select *, deleted_at is not null as is_trashed from {t}", t=table)
        found[key] = await _rows(tx, rows)
    for table, text in HANGING.items():
        found[table] = await _rows(tx, sql(text, t=company.workspace.table(table)))
    return found


async def _rows(tx: Tx, rows: Sql) -> dict[str, Row]:
    listed = await tx.all(
        sql(
            "select r.id::text as name, to_jsonb(r) - {stamps}::text[] as row from ({rows}) r",
            stamps=STAMPS,
            rows=rows,
        )
    )
    return {row["name"]: row["row"] for row in listed}


async def past_of(tx: Tx, company: Company) -> set[str]:
    """The legs that have ended, by what they say."""
    ended = sql("select * from {t} where left_at is not null", t=company.workspace.table("span"))
    return {f"{name} {sorted(row.items())}" for name, row in (await _rows(tx, ended)).items()}


def difference(one: State, other: State) -> dict[str, dict[str, dict[str, tuple[object, object]]]]:
    """Table, row and column of what is not the same."""
    found: dict[str, dict[str, dict[str, tuple[object, object]]]] = {}
    for table in one:
        for name in one[table].keys() | other[table].keys():
            ours, theirs = one[table].get(name, {}), other[table].get(name, {})
            for column in ours.keys() | theirs.keys():
                if ours.get(column) != theirs.get(column) or bool(ours) != bool(theirs):
                    pair = (ours.get(column), theirs.get(column))
                    found.setdefault(table, {}).setdefault(name, {})[column] = pair
    return found
