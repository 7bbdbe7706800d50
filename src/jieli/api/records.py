"""Records: lists, single ones, and changes of one or many."""

from collections.abc import Iterable
from typing import Annotated, Literal
from uuid import UUID

from fastapi import Response
from pydantic import Field, JsonValue

from jieli.access import Actor
from jieli.api.context import AtEdge, Edge
from jieli.api.listing import AskedListing, Condition, Listing, Selection
from jieli.api.shapes import BatchAnswer, Checked, Deleted, OneRecord, Page, Undone
from jieli.api.wire import JSON, Body, ObjectKey, RecordID, documented, router
from jieli.base.errors import Problem
from jieli.base.language import Language
from jieli.db.pool import ReadTx, Tx
from jieli.intake.checking import checked
from jieli.records import Action, Batch, BatchResult, Change, Duplicates, Values, apply, undo
from jieli.records.bulk import Bulk, BulkAction, BulkResult, change_many
from jieli.records.errors import RecordNotFound
from jieli.records.read import get_record, list_records
from jieli.records.views import with_view

LIST = "/{ws}/objects/{object}/records"
ONE = f"{LIST}/{{record}}"
BATCH = "Jieli-Batch"
"""The header that names what can be undone after a write."""

FieldValues = Annotated[dict[str, JsonValue], Field(max_length=500)]
routes = router("records")


class NewRecord(Body):
    values: FieldValues
    duplicates: Literal["reject", "create"] = "reject"


class Changes(Body):
    values: FieldValues
    version: int | None = Field(default=None, ge=0, le=2**31)


class Draft(Body):
    values: FieldValues
    id: UUID | None = None


class Order(Body):
    """`ids`, or `where` with the other keys of a list, chooses the records."""

    action: BulkAction
    ids: list[UUID] | None = Field(default=None, max_length=10_000)
    where: Condition = None
    view: str | None = Field(default=None, max_length=60)
    q: str = Field(default="", max_length=400)
    values: FieldValues = Field(default_factory=dict)
    owner: UUID | None = None
    dry_run: bool = False


@routes.get(LIST, summary="A page of records", response_model=Page, openapi_extra=documented(Listing))
async def list_by_address(edge: AtEdge, object_key: ObjectKey, asked: AskedListing) -> Response:
    return await _listed(edge, object_key, asked)


@routes.post(
    "/{ws}/objects/{object}/query", summary="A page of records, asked by a body", response_model=Page
)
async def list_by_body(edge: AtEdge, object_key: ObjectKey, asked: Listing) -> Response:
    return await _listed(edge, object_key, asked)


async def _listed(edge: Edge, object_key: str, asked: Listing) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await list_records(tx, actor, object_key, await asked.viewed(tx, actor, object_key)))

    return await edge.show(work)


@routes.post(LIST, summary="Create a record", response_model=OneRecord, status_code=201)
async def create(edge: AtEdge, object_key: ObjectKey, body: NewRecord) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        change = Change(dict(body.values))
        batch = Batch(object_key, Action.CREATE, [change], duplicates=Duplicates(body.duplicates))
        return await written(tx, actor, object_key, await apply(tx, actor, batch), 201)

    return await edge.write(work)


@routes.get(ONE, summary="One record", response_model=OneRecord)
async def read(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(await get_record(tx, actor, object_key, record))

    return await edge.show(work)


@routes.patch(ONE, summary="Change a record", response_model=OneRecord)
async def update(edge: AtEdge, object_key: ObjectKey, record: RecordID, body: Changes) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        change = Change(dict(body.values), id=record, version=body.version)
        result = await apply(tx, actor, Batch(object_key, Action.UPDATE, [change]))
        return await written(tx, actor, object_key, result)

    return await edge.write(work)


@routes.delete(ONE, summary="Put a record into the trash", response_model=Deleted)
async def delete(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        result = await apply(tx, actor, Batch(object_key, Action.DELETE, [Change(id=record)]))
        return JSON({"id": record, "batch": result.batch})

    return await edge.write(work)


@routes.post(f"{ONE}/restore", summary="Take a record out of the trash", response_model=OneRecord)
async def restore(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        result = await apply(tx, actor, Batch(object_key, Action.RESTORE, [Change(id=record)]))
        return await written(tx, actor, object_key, result)

    return await edge.write(work)


async def written(tx: Tx, actor: Actor, object_key: str, result: BatchResult, status: int = 200) -> Response:
    """The record after a write. Who has given it away may see nothing more of it than that it was done."""
    record = result.only.id
    assert record is not None
    try:
        found = await get_record(tx, actor, object_key, record)
    except RecordNotFound:
        no = dict.fromkeys(("update", "delete", "transfer", "move", "handoff"), False)
        found = {"id": record, "version": 0, "can": no}
    return JSON(found, status, headers={BATCH: str(result.batch)})


@routes.post("/{ws}/objects/{object}/check", summary="What would be wrong", response_model=Checked)
async def check(edge: AtEdge, object_key: ObjectKey, body: Draft) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        problems, duplicates = await checked(tx, actor, object_key, dict(body.values), body.id)
        return JSON({"problems": told(problems, actor.language), "duplicates": duplicates})

    return await edge.show(work)


@routes.post("/{ws}/objects/{object}/batch", summary="Change many records", response_model=BatchAnswer)
async def batch(edge: AtEdge, object_key: ObjectKey, body: Order) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        return JSON(bulk_answer(await _bulk(tx, actor, object_key, body), actor.language))

    return await edge.write(work)


async def _bulk(tx: Tx, actor: Actor, object_key: str, body: Order) -> BulkResult:
    query = None
    if body.ids is None and (body.where is not None or body.view or body.q):
        selection = Selection(where=body.where, q=body.q, trash=body.action is BulkAction.RESTORE)
        query = await with_view(tx, actor, object_key, selection.query(), body.view)
    owner = str(body.owner) if body.owner else None
    wanted = Bulk(object_key, body.action, body.ids, query, dict(body.values), owner, body.dry_run)
    return await change_many(tx, actor, wanted)


def bulk_answer(result: BulkResult, language: Language) -> Values:
    return {
        "count": result.count,
        "batch": result.batch,
        "rows": {"updated": result.updated, "rejected": result.rejected},
        "rejected": [
            {"id": one.id, "title": one.title, "problems": told(one.problems, language)}
            for one in result.refused
        ],
    }


@routes.post("/{ws}/undo/{batch}", summary="Take back an operation", response_model=Undone)
async def undo_batch(edge: AtEdge, batch: UUID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        result = await undo(tx, actor, batch)
        kept = [
            {"object": one.object, "id": one.id, "title": one.title, "fields": list(one.fields)}
            for one in result.conflicts
        ]
        return JSON({"restored": result.restored, "conflicts": kept})

    return await edge.write(work)


def told(problems: Iterable[Problem], language: Language) -> list[Values]:
    return [{"path": one.path, "code": one.code, "text": one.text(language)} for one in problems]
