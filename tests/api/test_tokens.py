"""Tokens of programs: what they open, and above all what they do not."""

from collections.abc import AsyncIterator
from datetime import timedelta

import httpx
import pytest_asyncio
from fastapi import FastAPI

from jieli.api.context import Process
from jieli.base import clock
from jieli.db.pool import Database
from jieli.identity import set_password, store
from jieli.records import Values
from tests.api.conftest import PASSWORD, Person, SignIn, browser, enter, newcomer, some_number
from tests.company import Company


@pytest_asyncio.fixture
async def admin(app: FastAPI, db: Database, house: Company) -> AsyncIterator[Person]:
    """A new administrator, signed in by password."""
    async with browser(app) as client:
        await enter(client, await newcomer(db, house, role="admin"))
        yield Person(client, house.workspace.slug)


@pytest_asyncio.fixture
async def seller(app: FastAPI, login: str, house: Company) -> AsyncIterator[Person]:
    async with browser(app) as client:
        await enter(client, login)
        yield Person(client, house.workspace.slug)


async def made(person: Person, scope: str, days: int = 30) -> Values:
    body = {"name": "报表脚本", "scope": scope, "days": days, "password": PASSWORD}
    answer = await person.post("/tokens", body)
    assert answer.status_code == 201, answer.text
    found: Values = answer.json()
    return found


def program(app: FastAPI, person: Person, text: str) -> Person:
    """Somebody without a browser: no cookie, and no header of ours."""
    client = browser(app, Authorization=f"Bearer {text}")
    del client.headers["X-Jieli"]
    return Person(client, person.slug)


async def test_a_token_acts_as_its_member_without_cookie_and_header(app: FastAPI, seller: Person) -> None:
    script = program(app, seller, (await made(seller, "write"))["text"])
    me = (await script.get("/blueprint")).json()["me"]["member"]
    assert me == (await seller.get("/blueprint")).json()["me"]["member"]
    assert (await script.lead())["id"]


async def test_a_token_sees_no_more_than_its_member(app: FastAPI, seller: Person, boss: Person) -> None:
    theirs = await boss.lead()
    script = program(app, seller, (await made(seller, "admin"))["text"])
    assert (await script.get(f"/objects/lead/records/{theirs['id']}")).status_code == 404
    assert (await script.get("/roles")).json()["code"] == "right_missing"


async def test_a_reading_token_writes_nothing(app: FastAPI, seller: Person) -> None:
    script = program(app, seller, (await made(seller, "read"))["text"])
    assert (await script.get("/objects/lead/records")).status_code == 200
    for answer in (
        await script.post("/objects/lead/records", {"values": {"name": "X"}}),
        await script.post("/notifications/read", {"all": True}),
        await script.delete(f"/views/{some_uuid()}"),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "token_may_not")


def some_uuid() -> str:
    return f"01920000-0000-7000-8000-{some_number():012d}"


async def test_a_writing_token_of_an_administrator_administrates_nothing(app: FastAPI, admin: Person) -> None:
    script = program(app, admin, (await made(admin, "write"))["text"])
    mary = (await admin.get("/objects/member/records")).json()["items"][0]
    assert (await script.lead())["id"]
    assert (await script.get("/objects/member/records")).status_code == 200
    role = {"role": {"label": "X", "everything": True}}
    for answer in (
        await script.get("/roles"),
        await script.put("/roles/new", json=role),
        await script.get("/account-events"),
        await script.post("/members", {"values": {"name": "X"}, "login": "somebody"}),
        await script.post("/objects/member/records", {"values": {"name": "X", "roles": ["admin"]}}),
        await script.patch(f"/objects/member/records/{mary['id']}", {"values": {"roles": ["admin"]}}),
        await script.post(f"/members/{mary['id']}/disable"),
        await script.post("/objects/department/records", {"values": {"name": "X"}}),
        await script.client.post(
            f"{script.root}/imports",
            data={"object": "member"},
            files={"file": ("a.csv", "姓名\n王强\n".encode(), "text/csv")},
        ),
    ):
        assert answer.status_code == 403, answer.text


async def test_a_writing_token_does_not_take_back_what_was_done_to_members(
    app: FastAPI, admin: Person
) -> None:
    change = await admin.post("/objects/member/records", {"values": {"name": f"新人{some_number()}"}})
    batch = change.headers["Jieli-Batch"]
    script = program(app, admin, (await made(admin, "write"))["text"])
    assert (await script.post(f"/undo/{batch}")).status_code == 403
    assert (await admin.post(f"/undo/{batch}")).status_code == 200


async def test_an_administrating_token_manages_members(app: FastAPI, admin: Person) -> None:
    script = program(app, admin, (await made(admin, "admin"))["text"])
    assert (await script.get("/roles")).status_code == 200
    added = await script.post("/objects/member/records", {"values": {"name": f"新人{some_number()}"}})
    assert added.status_code == 201


async def test_no_token_handles_tokens_passwords_or_second_factors(app: FastAPI, admin: Person) -> None:
    token = await made(admin, "admin")
    script = program(app, admin, token["text"])
    mary = (await admin.get("/objects/member/records")).json()["items"][0]
    body = {"name": "X", "scope": "admin", "days": 1, "password": PASSWORD}
    for answer in (
        await script.get("/tokens"),
        await script.post("/tokens", body),
        await script.delete(f"/tokens/{token['token']['id']}"),
        await script.post(f"/members/{mary['id']}/invite"),
        await script.delete(f"/members/{mary['id']}/second-factor"),
        await script.put("/protection", json={"second_factor_required": False}),
    ):
        assert (answer.status_code, answer.json()["code"]) == (403, "token_may_not")
    for path in ("/account/security", "/account/events", "/session"):
        assert (await script.client.get(f"/api/v1{path}")).status_code == 401
    change = {"old": PASSWORD, "new": "tin-roof-rain"}
    assert (await script.client.post("/api/v1/account/password", json=change)).status_code == 401


async def test_a_token_is_good_in_its_workspace_only(
    app: FastAPI, seller: Person, elsewhere: Company
) -> None:
    script = program(app, seller, (await made(seller, "read"))["text"])
    answer = await script.client.get(f"/api/v1/{elsewhere.workspace.slug}/blueprint")
    assert answer.status_code == 404


async def test_a_token_ends_with_its_time(app: FastAPI, seller: Person) -> None:
    script = program(app, seller, (await made(seller, "read", days=7))["text"])
    with clock.at(clock.now() + timedelta(days=6, hours=23)):
        assert (await script.get("/blueprint")).status_code == 200
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert (await script.get("/blueprint")).status_code == 401


async def test_a_revoked_token_opens_nothing(app: FastAPI, seller: Person) -> None:
    token = await made(seller, "read")
    script = program(app, seller, token["text"])
    assert (await seller.delete(f"/tokens/{token['token']['id']}")).status_code == 204
    assert (await script.get("/blueprint")).status_code == 401
    assert (await seller.delete(f"/tokens/{token['token']['id']}")).status_code == 404


async def test_a_token_of_a_disabled_member_opens_nothing(app: FastAPI, seller: Person, boss: Person) -> None:
    script = program(app, seller, (await made(seller, "write"))["text"])
    member = (await seller.get("/blueprint")).json()["me"]["member"]["id"]
    await boss.post(f"/members/{member}/disable")
    assert (await script.get("/blueprint")).status_code == 403


async def test_tokens_are_listed_without_their_text_and_with_their_last_use(
    app: FastAPI, seller: Person, process: Process
) -> None:
    token = await made(seller, "read")
    before = (await seller.get("/tokens")).json()["items"][0]
    await program(app, seller, token["text"]).get("/blueprint")
    await process.finish()
    after = (await seller.get("/tokens")).json()["items"][0]
    assert before["last_used_at"] is None
    assert after["last_used_at"] is not None
    assert token["text"].startswith(after["prefix"])
    assert len(after["prefix"]) == len("jieli_") + 6
    assert token["text"] not in str(after)


async def test_only_the_hash_of_a_token_is_kept(seller: Person, db: Database) -> None:
    text = (await made(seller, "read"))["text"]
    async with db.read() as tx:
        rows = await tx.connection.fetch("select * from jieli.api_token")
    assert rows
    assert not any(text in str(value) for row in rows for value in row.values())


async def test_an_answer_with_a_token_is_not_kept_to_be_given_again(seller: Person, db: Database) -> None:
    body = {"name": "X", "scope": "read", "days": 1, "password": PASSWORD}
    headers = {"Idempotency-Key": f"token-{some_number()}"}
    texts = {
        (await seller.post("/tokens", body, headers=headers)).json()["text"],
        (await seller.post("/tokens", body, headers=headers)).json()["text"],
    }
    assert len(texts) == 2
    async with db.read() as tx:
        kept = await tx.connection.fetch(f"select response from ws_{seller.slug}.idempotency")
    assert not any(text in row["response"] for row in kept for text in texts)


async def test_nobody_sees_or_revokes_the_token_of_another(seller: Person, boss: Person) -> None:
    token = (await made(seller, "read"))["token"]
    assert token["id"] not in [one["id"] for one in (await boss.get("/tokens")).json()["items"]]
    assert (await boss.delete(f"/tokens/{token['id']}")).status_code == 404


async def test_a_token_needs_the_password_and_a_name(seller: Person) -> None:
    body = {"name": "X", "scope": "read", "days": 30, "password": "not the password"}
    assert (await seller.post("/tokens", body)).json()["code"] == "wrong_password"
    blank = await seller.post("/tokens", {**body, "name": "  ", "password": PASSWORD})
    assert (blank.status_code, blank.json()["problems"][0]["path"]) == (422, "name")
    for days in (0, 9999):
        assert (await seller.post("/tokens", {**body, "days": days})).status_code == 422


async def test_who_must_change_the_password_has_no_use_of_a_token(
    app: FastAPI, seller: Person, login: str, db: Database
) -> None:
    script = program(app, seller, (await made(seller, "read"))["text"])
    async with db.begin() as tx:
        row = await tx.one(store.account_by_login(login))
        assert row is not None
        await set_password(tx, row["id"], "tin-roof-rain", must_change=True)
    assert (await script.get("/blueprint")).json()["code"] == "password_must_change"


async def test_what_a_token_does_is_told_from_what_a_person_does(app: FastAPI, seller: Person) -> None:
    lead = await program(app, seller, (await made(seller, "write"))["text"]).lead()
    shown = (await seller.get(f"/objects/lead/records/{lead['id']}/timeline")).json()["items"]
    assert {one["channel"] for one in shown if "channel" in one} <= {"api"}


async def test_making_and_revoking_is_noted(seller: Person, sign_in: SignIn) -> None:
    token = (await made(seller, "read"))["token"]
    await seller.delete(f"/tokens/{token['id']}")
    found = (await seller.client.get("/api/v1/account/events")).json()["items"]
    noted = [(one["kind"], one["about"]) for one in found if one["kind"].startswith("token")]
    assert noted == [("token_revoked", "报表脚本"), ("token_made", "报表脚本")]


async def test_nonsense_is_no_token(anybody: httpx.AsyncClient, house: Company) -> None:
    for text in ("", "jieli_nonsense", "x" * 500, "\u00e9".encode("latin-1").decode("latin-1")):
        headers = {"Authorization": f"Bearer {text}".encode("latin-1")}
        answer = await anybody.get(f"/api/v1/{house.workspace.slug}/blueprint", headers=headers)
        assert answer.status_code == 401
