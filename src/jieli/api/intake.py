"""Scores, assignment and conversion of single records."""

from uuid import UUID

from fastapi import Response
from pydantic import Field

from jieli.access import Action, Actor
from jieli.api.context import AtEdge
from jieli.api.listing import Condition, Selection
from jieli.api.records import FieldValues, bulk_answer
from jieli.api.shapes import BatchAnswer, Converted, Decisions, Proposal, Score
from jieli.api.wire import JSON, Body, ObjectKey, RecordID, router
from jieli.base.language import Language
from jieli.blueprint.document import Label
from jieli.db.pool import ReadTx, Tx
from jieli.intake import assignment, conversion, scoring
from jieli.records import Values
from jieli.records.bulk import MOST, bulk_result
from jieli.records.read import ids_of, require_visible
from jieli.records.titles import shown_values

ONE = "/{ws}/objects/{object}/records/{record}"
routes = router("intake")


class Part(Body):
    values: FieldValues = Field(default_factory=dict)


class Conversion(Body):
    """`account` is the id of a known customer or the values of a new one. Null for contact or opportunity makes
    none; left out, each is made from the lead."""

    account: UUID | Part | None = None
    contact: Part | None = None
    opportunity: Part | None = None


class Chosen(Body):
    ids: list[UUID] | None = Field(default=None, max_length=MOST)
    where: Condition = None
    q: str = Field(default="", max_length=400)


@routes.get(f"{ONE}/score", summary="The score of a record, rule by rule", response_model=Score)
async def read_score(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        obj = actor.workspace.object(object_key)
        await require_visible(tx, actor, obj, record)
        found = await scoring.explained(tx, actor, obj, record)
        parts = [{**part, "label": _picked(part["label"], actor.language)} for part in found["parts"]]
        return JSON({"score": found["score"], "base": found.get("base", 0), "parts": parts})

    return await edge.show(work)


def _picked(label: object, language: Language) -> str:
    return Label.model_validate(label).pick(language)


@routes.get(f"{ONE}/assignment", summary="Why a record was given to whom", response_model=Decisions)
async def read_decisions(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        obj = actor.workspace.object(object_key)
        await require_visible(tx, actor, obj, record)
        found = await assignment.decisions(tx, actor, obj, record)
        return JSON({"decisions": [_decision(one) for one in found]})

    return await edge.show(work)


def _decision(found: Values) -> Values:
    candidates = [
        {
            "member": {"id": one["member"], "title": one.get("name")},
            "load": one["load"],
            "excluded": one.get("excluded"),
        }
        for one in found["candidates"]
    ]
    why = {key: value for key, value in found["why"].items() if key != "candidates"}
    return {**found, "candidates": candidates, "why": why}


@routes.post("/{ws}/objects/{object}/assign", summary="Run the assignment rules", response_model=BatchAnswer)
async def assign(edge: AtEdge, object_key: ObjectKey, body: Chosen) -> Response:
    """For those of the chosen records that nobody owns."""

    async def work(tx: Tx, actor: Actor) -> Response:
        ids = body.ids
        if ids is None:
            query = Selection(where=body.where, q=body.q).query()
            ids = await ids_of(tx, actor, object_key, query, action=Action.TRANSFER, limit=MOST)
        result = await assignment.assign(tx, actor, object_key, ids)
        obj = actor.workspace.object(object_key)
        return JSON(bulk_answer(await bulk_result(tx, actor, obj, result), actor.language))

    return await edge.write(work)


@routes.get(f"{ONE}/convert", summary="What a conversion would make", response_model=Proposal)
async def read_proposal(edge: AtEdge, object_key: ObjectKey, record: RecordID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        found = await conversion.proposal(tx, actor, object_key, record)
        known = next((one for one in found["matches"] if one["object"] == "account" and one["visible"]), None)
        match = {"id": known["id"], "title": known["title"]} if known else None
        parts = {key: {"values": await _shown(tx, actor, key, found[key]["values"])} for key in PARTS}
        return JSON({**parts, "account": {**parts["account"], "match": match}})

    return await edge.lock(work)


PARTS = ("account", "contact", "opportunity")


async def _shown(tx: ReadTx, actor: Actor, object_key: str, dumped: Values) -> Values:
    return await shown_values(tx, actor, actor.workspace.object(object_key).fields.values(), dumped)


@routes.post(
    f"{ONE}/convert", summary="Turn a lead into customer, contact and opportunity", response_model=Converted
)
async def convert(edge: AtEdge, object_key: ObjectKey, record: RecordID, body: Conversion) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        made = await conversion.convert(
            tx,
            actor,
            object_key,
            record,
            account=body.account.values if isinstance(body.account, Part) else body.account,
            contact=body.contact.values if body.contact else None,
            opportunity=body.opportunity.values if body.opportunity else None,
            without_contact=_refused(body, "contact"),
            without_opportunity=_refused(body, "opportunity"),
        )
        return JSON(
            {
                "account": made.account,
                "contact": made.contact,
                "opportunity": made.opportunity,
                "batch": made.batch,
            }
        )

    return await edge.write(work)


def _refused(body: Conversion, part: str) -> bool:
    """Null says no; leaving it out leaves it to the rules."""
    return part in body.model_fields_set and getattr(body, part) is None
