"""What a member is told in the app."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Query, Response
from pydantic import Field

from jieli.access import Actor
from jieli.api.context import AtEdge
from jieli.api.shapes import Notices, Unread
from jieli.api.wire import JSON, Body, router
from jieli.db.pool import ReadTx, Tx
from jieli.records.notices import mark_read, notices

routes = router("notifications")


class Seen(Body):
    """These, or all of them."""

    ids: list[UUID] | None = Field(default=None, max_length=1000)
    all: Literal[True] | None = None


@routes.get("/{ws}/notifications", summary="My notifications", response_model=Notices)
async def list_notices(edge: AtEdge, after: Annotated[UUID | None, Query()] = None) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await notices(tx, actor, after=after))

    return await edge.show(work)


@routes.post("/{ws}/notifications/read", summary="Mark notifications as read", response_model=Unread)
async def read_notices(edge: AtEdge, body: Seen) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        return JSON({"unread": await mark_read(tx, actor, None if body.all else body.ids or [])})

    return await edge.write(work)
