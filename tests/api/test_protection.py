"""What a workspace demands at the door, and what its administrators see and may undo."""

from collections.abc import AsyncIterator

import httpx
import pytest_asyncio
from fastapi import FastAPI

from jieli.db.pool import Database
from jieli.identity import store
from jieli.identity.members import link
from jieli.records import Values
from tests.api.conftest import PASSWORD, Person, SignIn, browser, enter, newcomer
from tests.api.test_security import enrolled
from tests.company import Company, found, make


@pytest_asyncio.fixture
async def place(db: Database) -> Company:
    """A workspace of its own, because what is demanded holds for everybody in it."""
    return await found(db)


@pytest_asyncio.fixture
async def chief(app: FastAPI, db: Database, place: Company) -> AsyncIterator[Person]:
    """An administrator with a second factor."""
    async with browser(app) as client:
        await enrolled(client, await newcomer(db, place, role="admin"))
        yield Person(client, place.workspace.slug)


async def demand(chief: Person, required: bool = True) -> None:
    answer = await chief.put("/protection", {"second_factor_required": required})
    assert answer.status_code == 200, answer.text


async def member_of(person: Person) -> str:
    found: str = (await person.client.get("/api/v1/session")).json()["workspaces"][0]["member"]
    return found


async def test_who_has_no_second_factor_gets_nothing_where_one_is_demanded(
    abroad: httpx.AsyncClient, db: Database, place: Company, chief: Person
) -> None:
    login = await newcomer(db, place)
    await enter(abroad, login)
    person = Person(abroad, place.workspace.slug)
    assert (await person.get("/blueprint")).status_code == 200
    await demand(chief)
    for answer in (await person.get("/blueprint"), await person.post("/objects/lead/query", {})):
        assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
    session: Values = (await abroad.get("/api/v1/session")).json()
    assert session["workspaces"][0]["second_factor_required"] is True
    await enrolled(abroad, login)
    assert (await person.get("/blueprint")).status_code == 200


async def test_where_it_is_demanded_it_can_not_be_removed(chief: Person) -> None:
    await demand(chief)
    body = {"password": PASSWORD}
    answer = await chief.client.post("/api/v1/account/second-factor/remove", json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "second_factor_required")
    await demand(chief, required=False)
    answer = await chief.client.post("/api/v1/account/second-factor/remove", json=body)
    assert answer.status_code == 204


async def test_who_demands_it_has_one(app: FastAPI, db: Database, place: Company) -> None:
    async with browser(app) as client:
        await enter(client, await newcomer(db, place, role="admin"))
        person = Person(client, place.workspace.slug)
        answer = await person.put("/protection", {"second_factor_required": True})
        assert answer.json()["code"] == "second_factor_required"
        assert (await person.get("/protection")).json()["second_factor_required"] is False


async def test_it_is_told_how_many_have_one(
    db: Database, place: Company, chief: Person, abroad: httpx.AsyncClient
) -> None:
    before = (await chief.get("/protection")).json()
    await enrolled(abroad, await newcomer(db, place))
    after = (await chief.get("/protection")).json()
    assert (after["accounts"], after["enrolled"]) == (before["accounts"] + 1, before["enrolled"] + 1)


async def test_only_who_manages_members_looks_at_it_or_changes_it(sam: Person) -> None:
    assert (await sam.get("/protection")).status_code == 403
    assert (await sam.put("/protection", {"second_factor_required": False})).status_code == 403
    assert (await sam.get("/account-events")).status_code == 403
    assert (await sam.delete(f"/members/{sam.member}/second-factor")).status_code == 403


async def test_an_administrator_lets_in_who_has_lost_the_phone(
    abroad: httpx.AsyncClient, db: Database, place: Company, chief: Person
) -> None:
    login = await newcomer(db, place)
    await enrolled(abroad, login)
    member = await member_of(Person(abroad, place.workspace.slug))
    assert (await chief.delete(f"/members/{member}/second-factor")).status_code == 204
    assert (await abroad.get("/api/v1/session")).status_code == 401
    assert (await enter(abroad, login)).status_code == 200
    events = (await abroad.get("/api/v1/account/events")).json()["items"]
    told = next(one for one in events if one["kind"] == "second_factor_reset")
    assert told["author"]
    again = await chief.delete(f"/members/{member}/second-factor")
    assert (again.status_code, again.json()["code"]) == (409, "no_second_factor")


async def test_nobody_resets_who_may_do_more_than_they(
    app: FastAPI, db: Database, place: Company, chief: Person
) -> None:
    async with browser(app) as client:
        await enter(client, await newcomer(db, place, role="operations"))
        answer = await Person(client, place.workspace.slug).delete(
            f"/members/{await member_of(chief)}/second-factor"
        )
    assert (answer.status_code, answer.json()["code"]) == (403, "not_yours_to_reset")


async def test_an_account_of_several_workspaces_is_reset_by_none_of_them(
    abroad: httpx.AsyncClient, db: Database, place: Company, elsewhere: Company, chief: Person
) -> None:
    login = await newcomer(db, place)
    await enrolled(abroad, login)
    member = await member_of(Person(abroad, place.workspace.slug))
    async with db.begin() as tx:
        row = await tx.one(store.account_by_login(login))
        assert row is not None
        other = await make(tx, elsewhere.system, "member", name=login, roles=["sales"])
        await link(tx, elsewhere.workspace.slug, row["id"], other)
    assert (await chief.delete(f"/members/{member}/second-factor")).status_code == 403


async def test_an_administrator_sees_the_sign_ins_of_the_workspace_and_of_no_other(
    abroad: httpx.AsyncClient, db: Database, place: Company, chief: Person, sign_in: SignIn, boss: Person
) -> None:
    login = await newcomer(db, place)
    await enter(abroad, login, "not the password")
    await enter(abroad, login)
    seen = (await chief.get("/account-events")).json()["items"]
    assert [(one["account"], one["outcome"]) for one in seen[:2]] == [(login, "ok"), (login, "wrong")]
    assert seen[0]["member"] == await member_of(Person(abroad, place.workspace.slug))
    elsewhere = (await boss.get("/account-events")).json()["items"]
    assert login not in [one["account"] for one in elsewhere]


async def test_demanding_is_noted(chief: Person) -> None:
    await demand(chief)
    newest = (await chief.get("/account-events")).json()["items"][0]
    assert (newest["kind"], newest["about"]) == ("policy", "on")


async def test_an_administrator_ends_the_sessions_of_a_member_and_of_no_stranger(
    abroad: httpx.AsyncClient, db: Database, place: Company, chief: Person, boss: Person, sam: Person
) -> None:
    await enter(abroad, await newcomer(db, place))
    member = await member_of(Person(abroad, place.workspace.slug))
    assert (await boss.delete(f"/members/{member}/sessions")).status_code == 404
    assert (await sam.delete(f"/members/{sam.member}/sessions")).status_code == 403
    assert (await abroad.get("/api/v1/session")).status_code == 200
    assert (await chief.delete(f"/members/{member}/sessions")).status_code == 204
    assert (await abroad.get("/api/v1/session")).status_code == 401
