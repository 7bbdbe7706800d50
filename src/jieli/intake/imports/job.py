"""Doing what was begun: the import itself, and its rehearsal. Called by a worker, or at once by the command line."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

from jieli.access import Actor, load_actor, system_actor
from jieli.base import clock
from jieli.base.errors import JieliError, Unavailable
from jieli.base.language import Language, Message
from jieli.blueprint import workspaces
from jieli.db.errors import Retryable
from jieli.db.pool import Database, ReadTx, Record, Tx
from jieli.intake.imports import store
from jieli.intake.imports.carry import Load, Watch, bring_in
from jieli.intake.imports.checking import Findings
from jieli.intake.imports.errors import Busy, Cancelled
from jieli.intake.imports.live import tell
from jieli.intake.imports.model import Reading, Report, State, setup_of
from jieli.intake.imports.result import ResultFile
from jieli.intake.imports.runs import CHECK, RUN, Shelf, read_file, shelf_of
from jieli.jobs import Task, Values

T = TypeVar("T")
LONGEST = 3600.0
"""Seconds that one statement of an import may take."""
TRIES = 3
BROKEN = Message("import_broken", "导入时出错，没有写入任何数据", "The import failed; nothing was written")


@dataclass(frozen=True, slots=True)
class Run:
    """An import at work."""

    db: Database
    actor: Actor
    row: Record
    shelf: Shelf
    watch: Watch | None = None
    since: float = field(default_factory=time.perf_counter)

    @property
    def id(self) -> UUID:
        run: UUID = self.row["id"]
        return run


def tasks(files: Path) -> tuple[Task, ...]:
    """The tasks of imports, whose files lie in this folder."""
    return (
        Task(RUN, partial(_job, files=files, work=perform), attempts=TRIES),
        Task(CHECK, partial(_job, files=files, work=rehearse), attempts=TRIES),
    )


async def _job(
    db: Database, payload: Values, *, files: Path, work: Callable[[Run], Awaitable[object]]
) -> None:
    """What was answered is not raised again: it stands in the run, where people look."""
    slug, run = payload["workspace"], UUID(payload["import"])
    async with db.begin() as tx:
        workspace = await workspaces.load(tx, slug)
        system = system_actor(workspace)
        row = await tx.one(store.one(workspace, run))
        if row is None or row["state"] not in (State.RUNNING, State.CHECKING):
            return
        starts = await tx.value(store.begin(workspace, run, clock.now()))
    state = fallen_back(row)
    try:
        async with db.read() as reading:
            acting = await _actor(reading, system, row)
        await work(Run(db, acting, row, shelf_of(files, acting, row)))
    except Cancelled as stopped:
        await _ended(db, system, row, State.CANCELLED if state is State.FAILED else State.DRAFT, stopped)
    except (Unavailable, Retryable) as error:
        if starts < TRIES:
            raise
        await _ended(db, system, row, state, error)
    except Busy:
        return
    except JieliError as error:
        await _ended(db, system, row, state, error)
    except Exception:  # the run must not look as if it went on
        await _ended(db, system, row, state, None)
        raise


def fallen_back(row: Record) -> State:
    """What becomes of a run that comes to nothing."""
    return State.DRAFT if row["state"] == State.CHECKING else State.FAILED


async def _actor(tx: ReadTx, system: Actor, row: Record) -> Actor:
    """Who began the import, with the rights of now. Raises NotAMember for whoever has been disabled since."""
    settings = row["settings"]
    language, zone = Language(settings["language"]), ZoneInfo(settings["zone"])
    if row["by"] is None:
        return replace(system, language=language, zone=zone, channel="import")
    return await load_actor(tx, system.workspace, row["by"], language=language, zone=zone, channel="import")


async def _ended(db: Database, actor: Actor, row: Record, state: State, error: JieliError | None) -> None:
    async with db.begin() as tx:
        await end(tx, actor, row, state, error)


async def end(tx: Tx, actor: Actor, row: Record, state: State, error: JieliError | None) -> None:
    """Say that the run came to nothing, unless it has been done after all: the answer to a commit can be lost."""
    language = Language(row["settings"]["language"])
    told = {
        "code": error.code if error else BROKEN.code,
        "text": error.text(language) if error else BROKEN.text(language),
        "problems": [
            {"path": p.path, "code": p.code, "text": p.text(language)}
            for p in (error.problems if error else ())
        ],
    }
    values = {"state": state, "error": told, "finished_at": clock.now()}
    if await tx.run(store.end(actor.workspace, row["id"], values)):
        tell(tx, actor.workspace, row, state, row["done"], row["total"])


async def perform(run: Run, load: Load | None = None) -> Report:
    """Bring everything in, in one transaction, with the result file in its place before it is committed. Raises
    what `bring_in` raises; then nothing has been written."""
    load = load or await _load(run)
    result = ResultFile(run.shelf.result, load.table, run.actor.language)
    try:
        async with run.db.begin(statement_timeout=LONGEST) as tx:
            if not await tx.value(store.hold(run.id)):
                raise Busy
            await asyncio.to_thread(result.clear)
            report = await bring_in(tx, run.actor, load, sink=result, watch=_watch(run))
            await asyncio.to_thread(result.close)
            report.seconds = time.perf_counter() - run.since
            await _finish(tx, run, report)
    except BaseException:
        result.discard()
        raise
    return report


async def _finish(tx: Tx, run: Run, report: Report) -> None:
    values = {
        "state": State.DONE,
        "result": {**report.counts(), "result_file": "result.xlsx"},
        "batch": report.batch if report.has_written else None,
        "done": report.rows,
        "total": report.rows,
        "finished_at": clock.now(),
    }
    await tx.run(store.change(run.actor.workspace, run.id, values))
    tell(tx, run.actor.workspace, run.row, State.DONE, report.rows, report.rows)


async def rehearse(run: Run) -> Values:
    """Do the same and take it all back; gives what would happen."""
    load = await _load(run)
    found = await rehearsed(run.db, run.actor, load, _watch(run))
    async with run.db.begin() as tx:
        await tx.run(
            store.change(run.actor.workspace, run.id, {"state": State.DRAFT, "checked": found, "error": None})
        )
        tell(tx, run.actor.workspace, run.row, State.DRAFT, found["rows"], found["rows"])
    return found


class _TakenBack(Exception):
    """Ends the transaction of a rehearsal."""


async def rehearsed(db: Database, actor: Actor, load: Load, watch: Watch) -> Values:
    """What would become of the rows. Nothing is written."""
    findings = Findings(actor, load)
    try:
        async with db.begin(statement_timeout=LONGEST) as tx:
            report = await bring_in(tx, actor, load, sink=findings, watch=watch, rehearsal=True)
            told = await findings.told(tx, report)
            raise _TakenBack
    except _TakenBack:
        return told


async def _load(run: Run) -> Load:
    settings = run.row["settings"]
    reading = Reading.model_validate(settings["reading"])
    table = await asyncio.to_thread(read_file, run.shelf.source, reading)
    return Load(run.row["object"], table, setup_of(settings["setup"]))


def _watch(run: Run) -> Watch:
    """Notes the progress on a connection of its own, where others see it, and hears whether to stop."""
    workspace = run.actor.workspace

    async def watch(done: int, total: int) -> None:
        async with run.db.begin() as tx:
            cancelled = await tx.value(store.progress(workspace, run.id, done, total))
            tell(tx, workspace, run.row, run.row["state"], done, total)
        if cancelled:
            raise Cancelled
        if run.watch:
            await run.watch(done, total)

    return watch
