from collections.abc import AsyncIterator
from dataclasses import replace

import httpx
import pytest
from fastapi import FastAPI

from jieli.api.app import create_app
from jieli.api.context import Process
from jieli.db.pool import Database
from tests.api.conftest import Person, browser


async def test_a_write_without_our_header_is_refused(app: FastAPI, sam: Person) -> None:
    del sam.client.headers["X-Jieli"]
    response = await sam.post("/objects/lead/records", {"values": {"name": "X"}})
    assert (response.status_code, response.json()["code"]) == (403, "csrf")


async def test_reading_needs_no_header(sam: Person) -> None:
    del sam.client.headers["X-Jieli"]
    assert (await sam.get("/blueprint")).status_code == 200


async def test_another_kind_of_authorization_does_not_stand_for_the_header(sam: Person) -> None:
    del sam.client.headers["X-Jieli"]
    response = await sam.post("/query", {}, headers={"Authorization": "Basic eDp5"})
    assert response.status_code == 403


async def test_every_answer_tells_browsers_to_be_careful(anybody: httpx.AsyncClient) -> None:
    for path in ("/", "/healthz", "/api/v1/session", "/api/nothing"):
        headers = (await anybody.get(path)).headers
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
        assert headers["Referrer-Policy"] == "same-origin"
        assert len(headers["X-Request-ID"]) == 36


async def test_scripts_come_from_here_only_and_none_stands_in_the_page(anybody: httpx.AsyncClient) -> None:
    policy = (await anybody.get("/")).headers["Content-Security-Policy"]
    parts = dict(part.split(" ", 1) for part in policy.split("; "))
    assert parts["script-src"] == "'self'"
    assert parts["default-src"] == "'self'"
    assert parts["object-src"] == parts["base-uri"] == parts["frame-ancestors"] == "'none'"


async def test_over_https_browsers_are_told_to_come_back_by_https_only(
    process: Process, anybody: httpx.AsyncClient
) -> None:
    async def opening() -> Database:
        return process.db

    assert "Strict-Transport-Security" not in (await anybody.get("/")).headers
    strict = create_app(opening, replace(process.options, secure_cookies=True))
    async with browser(strict) as client:
        for path in ("/", "/api/nothing"):
            said = (await client.get(path)).headers["Strict-Transport-Security"]
            assert said == "max-age=31536000; includeSubDomains"


def denials(caplog: pytest.LogCaptureFixture) -> list[dict[str, str]]:
    lines = [line for line in caplog.messages if "event=denied" in line]
    return [dict(pair.split("=", 1) for pair in line.split()) for line in lines]


async def test_what_is_denied_is_logged(sam: Person, caplog: pytest.LogCaptureFixture) -> None:
    await sam.get("/account-events")
    del sam.client.headers["X-Jieli"]
    await sam.post("/objects/lead/records", {"values": {"name": "X"}})
    told = [(one["code"], one["method"]) for one in denials(caplog)]
    assert told == [("right_missing", "GET"), ("csrf", "POST")]


async def test_the_log_does_not_hold_the_token_of_an_invitation(
    anybody: httpx.AsyncClient, caplog: pytest.LogCaptureFixture
) -> None:
    del anybody.headers["X-Jieli"]
    await anybody.post("/api/v1/invites/hush7hush", json={"password": "tin-roof-rain"})
    assert [one["path"] for one in denials(caplog)] == ["/api/v1/invites/…"]


async def test_answers_of_the_interface_are_not_kept_by_browsers(anybody: httpx.AsyncClient) -> None:
    assert (await anybody.get("/api/v1/session")).headers["Cache-Control"] == "no-store"


async def test_a_body_that_is_too_large_is_refused_before_it_is_read(sam: Person) -> None:
    response = await sam.post("/objects/lead/query", {"q": "x" * 3_000_000})
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


async def test_a_large_body_without_a_length_is_refused_as_it_comes(sam: Person) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b'{"q":"'
        for _ in range(30):
            yield b"x" * 100_000

    headers = {"Content-Type": "application/json"}
    response = await sam.post("/objects/lead/query", None, content=parts(), headers=headers)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/objects/lead%00/records", 404),
        ("/objects/lead/records?q=%00", 422),
        ("/objects/%ED%A0%80/records", 404),
        ("/objects/lead/records?q=%FF%FE", 200),
    ],
)
async def test_an_address_that_no_text_can_hold_is_refused(sam: Person, path: str, status: int) -> None:
    assert (await sam.get(path)).status_code == status


async def test_a_fault_of_the_program_tells_nothing_but_its_number(process: Process) -> None:
    async def opening() -> Database:
        return process.db

    broken = create_app(opening, process.options)

    async def fail() -> None:
        raise ZeroDivisionError("the secret")

    broken.add_api_route("/api/v1/broken", fail)
    async with browser(broken) as client:
        response = await client.get("/api/v1/broken")
    assert response.status_code == 500
    assert response.json()["code"] == "internal_error"
    assert response.json()["request"] == response.headers["X-Request-ID"]
    assert "secret" not in response.text


async def test_an_unknown_address_is_told_in_json(anybody: httpx.AsyncClient) -> None:
    for method in ("GET", "POST"):
        response = await anybody.request(method, "/api/v1/a/b/c/d/e/f")
        assert response.status_code == 404
        assert response.headers["content-type"] == "application/problem+json"


async def test_a_wrong_method_is_told_with_those_that_work(sam: Person) -> None:
    response = await sam.client.put(f"{sam.root}/objects/lead/records", json={})
    assert response.status_code == 405
    assert response.json()["code"] == "method_not_allowed"
    assert response.headers["allow"]


async def test_tracing_is_not_answered(anybody: httpx.AsyncClient) -> None:
    for path in ("/", "/api/v1/session"):
        answer = await anybody.request("TRACE", path)
        assert answer.status_code in (404, 405, 403)
        assert "TRACE" not in answer.text
