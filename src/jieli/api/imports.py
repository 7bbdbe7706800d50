"""Imports: a file taken in, read, checked, run, followed, undone."""

import asyncio
import shutil
from pathlib import Path
from typing import Annotated, Literal
from uuid import UUID

from fastapi import File, Form, Response, UploadFile
from fastapi import Path as Place
from fastapi.responses import FileResponse
from pydantic import JsonValue

from jieli.access import Action, Actor, require
from jieli.api.context import AtEdge, Edge
from jieli.api.errors import TooLarge
from jieli.api.export import attachment
from jieli.api.options import MEGABYTE
from jieli.api.shapes import FieldProblem, Open, Shape, Titled, Undone
from jieli.api.wire import JSON, ObjectKey, router
from jieli.base.ids import uuid7
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.intake.imports import Reading, Setup
from jieli.intake.imports.runs import (
    New,
    begin,
    cancel,
    enter,
    found,
    get,
    looked_at,
    read_again,
    recent,
    result_path,
    shelf,
    shelf_of,
    undo,
)
from jieli.intake.imports.template import template
from jieli.records.sniffing import clean_name

ONE = "/{ws}/imports/{run}"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHEET = {"content": {XLSX: {"schema": {"type": "string", "format": "binary"}}}}
RunID = Annotated[UUID, Place(alias="run", description="The id of an import")]
StateName = Literal["draft", "checking", "running", "done", "failed", "cancelled", "undone"]

routes = router("imports")


class Progress(Shape):
    done: int
    total: int


class Failure(Shape):
    code: str
    text: str
    problems: list[FieldProblem]


class Brief(Shape):
    """One of the latest imports. `result` counts the rows: created + updated + skipped + rejected."""

    id: UUID
    object: str
    file_name: str
    at: str
    by: Titled | None
    state: StateName
    result: dict[str, JsonValue] | None
    finished_at: str | None


class Recent(Shape):
    items: list[Brief]


class Import(Open):
    """An import, with what was found in the file: sheets, columns with samples, guesses and suggested fields."""

    id: UUID
    object: str
    file_name: str
    at: str
    state: StateName
    sheet: str
    header_row: int
    columns: list[dict[str, JsonValue]]
    preview: list[dict[str, JsonValue]]
    targets: list[str]
    rows_estimate: int
    setup: dict[str, JsonValue] | None
    progress: Progress
    check: dict[str, JsonValue] | None
    result: dict[str, JsonValue] | None
    error: Failure | None


@routes.get("/{ws}/imports", summary="The latest imports", response_model=Recent)
async def list_imports(edge: AtEdge) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON({"items": await recent(tx, actor)})

    return await edge.show(work)


@routes.post("/{ws}/imports", summary="Take in a file", response_model=Import, status_code=201)
async def add_import(
    edge: AtEdge,
    file: Annotated[UploadFile, File()],
    object_key: Annotated[str, Form(alias="object", max_length=40)],
) -> Response:
    """Nothing is written into the object yet. The answer proposes a field for each column."""
    limit = edge.process.options.largest_file
    if (file.size or 0) > limit:
        raise TooLarge(megabytes=limit // MEGABYTE)

    async def allowed(tx: ReadTx, actor: Actor) -> tuple[Actor, Object]:
        obj = actor.workspace.object(object_key)
        require(actor, obj, Action.IMPORT)
        return actor, obj

    actor, obj = await edge.read(allowed)
    name = clean_name(file.filename)
    number = uuid7()
    place = shelf(edge.process.options.files, actor.workspace.slug, number, name)
    try:
        await asyncio.to_thread(_keep, file, place.source)
        described = await asyncio.to_thread(looked_at, actor, obj, place.source, Reading())
        entered = False

        async def work(tx: Tx, actor: Actor) -> Response:
            nonlocal entered
            await enter(
                tx, actor, actor.workspace.object(object_key), New(number, name, Reading(), described)
            )
            entered = True
            return JSON(await get(tx, actor, number), 201)

        answer = await edge.write(work)
    except BaseException:
        await asyncio.to_thread(shutil.rmtree, place.folder, ignore_errors=True)
        raise
    if not entered:  # the same request had been answered before
        await asyncio.to_thread(shutil.rmtree, place.folder, ignore_errors=True)
    return answer


def _keep(file: UploadFile, target: Path) -> None:
    target.parent.mkdir(mode=0o700, parents=True)
    with target.open("wb") as kept:
        shutil.copyfileobj(file.file, kept)


@routes.get(ONE, summary="An import", response_model=Import)
async def read_import(edge: AtEdge, run: RunID) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await get(tx, actor, run))

    return await edge.show(work)


@routes.patch(ONE, summary="Read the file otherwise", response_model=Import)
async def change_reading(edge: AtEdge, run: RunID, reading: Reading) -> Response:
    """Another sheet, another header, another encoding. The proposal is made anew."""

    async def known(tx: ReadTx, actor: Actor) -> tuple[Actor, Record]:
        return actor, await found(tx, actor, run)

    actor, row = await edge.read(known)
    source = shelf_of(edge.process.options.files, actor, row).source
    obj = actor.workspace.object(row["object"])
    described = await asyncio.to_thread(looked_at, actor, obj, source, reading)

    async def work(tx: Tx, actor: Actor) -> Response:
        return JSON(await read_again(tx, actor, run, reading, described))

    return await edge.write(work)


@routes.post(f"{ONE}/check", summary="See what an import would do", response_model=Import, status_code=202)
async def check_import(edge: AtEdge, run: RunID, setup: Setup) -> Response:
    """A worker does the whole import and takes it back. What it found stands in `check` of the import, once its
    state is `draft` again."""
    return await _begun(edge, run, setup, check=True)


@routes.post(f"{ONE}/run", summary="Import", response_model=Import, status_code=202)
async def run_import(edge: AtEdge, run: RunID, setup: Setup) -> Response:
    """A worker brings all rows in, in one transaction."""
    return await _begun(edge, run, setup, check=False)


async def _begun(edge: Edge, run: UUID, setup: Setup, *, check: bool) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        return JSON(await begin(tx, actor, run, setup, check=check), 202)

    return await edge.write(work)


@routes.post(f"{ONE}/cancel", summary="Stop an import", response_model=Import)
async def cancel_import(edge: AtEdge, run: RunID) -> Response:
    """It stops at its next chunk, and nothing of it stays."""

    async def work(tx: Tx, actor: Actor) -> Response:
        return JSON(await cancel(tx, actor, run))

    return await edge.write(work)


@routes.post(f"{ONE}/undo", summary="Take an import back", response_model=Undone)
async def undo_import(edge: AtEdge, run: RunID) -> Response:
    """Fields that it added stay; records that were worked on since stay and are listed."""

    async def work(tx: Tx, actor: Actor) -> Response:
        result = await undo(tx, actor, run)
        kept = [
            {"object": one.object, "id": one.id, "title": one.title, "fields": list(one.fields)}
            for one in result.conflicts
        ]
        return JSON({"restored": result.restored, "conflicts": kept})

    return await edge.write(work)


@routes.get(
    f"{ONE}/result",
    summary="What became of each row",
    response_class=Response,
    responses={200: {"description": "A workbook", **SHEET}},
)
async def read_result(edge: AtEdge, run: RunID) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        path = await result_path(tx, actor, run, files=edge.process.options.files)
        row = await found(tx, actor, run)
        name = f"{Path(row['file_name']).stem}-result.xlsx"
        return FileResponse(path, media_type=XLSX, headers={"Content-Disposition": attachment(name)})

    return await edge.show(work)


@routes.get(
    "/{ws}/objects/{object}/template.xlsx",
    summary="A form to fill in",
    response_class=Response,
    responses={200: {"description": "A workbook", **SHEET}},
)
async def read_template(edge: AtEdge, object_key: ObjectKey) -> Response:
    async def allowed(tx: ReadTx, actor: Actor) -> tuple[Actor, Object]:
        obj = actor.workspace.object(object_key)
        require(actor, obj, Action.IMPORT)
        return actor, obj

    actor, obj = await edge.read(allowed)
    content = await asyncio.to_thread(template, actor, obj)
    headers = {"Content-Disposition": attachment(f"{obj.label.pick(actor.language)}.xlsx")}
    return edge.dressed(Response(content, media_type=XLSX, headers=headers))
