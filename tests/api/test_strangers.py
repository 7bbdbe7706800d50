"""Every route, walked from the interface itself: nobody signed in is refused, and so is who belongs elsewhere."""

from collections.abc import Iterator
from uuid import UUID

import httpx
import pytest
from fastapi import FastAPI

from jieli.api.openapi import described
from jieli.records import Values
from tests.api.conftest import Person

PUBLIC = {
    "health_healthz",
    "health_readyz",
    "session_begin_session",
    "session_read_session",
    "session_end_session",
    "session_accept_invite",
}
"""Routes for who is not signed in."""
OWN = {
    "account_change",
    "account_new_password",
    "security_read_security",
    "security_read_events",
    "security_end_sessions",
    "security_begin_second_factor",
    "security_confirm_second_factor",
    "security_remove_second_factor",
    "security_renew_recovery_codes",
}
"""Routes about one's own account, wherever one works."""
NOBODY = UUID("01920000-0000-7000-8000-000000000000")
FILE = {"file": ("a.txt", b"text", "text/plain")}
BODIES: dict[str, Values] = {
    "account_change": {"json": {"name": "X"}},
    "account_new_password": {"json": {"old": "x", "new": "something long"}},
    "security_end_sessions": {"json": {"password": "x"}},
    "security_begin_second_factor": {"json": {"password": "x"}},
    "security_confirm_second_factor": {"json": {"code": "000000"}},
    "security_remove_second_factor": {"json": {"password": "x"}},
    "security_renew_recovery_codes": {"json": {"password": "x"}},
    "tokens_create_token": {"json": {"name": "X", "scope": "read", "days": 1, "password": "x"}},
    "protection_change_protection": {"json": {"second_factor_required": False}},
    "records_create": {"json": {"values": {"name": "X"}}},
    "records_list_by_body": {"json": {}},
    "records_update": {"json": {"values": {"name": "X"}}},
    "records_check": {"json": {"values": {}}},
    "records_batch": {"json": {"action": "delete", "ids": [str(NOBODY)]}},
    "board_ask_board": {"json": {}},
    "board_read_aggregate": {"json": {"measures": [{"fn": "count"}]}},
    "about_comment": {"json": {"text": "X"}},
    "files_add_file": {"files": FILE},
    "views_create_view": {"json": {"label": "X"}},
    "views_update_view": {"json": {"shared": True}},
    "relay_move": {"json": {"to": "following"}},
    "relay_offer": {"json": {"to": str(NOBODY)}},
    "relay_give_back": {"json": {"reason": "X"}},
    "relay_tick": {"json": {"done": True}},
    "relay_block": {"json": {"reason": "X"}},
    "intake_assign": {"json": {"ids": []}},
    "intake_convert": {"json": {}},
    "members_create_member": {"json": {"values": {"name": "X"}, "login": "somebody"}},
    "members_change_role": {"json": {"role": {"label": "X"}}},
    "notifications_read_notices": {"json": {"all": True}},
    "imports_add_import": {"files": FILE, "data": {"object": "lead"}},
    "imports_change_reading": {"json": {}},
    "imports_check_import": {"json": {"mapping": []}},
    "imports_run_import": {"json": {"mapping": []}},
}
"""For each operation that takes a body, one that is good in form. A new one must be added here."""


def operations(app: FastAPI) -> Iterator[tuple[str, str, str, bool]]:
    """Name, method, path and whether it takes a body, of every operation."""
    for path, methods in described(app)["paths"].items():
        for method, operation in methods.items():
            yield operation["operationId"], method, path, "requestBody" in operation


@pytest.fixture
def guarded(app: FastAPI) -> list[tuple[str, str, str]]:
    return [(name, method, path) for name, method, path, _ in operations(app) if name not in PUBLIC]


def address(path: str, slug: str) -> str:
    known = {"{ws}": slug, "{object}": "lead", "{key}": "contacted"}
    for place, value in known.items():
        path = path.replace(place, value)
    return "/".join(str(NOBODY) if part.startswith("{") else part for part in path.split("/"))


async def call(client: httpx.AsyncClient, name: str, method: str, path: str) -> httpx.Response:
    return await client.request(method, path, **BODIES.get(name, {}))


def test_there_is_a_body_for_every_operation_that_takes_one(app: FastAPI) -> None:
    asked = {name for name, _, _, body in operations(app) if body and name not in PUBLIC}
    assert asked == BODIES.keys()


async def test_nobody_gets_anything_without_signing_in(
    guarded: list[tuple[str, str, str]], anybody: httpx.AsyncClient, boss: Person
) -> None:
    for name, method, path in guarded:
        response = await call(anybody, name, method, address(path, boss.slug))
        assert (name, response.status_code) == (name, 401)
        assert response.json()["code"] == "signed_out", name


async def test_a_stranger_finds_no_such_workspace(
    guarded: list[tuple[str, str, str]], stranger: Person
) -> None:
    for name, method, path in guarded:
        if name not in OWN:
            response = await call(stranger.client, name, method, address(path, stranger.slug))
            assert (name, response.status_code) == (name, 404)
            assert response.json()["code"] == "workspace_not_found", name


async def test_a_workspace_that_does_not_exist_is_told_from_a_foreign_one_by_nothing(
    stranger: Person,
) -> None:
    foreign = await stranger.get("/blueprint")
    none = await stranger.client.get("/api/v1/no_such_place/blueprint")
    assert (foreign.status_code, foreign.json()) == (none.status_code, none.json())


async def test_every_operation_tells_its_summary_and_its_refusals(app: FastAPI) -> None:
    for path, methods in described(app)["paths"].items():
        for method, operation in methods.items():
            assert operation["summary"], (method, path)
            assert {"401", "404", "422", "503"} <= operation["responses"].keys(), (method, path)
            good = [status for status in operation["responses"] if status.startswith("2")]
            assert len(good) == 1, (method, path)
