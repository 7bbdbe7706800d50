"""The relay: moves, hand-offs, deliverables, what keeps a record from going on, and its track."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import Depends, Response
from pydantic import AwareDatetime, Field

from jieli.access import Actor
from jieli.api.context import AtEdge
from jieli.api.listing import Names
from jieli.api.records import FieldValues, written
from jieli.api.relay_shapes import Deliverables, HandOff, HandOffs, Moves, Track
from jieli.api.shapes import OneRecord
from jieli.api.wire import JSON, Body, ObjectKey, RecordID, documented, in_address, router
from jieli.base.language import Message
from jieli.db.pool import ReadTx, Tx
from jieli.records import Values
from jieli.records.titles import Titles
from jieli.relay import gate, handoffs, inbox, moves
from jieli.relay.leg import leg
from jieli.relay.track import track

ONE = "/{ws}/objects/{object}/records/{record}"
HANDOFF = "/{ws}/handoffs/{handoff}"
IN_HAND = Message("in_hand", "手上 {load} 条", "{load} in hand")
ON_TIME = Message("on_time", "按时答复 {share}%", "answers {share}% in time")
OWNS = Message("owns_it", "负责人", "owner")

routes = router("relay")


class MoveOrder(Body):
    to: str = Field(max_length=40)
    values: FieldValues = Field(default_factory=dict)
    version: int | None = Field(default=None, ge=0, le=2**31)


class Offer(Body):
    """`stage` names the move that acceptance makes; without it only the holder changes."""

    to: UUID
    stage: str | None = Field(default=None, max_length=40)
    message: str = Field(default="", max_length=2000)
    due: AwareDatetime | None = None
    values: FieldValues = Field(default_factory=dict)


class Return(Body):
    """`reason` is the key of one of the process's reasons, or a text of one's own; `missing` names what the package
    lacks, by the keys of fields and deliverables."""

    reason: str = Field(max_length=200)
    missing: list[Annotated[str, Field(max_length=100)]] = Field(default=[], max_length=100)
    message: str = Field(default="", max_length=2000)


class Tick(Body):
    done: bool


class Obstacle(Body):
    reason: str | None = Field(max_length=200)


class Box(Body):
    box: Literal["in", "out"] = "in"
    state: Names = Field(default=[])
    limit: int = Field(default=50, ge=1, le=200)


@routes.post(f"{ONE}/move", summary="Move a record on", response_model=OneRecord)
async def move(edge: AtEdge, object_key: ObjectKey, record: RecordID, body: MoveOrder) -> Response:
    """Refused with `gate_not_met` and what is missing, or with `handoff_needed`."""

    async def work(tx: Tx, actor: Actor) -> Response:
        result = await moves.move_stage(
            tx, actor, object_key, record, body.to, values=dict(body.values), version=body.version
        )
        return await written(tx, actor, object_key, result)

    return await edge.write(work)


@routes.get(f"{ONE}/moves", summary="Where a record can go from here", response_model=Moves)
async def read_moves(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        found = await moves.moves(tx, actor, object_key, record)
        for one in found:
            if one["handoff"]:
                people = await handoffs.candidates(tx, actor, object_key, record, one["to"])
                one["handoff"]["candidates"] = [_candidate(actor, person) for person in people]
        return JSON({"moves": found})

    return await edge.lock(work)


def _candidate(actor: Actor, person: Values) -> Values:
    """With the reason for the proposal in words."""
    language = actor.language
    said = [OWNS.text(language)] if person["owner"] else []
    said.append(IN_HAND.text(language, load=person["load"]))
    if person["on_time"] is not None:
        said.append(ON_TIME.text(language, share=round(100 * person["on_time"])))
    return {**person, "reason": " · ".join(said)}


@routes.post(f"{ONE}/handoffs", summary="Offer a record to somebody", response_model=HandOff, status_code=201)
async def offer(edge: AtEdge, object_key: ObjectKey, record: RecordID, body: Offer) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        number = await handoffs.offer(
            tx,
            actor,
            object_key,
            record,
            to=body.to,
            stage=body.stage or None,
            message=body.message,
            due=body.due,
            values=dict(body.values),
        )
        return JSON(await inbox.handoff(tx, actor, number), 201)

    return await edge.write(work)


@routes.get(
    "/{ws}/handoffs",
    summary="Hand-offs to me or by me",
    response_model=HandOffs,
    openapi_extra=documented(Box),
)
async def list_handoffs(edge: AtEdge, asked: Annotated[Box, Depends(in_address(Box))]) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        items = await inbox.handoffs(tx, actor, box=asked.box, states=asked.state, limit=asked.limit)
        return JSON({"items": items})

    return await edge.show(work)


@routes.post(f"{HANDOFF}/accept", summary="Take a record over", response_model=HandOff)
async def accept(edge: AtEdge, handoff: UUID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        await handoffs.accept(tx, actor, handoff)
        return JSON(await inbox.handoff(tx, actor, handoff))

    return await edge.write(work)


@routes.post(f"{HANDOFF}/return", summary="Return a package with a reason", response_model=HandOff)
async def give_back(edge: AtEdge, handoff: UUID, body: Return) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        await handoffs.give_back(
            tx, actor, handoff, reason=body.reason, missing=body.missing, message=body.message
        )
        return JSON(await inbox.handoff(tx, actor, handoff))

    return await edge.write(work)


@routes.post(f"{HANDOFF}/withdraw", summary="Take an offer back", response_model=HandOff)
async def withdraw(edge: AtEdge, handoff: UUID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        await handoffs.withdraw(tx, actor, handoff)
        return JSON(await inbox.handoff(tx, actor, handoff))

    return await edge.write(work)


@routes.get(f"{ONE}/deliverables", summary="What the stage must produce", response_model=Deliverables)
async def read_deliverables(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        return JSON(await _deliverables(tx, actor, object_key, record))

    return await edge.lock(work)


@routes.put(f"{ONE}/deliverables/{{key}}", summary="Tick a deliverable off", response_model=Deliverables)
async def tick(edge: AtEdge, object_key: ObjectKey, record: RecordID, key: str, body: Tick) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        await gate.tick(tx, actor, object_key, record, key, done=body.done)
        return JSON(await _deliverables(tx, actor, object_key, record))

    return await edge.write(work)


async def _deliverables(tx: Tx, actor: Actor, object_key: str, record: UUID) -> Values:
    at = await leg(tx, actor, object_key, record)
    states = await gate.deliverables(tx, actor, at)
    titles = Titles()
    titles.ask("member", *(state.by for state in states))
    await titles.read(tx, actor)
    items = [{**state.as_json(), "by": titles.titled("member", state.by)} for state in states]
    return {"stage": at.stage.key, "items": items}


@routes.post(f"{ONE}/block", summary="Say what keeps a record from going on", response_model=OneRecord)
async def block(edge: AtEdge, object_key: ObjectKey, record: RecordID, body: Obstacle) -> Response:
    """Null clears the mark."""

    async def work(tx: Tx, actor: Actor) -> Response:
        result = await moves.block(tx, actor, object_key, record, body.reason)
        return await written(tx, actor, object_key, result)

    return await edge.write(work)


@routes.get(f"{ONE}/track", summary="Who carried a record through which stage", response_model=Track)
async def read_track(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await track(tx, actor, object_key, record))

    return await edge.show(work)
