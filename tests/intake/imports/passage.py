"""Brings tables written in a test through an import."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from textwrap import dedent

import orjson

from jieli.access import Actor
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Tx
from jieli.intake.imports import Setup, automatic, propose
from jieli.intake.imports.carry import Load, bring_in
from jieli.intake.imports.model import Report, RowReport
from jieli.intake.reading import Table, read_table
from jieli.records import Outcome, Values
from jieli.records.read import ListQuery, list_records


@dataclass
class Passage:
    """What became of the rows, by their number in the file."""

    report: Report
    rows: dict[int, RowReport] = field(default_factory=dict)
    warned: list[RowReport] = field(default_factory=list)

    def outcomes(self) -> list[str]:
        return [str(row.outcome) for _, row in sorted(self.rows.items())]

    def reasons(self, row: int) -> str:
        return "; ".join(str(reason) for reason in self.rows[row].reasons)


class Collector:
    def __init__(self) -> None:
        self.rows: dict[int, RowReport] = {}
        self.warned: list[RowReport] = []

    def take(self, obj: Object, rows: Sequence[RowReport]) -> None:
        self.rows |= {row.prepared.row: row for row in rows}

    def warn(self, rows: Sequence[RowReport]) -> None:
        self.warned += rows


def table_of(text: str | bytes | Path) -> Table:
    return read_table(dedent(text).encode() if isinstance(text, str) else text)


def setup(
    actor: Actor, object_key: str, table: Table, *, add_fields: bool = False, **settings: object
) -> Setup:
    """What the command line would do."""
    obj = actor.workspace.object(object_key)
    return automatic(table, propose(actor, obj, table), add_fields=add_fields, **settings)


async def bring(
    tx: Tx,
    actor: Actor,
    object_key: str,
    text: str | bytes | Path,
    *,
    add_fields: bool = False,
    rehearsal: bool = False,
    columns: Sequence[str] = (),
    **settings: object,
) -> Passage:
    """`columns` are the fields in the order of the columns, where they shall not be guessed."""
    table = table_of(text)
    if columns:
        mapping = [{"index": place, "target": key} for place, key in enumerate(columns)]
        chosen = Setup.model_validate({"mapping": mapping, **settings})
    else:
        chosen = setup(actor, object_key, table, add_fields=add_fields, **settings)
    return await passed(tx, actor, Load(object_key, table, chosen), rehearsal=rehearsal)


async def passed(tx: Tx, actor: Actor, load: Load, *, rehearsal: bool = False) -> Passage:
    collector = Collector()

    async def watch(done: int, total: int) -> None:
        assert done <= total

    report = await bring_in(tx, actor, load, sink=collector, watch=watch, rehearsal=rehearsal)
    assert (
        report.rows
        == report.created + report.updated + report.skipped + report.rejected
        == len(collector.rows)
    )
    return Passage(report, collector.rows, collector.warned)


async def records(tx: ReadTx, actor: Actor, object_key: str, **where: object) -> list[Values]:
    """The records in which these fields have these values, oldest first."""
    leaves = [{"field": key, "op": "eq", "value": value} for key, value in where.items()]
    page = await list_records(tx, actor, object_key, ListQuery(where={"all": leaves}, sort=["id"], limit=500))
    found: list[Values] = orjson.loads(page)["items"]
    return found


CREATED, UPDATED, SKIPPED = str(Outcome.CREATED), str(Outcome.UPDATED), str(Outcome.SKIPPED)
UNCHANGED, REJECTED = str(Outcome.UNCHANGED), str(Outcome.REJECTED)
