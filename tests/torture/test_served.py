"""One served site under what comes beside chance kills: a database told to stop, web processes that die one after
the other, and callers that dawdle."""

import asyncio
import os
import resource
import signal
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio

from jieli.db.cluster import Cluster, postmaster
from tests.torture.client import Client
from tests.torture.ledger import Ledger
from tests.torture.site import Site, opened, until

pytestmark = pytest.mark.database

LEADS = "/objects/lead/records"
BROWSERS = 1_500


@pytest_asyncio.fixture(scope="module")
async def site() -> AsyncIterator[Site]:
    made = await opened()
    try:
        await made.ready()
        yield made
    finally:
        await made.close()


@pytest_asyncio.fixture
async def client(site: Site) -> AsyncIterator[Client]:
    made = Client(site, Ledger())
    await site.ready()
    await made.sign_in()
    yield made
    await made.close()


@pytest.fixture
def many_files() -> Iterator[None]:
    """Lets this process have as many connections open as the test needs."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard != resource.RLIM_INFINITY and hard < 2 * BROWSERS:
        pytest.skip(f"this system allows {hard} open files")
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, 2 * BROWSERS), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def pid_of(site: Site) -> int:
    running = postmaster(Cluster.of(site.home))
    return running.pid if running and running.is_ready else 0


@pytest.mark.parametrize("order", [signal.SIGTERM, signal.SIGINT, signal.SIGQUIT])
async def test_a_database_told_to_stop_comes_back_under_load_and_nothing_is_lost(
    site: Site, client: Client, order: signal.Signals
) -> None:
    stopped, again = pid_of(site), asyncio.Event()

    async def writing(letter: str) -> list[str]:
        names: list[str] = []
        while not again.is_set() or not names:
            names.append(f"{order.name}-{letter}{len(names)}")
            await client.write("POST", LEADS, {"values": {"name": names[-1]}})
        return names

    writers = [asyncio.create_task(writing(letter)) for letter in "abc"]
    os.kill(stopped, order)
    await until(lambda: pid_of(site) not in (0, stopped))
    again.set()
    wanted = Counter(name for names in await asyncio.gather(*writers) for name in names)
    page = await client.get(f"{LEADS}?limit=500")
    there = Counter(one["name"] for one in page["items"] if str(one["name"]).startswith(f"{order.name}-"))  # type: ignore[attr-defined]
    assert there == wanted
    assert client.ledger.faults == []
    assert site.starts == 1


async def test_web_processes_killed_as_soon_as_they_appear_are_replaced_by_the_same_server(
    site: Site, client: Client
) -> None:
    before, killed = site.starts, set()
    while len(killed) < 3:
        await until(lambda: site.web() not in (None, *killed))
        appeared = site.web()
        assert appeared is not None
        appeared.kill()
        killed.add(appeared)
    await site.ready()
    answer = await client.write("POST", LEADS, {"values": {"name": "after them"}})
    assert answer.status_code == 201
    assert site.starts == before


async def test_more_open_connections_than_most_systems_allow_hinder_nobody(
    site: Site, client: Client, many_files: None
) -> None:
    """As browsers leave them, which keep up to six each for the next request."""
    request = b"GET /healthz HTTP/1.1\r\nHost: jieli\r\n\r\n"
    async with AsyncExitStack() as browsers:
        for _ in range(BROWSERS):
            reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
            browsers.callback(writer.close)
            writer.write(request)
            assert (await asyncio.wait_for(reader.readline(), 20)).startswith(b"HTTP/1.1 200")
        answer = await asyncio.wait_for(client.write("POST", LEADS, {"values": {"name": "one more"}}), 20)
        assert answer.status_code == 201


async def test_callers_that_never_finish_their_request_hinder_nobody(site: Site, client: Client) -> None:
    async with AsyncExitStack() as dawdling:
        for _ in range(200):
            _reader, writer = await asyncio.open_connection("127.0.0.1", site.port)
            dawdling.callback(writer.close)
            writer.write(
                b"POST /api/v1/session HTTP/1.1\r\nHost: jieli\r\nContent-Length: 100000\r\nX-Jieli: 1\r\n\r\n{"
            )
            await writer.drain()
        answer = await asyncio.wait_for(client.write("POST", LEADS, {"values": {"name": "quick"}}), 20)
        assert answer.status_code == 201


async def test_callers_that_never_read_their_answer_hinder_nobody(site: Site, client: Client) -> None:
    await client.write("POST", LEADS, {"values": {"name": "long", "needs": "长" * 5_000}})
    cookie = "; ".join(f"{name}={value}" for name, value in client.cookies.items())
    path = f"/api/v1/{site.company.workspace.slug}/blueprint"
    request = f"GET {path} HTTP/1.1\r\nHost: jieli\r\nCookie: {cookie}\r\n\r\n".encode()
    async with AsyncExitStack() as dawdling:
        for _ in range(30):
            _reader, writer = await asyncio.open_connection("127.0.0.1", site.port, limit=1024)
            dawdling.callback(writer.close)
            writer.write(request * 3)
            await writer.drain()
        answer = await asyncio.wait_for(client.write("POST", LEADS, {"values": {"name": "quick"}}), 20)
        assert answer.status_code == 201
