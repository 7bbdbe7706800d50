"""The application: its middleware and its routes, in the order in which they are passed."""

import asyncio
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import APIRouter, FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware

from jieli.api import (
    about,
    account,
    blueprint,
    board,
    errors,
    export,
    files,
    health,
    home,
    imports,
    insight,
    intake,
    live,
    measure,
    members,
    notifications,
    protection,
    records,
    relay,
    security,
    session,
    tokens,
    views,
)
from jieli.api.context import Process
from jieli.api.hub import Hub
from jieli.api.middleware import BodyLimit, ReadableAddress, RequestID, SameSite, SecurityHeaders
from jieli.api.openapi import described, operation_name
from jieli.api.options import Options
from jieli.api.pages import Pages
from jieli.base import tracing
from jieli.db.pool import Database

PREFIX = "/api/v1"
ROUTES: tuple[APIRouter, ...] = (
    records.routes,
    board.routes,
    session.routes,
    account.routes,
    blueprint.routes,
    export.routes,
    about.routes,
    files.routes,
    views.routes,
    relay.routes,
    intake.routes,
    imports.routes,
    members.routes,
    security.routes,
    tokens.routes,
    protection.routes,
    home.routes,
    insight.routes,
    notifications.routes,
    live.routes,
)
"""Everything below `/api/v1`, what is asked most first; a module lists its own routes."""

UNTRACED = re.compile(r"/(?:healthz|readyz|metrics|assets/.*)|.*/live")
TELEMETRY: TelemetryConfig = {
    "auto_configure": False,
    "metrics": False,
    # They would hold the values of requests.
    "logs": False,
    "operation_spans": False,
    "exclude": lambda scope: UNTRACED.fullmatch(scope.get("path", "")) is not None,
}
"""The framework traces each request once a provider has been set up (`telemetry.begin`), and does nothing before."""

Opening = Callable[[], Awaitable[Database]]


def create_app(opening: Opening, options: Options) -> FastAPI:
    """The application over a database that `opening` opens when the server starts; it is closed at the end."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        db = await opening()
        process = app.state.process = Process(db, options, Hub(db))
        await process.hub.open()
        try:
            yield
        finally:
            await process.hub.close()
            await process.finish()
            await db.close()
            if tracer := tracing.current():
                await asyncio.to_thread(tracer.finish)

    app = FastAPI(
        title="Jieli 接力",
        version="1",
        openapi_url=f"{PREFIX}/openapi.json",
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,
        generate_unique_id_function=operation_name,
        lifespan=lifespan,
        telemetry=TELEMETRY,
        middleware=[
            Middleware(measure.Measured),
            Middleware(RequestID),
            Middleware(SecurityHeaders, is_https=options.secure_cookies),
            Middleware(ReadableAddress),
            Middleware(SameSite),
            Middleware(BodyLimit, options=options),
        ],
    )
    errors.install(app)
    app.include_router(health.routes)
    app.include_router(measure.routes)
    for routes in ROUTES:
        app.include_router(routes, prefix=PREFIX)
    app.router.default = Pages(options.web)
    app.openapi = lambda: described(app)  # type: ignore[method-assign]  # the framework's own way to say more
    return app
