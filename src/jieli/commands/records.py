"""Records in bulk: take them out, take back what was done, and see that all is as it should be."""

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import Annotated
from uuid import UUID

import typer

from jieli import records
from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.commands.importing import Login, ObjectKey, read_json
from jieli.commands.output import JSON, Output, language, words
from jieli.commands.place import actor, database, run
from jieli.commands.workspaces import Workspace
from jieli.records import UndoResult
from jieli.records.export import note_export, pages, table
from jieli.records.read import ListQuery
from jieli.records.sheets import SHEETS
from jieli.relay.verify import Verdict
from jieli.relay.verify import verify as verify_workspace

UNKNOWN_FORMAT = Message("unknown_format", "只能导出为 {formats}", "Only {formats} can be written")

Target = Annotated[
    Path, typer.Argument(help=words(zh="要写的文件,.xlsx 或 .csv", en="The file to write, .xlsx or .csv"))
]
Where = Annotated[
    str | None, typer.Option("--where", help=words(zh="条件（JSON）", en="A condition as JSON"))
]
BatchID = Annotated[UUID, typer.Argument(help=words(zh="批次", en="The batch"))]


def export(
    file: Target,
    workspace: Workspace,
    object_key: ObjectKey,
    where: Where = None,
    login: Login = None,
    as_json: JSON = False,
) -> None:
    condition = read_json(where, "where") if where else {}
    if file.suffix[1:].lower() not in SHEETS:
        raise Invalid(Problem("file", UNKNOWN_FORMAT, {"formats": ", ".join(SHEETS)}))
    count = run(_export(file, workspace, object_key, condition, login))
    Output(as_json).answer(
        {"rows": count, "file": str(file)},
        zh=f"已导出 {count} 条到 {file}",
        en=f"Wrote {count} records to {file}",
    )


async def _export(file: Path, slug: str, object_key: str, condition: object, login: str | None) -> int:
    async with database() as db:
        async with db.begin() as tx:
            acting = replace(await actor(tx, slug, login), language=language())
        wanted = table(acting, object_key, ListQuery(where=condition))
        unfinished = file.with_name(f"{file.name}.unfinished")
        sheet = SHEETS[file.suffix[1:].lower()](unfinished, wanted.headings)
        count = 0
        try:
            async for page in pages(wanted, db.read):
                await asyncio.to_thread(sheet.write, page)
                count += len(page)
        finally:
            await asyncio.to_thread(sheet.close)
        unfinished.replace(file)
        async with db.begin() as tx:
            await note_export(tx, wanted, count, {"where": condition, "file": file.name})
        return count


def undo(batch: BatchID, workspace: Workspace, login: Login = None, as_json: JSON = False) -> None:
    done = run(_undo(batch, workspace, login))
    kept = [
        {"object": k.object, "id": k.id, "title": k.title, "fields": list(k.fields)} for k in done.conflicts
    ]
    Output(as_json).answer(
        {"restored": done.restored, "conflicts": kept},
        zh=f"已撤销 {done.restored} 条，{len(kept)} 条因后来有改动而保留",
        en=f"Took back {done.restored}; {len(kept)} stay because they were worked on since",
    )


async def _undo(batch: UUID, slug: str, login: str | None) -> UndoResult:
    async with database() as db, db.begin(statement_timeout=600) as tx:
        return await records.undo(tx, await actor(tx, slug, login), batch)


def verify(workspace: Workspace, as_json: JSON = False) -> None:
    """Exits with 1 when a promise is broken."""
    found = run(_verify(workspace))
    broken = [
        {"rule": v.rule, "object": v.object, "record": v.record, "detail": v.detail} for v in found.violations
    ]
    listed = "".join(f"\n{v.rule}: {v.object} {v.record} {v.detail}" for v in found.violations)
    Output(as_json).answer(
        {"checked": found.checked, "violations": broken},
        zh=f"已检查 {found.checked} 项，{len(broken)} 处不符{listed}",
        en=f"Checked {found.checked}, found {len(broken)} violations{listed}",
    )
    if broken:
        raise typer.Exit(1)


async def _verify(slug: str) -> Verdict:
    async with database() as db, db.begin(statement_timeout=600) as tx:
        return await verify_workspace(tx, (await actor(tx, slug)).workspace)
