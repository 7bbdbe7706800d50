from dataclasses import replace
from datetime import timedelta

import httpx
from argon2 import PasswordHasher
from fastapi import FastAPI

from jieli.api.context import COOKIE, Process
from jieli.api.options import Demo, DemoPerson
from jieli.base import clock
from jieli.blueprint.document import Label
from jieli.db.pool import Database
from jieli.identity import Lifetime, store
from jieli.identity.invites import invite
from jieli.records import Values
from tests.api.conftest import PASSWORD, Person, SignIn, browser, enter, some_address
from tests.company import Company

LIFETIME = Lifetime().idle


async def test_signing_in_sets_a_cookie_that_scripts_cannot_read(
    anybody: httpx.AsyncClient, login: str
) -> None:
    response = await enter(anybody, login)
    cookie = response.headers["set-cookie"]
    assert response.status_code == 200
    assert cookie.startswith(f"{COOKIE}=")
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= {part.strip() for part in cookie.split(";")}


async def test_signing_in_tells_the_account_and_its_workspaces(
    anybody: httpx.AsyncClient, login: str, house: Company
) -> None:
    found: Values = (await enter(anybody, login.upper())).json()
    assert found["account"]["login"] == login
    assert [one["slug"] for one in found["workspaces"]] == [house.workspace.slug]
    assert found["workspaces"][0]["label"] == "商机接力"


async def test_the_session_is_known_afterwards(anybody: httpx.AsyncClient, login: str) -> None:
    entered = await enter(anybody, login)
    assert (await anybody.get("/api/v1/session")).json() == entered.json()


async def test_a_wrong_password_and_an_unknown_login_get_the_same_answer(
    anybody: httpx.AsyncClient, login: str
) -> None:
    wrong = await enter(anybody, login, "not the password")
    unknown = await enter(anybody, "nobody@nowhere", "not the password")
    assert (wrong.status_code, wrong.json()) == (unknown.status_code, unknown.json())
    assert wrong.json()["code"] == "wrong_password"


async def test_a_password_hashed_by_older_parameters_is_hashed_anew(
    anybody: httpx.AsyncClient, login: str, db: Database
) -> None:
    old = PasswordHasher(time_cost=1, memory_cost=8 * 1024, parallelism=1).hash(PASSWORD)
    statement = "update jieli.account set password_hash = $1 where login = $2"
    async with db.begin() as tx:
        await tx.connection.execute(statement, old, login)
    assert (await enter(anybody, login)).status_code == 200
    async with db.read() as tx:
        row = await tx.one(store.account_to_check(login))
    assert row is not None
    assert row["password_hash"] != old
    assert (await enter(anybody, login)).status_code == 200


async def test_nobody_is_signed_in_after_signing_out(anybody: httpx.AsyncClient, login: str) -> None:
    await enter(anybody, login)
    token = anybody.cookies[COOKIE]
    assert (await anybody.delete("/api/v1/session")).status_code == 204
    anybody.cookies.set(COOKIE, token)
    assert (await anybody.get("/api/v1/session")).status_code == 401


async def test_signing_out_twice_is_no_error(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.delete("/api/v1/session")).status_code == 204


async def test_a_session_ends_when_it_is_not_used(sam: Person) -> None:
    with clock.at(clock.now() + LIFETIME + timedelta(minutes=1)):
        assert (await sam.get("/blueprint")).status_code == 401


async def test_a_session_in_use_goes_on(sam: Person, process: Process) -> None:
    later = clock.now() + LIFETIME - timedelta(hours=1)
    with clock.at(later):
        response = await sam.get("/blueprint")
        await process.finish()
    with clock.at(later + timedelta(days=2)):
        again = await sam.get("/blueprint")
        await process.finish()
    assert response.headers["set-cookie"].startswith(f"{COOKIE}=")
    assert again.status_code == 200


async def test_a_session_ends_in_any_case_however_much_it_is_used(sam: Person, process: Process) -> None:
    began = clock.now()
    for days in range(5, 30, 5):
        with clock.at(began + timedelta(days=days)):
            assert (await sam.get("/blueprint")).status_code == 200
            await process.finish()
    with clock.at(began + Lifetime().longest + timedelta(minutes=1)):
        assert (await sam.get("/blueprint")).status_code == 401


async def test_signing_in_anew_ends_the_session_before(anybody: httpx.AsyncClient, login: str) -> None:
    await enter(anybody, login)
    first = anybody.cookies[COOKIE]
    await enter(anybody, login)
    assert anybody.cookies[COOKIE] != first
    anybody.cookies.set(COOKIE, first)
    assert (await anybody.get("/api/v1/session")).status_code == 401


async def test_a_disabled_account_is_signed_out(sign_in: SignIn, db: Database, elsewhere: Company) -> None:
    person = await sign_in(elsewhere, "cleo")
    async with db.begin() as tx:
        await tx.connection.execute(
            "update jieli.account set disabled = true where login = $1", f"cleo@{elsewhere.workspace.slug}"
        )
    assert (await person.get("/blueprint")).status_code == 401


async def test_a_disabled_member_is_refused(sign_in: SignIn, elsewhere: Company) -> None:
    person, boss = await sign_in(elsewhere, "ed"), await sign_in(elsewhere, "boss")
    await boss.post(f"/members/{person.member}/disable")
    response = await person.get("/blueprint")
    assert (response.status_code, response.json()["code"]) == (403, "not_a_member")


async def test_over_https_the_cookies_are_bound_to_this_host(
    app: FastAPI, login: str, process: Process
) -> None:
    before = process.options
    process.options = replace(before, secure_cookies=True)
    try:
        async with browser(app, address=some_address()) as client:
            client.base_url = httpx.URL("https://jieli.test")
            response = await enter(client, login)
            known = await client.get("/api/v1/session")
    finally:
        process.options = before
    cookies = response.headers.get_list("set-cookie")
    assert {cookie.partition("=")[0] for cookie in cookies} == {
        "__Host-jieli_session",
        "__Host-jieli_device",
    }
    for cookie in cookies:
        assert {"Secure", "HttpOnly", "Path=/"} <= {part.strip() for part in cookie.split(";")}
    assert known.status_code == 200


async def test_a_demo_says_who_can_be_tried(anybody: httpx.AsyncClient, process: Process) -> None:
    before = process.options
    wang = DemoPerson("wang", "王芳", Label(zh="销售顾问", en="Sales"))
    process.options = replace(before, demo=Demo("wang", "secret", (wang,)))
    try:
        response = await anybody.get("/api/v1/session")
    finally:
        process.options = before
    assert response.json()["demo"]["people"] == [
        {"login": "wang", "name": "王芳", "role": {"zh": "销售顾问", "en": "Sales"}}
    ]


async def test_an_invitation_sets_a_password_once(
    anybody: httpx.AsyncClient, login: str, db: Database, house: Company
) -> None:
    async with db.begin() as tx:
        row = await tx.one(store.account_by_login(login))
        assert row is not None
        token = await invite(tx, row["id"], house.workspace.slug)
    body = {"password": "another good one"}
    assert (await anybody.post(f"/api/v1/invites/{token}", json=body)).status_code == 204
    assert (await enter(anybody, login, "another good one")).status_code == 200
    assert (await anybody.post(f"/api/v1/invites/{token}", json=body)).status_code == 404
