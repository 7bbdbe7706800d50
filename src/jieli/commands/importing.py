"""Bringing a file in from the command line."""

import asyncio
import shutil
import time
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import orjson
import typer

from jieli.access import Actor
from jieli.base.errors import Invalid, Problem
from jieli.base.ids import uuid7
from jieli.base.language import Message
from jieli.blueprint.model import Object
from jieli.commands.output import JSON, Output, language, words
from jieli.commands.place import actor, database, run
from jieli.commands.workspaces import Workspace
from jieli.db.pool import Database
from jieli.intake.imports import Reading, Setup, automatic, propose, setup_of
from jieli.intake.imports.carry import Load
from jieli.intake.imports.job import Run, perform, rehearsed
from jieli.intake.imports.propose import Proposal
from jieli.intake.imports.runs import New, describe, enter, prepare, read_file, shelf
from jieli.intake.reading import Table
from jieli.records import Values
from jieli.settings import Settings, load

NOT_JSON = Message("not_json", "不是有效的 JSON", "This is not valid JSON")
NO_FILE = Message("no_file", "没有文件「{file}」", "There is no file “{file}”")


class Policy(StrEnum):
    SKIP = "skip"
    UPDATE = "update"
    CREATE = "create"


class Assign(StrEnum):
    RULES = "rules"
    OWNER = "owner"


@dataclass(frozen=True, slots=True)
class Errand:
    """A file to be brought in, and how: `given` are settings from options, `setup` those from a file."""

    out: Output
    file: Path
    workspace: str
    object_key: str
    reading: Reading
    given: Values
    setup: object = None
    login: str | None = None
    add_fields: bool = False

    async def watch(self, done: int, total: int) -> None:
        self.out.progress(done, total, zh="已处理", en="Done")


File = Annotated[Path, typer.Argument(help=words(zh="文件", en="The file"))]
ObjectKey = Annotated[
    str, typer.Option("--object", "-o", help=words(zh="对象，如 lead", en="The object, such as lead"))
]
Login = Annotated[
    str | None, typer.Option("--as", help=words(zh="以此账号的权限操作", en="Act as this login"))
]
HowToDuplicates = Annotated[
    Policy, typer.Option(help=words(zh="重复时跳过、更新或新建", en="What to do with duplicates"))
]
AddFields = Annotated[
    bool,
    typer.Option(
        "--add-fields",
        help=words(zh="为没有对应字段的列新建字段", en="Make fields for columns that fit none"),
    ),
]
CreateMissing = Annotated[
    bool,
    typer.Option(
        "--create-missing", help=words(zh="新建所关联而不存在的记录", en="Make records that are referred to")
    ),
]
AddChoices = Annotated[
    bool,
    typer.Option("--add-choices", help=words(zh="把未知选项加入字段", en="Make choices of unknown texts")),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help=words(zh="只检查，不写入", en="Only check"))]
MappingFile = Annotated[
    Path | None,
    typer.Option(
        "--mapping", help=words(zh="JSON 格式的导入设置", en="A JSON file with mapping and settings")
    ),
]
HowToAssign = Annotated[
    Assign | None, typer.Option(help=words(zh="按规则分配，或归操作人", en="By rules, or to who imports"))
]
Automations = Annotated[
    bool, typer.Option("--automations", help=words(zh="运行自动化", en="Run automations"))
]
SheetName = Annotated[str | None, typer.Option("--sheet", help=words(zh="工作表", en="The sheet"))]
HeaderRow = Annotated[
    int | None, typer.Option("--header-row", min=0, help=words(zh="表头行号", en="The row of the header"))
]


def import_file(
    file: File,
    workspace: Workspace,
    object_key: ObjectKey,
    *,
    policy: HowToDuplicates = Policy.SKIP,
    add_fields: AddFields = False,
    add_choices: AddChoices = False,
    create_missing: CreateMissing = False,
    dry_run: DryRun = False,
    mapping: MappingFile = None,
    assign: HowToAssign = None,
    automations: Automations = False,
    sheet: SheetName = None,
    header_row: HeaderRow = None,
    login: Login = None,
    as_json: JSON = False,
) -> None:
    if not file.is_file():
        raise Invalid(Problem("file", NO_FILE, {"file": file}))
    given: Values = {"policy": policy, "create_missing": create_missing, "automations": automations}
    given |= {"add_choices": add_choices} | ({"assign": assign} if assign else {})
    errand = Errand(
        Output(as_json),
        file,
        workspace,
        object_key,
        Reading(sheet=sheet, header_row=header_row),
        given,
        read_json(mapping.read_bytes(), "mapping") if mapping else None,
        login,
        add_fields,
    )
    told = run(_import(errand, dry_run=dry_run))
    _tell(errand.out, told, dry_run=dry_run)


def read_json(text: bytes | str, path: str) -> object:
    try:
        value: object = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise Invalid(Problem(path, NOT_JSON)) from None
    return value


async def _import(errand: Errand, *, dry_run: bool) -> Values:
    settings = load()
    async with database(settings) as db:
        since = time.perf_counter()
        async with db.begin() as tx:
            acting = replace(await actor(tx, errand.workspace, errand.login), language=language())
        obj = acting.workspace.object(errand.object_key)
        table = await asyncio.to_thread(read_file, errand.file, errand.reading)
        proposal = await asyncio.to_thread(propose, acting, obj, table)
        setup = await asyncio.to_thread(_setup, errand, obj, acting, table, proposal)
        passage = Load(obj.key, table, setup)
        if dry_run:
            told = await rehearsed(db, acting, passage, errand.watch)
            return {**told, "seconds": round(time.perf_counter() - since, 3), "result_file": None}
        kept = await _kept(db, settings, acting, errand, passage, describe(acting, obj, table, proposal))
        report = await perform(replace(kept, since=since), passage)
        return {**report.counts(), "import": str(kept.id), "result_file": str(kept.shelf.result)}


def _setup(errand: Errand, obj: Object, acting: Actor, table: Table, proposal: Proposal) -> Setup:
    ruled = obj.key in acting.workspace.document.assignments
    given = {"assign": "rules" if ruled else "owner", **errand.given}
    if errand.setup is None:
        return automatic(table, proposal, add_fields=errand.add_fields, **given)
    told = errand.setup if isinstance(errand.setup, dict) else {"mapping": errand.setup}
    return setup_of({**given, **told})


async def _kept(
    db: Database, settings: Settings, acting: Actor, errand: Errand, passage: Load, described: Values
) -> Run:
    """The import in the list of imports, with its own copy of the file."""
    number = uuid7()
    files = settings.home / "files"
    place = shelf(files, acting.workspace.slug, number, errand.file.name)
    place.folder.mkdir(parents=True, exist_ok=True)
    await asyncio.to_thread(shutil.copyfile, errand.file, place.source)
    obj = acting.workspace.object(passage.object)
    async with db.begin() as tx:
        await enter(tx, acting, obj, New(number, errand.file.name, errand.reading, described))
        row = await prepare(tx, acting, number, passage.setup, check=False)
    return Run(db, acting, row, place, errand.watch)


def _tell(out: Output, told: Values, *, dry_run: bool) -> None:
    for line in [*told.get("notes", ()), *told["warnings"]]:
        out.say(zh=line, en=line)
    counts_zh = "共 {rows} 行：新建 {created}，更新 {updated}，跳过 {skipped}，未导入 {rejected}".format(
        **told
    )
    counts_en = (
        "{rows} rows: {created} created, {updated} updated, {skipped} skipped, {rejected} not imported"
    ).format(**told)
    if dry_run:
        out.answer(told, zh=f"检查结果（未写入）{counts_zh}", en=f"Checked, nothing written. {counts_en}")
        return
    batch = told["batch"] or "-"
    out.answer(
        told,
        zh=f"{counts_zh}，用时 {told['seconds']:.1f} 秒\n结果文件：{told['result_file']}\n批次：{batch}",
        en=f"{counts_en} in {told['seconds']:.1f} s\nResult file: {told['result_file']}\nBatch: {batch}",
    )
