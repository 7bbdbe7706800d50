"""Boards and aggregates: many records seen at once."""

from typing import Annotated, Literal

from fastapi import Depends, Response
from pydantic import Field, JsonValue

from jieli.access import Actor
from jieli.api.context import AtEdge
from jieli.api.listing import Condition, Listing
from jieli.api.shapes import Aggregate, Board
from jieli.api.wire import JSON, Body, ObjectKey, documented, in_address, router
from jieli.db.pool import ReadTx
from jieli.records.read import ListQuery, aggregate, board

routes = router("board")


class BoardListing(Listing):
    """As a list; `limit` is the number of cards in each column."""

    process: str | None = Field(default=None, max_length=40)


class Period(Body):
    field: str = Field(max_length=100)
    by: Literal["day", "week", "month", "quarter", "year"] | None = None


class Measure(Body):
    fn: Literal["count", "sum", "avg", "min", "max"]
    field: str | None = Field(default=None, max_length=100)


class AggregateQuestion(Body):
    where: Condition = None
    q: str = Field(default="", max_length=400)
    group: list[str | Period] = Field(default=[], max_length=3)
    measures: list[Measure] = Field(min_length=1, max_length=8)


@routes.get(
    "/{ws}/objects/{object}/board",
    summary="The columns of a process",
    response_model=Board,
    openapi_extra=documented(BoardListing),
)
async def read_board(
    edge: AtEdge, object_key: ObjectKey, asked: Annotated[BoardListing, Depends(in_address(BoardListing))]
) -> Response:
    return await _board(edge, object_key, asked)


@routes.post(
    "/{ws}/objects/{object}/board", summary="The columns of a process, asked by a body", response_model=Board
)
async def ask_board(edge: AtEdge, object_key: ObjectKey, asked: BoardListing) -> Response:
    return await _board(edge, object_key, asked)


async def _board(edge: AtEdge, object_key: str, asked: BoardListing) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        query = await asked.viewed(tx, actor, object_key)
        return JSON(await board(tx, actor, object_key, query, asked.process or None))

    return await edge.show(work)


@routes.post(
    "/{ws}/objects/{object}/aggregate", summary="Counts and sums over groups", response_model=Aggregate
)
async def read_aggregate(edge: AtEdge, object_key: ObjectKey, body: AggregateQuestion) -> Response:
    groups: list[JsonValue] = [one if isinstance(one, str) else one.model_dump() for one in body.group]
    measures = [one.model_dump() for one in body.measures]

    async def work(tx: ReadTx, actor: Actor) -> Response:
        query = ListQuery(where=body.where, q=body.q)
        return JSON(await aggregate(tx, actor, object_key, query, group=groups, measures=measures))

    return await edge.show(work)
