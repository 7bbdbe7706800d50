"""Files of records: sent up in a form, read as downloads."""

import asyncio
from pathlib import Path
from typing import Annotated
from uuid import UUID

from fastapi import File, Form, Query, Response, UploadFile
from fastapi.responses import FileResponse

from jieli.access import Actor
from jieli.api.context import AtEdge, Edge
from jieli.api.errors import TooLarge
from jieli.api.export import attachment
from jieli.api.options import MEGABYTE
from jieli.api.shapes import FileEntry, Files
from jieli.api.wire import JSON, ObjectKey, RecordID, router
from jieli.db.pool import ReadTx, Record, Tx
from jieli.records.content import Disk
from jieli.records.files import Attachment, FileUnknown, attach, file_json, files_of, find_file, remove_file
from jieli.records.read import require_changeable
from jieli.records.sniffing import SHOWN_INLINE

ALL = "/{ws}/objects/{object}/records/{record}/files"
ONE = "/{ws}/files/{file}"
LOCKED_UP = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
"""What somebody else has written runs nothing and loads nothing."""
BINARY = {"content": {"*/*": {"schema": {"type": "string", "format": "binary"}}}}

routes = router("files")


@routes.get(ALL, summary="The files of a record", response_model=Files)
async def list_files(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON({"items": await files_of(tx, actor, object_key, record)})

    return await edge.show(work)


@routes.post(ALL, summary="Attach a file", response_model=FileEntry, status_code=201)
async def add_file(
    edge: AtEdge,
    object_key: ObjectKey,
    record: RecordID,
    file: Annotated[UploadFile, File()],
    field: Annotated[str | None, Form(max_length=100)] = None,
    deliverable: Annotated[str | None, Form(max_length=100)] = None,
) -> Response:
    """`field` puts it into a field of the record, `deliverable` names the deliverable of its stage."""
    limit = edge.process.options.largest_file
    if (file.size or 0) > limit:
        raise TooLarge(megabytes=limit // MEGABYTE)

    async def allowed(tx: ReadTx, actor: Actor) -> None:
        await require_changeable(tx, actor, actor.workspace.object(object_key), record)

    await edge.read(allowed)
    disk = Disk(edge.process.options.files, edge.process.options.copies)
    content = await asyncio.to_thread(disk.put, file.file)
    given = Attachment(content, file.filename, disk.name, field or None, deliverable or None)

    async def work(tx: Tx, actor: Actor) -> Response:
        number = await attach(tx, actor, object_key, record, given)
        return JSON(file_json(await find_file(tx, actor, number)), 201)

    return await edge.write(work)


@routes.get(
    ONE,
    summary="Download a file",
    response_class=Response,
    responses={200: {"description": "The content", **BINARY}},
)
async def download(edge: AtEdge, file: UUID, inline: Annotated[bool, Query()] = False) -> Response:
    """With `inline`, pictures and PDF are shown in the page; everything else is always a download."""

    async def work(tx: ReadTx, actor: Actor) -> Record:
        return await find_file(tx, actor, file)

    row = await edge.read(work)
    path = _place(edge, row)
    shown = inline and row["type"] in SHOWN_INLINE
    headers = {
        "Content-Disposition": attachment(row["name"], inline=shown),
        "Cache-Control": "private, max-age=3600",
    }
    if not shown or row["type"] != "application/pdf":
        headers["Content-Security-Policy"] = LOCKED_UP
    return edge.dressed(FileResponse(path, media_type=row["type"], headers=headers))


def _place(edge: Edge, row: Record) -> Path:
    path = Disk(edge.process.options.files).path(row["sha256"])
    if path is None:
        raise FileUnknown
    return path


@routes.delete(ONE, summary="Take a file off its record", status_code=204)
async def delete_file(edge: AtEdge, file: UUID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        await remove_file(tx, actor, file)
        return Response(status_code=204)

    return await edge.write(work)
