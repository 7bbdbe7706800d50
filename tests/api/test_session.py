from dataclasses import replace
from datetime import timedelta

import httpx
import pytest_asyncio
from fastapi import FastAPI

from jieli.api.context import COOKIE, Process
from jieli.api.options import Demo, DemoPerson
from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.blueprint.document import Label
from jieli.db.pool import Database
from jieli.identity import store
from jieli.identity.accounts import create_account
from jieli.identity.invites import invite
from jieli.identity.members import link
from jieli.identity.sessions import LIFETIME, hash_of
from jieli.records import Values
from tests.api.conftest import Person, SignIn, browser, some_number
from tests.company import Company, make

PASSWORD = "a long enough one"


@pytest_asyncio.fixture
async def login(db: Database, house: Company) -> str:
    """A new member with a password."""
    name = f"member{some_number()}@{house.workspace.slug}"
    async with db.begin() as tx:
        member = await make(tx, house.system, "member", name=name, roles=["sales"])
        account = await create_account(tx, name, name, PASSWORD)
        await link(tx, house.workspace.slug, account.id, member)
    return name


async def enter(client: httpx.AsyncClient, login: str, password: str = PASSWORD) -> httpx.Response:
    return await client.post("/api/v1/session", json={"login": login, "password": password})


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


async def test_too_many_wrong_passwords_lock_the_account(anybody: httpx.AsyncClient, login: str) -> None:
    for _ in range(5):
        await enter(anybody, login, "not the password")
    response = await enter(anybody, login)
    assert (response.status_code, response.json()["code"]) == (429, "locked")


async def test_nobody_is_signed_in_after_signing_out(anybody: httpx.AsyncClient, login: str) -> None:
    await enter(anybody, login)
    token = anybody.cookies[COOKIE]
    assert (await anybody.delete("/api/v1/session")).status_code == 204
    anybody.cookies.set(COOKIE, token)
    assert (await anybody.get("/api/v1/session")).status_code == 401


async def test_signing_out_twice_is_no_error(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.delete("/api/v1/session")).status_code == 204


async def test_a_session_ends_after_its_time(sam: Person) -> None:
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


async def test_the_cookie_is_for_https_only_where_the_installation_says_so(
    app: FastAPI, login: str, process: Process
) -> None:
    before = process.options
    process.options = replace(before, secure_cookies=True)
    try:
        async with browser(app) as client:
            response = await enter(client, login)
    finally:
        process.options = before
    assert "Secure" in response.headers["set-cookie"]


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


async def test_a_token_of_a_program_works_without_a_cookie(
    app: FastAPI, db: Database, house: Company
) -> None:
    token = await api_token(db, house, "sam", scopes=[])
    async with browser(app, Authorization=f"Bearer {token}") as client:
        response = await client.get(f"/api/v1/{house.workspace.slug}/blueprint")
    assert response.json()["me"]["member"]["title"] == "sam"


async def test_a_token_that_may_only_read_writes_nothing(app: FastAPI, db: Database, house: Company) -> None:
    token = await api_token(db, house, "sam", scopes=["read"])
    async with browser(app, Authorization=f"Bearer {token}") as client:
        person = Person(client, house.workspace.slug)
        response = await person.post("/objects/lead/records", {"values": {"name": "X"}})
    assert (response.status_code, response.json()["code"]) == (403, "token_may_only_read")


async def test_a_token_is_good_in_its_workspace_only(
    app: FastAPI, db: Database, house: Company, elsewhere: Company
) -> None:
    token = await api_token(db, house, "sam", scopes=[])
    async with browser(app, Authorization=f"Bearer {token}") as client:
        response = await client.get(f"/api/v1/{elsewhere.workspace.slug}/blueprint")
    assert response.status_code == 404


async def api_token(db: Database, company: Company, name: str, scopes: list[str]) -> str:
    token = str(uuid7())
    slug = company.workspace.slug
    async with db.begin() as tx:
        await tx.connection.execute(
            "insert into jieli.api_token (id, account, workspace, name, token_hash, scopes)"
            " select $1, id, $2, 'test', $3, $4 from jieli.account where login = $5",
            uuid7(),
            slug,
            hash_of(token),
            scopes,
            f"{name}@{slug}",
        )
    return token
