"""One's own account at the door: second factor, sessions, and what is told of it."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import httpx
import pyotp
import pytest
from fastapi import FastAPI

from jieli.api.context import COOKIE
from jieli.base import clock
from jieli.db.pool import Database
from jieli.identity import invite, store
from jieli.records import Values
from tests.api.conftest import PASSWORD, VAULT, browser, enter, newcomer, some_address
from tests.company import Company

ROOT = "/api/v1/account"


class Phone:
    """An authenticator with the secret of one account."""

    def __init__(self, secret: str) -> None:
        self._totp = pyotp.TOTP(secret)

    def code(self) -> str:
        return self._totp.at(clock.now())


@pytest.fixture
def later() -> Iterator[None]:
    """A moment in the middle of a period, from which the test drives the clock."""
    with clock.at(datetime.fromtimestamp(clock.now().timestamp() // 30 * 30 + 15, clock.now().tzinfo)):
        yield


async def enrolled(client: httpx.AsyncClient, login: str) -> tuple[Phone, list[str]]:
    """Sign in and set up a second factor; gives the phone and the recovery codes. Uses the code of now."""
    assert (await enter(client, login)).status_code == 200
    begun = await client.post(f"{ROOT}/second-factor", json={"password": PASSWORD})
    assert begun.status_code == 201, begun.text
    phone = Phone(begun.json()["secret"])
    confirmed = await client.post(f"{ROOT}/second-factor/confirm", json={"code": phone.code()})
    assert confirmed.status_code == 200, confirmed.text
    return phone, confirmed.json()["recovery_codes"]


async def kinds(client: httpx.AsyncClient) -> list[tuple[str, str]]:
    found: Values = (await client.get(f"{ROOT}/events")).json()
    return [(one["kind"], one["outcome"]) for one in found["items"]]


async def test_a_second_factor_is_asked_for_once_the_password_was_right(
    app: FastAPI, abroad: httpx.AsyncClient, login: str, later: None
) -> None:
    phone, _ = await enrolled(abroad, login)
    async with browser(app, address=some_address()) as other:
        assert (await enter(other, login, "not the password")).json()["code"] == "wrong_password"
        asked = await enter(other, login)
        assert (asked.status_code, asked.json()["code"]) == (403, "second_factor_needed")
        assert COOKIE not in other.cookies
        with clock.at(clock.now() + timedelta(seconds=30)):
            assert (await enter(other, login, code=phone.code())).status_code == 200


async def test_a_code_works_once(app: FastAPI, abroad: httpx.AsyncClient, login: str, later: None) -> None:
    phone, _ = await enrolled(abroad, login)
    assert (await enter(abroad, login, code=phone.code())).json()["code"] == "wrong_code"
    with clock.at(clock.now() + timedelta(seconds=30)):
        code = phone.code()
        assert (await enter(abroad, login, code=code)).status_code == 200
        assert (await enter(abroad, login, code=code)).json()["code"] == "wrong_code"


async def test_a_clock_half_a_minute_off_is_good_enough_and_two_minutes_are_not(
    abroad: httpx.AsyncClient, login: str, later: None
) -> None:
    phone, _ = await enrolled(abroad, login)
    now = clock.now() + timedelta(minutes=10)
    with clock.at(now):
        slow, fast = phone.code(), phone._totp.at(now + timedelta(minutes=2))
    with clock.at(now + timedelta(seconds=30)):
        assert (await enter(abroad, login, code=fast)).json()["code"] == "wrong_code"
        assert (await enter(abroad, login, code=slow)).status_code == 200


async def test_wrong_codes_are_counted_like_wrong_passwords(
    app: FastAPI, abroad: httpx.AsyncClient, login: str
) -> None:
    await enrolled(abroad, login)
    async with browser(app, address=some_address()) as thief:
        for _ in range(5):
            assert (await enter(thief, login, code="000000")).json()["code"] == "wrong_code"
        assert (await enter(thief, login, code="000000")).json()["code"] == "locked"


async def test_a_recovery_code_opens_once(abroad: httpx.AsyncClient, login: str) -> None:
    _, codes = await enrolled(abroad, login)
    assert len(set(codes)) == 10
    assert (await enter(abroad, login, code=codes[3].upper())).status_code == 200
    assert (await enter(abroad, login, code=codes[3])).json()["code"] == "wrong_code"
    assert (await abroad.get(f"{ROOT}/security")).json()["recovery_codes"] == 9


async def test_new_recovery_codes_make_the_old_ones_useless(abroad: httpx.AsyncClient, login: str) -> None:
    _, old = await enrolled(abroad, login)
    body = {"password": PASSWORD}
    new = (await abroad.post(f"{ROOT}/second-factor/codes", json=body)).json()["recovery_codes"]
    assert (await enter(abroad, login, code=old[0])).json()["code"] == "wrong_code"
    assert (await enter(abroad, login, code=new[0])).status_code == 200


async def test_setting_up_and_removing_need_the_password(abroad: httpx.AsyncClient, login: str) -> None:
    await enter(abroad, login)
    wrong = {"password": "not the password"}
    for path in ("/second-factor", "/second-factor/codes", "/second-factor/remove"):
        answer = await abroad.post(ROOT + path, json=wrong)
        assert answer.json()["code"] == "wrong_password", path


async def test_a_removed_second_factor_is_asked_for_no_more(abroad: httpx.AsyncClient, login: str) -> None:
    await enrolled(abroad, login)
    assert (await abroad.post(f"{ROOT}/second-factor/remove", json={"password": PASSWORD})).status_code == 204
    assert (await enter(abroad, login)).status_code == 200
    assert (await abroad.get(f"{ROOT}/security")).json()["recovery_codes"] == 0


async def test_a_secret_that_was_not_confirmed_does_not_count(abroad: httpx.AsyncClient, login: str) -> None:
    await enter(abroad, login)
    await abroad.post(f"{ROOT}/second-factor", json={"password": PASSWORD})
    wrong = await abroad.post(f"{ROOT}/second-factor/confirm", json={"code": "000000"})
    assert wrong.json()["code"] == "wrong_code"
    assert (await enter(abroad, login)).status_code == 200


async def test_a_second_factor_in_force_is_not_replaced_by_the_way(
    abroad: httpx.AsyncClient, login: str
) -> None:
    await enrolled(abroad, login)
    again = await abroad.post(f"{ROOT}/second-factor", json={"password": PASSWORD})
    assert (again.status_code, again.json()["code"]) == (409, "second_factor_on")


async def test_the_secret_lies_sealed_and_the_codes_hashed(
    abroad: httpx.AsyncClient, login: str, db: Database
) -> None:
    await enter(abroad, login)
    begun = (await abroad.post(f"{ROOT}/second-factor", json={"password": PASSWORD})).json()
    assert begun["picture"].startswith("data:image/svg+xml")
    phone = Phone(begun["secret"])
    answer = await abroad.post(f"{ROOT}/second-factor/confirm", json={"code": phone.code()})
    async with db.read() as tx:
        stored = await tx.connection.fetchval("select totp_secret from jieli.account where login = $1", login)
        hashes = await tx.connection.fetch(
            "select c.* from jieli.recovery_code c join jieli.account a on a.id = c.account where login = $1",
            login,
        )
    assert begun["secret"] not in stored
    assert VAULT.open(stored) == begun["secret"]
    assert len(hashes) == 10
    assert not {row["code_hash"] for row in hashes} & {c.encode() for c in answer.json()["recovery_codes"]}


async def test_a_new_password_by_invitation_leaves_the_second_factor(
    abroad: httpx.AsyncClient, login: str, db: Database, house: Company, later: None
) -> None:
    phone, _ = await enrolled(abroad, login)
    async with db.begin() as tx:
        row = await tx.one(store.account_by_login(login))
        assert row is not None
        token = await invite(tx, row["id"], house.workspace.slug)
    answer = await abroad.post(f"/api/v1/invites/{token}", json={"password": "tin-roof-rain"})
    assert answer.status_code == 204
    assert (await enter(abroad, login, "tin-roof-rain")).json()["code"] == "second_factor_needed"
    with clock.at(clock.now() + timedelta(seconds=30)):
        assert (await enter(abroad, login, "tin-roof-rain", code=phone.code())).status_code == 200


async def test_sessions_are_shown_and_one_can_be_ended(
    app: FastAPI, abroad: httpx.AsyncClient, login: str
) -> None:
    await enter(abroad, login)
    async with browser(app, address=some_address(), **{"User-Agent": "Firefox"}) as other:
        await enter(other, login)
        shown = (await abroad.get(f"{ROOT}/security")).json()["sessions"]
        assert [one["is_this"] for one in shown].count(True) == 1
        theirs = next(one for one in shown if not one["is_this"])
        assert theirs["agent"] == "Firefox"
        assert (await end(abroad, theirs["id"])).status_code == 204
        assert (await other.get("/api/v1/session")).status_code == 401
    assert (await abroad.get("/api/v1/session")).status_code == 200


async def test_nobody_ends_the_session_of_another(
    app: FastAPI, abroad: httpx.AsyncClient, login: str, db: Database, house: Company
) -> None:
    await enter(abroad, login)
    mine = (await abroad.get(f"{ROOT}/security")).json()["sessions"][0]["id"]
    async with browser(app, address=some_address()) as other:
        await enter(other, await newcomer(db, house))
        answer = await end(other, mine)
    assert (answer.status_code, answer.json()["code"]) == (404, "session_unknown")
    assert (await abroad.get("/api/v1/session")).status_code == 200


async def test_ending_sessions_needs_the_password(abroad: httpx.AsyncClient, login: str) -> None:
    await enter(abroad, login)
    answer = await end(abroad, password="not the password")
    assert (answer.status_code, answer.json()["code"]) == (403, "wrong_password")


async def end(
    client: httpx.AsyncClient, session: str | None = None, password: str = PASSWORD
) -> httpx.Response:
    return await client.post(f"{ROOT}/sessions/end", json={"password": password, "session": session})


async def test_all_other_sessions_end_at_once(app: FastAPI, abroad: httpx.AsyncClient, login: str) -> None:
    async with browser(app) as one, browser(app) as two:
        for client in (abroad, one, two):
            await enter(client, login)
        assert (await end(abroad)).status_code == 204
        states = [(await client.get("/api/v1/session")).status_code for client in (abroad, one, two)]
    assert states == [200, 401, 401]


async def test_everything_at_the_door_is_told_to_its_owner(
    app: FastAPI, abroad: httpx.AsyncClient, login: str
) -> None:
    await enter(abroad, login, "not the password")
    await enrolled(abroad, login)
    await abroad.post(f"{ROOT}/second-factor/codes", json={"password": PASSWORD})
    await abroad.post(f"{ROOT}/second-factor/remove", json={"password": PASSWORD})
    await abroad.post(f"{ROOT}/password", json={"old": PASSWORD, "new": "tin-roof-rain"})
    await abroad.delete("/api/v1/session")
    await enter(abroad, login, "tin-roof-rain")
    assert await kinds(abroad) == [
        ("sign_in", "ok"),
        ("sign_out", "done"),
        ("password_changed", "done"),
        ("confirm", "ok"),
        ("second_factor_off", "done"),
        ("confirm", "ok"),
        ("recovery_codes", "done"),
        ("confirm", "ok"),
        ("second_factor_on", "done"),
        ("confirm", "ok"),
        ("sign_in", "ok"),
        ("sign_in", "wrong"),
    ]


async def test_an_event_tells_time_address_and_browser(app: FastAPI, login: str) -> None:
    address = some_address()
    async with browser(app, address=address, **{"User-Agent": "Firefox/140"}) as client:
        await enter(client, login)
        event = (await client.get(f"{ROOT}/events")).json()["items"][0]
    assert (event["address"], event["agent"], event["author"]) == (address, "Firefox/140", None)
    assert abs(datetime.fromisoformat(event["at"]) - clock.now()) < timedelta(minutes=1)


async def test_many_events_come_in_pages(abroad: httpx.AsyncClient, login: str) -> None:
    for _ in range(35):
        await enter(abroad, login)
    first = (await abroad.get(f"{ROOT}/events")).json()
    second = (await abroad.get(f"{ROOT}/events", params={"before": first["next"]})).json()
    assert (len(first["items"]), len(second["items"]), second["next"]) == (30, 5, None)
    assert not {one["id"] for one in first["items"]} & {one["id"] for one in second["items"]}
