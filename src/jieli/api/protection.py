"""How a workspace is protected: what it demands of its members at the door, and what happened there."""

from uuid import UUID

from fastapi import Response

from jieli.access import Actor
from jieli.api import shapes
from jieli.api.context import AtEdge
from jieli.api.security import events_json
from jieli.api.wire import JSON, Body, RecordID, router
from jieli.db.pool import ReadTx, Tx
from jieli.identity.events import events_in
from jieli.identity.protection import Policy, change_policy, end_sessions, policy_of, reset
from jieli.records import Values

routes = router("protection")


class ProtectionChange(Body):
    second_factor_required: bool


@routes.get("/{ws}/protection", summary="What is demanded of members", response_model=shapes.Protection)
async def read_protection(edge: AtEdge) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(_policy_json(await policy_of(tx, actor)))

    return await edge.show(work)


@routes.put("/{ws}/protection", summary="Demand a second factor or not", response_model=shapes.Protection)
async def change_protection(edge: AtEdge, body: ProtectionChange) -> Response:
    edge.require_person()

    async def work(tx: Tx, actor: Actor) -> Response:
        found = await change_policy(tx, actor, body.second_factor_required, edge.visitor)
        return JSON(_policy_json(found))

    return await edge.write(work)


def _policy_json(policy: Policy) -> Values:
    return {
        "second_factor_required": policy.required,
        "accounts": policy.accounts,
        "enrolled": policy.enrolled,
    }


@routes.get("/{ws}/account-events", summary="Sign-ins of all members", response_model=shapes.AccountEvents)
async def read_events(edge: AtEdge, before: UUID | None = None) -> Response:
    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON(events_json(await events_in(tx, actor, before)))

    return await edge.show(work)


@routes.delete(
    "/{ws}/members/{record}/second-factor", summary="Reset a member's second factor", status_code=204
)
async def reset_second_factor(edge: AtEdge, record: RecordID) -> Response:
    edge.require_person()

    async def work(tx: Tx, actor: Actor) -> Response:
        await reset(tx, actor, record, edge.visitor)
        return Response(status_code=204)

    return await edge.write(work)


@routes.delete("/{ws}/members/{record}/sessions", summary="End a member's sessions", status_code=204)
async def end_members_sessions(edge: AtEdge, record: RecordID) -> Response:
    async def work(tx: Tx, actor: Actor) -> Response:
        await end_sessions(tx, actor, record, edge.visitor)
        return Response(status_code=204)

    return await edge.write(work)
