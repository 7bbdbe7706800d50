"""The built web pages: files with a hash in their name for ever, everything else by one page that asks anew."""

import asyncio
import gzip
import mimetypes
from dataclasses import dataclass
from pathlib import Path

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Receive, Scope, Send

from jieli.api import errors
from jieli.base.errors import NotFound

IMMUTABLE = "public, max-age=31536000, immutable"
REVALIDATE = "no-cache"
TEXTS = ("text/", "application/javascript", "application/json", "application/manifest+json", "image/svg+xml")
SMALLEST_PACKED = 1024
NOT_BUILT = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>接力 Jieli</title>
<body style="font:16px/1.6 system-ui;margin:10vh auto;max-width:36em;padding:0 1em">
<h1>接力 Jieli</h1><p>服务已启动,但网页尚未构建。请运行 <code>make setup</code> 后刷新。</p>
<p lang="en">The server is running, but the web pages have not been built. Run <code>make setup</code>, then reload.</p>
"""


@dataclass(frozen=True, slots=True)
class Page:
    """A file in memory, as it is and packed."""

    modified: int
    body: bytes
    packed: bytes | None
    type: str


class Pages:
    """Answers what no route has taken: state are the files read so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._read: dict[str, Page] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """The last of all routes; below `/api/` there is nothing more."""
        path: str = scope["path"]
        if scope["type"] != "http" or path.startswith("/api/") or path == "/api":
            raise NotFound
        if scope["method"] not in ("GET", "HEAD"):
            response = errors.refused(NotFound(), Request(scope))
        else:
            response = await self.answer(path, Headers(scope=scope))
        await response(scope, receive, send)

    async def answer(self, path: str, headers: Headers) -> Response:
        found = await self._page(path)
        if found is not None:
            name = path
        elif path.startswith("/assets/"):
            return Response("Not found", 404, media_type="text/plain")
        else:
            name, found = "/index.html", await self._page("/index.html")
        if found is None:
            return HTMLResponse(NOT_BUILT, 503, headers={"Cache-Control": REVALIDATE})
        return _response(name, found, headers)

    async def _page(self, path: str) -> Page | None:
        file = self._file(path)
        if file is None:
            return None
        known = self._read.get(path)
        modified = file.stat().st_mtime_ns
        if known is None or known.modified != modified:
            known = self._read[path] = await asyncio.to_thread(_load, file, modified)
        return known

    def _file(self, path: str) -> Path | None:
        """The file at a path, if it lies within the folder and is not hidden."""
        parts = [part for part in path.split("/") if part]
        if not parts or any(part.startswith(".") or "\\" in part for part in parts):
            return None
        try:
            file = self.folder.joinpath(*parts).resolve()
            return file if file.is_relative_to(self.folder.resolve()) and file.is_file() else None
        except (OSError, ValueError):
            return None


def _load(file: Path, modified: int) -> Page:
    body = file.read_bytes()
    kind = "application/manifest+json" if file.suffix == ".webmanifest" else mimetypes.guess_type(file)[0]
    kind = kind or "application/octet-stream"
    packs = kind.startswith(TEXTS) and len(body) >= SMALLEST_PACKED
    return Page(modified, body, gzip.compress(body, 6, mtime=0) if packs else None, kind)


def _response(path: str, page: Page, headers: Headers) -> Response:
    tag = f'"{page.modified:x}-{len(page.body):x}"'
    given = {"ETag": tag, "Cache-Control": IMMUTABLE if path.startswith("/assets/") else REVALIDATE}
    if page.packed is not None:
        given["Vary"] = "Accept-Encoding"
    if tag in headers.get("if-none-match", ""):
        return Response(status_code=304, headers=given)
    body = page.body
    if page.packed is not None and "gzip" in headers.get("accept-encoding", ""):
        body, given["Content-Encoding"] = page.packed, "gzip"
    return Response(body, headers=given, media_type=page.type)
