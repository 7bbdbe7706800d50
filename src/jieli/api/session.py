"""Signing in and out, and who is signed in."""

from fastapi import Request, Response
from pydantic import Field

from jieli.api.context import AtDoor, Door
from jieli.api.errors import language_of
from jieli.api.options import Demo
from jieli.api.shapes import Session
from jieli.api.wire import JSON, Body, router
from jieli.db.pool import ReadTx
from jieli.identity import (
    Account,
    Credentials,
    invites,
    memberships,
    session_of,
    sign_in,
    sign_out,
)
from jieli.identity.errors import SignedOut
from jieli.records import Values

routes = router("session")


class SignIn(Body):
    login: str = Field(min_length=1, max_length=100)
    password: str = Field(min_length=1, max_length=200)
    code: str | None = Field(
        default=None, max_length=40, description="Of the second factor, or a recovery code"
    )


class Password(Body):
    password: str = Field(max_length=200)


@routes.post("/session", summary="Sign in", response_model=Session)
async def begin_session(door: AtDoor, body: SignIn) -> Response:
    """Once the password was right, an account with a second factor is asked for it (`second_factor_needed`)."""
    db, options = door.process.db, door.process.options
    given = Credentials(body.login, body.password, body.code, door.token)
    entered = await sign_in(db, options.vault, given, door.visitor, options.lifetime)
    async with db.read() as tx:
        signed_in = await session_of(tx, entered.token)
        if signed_in is None:
            raise SignedOut
        response = JSON(await _session(tx, door.request, signed_in.account))
    door.set_session(response, entered.token)
    door.set_device(response, entered.device)
    return response


@routes.get("/session", summary="Who is signed in", response_model=Session)
async def read_session(door: AtDoor) -> Response:
    async with door.process.db.read() as tx:
        try:
            account = (await door.signed_in(tx)).account
        except SignedOut as error:
            raise _with_demo(error, door.process.options.demo) from None
        response = JSON(await _session(tx, door.request, account))
    door.dressed(response)
    return response


@routes.delete("/session", summary="Sign out", status_code=204)
async def end_session(door: AtDoor) -> Response:
    async with door.process.db.begin() as tx:
        found = await session_of(tx, door.token)
        if found:
            await sign_out(tx, found, door.visitor)
    return _forgotten(door)


def _forgotten(door: Door) -> Response:
    response = Response(status_code=204)
    door.drop_session(response)
    return response


@routes.post("/invites/{token}", summary="Set a password by an invitation", status_code=204)
async def accept_invite(door: AtDoor, token: str, body: Password) -> Response:
    async with door.process.db.begin() as tx:
        await invites.use_invite(tx, token, body.password, door.visitor)
    return Response(status_code=204)


def account_json(account: Account) -> Values:
    return {
        "id": account.id,
        "login": account.login,
        "name": account.name,
        "language": account.language,
        "time_zone": account.time_zone,
        "must_change_password": account.must_change_password,
        "second_factor": account.second_factor,
    }


async def _session(tx: ReadTx, request: Request, account: Account) -> Values:
    language = language_of(request)
    return {
        "account": account_json(account),
        "workspaces": [
            {
                "slug": one.slug,
                "label": one.label.get(language, one.slug),
                "member": one.member,
                "second_factor_required": one.second_factor_required,
            }
            for one in await memberships(tx, account.id)
        ],
    }


def _with_demo(error: SignedOut, demo: Demo | None) -> SignedOut:
    """A demo says who can be tried, on the page where people sign in."""
    if demo is not None:
        people = [
            {"login": one.login, "name": one.name, "role": one.role.model_dump()} for one in demo.people
        ]
        error.params["demo"] = {"login": demo.login, "password": demo.password, "people": people}
    return error
