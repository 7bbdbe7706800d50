"""More callers than connections: everybody gets an answer, and soon."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest_asyncio
from fastapi import FastAPI

from jieli.api.app import create_app
from jieli.api.context import Process
from jieli.api.options import Options
from jieli.db.pool import Database, PoolOptions
from tests.api.conftest import VAULT, Person, browser, session
from tests.company import Company

PATIENCE = 0.3


@pytest_asyncio.fixture
async def narrow(dsn: str, tmp_path: Path) -> AsyncIterator[FastAPI]:
    """The application with one connection to read and one to write, for which it waits only a moment."""

    async def opening() -> Database:
        database = Database(dsn, PoolOptions(readers=1, writers=1, acquire_timeout=PATIENCE))
        await database.open()
        return database

    made = create_app(opening, Options(tmp_path, VAULT))
    async with made.router.lifespan_context(made):
        yield made


@pytest_asyncio.fixture
async def guest(narrow: FastAPI, db: Database, house: Company) -> AsyncIterator[Person]:
    async with browser(narrow, token=await session(db, house, "boss")) as client:
        yield Person(client, house.workspace.slug)


async def test_without_a_free_connection_the_answer_is_to_come_back_later(
    narrow: FastAPI, guest: Person
) -> None:
    process: Process = narrow.state.process
    values = {"values": {"name": "一条线索"}}
    async with AsyncExitStack() as taken:
        await taken.enter_async_context(process.db.read())
        await taken.enter_async_context(process.db.begin())
        began = time.monotonic()
        answers = await asyncio.gather(
            *(guest.get("/objects/lead/records") for _ in range(20)),
            *(guest.post("/objects/lead/records", values) for _ in range(20)),
        )
        assert time.monotonic() - began < 20 * PATIENCE
    for answer in answers:
        assert (answer.status_code, answer.json()["code"]) == (503, "database_overloaded")
        assert answer.headers["content-type"] == "application/problem+json"
        assert int(answer.headers["retry-after"]) > 0
    assert (await guest.get("/objects/lead/records")).status_code == 200
    assert (await guest.post("/objects/lead/records", values)).status_code == 201


async def test_more_callers_than_connections_are_served_one_after_the_other(guest: Person) -> None:
    answers = await asyncio.gather(*(guest.get("/blueprint") for _ in range(5)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    assert 200 in {answer.status_code for answer in answers}
