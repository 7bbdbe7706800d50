"""What hangs on a record: its timeline, comments, related records, and why one may see it. And search."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Query, Response
from pydantic import Field

from jieli.access import Actor, why
from jieli.api.context import AtEdge
from jieli.api.listing import Names
from jieli.api.shapes import Comments, Found, NewComment, Related, Timeline, Why
from jieli.api.wire import JSON, Body, ObjectKey, RecordID, documented, in_address, router
from jieli.db.pool import ReadTx, Tx
from jieli.records.comments import add_comment, comments, one_comment
from jieli.records.errors import RecordNotFound
from jieli.records.related import related
from jieli.records.search import search
from jieli.records.timeline import timeline

ONE = "/{ws}/objects/{object}/records/{record}"
routes = router("about")


class TimelineQuestion(Body):
    kinds: Names = Field(default=[])
    after: str | None = Field(default=None, max_length=400)
    limit: int = Field(default=50, ge=1, le=200)


AskedTimeline = Annotated[TimelineQuestion, Depends(in_address(TimelineQuestion))]


class Remark(Body):
    text: str = Field(max_length=20_000)
    mentions: list[UUID] = Field(default=[], max_length=100)


@routes.get(
    f"{ONE}/timeline",
    summary="What happened to a record",
    response_model=Timeline,
    openapi_extra=documented(TimelineQuestion),
)
async def read_timeline(
    edge: AtEdge,
    object_key: ObjectKey,
    record: RecordID,
    asked: AskedTimeline,
) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        page = await timeline(
            tx, actor, object_key, record, kinds=asked.kinds, after=asked.after or None, limit=asked.limit
        )
        return JSON(page)

    return await edge.show(work)


@routes.get(f"{ONE}/comments", summary="The comments on a record", response_model=Comments)
async def read_comments(
    edge: AtEdge, object_key: ObjectKey, record: RecordID, after: Annotated[UUID | None, Query()] = None
) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await comments(tx, actor, object_key, record, after=after))

    return await edge.show(work)


@routes.post(f"{ONE}/comments", summary="Comment on a record", response_model=NewComment, status_code=201)
async def comment(edge: AtEdge, object_key: ObjectKey, record: RecordID, body: Remark) -> Response:
    """Who is mentioned is told if they may see the record; the others come back in `unheard`."""

    async def work(tx: Tx, actor: Actor) -> Response:
        said = await add_comment(tx, actor, object_key, record, body.text, body.mentions)
        return JSON(await one_comment(tx, actor, said), 201)

    return await edge.write(work)


@routes.get(f"{ONE}/related", summary="Records that refer to a record", response_model=Related)
async def read_related(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON({"groups": await related(tx, actor, object_key, record)})

    return await edge.show(work)


@routes.get(f"{ONE}/why", summary="Why the reader may see a record", response_model=Why)
async def read_why(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        found = await why(tx, actor, actor.workspace.object(object_key), record)
        if not found:
            raise RecordNotFound
        reasons = [
            {"role": one.role, "scope": one.scope, "text": one.message.text(actor.language, role=one.label)}
            for one in found
        ]
        return JSON({"allowed": True, "reasons": reasons})

    return await edge.show(work)


@routes.get("/{ws}/search", summary="Search over all objects", response_model=Found)
async def read_search(edge: AtEdge, q: Annotated[str, Query(max_length=400)] = "") -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON({"groups": await search(tx, actor, q)})

    return await edge.show(work)
