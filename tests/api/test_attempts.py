"""Guessing passwords: how it is slowed down, and that it locks nobody else out."""

import asyncio
from datetime import timedelta

import httpx
from fastapi import FastAPI

from jieli.base import clock
from jieli.db.pool import Database
from jieli.identity.attempts import ACCOUNT, HERE, ORIGIN, WINDOW
from tests.api.conftest import PASSWORD, browser, enter, newcomer, some_address, some_number
from tests.company import Company

WRONG = "not the password"


async def guess(client: httpx.AsyncClient, login: str, times: int) -> list[str]:
    """The codes of the answers."""
    return [(await enter(client, login, WRONG)).json()["code"] for _ in range(times)]


async def guess_everywhere(app: FastAPI, login: str, times: int) -> None:
    """From a new address each few times, as a botnet does."""
    for _ in range(0, times, HERE):
        async with browser(app, address=some_address()) as client:
            await guess(client, login, HERE)


async def test_too_many_wrong_passwords_are_answered_no_more(abroad: httpx.AsyncClient, login: str) -> None:
    assert await guess(abroad, login, HERE + 1) == ["wrong_password"] * HERE + ["locked"]
    response = await enter(abroad, login)
    assert (response.status_code, response.json()["code"]) == (429, "locked")


async def test_after_a_while_one_may_try_again(abroad: httpx.AsyncClient, login: str) -> None:
    await guess(abroad, login, HERE)
    with clock.at(clock.now() + WINDOW + timedelta(seconds=1)):
        assert (await enter(abroad, login)).status_code == 200


async def test_a_login_that_does_not_exist_is_answered_the_same_way(abroad: httpx.AsyncClient) -> None:
    nobody = f"nobody{some_number()}@nowhere"
    assert await guess(abroad, nobody, HERE + 1) == ["wrong_password"] * HERE + ["locked"]


async def test_a_stranger_elsewhere_does_not_lock_the_owner_out(
    app: FastAPI, abroad: httpx.AsyncClient, login: str
) -> None:
    await guess(abroad, login, HERE + 3)
    async with browser(app, address=some_address()) as owner:
        assert (await enter(owner, login)).status_code == 200


async def test_a_stranger_in_the_same_house_does_not_lock_a_known_browser_out(
    app: FastAPI, login: str
) -> None:
    address = some_address()
    async with browser(app, address=address) as owner, browser(app, address=address) as stranger:
        await enter(owner, login)
        await owner.delete("/api/v1/session")
        await guess(stranger, login, HERE + 3)
        assert (await enter(owner, login)).status_code == 200


async def test_guessing_from_many_addresses_is_stopped_and_known_browsers_go_on(
    app: FastAPI, abroad: httpx.AsyncClient, login: str
) -> None:
    await enter(abroad, login)
    await guess_everywhere(app, login, ACCOUNT)
    async with browser(app, address=some_address()) as new:
        assert (await enter(new, login)).json()["code"] == "locked"
    assert (await enter(abroad, login)).status_code == 200


async def test_a_known_browser_may_not_guess_without_end(abroad: httpx.AsyncClient, login: str) -> None:
    await enter(abroad, login)
    assert (await guess(abroad, login, HERE + 1))[-1] == "locked"


async def test_anothers_browser_is_no_known_one(
    abroad: httpx.AsyncClient, app: FastAPI, db: Database, house: Company, login: str
) -> None:
    await enter(abroad, await newcomer(db, house))
    await guess_everywhere(app, login, ACCOUNT)
    assert (await enter(abroad, login)).json()["code"] == "locked"


async def test_trying_many_logins_from_one_address_is_stopped(abroad: httpx.AsyncClient, login: str) -> None:
    for number in range(ORIGIN):
        await enter(abroad, f"guess{number}@nowhere", WRONG)
    assert (await enter(abroad, login)).json()["code"] == "locked"


async def test_a_burst_at_the_same_time_gets_no_more_tries(abroad: httpx.AsyncClient, login: str) -> None:
    answers = await asyncio.gather(*(enter(abroad, login, WRONG) for _ in range(HERE * 3)))
    codes = [answer.json()["code"] for answer in answers]
    assert (codes.count("wrong_password"), codes.count("locked")) == (HERE, HERE * 2)


async def test_signing_in_well_begins_the_count_anew(abroad: httpx.AsyncClient, login: str) -> None:
    for _ in range(2):
        await guess(abroad, login, HERE - 1)
        assert (await enter(abroad, login)).status_code == 200


async def test_a_stolen_session_may_not_guess_the_password(abroad: httpx.AsyncClient, login: str) -> None:
    await enter(abroad, login)
    body = {"old": WRONG, "new": "tin-roof-rain"}
    for _ in range(HERE):
        answer = await abroad.post("/api/v1/account/password", json=body)
        assert answer.json()["code"] == "wrong_password"
    body["old"] = PASSWORD
    assert (await abroad.post("/api/v1/account/password", json=body)).json()["code"] == "locked"
