"""Every route, walked from the interface itself, asked by a colleague about records that are none of their business:
nothing of these is told, and what is asked for by id is answered as if it did not exist."""

import io
import zipfile
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

import httpx
import pytest_asyncio
from fastapi import FastAPI

from jieli.api.records import BATCH
from tests.api.conftest import Person, at, some_number
from tests.api.test_strangers import BODIES, NOBODY, OWN, PUBLIC, operations

OBJECTS = ("lead", "opportunity", "account", "activity")
ENDLESS = {"live_live"}
"""A stream; what it tells is tested in test_live."""
SEARCHING = {"records_list_by_address", "board_read_board", "export_export", "about_read_search"}
QUESTIONS = {"relay_list_handoffs": {"box": "out"}}
ASKED_BY_ID = {"records_batch", "intake_assign"}
"""The answer names what the body asked for, and that it was not found."""
NO_RECORDS = {"{ws}", "{key}", "{object}"}
"""Parts of addresses that name no record."""
TOLD_TO_ITS_OWNER = {
    "about_read_comments",
    "about_read_related",
    "about_read_search",
    "about_read_timeline",
    "board_ask_board",
    "board_read_board",
    "files_list_files",
    "home_read_home",
    "intake_read_proposal",
    "records_list_by_address",
    "records_list_by_body",
    "records_read",
    "relay_list_handoffs",
    "relay_read_track",
    "views_list_views",
}
"""Reading that shows the secret to whose it is; without it the test would prove nothing."""


@dataclass(frozen=True)
class Secret:
    """Something of wes's: `word` is in all its texts, `ids` are its parts by their place in an address."""

    word: str
    phone: str
    ids: Mapping[str, str]
    records: Mapping[str, str]

    def is_in(self, response: httpx.Response, *, ids: bool = True) -> bool:
        told = "".join(texts_of(response.content))
        hidden = [self.word, self.phone, *((*self.ids.values(), *self.records.values()) if ids else ())]
        return any(one in told for one in hidden)


def texts_of(content: bytes) -> Iterator[str]:
    """What is written in an answer, also within a workbook."""
    if content[:2] != b"PK":
        yield content.decode("utf-8", "replace")
        return
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for name in book.namelist():
            yield book.read(name).decode("utf-8", "replace")


@pytest_asyncio.fixture
async def secret(wes: Person, will: Person) -> AsyncIterator[Secret]:
    """An account, a lead and a deal of wes's with all that can hang on a record."""
    number = some_number()
    word, phone = f"机密{number}号绝不外传", f"13{number:09d}"
    account = await wes.make("account", name=f"{word}客户有限公司", note=word)
    lead = await wes.lead(name=f"{word}线索", company=f"{word}线索公司", phone=phone, needs=word)
    deal = await wes.make(
        "opportunity", name=f"{word}商机", account=account["id"], source="referral", needs=word
    )
    note = await wes.make(
        "activity", content=f"{word}拜访", lead=lead["id"], kind="visit", at="2026-11-20T08:00:00Z"
    )
    await wes.post(at(lead, "lead", "/comments"), {"text": f"{word}评论"})
    file = await wes.post(
        at(lead, "lead", "/files"), None, files={"file": (f"{word}.txt", word.encode(), "text/plain")}
    )
    offer = await wes.post(at(deal, "opportunity", "/handoffs"), {"to": str(will.member), "message": word})
    changed = await wes.patch(at(lead, "lead"), {"values": {"contact_name": word}})
    view = await wes.post("/objects/lead/views", {"label": word})
    for response in (file, offer, changed, view):
        assert response.is_success, response.text
    yield Secret(
        word,
        phone,
        {
            "{file}": file.json()["id"],
            "{handoff}": offer.json()["id"],
            "{batch}": changed.headers[BATCH],
            "{view}": view.json()["id"],
        },
        {"lead": lead["id"], "opportunity": deal["id"], "account": account["id"], "activity": note["id"]},
    )


def _address(path: str, slug: str, key: str, ids: Mapping[str, str]) -> str:
    known = {"{ws}": slug, "{object}": key, "{key}": "contacted", **ids}
    parts = (known.get(part, str(NOBODY) if part.startswith("{") else part) for part in path.split("/"))
    return "/".join(parts)


def _body(name: str, secret: Secret) -> dict[str, object]:
    """A body that asks for the secret by its words, its telephone number or its id."""
    ids = list(secret.records.values())
    special: dict[str, dict[str, object]] = {
        "records_list_by_body": {"json": {"q": secret.word}},
        "board_ask_board": {"json": {"q": secret.word}},
        "records_check": {"json": {"values": {"phone": secret.phone}}},
        "records_create": {"json": {"values": {"name": "X", "phone": secret.phone}}},
        "records_batch": {"json": {"action": "delete", "ids": ids, "dry_run": True}},
        "intake_assign": {"json": {"ids": ids}},
    }
    return special.get(name) or dict(BODIES.get(name, {}))


async def _asked(
    person: Person, operation: tuple[str, str, str], key: str, secret: Secret, ids: Mapping[str, str]
) -> httpx.Response:
    name, method, path = operation
    question = {"q": secret.word} if name in SEARCHING else QUESTIONS.get(name, {})
    return await person.client.request(
        method,
        _address(path, person.slug, key, ids),
        params=question,
        **_body(name, secret),  # type: ignore[arg-type]
    )


def _asking(app: FastAPI) -> list[tuple[str, str, str]]:
    left_out = PUBLIC | OWN | ENDLESS
    return [(name, method, path) for name, method, path, _ in operations(app) if name not in left_out]


async def test_nothing_is_told_of_what_is_somebody_elses(app: FastAPI, sam: Person, secret: Secret) -> None:
    for operation in _asking(app):
        for key in OBJECTS:
            ids = {**secret.ids, "{record}": secret.records[key]}
            response = await _asked(sam, operation, key, secret, ids)
            assert response.status_code < 500, (operation, response.text)
            told_ids = response.is_success and operation[0] not in ASKED_BY_ID
            assert not secret.is_in(response, ids=told_ids), (operation, key, response.text)


async def test_what_one_may_not_see_is_answered_like_what_does_not_exist(
    app: FastAPI, sam: Person, secret: Secret
) -> None:
    for operation in _asking(app):
        parts = {part for part in operation[2].split("/") if part.startswith("{")} - NO_RECORDS - {"{batch}"}
        for key in OBJECTS if parts else ():
            ids = {**secret.ids, "{record}": secret.records[key]}
            hidden = await _asked(sam, operation, key, secret, ids)
            missing = await _asked(sam, operation, key, secret, {place: str(_nobody(place)) for place in ids})
            assert not hidden.is_success, (operation, key)
            assert (hidden.status_code, hidden.json()["code"]) == (
                missing.status_code,
                missing.json()["code"],
            ), (
                operation,
                key,
            )


def _nobody(place: str) -> UUID:
    return UUID(int=NOBODY.int + len(place))


async def test_whose_it_is_is_told(app: FastAPI, wes: Person, secret: Secret) -> None:
    shown = set()
    for operation in _asking(app):
        name, method, _ = operation
        if method == "get" or name in {"records_list_by_body", "board_ask_board"}:
            for key in OBJECTS:
                ids = {**secret.ids, "{record}": secret.records[key]}
                if secret.is_in(await _asked(wes, operation, key, secret, ids), ids=False):
                    shown.add(name)
    assert shown >= TOLD_TO_ITS_OWNER, TOLD_TO_ITS_OWNER - shown
