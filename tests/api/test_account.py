from fastapi import FastAPI

from jieli.db.pool import Database
from jieli.identity import set_password, store
from tests.api.conftest import SignIn, browser, session
from tests.company import Company


async def test_somebody_changes_language_and_time_zone(sign_in: SignIn, elsewhere: Company) -> None:
    sue = await sign_in(elsewhere, "sue")
    response = await sue.client.patch("/api/v1/account", json={"language": "en", "time_zone": "Europe/Paris"})
    assert response.json() | {"id": None} == {
        "id": None,
        "login": f"sue@{elsewhere.workspace.slug}",
        "name": "sue",
        "language": "en",
        "time_zone": "Europe/Paris",
        "must_change_password": False,
        "second_factor": False,
    }


async def test_an_unknown_time_zone_is_refused(sign_in: SignIn, elsewhere: Company) -> None:
    sam = await sign_in(elsewhere, "sam")
    response = await sam.client.patch("/api/v1/account", json={"time_zone": "Mars/Olympus"})
    assert response.status_code == 422
    assert response.json()["problems"][0]["path"] == "time_zone"


async def test_refusals_speak_the_language_of_the_account(sign_in: SignIn, elsewhere: Company) -> None:
    wes = await sign_in(elsewhere, "wes")
    await wes.client.patch("/api/v1/account", json={"language": "en"})
    assert (await wes.get("/objects/nothing/records")).json()["title"] == "There is no object “nothing”"


async def test_a_request_may_ask_for_another_language(sign_in: SignIn, elsewhere: Company) -> None:
    mary = await sign_in(elsewhere, "mary")
    response = await mary.get(
        "/objects/nothing/records", headers={"Accept-Language": "fr, en;q=0.8, zh;q=0.5"}
    )
    assert response.json()["title"] == "There is no object “nothing”"


async def test_a_new_password_needs_the_old_one(sign_in: SignIn, elsewhere: Company) -> None:
    sam = await sign_in(elsewhere, "sam")
    body = {"old": "wrong", "new": "a long enough one"}
    response = await sam.client.post("/api/v1/account/password", json=body)
    assert (response.status_code, response.json()["code"]) == (403, "wrong_password")


async def test_a_new_password_ends_the_other_sessions(app: FastAPI, db: Database, elsewhere: Company) -> None:
    login = f"will@{elsewhere.workspace.slug}"
    await has_password(db, login, "a long enough one")
    async with (
        browser(app, token=await session(db, elsewhere, "will")) as here,
        browser(app, token=await session(db, elsewhere, "will")) as there,
    ):
        body = {"old": "a long enough one", "new": "a longer one still"}
        assert (await here.post("/api/v1/account/password", json=body)).status_code == 204
        assert (await here.get("/api/v1/session")).status_code == 200
        assert (await there.get("/api/v1/session")).status_code == 401


async def has_password(db: Database, login: str, password: str) -> None:
    async with db.begin() as tx:
        row = await tx.one(store.account_by_login(login))
        assert row is not None
        await set_password(tx, row["id"], password)
