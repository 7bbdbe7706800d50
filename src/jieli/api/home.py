"""The home page."""

from fastapi import Response

from jieli.access import Actor
from jieli.api.context import AtEdge
from jieli.api.insight_shapes import Home
from jieli.api.wire import JSON, router
from jieli.db.pool import ReadTx
from jieli.insight.home import home

routes = router("home")


@routes.get(
    "/{ws}/home", summary="What I must do now, and what became of what I passed on", response_model=Home
)
async def read_home(edge: AtEdge) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await home(tx, actor))

    return await edge.show(work)
