"""Server-sent events: what changed, for the screens that are open."""

from collections.abc import AsyncIterator
from uuid import UUID

from fastapi import Response
from fastapi.responses import StreamingResponse

from jieli.access import Actor
from jieli.api.context import AtEdge, Edge
from jieli.api.hub import Hub, Tab
from jieli.api.measure import STREAMS
from jieli.api.wire import router
from jieli.base import clock
from jieli.base.errors import Denied, NotFound
from jieli.db.pool import ReadTx

HEARTBEAT = 20.0
CHECKED_AFTER = 40.0
"""Seconds after which the session is looked at again; with the heartbeat a revoked one ends within a minute."""
STREAM = {"text/event-stream": {"schema": {"type": "string"}}}

routes = router("live")


@routes.get(
    "/{ws}/live",
    summary="What changes, as it happens",
    response_class=Response,
    responses={200: {"description": "Events `changed`, `notified`, `import`", "content": STREAM}},
)
async def live(edge: AtEdge) -> Response:
    member = await edge.read(_member)
    edge.process.watch_signals()
    hub = edge.process.hub
    tab = hub.join(edge.slug, member)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return edge.dressed(
        StreamingResponse(_events(edge, hub, member, tab), media_type="text/event-stream", headers=headers)
    )


async def _member(_tx: ReadTx, actor: Actor) -> UUID:
    assert actor.member is not None
    return actor.member


async def _events(edge: Edge, hub: Hub, member: UUID, tab: Tab) -> AsyncIterator[bytes]:
    STREAMS.inc()
    checked = clock.now()
    try:
        yield b"retry: 2000\n\n"
        while True:
            try:
                event = await tab.next(HEARTBEAT)
            except TimeoutError:
                event = b": still here\n\n"
            if event is None:
                return
            if (clock.now() - checked).total_seconds() > CHECKED_AFTER:
                await edge.read(_member)
                checked = clock.now()
            yield event
    except (Denied, NotFound):
        return
    finally:
        STREAMS.dec()
        hub.leave(edge.slug, member, tab)
