"""Records as a file for a spreadsheet."""

import asyncio
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, BinaryIO, Literal
from urllib.parse import quote

from fastapi import Depends, Response
from fastapi.responses import StreamingResponse

from jieli.access import Actor
from jieli.api.context import AtEdge, Edge
from jieli.api.listing import Selection
from jieli.api.wire import ObjectKey, documented, in_address, router
from jieli.base import clock
from jieli.db.pool import ReadTx, Tx
from jieli.records.export import Table, note_export, pages, table
from jieli.records.sheets import SHEETS, opened
from jieli.records.views import with_view

AT_ONCE = 2
PART = 256 * 1024
_turns = asyncio.Semaphore(AT_ONCE)
FILE = {
    "content": {
        kind.media_type: {"schema": {"type": "string", "format": "binary"}} for kind in SHEETS.values()
    }
}

routes = router("export")


class Export(Selection):
    format: Literal["xlsx", "csv"] = "xlsx"


AskedExport = Annotated[Export, Depends(in_address(Export))]


@routes.get(
    "/{ws}/objects/{object}/export",
    summary="Records as a spreadsheet",
    response_class=Response,
    responses={200: {"description": "The file", **FILE}},
    openapi_extra=documented(Export),
)
async def export(
    edge: AtEdge, object_key: ObjectKey, asked: Annotated[Export, Depends(in_address(Export))]
) -> Response:
    async def planned(tx: ReadTx, actor: Actor) -> Table:
        return table(actor, object_key, await with_view(tx, actor, object_key, asked.query(), asked.view))

    wanted = await edge.read(planned)
    async with _turns:
        file, rows = await _written(edge, wanted, asked.format)
    try:
        await _noted(edge, wanted, rows, asked)
    except BaseException:
        _discard(file)
        raise
    return _download(file, wanted, asked.format)


async def _written(edge: Edge, wanted: Table, form: str) -> tuple[Path, int]:
    """The finished file and its number of rows; writing happens beside the event loop."""
    with tempfile.NamedTemporaryFile(prefix="jieli-export-", suffix=f".{form}", delete=False) as made:
        file = Path(made.name)
    rows = 0
    try:
        sheet = await asyncio.to_thread(opened, form, file, wanted.headings)
        async for page in pages(wanted, edge.process.db.read):
            await asyncio.to_thread(sheet.write, page)
            rows += len(page)
        await asyncio.to_thread(sheet.close)
    except BaseException:
        _discard(file)
        raise
    return file, rows


def _discard(file: Path) -> None:
    file.unlink(missing_ok=True)


async def _noted(edge: Edge, wanted: Table, rows: int, asked: Export) -> None:
    about = {
        "format": asked.format,
        "where": asked.where,
        "q": asked.q,
        "view": asked.view,
        "columns": [field.key for field in wanted.fields],
    }

    async def work(tx: Tx) -> None:
        await note_export(tx, wanted, rows, about)

    await edge.process.db.write(work)


def _download(file: Path, wanted: Table, form: str) -> Response:
    actor = wanted.actor
    day = clock.now().astimezone(actor.zone).strftime("%Y%m%d")
    label = wanted.object.label.pick(actor.language)
    content = file.open("rb")
    size = file.stat().st_size
    # A server may send a file by its path after the answer has ended, so the file goes now and its bytes stay open.
    _discard(file)
    headers = {
        "Content-Disposition": attachment(f"{label}-{day}.{form}"),
        "Content-Length": str(size),
    }
    return StreamingResponse(_parts(content), media_type=SHEETS[form].media_type, headers=headers)


def _parts(content: BinaryIO) -> Iterator[bytes]:
    """The content in parts; Starlette reads them beside the event loop."""
    with content:
        while part := content.read(PART):
            yield part


def attachment(name: str, *, inline: bool = False) -> str:
    """A Content-Disposition with the name as it is, and one of ASCII letters for programs that know no other."""
    plain = "".join(
        char if char.isascii() and char.isprintable() and char not in '"\\' else "_" for char in name
    )
    kind = "inline" if inline else "attachment"
    return f"{kind}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
