"""Saved views."""

from uuid import UUID

from fastapi import Response
from pydantic import Field, JsonValue

from jieli.access import Actor
from jieli.api.context import AtEdge
from jieli.api.shapes import View, Views
from jieli.api.wire import JSON, Body, ObjectKey, router
from jieli.blueprint.document import Label
from jieli.db.pool import ReadTx, Tx
from jieli.records import Values
from jieli.records.views import SavedView, add_view, change_view, drop_view, views

ALL = "/{ws}/objects/{object}/views"
ONE = "/{ws}/views/{view}"
routes = router("views")


class NewView(Body):
    """A label may also be one text for both languages."""

    label: Label
    where: dict[str, JsonValue] = Field(default_factory=dict)
    sort: list[str] = Field(default=[], max_length=4)
    columns: list[str] = Field(default=[], max_length=200)
    shared: bool = False


class ViewChange(Body):
    label: Label | None = None
    where: dict[str, JsonValue] | None = None
    sort: list[str] | None = Field(default=None, max_length=4)
    columns: list[str] | None = Field(default=None, max_length=200)
    shared: bool | None = None


@routes.get(ALL, summary="The saved views of an object", response_model=Views)
async def list_views(edge: AtEdge, object_key: ObjectKey) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON({"items": [_shown(actor, view) for view in await views(tx, actor, object_key)]})

    return await edge.show(work)


@routes.post(ALL, summary="Save a view", response_model=View, status_code=201)
async def create_view(edge: AtEdge, object_key: ObjectKey, body: NewView) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        given = {**body.model_dump(exclude={"label"}), "label": body.label}
        return JSON(_shown(actor, await add_view(tx, actor, object_key, **given)), 201)

    return await edge.write(work)


@routes.patch(ONE, summary="Change a saved view", response_model=View)
async def update_view(edge: AtEdge, view: UUID, body: ViewChange) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        changes = body.model_dump(exclude_none=True, exclude={"label"})
        if body.label is not None:
            changes["label"] = body.label
        for key in ("sort", "columns"):
            if key in changes:
                changes[key] = tuple(changes[key])
        return JSON(_shown(actor, await change_view(tx, actor, view, changes)))

    return await edge.write(work)


@routes.delete(ONE, summary="Drop a saved view", status_code=204)
async def delete_view(edge: AtEdge, view: UUID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        await drop_view(tx, actor, view)
        return Response(status_code=204)

    return await edge.write(work)


def _shown(actor: Actor, view: SavedView) -> Values:
    return {
        "key": str(view.id),
        "id": view.id,
        "label": view.label.model_dump(),
        "where": view.where,
        "sort": list(view.sort),
        "columns": list(view.columns),
        "shared": view.shared,
        "mine": view.owner == actor.member,
    }
