"""The tokens by which programs act as a member. They are handled by people only."""

from dataclasses import asdict
from uuid import UUID

from fastapi import Response
from pydantic import Field

from jieli.access import Actor
from jieli.api import shapes
from jieli.api.context import AtEdge
from jieli.api.wire import JSON, Body, router
from jieli.db.pool import ReadTx, Tx
from jieli.identity.accounts import Account, get_account
from jieli.identity.attempts import prove
from jieli.identity.tokens import LONGEST_DAYS, Scope, issue, revoke, tokens_of

routes = router("tokens")


class NewToken(Body):
    """The password once more, because a token outlives the session."""

    name: str = Field(min_length=1, max_length=100)
    scope: Scope
    days: int = Field(ge=1, le=LONGEST_DAYS)
    password: str = Field(max_length=200)


@routes.get("/{ws}/tokens", summary="One's own tokens", response_model=shapes.ApiTokens)
async def list_tokens(edge: AtEdge) -> Response:
    edge.require_person()

    async def work(tx: ReadTx, actor: Actor) -> Response:
        return JSON({"items": [asdict(one) for one in await tokens_of(tx, actor)]})

    return await edge.show(work)


@routes.post("/{ws}/tokens", summary="Make a token", response_model=shapes.NewApiToken, status_code=201)
async def create_token(edge: AtEdge, body: NewToken) -> Response:
    """It acts as the member who made it, and never for more than that member may."""
    edge.require_person()

    async def who(tx: ReadTx, actor: Actor) -> Account:
        assert actor.account is not None
        return await get_account(tx, actor.account)

    await prove(edge.process.db, await edge.read(who), body.password, edge.visitor)

    async def work(tx: Tx, actor: Actor) -> Response:
        made = await issue(tx, actor, body.name, body.scope, body.days, edge.visitor)
        return JSON(asdict(made), 201)

    return await edge.write_secret(work)


@routes.delete("/{ws}/tokens/{token}", summary="Revoke a token", status_code=204)
async def revoke_token(edge: AtEdge, token: UUID) -> Response:
    edge.require_person()

    async def work(tx: Tx, actor: Actor) -> Response:
        await revoke(tx, actor, token, edge.visitor)
        return Response(status_code=204)

    return await edge.write(work)
