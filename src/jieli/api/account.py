"""What people change about their own account."""

from fastapi import Response
from pydantic import Field

from jieli.api.context import AtDoor
from jieli.api.session import account_json
from jieli.api.shapes import Account
from jieli.api.wire import JSON, Body, router
from jieli.db.pool import Tx
from jieli.identity import change_account, change_password

routes = router("account")


class AccountChange(Body):
    name: str | None = Field(default=None, max_length=100)
    language: str | None = Field(default=None, max_length=10)
    time_zone: str | None = Field(default=None, max_length=60)


class PasswordChange(Body):
    old: str = Field(max_length=200)
    new: str = Field(max_length=200)


@routes.patch("/account", summary="Change name, language or time zone", response_model=Account)
async def change(door: AtDoor, body: AccountChange) -> Response:
    async def work(tx: Tx) -> Response:
        account = (await door.signed_in(tx)).account
        return JSON(account_json(await change_account(tx, account.id, **body.model_dump())))

    return await door.process.db.write(work)


@routes.post("/account/password", summary="Change the password", status_code=204)
async def new_password(door: AtDoor, body: PasswordChange) -> Response:
    """Ends all other sessions."""
    db = door.process.db
    async with db.read() as tx:
        session = await door.signed_in(tx)
    await change_password(db, session, body.old, body.new, door.visitor)
    return Response(status_code=204)
