"""What every request passes before it is routed. Plain ASGI: nothing here holds back a body or a stream."""

import re
from collections.abc import Iterable
from uuid import UUID

import structlog
from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jieli.api import errors
from jieli.api.errors import NotFromHere, TooLarge
from jieli.api.options import MEGABYTE, Options
from jieli.base import tracing
from jieli.base.errors import Invalid, JieliError, NotFound, Problem
from jieli.base.ids import uuid7

log = structlog.get_logger("jieli.api")

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        # The component library writes its styles into the page as it is used.
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
STRICT = "max-age=31536000; includeSubDomains"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(self)",
    "Content-Security-Policy": POLICY,
}
_UPLOAD = re.compile(r"/api/v1/\w+/(?:imports|objects/\w+/records/[^/]+/files)/?")


class RequestID:
    """Gives each request an id and answers for what nothing else has caught."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        number = uuid7()
        scope.setdefault("state", {})["id"] = str(number)
        started = False

        async def sending(message: Message) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                MutableHeaders(scope=message)["X-Request-ID"] = str(number)
            await send(message)

        try:
            tracer = tracing.current()
            marks = tracer.request(str(number)) if tracer else {}
            with structlog.contextvars.bound_contextvars(request=str(number), **marks):
                await self.app(scope, receive, sending)
        except Exception:
            _report(scope, number)
            if started:
                raise
            await errors.failed(Request(scope))(scope, receive, sending)


def _report(scope: Scope, number: UUID) -> None:
    place = {"request": str(number), "method": scope["method"], "path": errors.shown_path(scope["path"])}
    log.error("request failed", exc_info=True, **place)


class ReadableAddress:
    """Refuses addresses with characters that no text here can hold."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (error := _unreadable(scope)):
            await errors.refused(error, Request(scope))(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _unreadable(scope: Scope) -> JieliError | None:
    path: str = scope["path"]
    if "\x00" in path or any("\ud800" <= char <= "\udfff" for char in path):
        return NotFound()
    return Invalid(Problem("", errors.UNUSABLE_TEXT)) if b"%00" in scope["query_string"] else None


class SecurityHeaders:
    """Tells browsers to trust nothing but this server; a route may say otherwise for its own answer."""

    def __init__(self, app: ASGIApp, *, is_https: bool) -> None:
        self.app = app
        self.headers = HEADERS | ({"Strict-Transport-Security": STRICT} if is_https else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self.headers.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith("/api/"):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        await self.app(scope, receive, sending if scope["type"] == "http" else send)


class SameSite:
    """Refuses writes that carry no header of ours: another site cannot make a browser send one."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and _is_foreign(scope):
            await errors.refused(NotFromHere(), Request(scope))(scope, receive, send)
            return
        await self.app(scope, receive, send)


def _is_foreign(scope: Scope) -> bool:
    """A request with a token in its header uses no cookie, so it cannot be forged."""
    if scope["method"] in SAFE or not scope["path"].startswith("/api/"):
        return False
    headers = Headers(scope=scope)
    return "x-jieli" not in headers and not headers.get("authorization", "").lower().startswith("bearer ")


class BodyLimit:
    """Refuses bodies that are too large, before they are read where their length is told."""

    def __init__(self, app: ASGIApp, options: Options) -> None:
        self.app = app
        self.options = options

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] in SAFE:
            await self.app(scope, receive, send)
            return
        limit = self._limit(scope["path"])
        error = TooLarge(megabytes=limit // MEGABYTE)
        if _length(Headers(scope=scope).getlist("content-length")) > limit:
            await errors.refused(error, Request(scope))(scope, receive, send)
            return
        read = 0

        async def receiving() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > limit:
                raise error
            return message

        await self.app(scope, receiving, send)

    def _limit(self, path: str) -> int:
        # A file comes in a form, which adds a little around it.
        return self.options.largest_file + MEGABYTE if _UPLOAD.fullmatch(path) else self.options.largest_body


def _length(values: Iterable[str]) -> int:
    return max((int(value) for value in values if value.isascii() and value.isdigit()), default=0)
