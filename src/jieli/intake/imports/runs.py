"""Imports as people follow them: a file taken in, looked at, checked, run, cancelled, undone.

The file of each import stays in the folder of uploaded files, with the result beside it.
"""

from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from uuid import UUID

from jieli import records
from jieli.access import Action, Actor, require
from jieli.access.rights import NotPermitted, may
from jieli.base import clock
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.intake.imports import store
from jieli.intake.imports.errors import FileGone, ImportUnknown, NotNow
from jieli.intake.imports.live import tell
from jieli.intake.imports.model import Reading, Setup, State
from jieli.intake.imports.propose import Proposal, propose
from jieli.intake.imports.targets import importable
from jieli.intake.reading import Table, read_table
from jieli.jobs import enqueue
from jieli.records import UndoResult, Values
from jieli.records.errors import BatchUnknown

RUN, CHECK = "intake.run_import", "intake.check_import"
RECENT = 50
PREVIEW = 8
LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Shelf:
    """Where the file of one import and its result lie."""

    folder: Path
    suffix: str

    @property
    def source(self) -> Path:
        return self.folder / f"source{self.suffix}"

    @property
    def result(self) -> Path:
        return self.folder / "result.xlsx"


def shelf(files: Path, slug: str, run: UUID, file_name: str) -> Shelf:
    suffix = Path(file_name).suffix.lower()
    plain = suffix if suffix[1:].isalnum() and suffix.isascii() and len(suffix) <= 10 else ""
    return Shelf(files / "imports" / slug / str(run), plain)


def shelf_of(files: Path, actor: Actor, row: Record) -> Shelf:
    return shelf(files, actor.workspace.slug, row["id"], row["file_name"])


def read_file(path: Path, reading: Reading) -> Table:
    """Raises FileGone and UnreadableFile. Not for the event loop."""
    if not path.exists():
        raise FileGone
    return read_table(
        path,
        sheet=reading.sheet,
        header_row=reading.header_row,
        header_rows=reading.header_rows,
        encoding=reading.encoding,
        delimiter=reading.delimiter,
    )


def looked_at(actor: Actor, obj: Object, path: Path, reading: Reading) -> Values:
    """A file as the wizard shows it. Raises UnreadableFile and FileGone. Not for the event loop."""
    table = read_file(path, reading)
    return describe(actor, obj, table, propose(actor, obj, table))


@dataclass(frozen=True, slots=True)
class New:
    """An import whose file is in its place."""

    id: UUID
    file_name: str
    reading: Reading
    described: Values


async def enter(tx: Tx, actor: Actor, obj: Object, new: New) -> None:
    """Keep it as a draft. Raises NotPermitted."""
    require(actor, obj, Action.IMPORT)
    settings = {
        "reading": new.reading.model_dump(exclude_defaults=True),
        "described": new.described,
        "language": actor.language,
        "zone": str(actor.zone),
    }
    values = {
        "id": new.id,
        "at": clock.now(),
        "by": actor.member,
        "object": obj.key,
        "file_name": new.file_name[:LONGEST_NAME],
        "storage": f"imports/{actor.workspace.slug}/{new.id}",
        "state": State.DRAFT,
        "settings": settings,
        "total": new.described["rows_estimate"],
    }
    await tx.run(store.add(actor.workspace, values))


def describe(actor: Actor, obj: Object, table: Table, proposal: Proposal) -> Values:
    language = actor.language
    return {
        "sheets": [{"name": s.name, "rows": s.rows, "hidden": s.hidden} for s in table.sheets],
        "sheet": table.sheet,
        "header_row": table.header_row,
        "header_rows": table.header_rows,
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "columns": proposal.described(language),
        "preview": [
            {"row": row.number, "cells": [None if cell is None else str(cell) for cell in row.cells]}
            for row in islice(table.rows(), PREVIEW)
        ],
        "targets": sorted(importable(actor, obj)),
        "empty_values": list(proposal.empty_values),
        "rows_estimate": table.row_count,
        "dropped": [
            {"row": d.number, "reason": str(d.reason), "text": d.text} for d in table.dropped[:RECENT]
        ],
        "warnings": [warning.text(language) for warning in table.warnings],
    }


async def get(tx: ReadTx, actor: Actor, run: UUID) -> Values:
    """One import as its owner, or an administrator, sees it. Raises ImportUnknown."""
    return shown(await found(tx, actor, run))


async def found(tx: ReadTx, actor: Actor, run: UUID, *, lock: bool = False) -> Record:
    row = await tx.one(store.one(actor.workspace, run, lock=lock))
    if row is None or not (actor.member == row["by"] or _sees_all(actor)):
        raise ImportUnknown
    return row


def _sees_all(actor: Actor) -> bool:
    roles = actor.workspace.document.roles
    return actor.is_system or any(roles[key].everything for key in actor.roles if key in roles)


def shown(row: Record) -> Values:
    settings = row["settings"]
    return {
        "id": row["id"],
        "object": row["object"],
        "file_name": row["file_name"],
        "at": row["at"],
        "state": state_of(row),
        **settings["described"],
        "setup": settings.get("setup"),
        "progress": {"done": row["done"], "total": row["total"]},
        "check": row["checked"],
        "result": row["result"],
        "error": row["error"],
    }


async def recent(tx: ReadTx, actor: Actor) -> list[Values]:
    """The latest imports: one's own, and for administrators those of all."""
    rows = await tx.all(store.recent(actor.workspace, None if _sees_all(actor) else actor.member, RECENT))
    return [_brief(row) for row in rows]


def _brief(row: Record) -> Values:
    told = {key: row[key] for key in ("id", "object", "file_name", "at", "result", "finished_at")}
    by = {"id": row["by"], "title": row["by_name"]} if row["by"] else None
    return {**told, "state": state_of(row), "by": by}


async def read_again(tx: Tx, actor: Actor, run: UUID, reading: Reading, described: Values) -> Values:
    """Keep how the file is read otherwise: another sheet, another header. Raises NotNow."""
    row = await found(tx, actor, run, lock=True)
    require_state(row, State.DRAFT)
    settings = {
        **row["settings"],
        "reading": reading.model_dump(exclude_defaults=True),
        "described": described,
    }
    settings.pop("setup", None)
    values = {"settings": settings, "total": described["rows_estimate"], "checked": None, "error": None}
    await tx.run(store.change(actor.workspace, run, values))
    return await get(tx, actor, run)


async def begin(tx: Tx, actor: Actor, run: UUID, setup: Setup, *, check: bool) -> Values:
    """Have the import run, or only checked, by a worker. Raises NotPermitted and NotNow."""
    row = await prepare(tx, actor, run, setup, check=check)
    payload = {"workspace": actor.workspace.slug, "import": str(run)}
    await enqueue(tx, CHECK if check else RUN, payload)
    return shown(row)


async def prepare(tx: Tx, actor: Actor, run: UUID, setup: Setup, *, check: bool) -> Record:
    """Settle how the import is to be done, and mark it as begun."""
    row = await found(tx, actor, run, lock=True)
    require_state(row, State.DRAFT)
    require(actor, actor.workspace.object(row["object"]), Action.IMPORT)
    if setup.owner not in (None, actor.member) and not may(actor, row["object"], Action.TRANSFER):
        raise NotPermitted(object=actor.workspace.object(row["object"]).label)
    settings = {**row["settings"], "setup": setup.model_dump(mode="json")}
    state = State.CHECKING if check else State.RUNNING
    values = {"settings": settings, "state": state, "done": 0, "cancelled": False, "starts": 0, "error": None}
    values |= {"checked": None} if check else {}
    await tx.run(store.change(actor.workspace, run, values))
    return await found(tx, actor, run)


def require_state(row: Record, *states: State) -> None:
    if state_of(row) not in states:
        raise NotNow(state=state_of(row))


def state_of(row: Record) -> State:
    """An import can be taken back in more than one place; its batch knows."""
    return State.UNDONE if row["undone_at"] else State(row["state"])


async def cancel(tx: Tx, actor: Actor, run: UUID) -> Values:
    """Stop an import at its next chunk; nothing of it stays. One that is only a draft is put away."""
    row = await found(tx, actor, run)
    if state_of(row) is State.DRAFT:
        values = {"state": State.CANCELLED, "finished_at": clock.now()}
        await tx.run(store.change(actor.workspace, run, values))
    else:
        require_state(row, State.RUNNING, State.CHECKING)
        await tx.run(store.cancel(actor.workspace, run))
    return await get(tx, actor, run)


async def undo(tx: Tx, actor: Actor, run: UUID) -> UndoResult:
    """Take out everything that the import brought in, except what was worked on since. Fields that it added stay.
    Raises NotNow, NotYourBatch."""
    row = await found(tx, actor, run, lock=True)
    require_state(row, State.DONE)
    if row["batch"] is None:
        raise BatchUnknown
    result = await records.undo(tx, actor, row["batch"])
    tell(tx, actor.workspace, row, State.UNDONE, row["total"], row["total"])
    return result


async def result_path(tx: ReadTx, actor: Actor, run: UUID, *, files: Path) -> Path:
    """The result file. Raises FileGone when there is none."""
    path = shelf_of(files, actor, await found(tx, actor, run)).result
    if not path.exists():
        raise FileGone
    return path
