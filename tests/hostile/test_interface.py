"""Every route of the interface, asked at random by who may do everything and by who may do little: no fault of the
program, and no answer that the interface does not tell of."""

import os
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
import pytest_asyncio
import schemathesis.specs.openapi.checks as promised
from fastapi import FastAPI
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error

from jieli.api.app import create_app
from jieli.api.openapi import described
from jieli.api.options import Options
from jieli.db.pool import Database
from jieli.records import Values
from tests.api.conftest import VAULT, Person, browser, give_accounts, session
from tests.company import Company, found
from tests.hostile.asking import Known, asked, interface, request_of

EXAMPLES = int(os.environ.get("JIELI_EXAMPLES", "6"))
"""How often each operation is asked by each person; a thorough run asks hundreds of times."""
ASKING = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    phases=[Phase.generate],  # a failure shows its request; to make that smaller takes minutes
    suppress_health_check=list(HealthCheck),
)
ENDLESS = "/api/v1/{ws}/live"
CHECKS = [
    not_a_server_error,
    promised.status_code_conformance,
    promised.content_type_conformance,
    promised.response_headers_conformance,
    promised.response_schema_conformance,
]


async def _no_database() -> Database:
    raise AssertionError("only the description is wanted")


DESCRIPTION = interface(described(create_app(_no_database, Options(Path(), VAULT))))
OPERATIONS = {
    str(operation.definition.raw["operationId"]): operation
    for operation in (result.ok() for result in DESCRIPTION.get_all_operations())
    if operation.path != ENDLESS
}


@dataclass(frozen=True)
class Asker:
    client: httpx.AsyncClient
    known: Known


class Askers:
    """Companies to be asked at random, which does not leave them as they were: who was shut out gets another."""

    def __init__(self, app: FastAPI, db: Database) -> None:
        self.app = app
        self.db = db
        self._company: tuple[Company, Known] | None = None
        self._asker: tuple[tuple[str, str], Asker] | None = None

    async def asker(self, name: str, label: str) -> Asker:
        """One for each operation."""
        if self._asker is None or self._asker[0] != (name, label):
            self._asker = (name, label), await self._signed_in(name)
        return self._asker[1]

    async def _signed_in(self, name: str) -> Asker:
        company, known = self._company or await self._founded()
        client = browser(self.app, token=await session(self.db, company, name))
        if (await client.get(f"/api/v1/{company.workspace.slug}/blueprint")).status_code != 200:
            company, known = await self._founded()
            client = browser(self.app, token=await session(self.db, company, name))
        return Asker(client, known)

    async def _founded(self) -> tuple[Company, Known]:
        company = await found(self.db)
        await give_accounts(self.db, company)
        async with (
            browser(self.app, token=await session(self.db, company, "boss")) as at_boss,
            browser(self.app, token=await session(self.db, company, "sam")) as at_sam,
        ):
            people = [Person(one, company.workspace.slug) for one in (at_boss, at_sam)]
            self._company = company, await furnished(company, *people)
        return self._company


async def furnished(company: Company, boss: Person, sam: Person) -> Known:
    """Something of everything that has an id. Who asks is not among it, lest they disable themselves."""
    leads = [await sam.lead(note=f"备注{n}") for n in range(4)]
    deals = [await sam.opportunity() for _ in range(3)]
    product = await boss.make("product", name="产品")
    task = await sam.make("task", name="任务", due_at="2026-12-01T00:00:00Z")
    batch = (await sam.patch(_at("lead", leads[3]), {"values": {"name": "改过"}})).headers["Jieli-Batch"]
    offered = await sam.post(_at("opportunity", deals[0], "/handoffs"), {"to": str(company.members["sue"])})
    file = await sam.post(_at("lead", leads[0], "/files"), None, files={"file": ("a.txt", b"text")})
    label = {"zh": "我的", "en": "Mine"}
    view = await sam.post("/objects/lead/views", {"label": label, "where": {}, "columns": ["name"]})
    table = {"file": ("a.csv", "姓名,手机\n甲,13600000001\n".encode())}
    run = await boss.post("/imports", None, files=table, data={"object": "lead"})
    page = await sam.get("/objects/lead/records", params={"limit": 1, "sort": "-created_at"})
    records = {
        "lead": [one["id"] for one in leads],
        "opportunity": [one["id"] for one in deals],
        "account": [one["account"]["id"] for one in deals],
        "product": [product["id"]],
        "task": [task["id"]],
        "member": [str(company.members[name]) for name in ("sue", "wes", "ed", "cleo")],
        "department": [str(company.departments["east"])],
    }
    ids = {
        "batch": [batch],
        "handoff": [_id(offered)],
        "file": [_id(file)],
        "view": [_id(view)],
        "run": [_id(run)],
        "nobody": ["01920000-0000-7000-8000-000000000000"],
    }
    return Known(company.workspace, records, ids, [str(page.json()["next"])])


def _at(object_key: str, record: Values, more: str = "") -> str:
    return f"/objects/{object_key}/records/{record['id']}{more}"


def _id(response: httpx.Response) -> str:
    assert response.status_code == 201, response.text
    return str(response.json()["id"])


@pytest_asyncio.fixture(scope="session")
async def askers(app: FastAPI, db: Database) -> Askers:
    return Askers(app, db)


@pytest.mark.parametrize("who", ["boss", "sam"])
@pytest.mark.parametrize("label", OPERATIONS)
@given(data=st.data())
@ASKING
async def test_whatever_is_asked_is_answered_as_the_interface_says(
    askers: Askers, label: str, who: str, data: st.DataObject
) -> None:
    asker = await askers.asker(who, label)
    case = data.draw(asked(OPERATIONS[label], asker.known))
    response = await asker.client.request(**request_of(case))
    case.validate_response(response, checks=CHECKS)
    assert response.status_code != 401 or label.startswith("session_"), "whoever asks is signed in"
    assert response.status_code != 403 or response.json()["code"] != "csrf", "and asks from a page of ours"
