"""Two servers, each with its web process and its worker, over one database and one folder of files, as on two hosts."""

import asyncio
import shutil
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
import pytest_asyncio

from tests.torture.client import Client
from tests.torture.deeds import bring_in, count, ended, heard, is_picked, starts
from tests.torture.ledger import Ledger
from tests.torture.site import PASSWORD, Site, free_port, give_password, peopled

pytestmark = pytest.mark.database

LEADS = "/objects/lead/records"


class Both(NamedTuple):
    """The same for the one host and the other."""

    here: Any
    there: Any


@pytest_asyncio.fixture(scope="module")
async def sites(database: str) -> AsyncIterator[Both]:
    folder = Path(tempfile.mkdtemp(prefix="jieli-tests-several-"))
    (folder / "files").mkdir()
    db, company = await peopled(database)
    made = []
    for name in ("here", "there"):
        home = folder / f"{folder.name}-{name}"
        home.mkdir()
        # The shared file system of the guide.
        (home / "files").symlink_to(folder / "files")
        made.append(Site(home, free_port(), database, company, db, shares=True))
    try:
        await asyncio.gather(*(site.ready() for site in made))
        yield Both(*made)
    finally:
        for site in made:
            await site.close()
        shutil.rmtree(folder)


@pytest_asyncio.fixture
async def clients(sites: Both) -> AsyncIterator[Both]:
    """The same person at both hosts, who signed in at the one only."""
    await asyncio.gather(*(site.ready() for site in sites))
    here = Client(sites.here, Ledger())
    await here.sign_in()
    there = Client(sites.there, here.ledger, here.cookies)
    yield Both(here, there)
    await here.close()
    await there.close()


async def test_a_session_holds_on_both_and_ends_on_both(clients: Both) -> None:
    assert (await clients.there.once("GET", LEADS)).status_code == 200
    await clients.there.sign_out()
    assert (await clients.here.once("GET", LEADS)).status_code == 401


async def test_what_is_written_on_the_one_is_told_to_screens_of_the_other(clients: Both) -> None:
    for watching, writing in (clients, reversed(clients)):
        async with watching.changes() as lines:
            made = (await writing.write("POST", LEADS, {"values": {"name": "另一台"}})).json()
            assert (await heard(lines, made["id"]))["object"] == "lead"
            assert (await watching.get(f"{LEADS}/{made['id']}"))["name"] == "另一台"


async def test_a_write_sent_to_both_under_one_key_is_done_once(clients: Both, sites: Both) -> None:
    for number in range(10):
        body, headers = {"values": {"name": f"一次{number}"}}, {"Idempotency-Key": str(uuid4())}
        answers = await asyncio.gather(
            *(client.once("POST", LEADS, headers, json=body) for client in clients)
        )
        assert [answer.status_code for answer in answers] == [201, 201]
        assert len({answer.json()["id"] for answer in answers}) == 1
        assert sum("idempotency-replayed" in answer.headers for answer in answers) == 1
    assert await count(sites.here, "一次%") == 10


async def test_wrong_passwords_are_counted_over_both(clients: Both, sites: Both) -> None:
    name = "will"
    await give_password(sites.here.db, sites.here.company, name)
    stranger = Both(*(Client(site, Ledger()) for site in sites))
    told = [(await stranger[n % 2].try_password(name, "wrong")).json()["code"] for n in range(5)]
    assert told == ["wrong_password"] * 5
    for client in stranger:
        assert (await client.try_password(name, PASSWORD)).json()["code"] == "locked"
        await client.close()


async def test_a_file_attached_on_the_one_is_read_on_the_other(clients: Both) -> None:
    made = (await clients.here.write("POST", LEADS, {"values": {"name": "带附件"}})).json()
    attached = await clients.here.upload(f"{LEADS}/{made['id']}/files", "报价.txt", "一万二")
    read = await clients.there.once("GET", f"/files/{attached.json()['id']}")
    assert (read.status_code, read.text) == (200, "一万二")


async def test_jobs_asked_for_on_both_are_done_once_by_either_worker(clients: Both, sites: Both) -> None:
    runs = [await bring_in(clients[n % 2], f"次{n}", 50) for n in range(6)]
    for number, run in enumerate(runs):
        # Asked of the other one than the one that took it.
        shown = await ended(clients[(number + 1) % 2], run)
        assert (shown["state"], shown["result"]["created"]) == ("done", 50)
    assert await count(sites.here, "次%") == 300
    assert await starts(sites.here, runs) == [1] * 6


async def test_a_host_that_is_killed_leaves_its_work_to_the_other(clients: Both, sites: Both) -> None:
    killed, left = sites
    other = left.worker()
    assert other is not None
    # So that the job falls to the worker that will be killed.
    other.suspend()
    try:
        run = await bring_in(clients.there, "余", 20_000)
        await is_picked(killed.db, run)
        for process in killed.living():
            process.kill()
        killed.process.wait()
    finally:
        other.resume()
    async with clients.there.changes() as lines:
        for number in range(3):
            made = await clients.there.write("POST", LEADS, {"values": {"name": f"照常{number}"}})
            await heard(lines, made.json()["id"])
    shown = await ended(clients.there, run)
    assert (shown["state"], shown["result"]["created"]) == ("done", 20_000)
    assert await count(left, "余%") == 20_000
    assert clients.here.ledger.faults == []
