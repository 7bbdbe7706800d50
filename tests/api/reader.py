"""One person who asks through HTTP, and what the oracle would let them know."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import unquote
from uuid import UUID

import httpx
import orjson

from tests.access.oracle import Judge, Row
from tests.access.world import ids_within
from tests.api.conftest import Person
from tests.api.inside import Visit
from tests.api.test_hidden import texts_of


class Reader:
    """One person who asks, and what the oracle would let them know."""

    def __init__(self, visit: Visit, person: Person, judge: Judge) -> None:
        self.visit, self.person, self.judge = visit, person, judge
        self.words, self.named = judge.words(), judge.named()
        self.records = {record for _, record in visit.world.records}

    async def ask(self, method: str, path: str, *, knowing: str = "", **options: Any) -> httpx.Response:
        """Whatever is answered, it tells nothing that the question has not told, who asks did not know before, and the
        oracle would not."""
        response = await self.person.client.request(method, self.person.root + path, **options)
        assert response.status_code < 500, (method, path, response.text)
        self.holds_its_tongue(response, f"{unquote(path)} {options} {knowing}")
        return response

    @asynccontextmanager
    async def undone(self) -> AsyncIterator[None]:
        """What is written within is taken back."""
        try:
            async with self.visit.tx.savepoint():
                yield
                raise _Undone
        except _Undone:
            pass

    async def get(self, path: str, **params: Any) -> httpx.Response:
        return await self.ask("GET", path, params=params)

    async def post(self, path: str, body: object) -> httpx.Response:
        return await self.ask("POST", path, json=body)

    def holds_its_tongue(self, response: httpx.Response, asked: str) -> None:
        told = "\n".join(texts_of(response.content)) + "\n" + str(response.headers)
        known = self.visit.world.words
        leaked = known.within(told) - self.words - known.within(asked)
        assert not leaked, (asked, {word: known.known[word] for word in leaked}, told[:2000])
        ids = (ids_within(told) & self.records) - self.named - ids_within(asked)
        assert not ids, (asked, ids, told[:2000])

    def row(self, key: str, record: UUID) -> Row:
        return self.judge.snapshot.rows[key][record]

    def rows(self, key: str, ids: set[UUID]) -> list[Row]:
        return [self.row(key, one) for one in ids]


class _Undone(Exception):
    """Ends the savepoint of what is only tried."""


def where(tree: object) -> str:
    return orjson.dumps(tree).decode()


def ids_of(response: httpx.Response) -> list[UUID]:
    return [UUID(item["id"]) for item in response.json()["items"]]
