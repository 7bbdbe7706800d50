"""One's own account at the door: open sessions, what has happened, and the second factor."""

from dataclasses import asdict
from uuid import UUID

from fastapi import Response
from pydantic import Field

from jieli.api import shapes
from jieli.api.context import AtDoor, Door
from jieli.api.wire import JSON, Body, router
from jieli.db.pool import Tx
from jieli.identity import SignedIn, memberships, second_factor
from jieli.identity.attempts import prove
from jieli.identity.events import EventPage, events_of
from jieli.identity.sessions import end_others, end_session, open_sessions
from jieli.records import Values

routes = router("security")


class Proof(Body):
    """The password once more, because a session alone may have been left open or stolen."""

    password: str = Field(max_length=200)


class Ending(Proof):
    session: UUID | None = None


class Code(Body):
    code: str = Field(min_length=6, max_length=40)


@routes.get(
    "/account/security", summary="Second factor and open sessions", response_model=shapes.AccountSecurity
)
async def read_security(door: AtDoor) -> Response:
    async with door.process.db.read() as tx:
        session = await door.signed_in(tx)
        account = session.account
        found = {
            "second_factor": account.second_factor,
            "required": any(one.second_factor_required for one in await memberships(tx, account.id)),
            "recovery_codes": await second_factor.codes_left(tx, account.id),
            "sessions": [asdict(one) for one in await open_sessions(tx, session)],
        }
    return door.dressed(JSON(found))


@routes.get("/account/events", summary="What happened to the account", response_model=shapes.AccountEvents)
async def read_events(door: AtDoor, before: UUID | None = None) -> Response:
    async with door.process.db.read() as tx:
        session = await door.signed_in(tx)
        found = await events_of(tx, session.account.id, before)
    return door.dressed(JSON(events_json(found)))


def events_json(page: EventPage) -> Values:
    return {"items": [asdict(one) for one in page.items], "next": page.next}


@routes.post("/account/sessions/end", summary="End sessions", status_code=204)
async def end_sessions(door: AtDoor, body: Ending) -> Response:
    """One of them, or without `session` all but this one."""
    mine = await _proved(door, body.password)

    async def work(tx: Tx) -> Response:
        if body.session is None:
            await end_others(tx, mine, door.visitor)
        else:
            await end_session(tx, mine, body.session, door.visitor)
        return Response(status_code=204)

    return await door.process.db.write(work)


@routes.post(
    "/account/second-factor",
    summary="Begin with a second factor",
    response_model=shapes.Enrolment,
    status_code=201,
)
async def begin_second_factor(door: AtDoor, body: Proof) -> Response:
    """The secret counts once its first code was confirmed."""
    session = await _proved(door, body.password)

    async def work(tx: Tx) -> Response:
        return JSON(asdict(await second_factor.enrol(tx, door.process.options.vault, session.account)), 201)

    return await door.process.db.write(work)


@routes.post(
    "/account/second-factor/confirm", summary="Confirm the second factor", response_model=shapes.RecoveryCodes
)
async def confirm_second_factor(door: AtDoor, body: Code) -> Response:
    async def work(tx: Tx) -> Response:
        account = (await door.signed_in(tx)).account
        codes = await second_factor.confirm(tx, door.process.options.vault, account, body.code, door.visitor)
        return JSON({"recovery_codes": codes})

    return await door.process.db.write(work)


@routes.post("/account/second-factor/remove", summary="Remove the second factor", status_code=204)
async def remove_second_factor(door: AtDoor, body: Proof) -> Response:
    session = await _proved(door, body.password)

    async def work(tx: Tx) -> Response:
        await second_factor.disable(tx, session.account, door.visitor)
        return Response(status_code=204)

    return await door.process.db.write(work)


@routes.post(
    "/account/second-factor/codes", summary="New recovery codes", response_model=shapes.RecoveryCodes
)
async def renew_recovery_codes(door: AtDoor, body: Proof) -> Response:
    session = await _proved(door, body.password)

    async def work(tx: Tx) -> Response:
        codes = await second_factor.renew_codes(tx, session.account, door.visitor)
        return JSON({"recovery_codes": codes})

    return await door.process.db.write(work)


async def _proved(door: Door, password: str) -> SignedIn:
    """Who is signed in and has just given the password. Raises SignedOut, WrongPassword, Locked."""
    db = door.process.db
    async with db.read() as tx:
        session = await door.signed_in(tx)
    await prove(db, session.account, password, door.visitor)
    return session
