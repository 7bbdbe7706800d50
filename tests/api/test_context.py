"""The edge itself: what it does when the ground moves under a request."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from jieli.api.context import Process
from jieli.blueprint import workspaces
from jieli.db.errors import Retryable
from jieli.db.pool import Database, ReadTx, Tx
from tests.api.conftest import Person, SignIn, at, browser, give_accounts, session
from tests.company import Company, found


async def test_a_workspace_that_another_process_dropped_is_not_found(app: FastAPI, db: Database) -> None:
    company = await found(db)
    await give_accounts(db, company)
    slug = company.workspace.slug
    async with browser(app, token=await session(db, company, "sam")) as client:
        person = Person(client, slug)
        assert (await person.get("/blueprint")).status_code == 200
        kept = workspaces._loaded[slug]
        async with db.begin() as tx:
            await workspaces.drop(tx, slug)
        for ask in (
            person.get("/blueprint"),
            person.post("/objects/lead/records", {"values": {"name": "X"}}),
        ):
            workspaces._loaded[slug] = kept
            response = await ask
            assert (response.status_code, response.json()["code"]) == (404, "workspace_not_found")


async def test_work_is_done_again_when_somebody_came_in_between(
    sign_in: SignIn, house: Company, process: Process
) -> None:
    sam = await sign_in(house, "sam")
    before, process.db = process.db, Interrupted(process.db.dsn)
    await process.db.open()
    try:
        made = await sam.lead()
        shown = await sam.get(at(made, "lead"))
    finally:
        await process.db.close()
        process.db = before
    assert shown.json()["name"] == made["name"]


class Interrupted(Database):
    """Every other transaction is told to try again at its end, and every other reading at its beginning."""

    turns = 0

    @asynccontextmanager
    async def begin(self, *, statement_timeout: float | None = None) -> AsyncIterator[Tx]:
        async with super().begin(statement_timeout=statement_timeout) as tx:
            yield tx
            self._interrupt()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadTx]:
        self._interrupt()
        async with super().read() as tx:
            yield tx

    def _interrupt(self) -> None:
        self.turns += 1
        if self.turns % 2:
            raise Retryable
