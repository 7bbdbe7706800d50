"""Whether the server lives, and whether it can work."""

from fastapi import Request

from jieli.api import store
from jieli.api.context import process_of
from jieli.api.shapes import Health
from jieli.api.wire import JSON, router

routes = router("health")


@routes.get("/healthz", summary="Whether the server lives", response_model=Health)
async def healthz() -> JSON:
    return JSON({"status": "ok"})


@routes.get("/readyz", summary="Whether the server reaches its database", response_model=Health)
async def readyz(request: Request) -> JSON:
    async with process_of(request).db.read() as tx:
        await tx.value(store.ping())
    return JSON({"status": "ok"})
