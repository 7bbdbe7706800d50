import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import uuid4

import orjson
import pytest
from fastapi import FastAPI

from jieli.api import live as route
from jieli.api.context import COOKIE, Process
from jieli.api.hub import LONGEST_QUEUE, Tab
from jieli.base import clock
from jieli.db.pool import Database
from jieli.records import Values
from tests.api.conftest import Person, at, session
from tests.company import Company

PATIENCE = 10.0


async def events(tab: Tab, wanted: int = 1) -> list[tuple[str, Values]]:
    """The next events of a stream."""
    found: list[tuple[str, Values]] = []
    while len(found) < wanted:
        raw = await tab.next(PATIENCE)
        assert raw is not None, "the stream has ended"
        event, data = raw.decode().strip().split("\n")
        found.append((event.removeprefix("event: "), orjson.loads(data.removeprefix("data: "))))
    return found


async def everything_told(db: Database) -> None:
    """What is announced last is heard last."""
    channel, heard = f"told_{uuid4().hex}", asyncio.Event()
    stop = await db.listen(channel, lambda _: heard.set())
    async with db.begin() as tx:
        tx.announce(channel, "")
    await asyncio.wait_for(heard.wait(), PATIENCE)
    await stop()


@asynccontextmanager
async def watching(process: Process, person: Person) -> AsyncIterator[Tab]:
    """From now on: what happened before has been told to whoever was there."""
    assert person.member is not None
    await everything_told(process.db)
    tab = process.hub.join(person.slug, person.member)
    try:
        yield tab
    finally:
        process.hub.leave(person.slug, person.member, tab)


async def test_a_change_is_told_to_who_may_see_it(process: Process, sam: Person, eva: Person) -> None:
    async with watching(process, eva) as tab:
        made = await sam.lead()
        ((event, data),) = await events(tab)
    assert (event, data["object"]) == ("changed", "lead")
    assert data["ids"] == [made["id"]]


async def test_nobody_hears_of_what_they_may_not_see(process: Process, sam: Person, wes: Person) -> None:
    async with watching(process, wes) as tab:
        await sam.lead()
        mine = await wes.lead()
        heard: list[str] = []
        while mine["id"] not in heard:
            heard += [one for _, data in await events(tab) for one in data["ids"]]
    assert heard == [mine["id"]]


async def test_changes_close_to_each_other_are_told_together(
    process: Process, sam: Person, eva: Person
) -> None:
    made = await sam.lead()
    async with watching(process, eva) as tab:
        for number in range(5):
            await sam.patch(at(made, "lead"), {"values": {"needs": f"{number}"}})
        told = await events(tab)
    assert told == [("changed", {"object": "lead", "ids": [made["id"]], "kind": "update"})]


async def test_access_is_that_of_the_moment_not_of_the_beginning(
    process: Process, sam: Person, wes: Person, eva: Person
) -> None:
    made = await sam.lead()
    async with watching(process, wes) as tab:
        await eva.post(
            "/objects/lead/batch", {"action": "transfer", "ids": [made["id"]], "owner": str(wes.member)}
        )
        ((_, data),) = await events(tab)
    assert data["ids"] == [made["id"]]


async def test_a_notification_is_told_to_its_member_only(
    process: Process, sam: Person, eva: Person, sue: Person
) -> None:
    made = await sam.lead()
    await eva.post("/notifications/read", {"all": True})
    async with watching(process, eva) as hers, watching(process, sue) as other:
        await sam.post(at(made, "lead", "/comments"), {"text": "看", "mentions": [str(eva.member)]})
        told = [event for event, _ in await events(hers, 2)]
        await sue.lead()
        assert [event for event, _ in await events(other)] == ["changed"]
    assert sorted(told) == ["changed", "notified"]


async def test_another_workspace_hears_nothing(
    process: Process, sam: Person, stranger: Person, elsewhere: Company
) -> None:
    assert stranger.member is not None
    tab = process.hub.join(elsewhere.workspace.slug, stranger.member)
    await sam.lead()
    stranger.root = f"/api/v1/{elsewhere.workspace.slug}"
    made = await stranger.lead()
    heard = await events(tab)
    process.hub.leave(elsewhere.workspace.slug, stranger.member, tab)
    assert heard[0][1]["ids"] == [made["id"]]


async def test_so_many_changes_that_ids_are_left_out_mean_look_again(process: Process, boss: Person) -> None:
    ids = [(await boss.lead())["id"] for _ in range(3)]
    async with watching(process, boss) as tab:
        process.hub.heard(
            orjson.dumps({"workspace": boss.slug, "object": "lead", "ids": None, "kind": "update"}).decode()
        )
        ((_, data),) = await events(tab)
    assert (data["ids"], len(ids)) == ([], 3)


async def test_the_progress_of_an_import_is_told_to_its_member(process: Process, sam: Person) -> None:
    told = {
        "workspace": sam.slug,
        "member": str(sam.member),
        "kind": "import",
        "id": "x",
        "progress": {"done": 1},
    }
    async with watching(process, sam) as tab:
        process.hub.heard(orjson.dumps(told).decode())
        assert await events(tab) == [("import", {"id": "x", "progress": {"done": 1}})]


async def test_a_client_that_does_not_read_is_dropped() -> None:
    tab = Tab()
    for number in range(LONGEST_QUEUE + 1):
        tab.send("changed", {"n": number})
    assert tab.closed
    while await tab.next(1) is not None:
        pass


async def test_after_an_interruption_all_come_back_anew(process: Process, sam: Person) -> None:
    async with watching(process, sam) as tab:
        process.hub.heard("")
        assert await tab.next(1) is None


class Stream:
    """A request to the application whose answer does not end, spoken in ASGI."""

    def __init__(self, app: FastAPI, path: str, token: str) -> None:
        self.app, self.gone = app, asyncio.Event()
        self.sent: asyncio.Queue[Values] = asyncio.Queue()
        self.scope: Values = {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "scheme": "http",
            "headers": [(b"cookie", f"{COOKIE}={token}".encode())],
            "client": ("127.0.0.1", 1),
            "server": ("jieli.test", 80),
        }
        self.asked = False

    async def receive(self) -> Values:
        if not self.asked:
            self.asked = True
            return {"type": "http.request", "body": b"", "more_body": False}
        await self.gone.wait()
        return {"type": "http.disconnect"}

    async def send(self, message: Values) -> None:
        await self.sent.put(message)

    async def next(self) -> Values:
        return await asyncio.wait_for(self.sent.get(), PATIENCE)


@asynccontextmanager
async def opened(app: FastAPI, db: Database, house: Company, name: str) -> AsyncIterator[Stream]:
    stream = Stream(app, f"/api/v1/{house.workspace.slug}/live", await session(db, house, name))
    task = asyncio.create_task(app(stream.scope, stream.receive, stream.send))  # type: ignore[arg-type]
    try:
        yield stream
    finally:
        stream.gone.set()
        await asyncio.wait_for(task, PATIENCE)


async def test_the_stream_is_one_of_server_sent_events(
    app: FastAPI, db: Database, house: Company, sam: Person
) -> None:
    async with opened(app, db, house, "sam") as stream:
        start, first = await stream.next(), await stream.next()
        made = await sam.lead()
        told = await stream.next()
    headers = dict(start["headers"])
    assert start["status"] == 200
    assert headers[b"content-type"].startswith(b"text/event-stream")
    assert headers[b"cache-control"] == b"no-store"
    assert first["body"].startswith(b"retry:")
    assert made["id"].encode() in told["body"]


async def test_who_goes_away_is_forgotten(
    app: FastAPI, db: Database, house: Company, process: Process
) -> None:
    async with opened(app, db, house, "cleo") as stream:
        await stream.next()
        await stream.next()
        assert house.members["cleo"] in process.hub._viewers[house.workspace.slug]
    assert house.members["cleo"] not in process.hub._viewers[house.workspace.slug]


async def test_a_revoked_session_ends_its_stream(
    app: FastAPI, db: Database, house: Company, sam: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(route, "HEARTBEAT", 0.05)
    monkeypatch.setattr(route, "CHECKED_AFTER", timedelta(0).total_seconds())
    async with opened(app, db, house, "sam") as stream:
        while (await stream.next()).get("body") != b": still here\n\n":
            continue
        async with db.begin() as tx:
            await tx.connection.execute("delete from jieli.session where token_hash = $1", _hash(stream))
        while (await stream.next()).get("more_body", True):
            continue
    assert clock.now()


def _hash(stream: Stream) -> bytes:
    from jieli.identity.sessions import hash_of

    cookie: bytes = stream.scope["headers"][0][1]
    return hash_of(cookie.decode().partition("=")[2])


async def test_a_stopping_server_ends_all_streams_and_begins_no_others(
    app: FastAPI, db: Database, house: Company, sam: Person, process: Process
) -> None:
    async with opened(app, db, house, "sam") as stream:
        await stream.next()
        await stream.next()
        process.hub.end_streams()
        try:
            assert (await stream.next())["more_body"] is False
            assert (await sam.get("/live")).status_code == 503
        finally:
            process.hub.stopping = False
