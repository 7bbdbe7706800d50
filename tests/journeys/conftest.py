"""A served Jieli of its own with people in it, and browsers that are signed in as them."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, async_playwright, expect

from jieli.blueprint.model import Workspace
from jieli.db import server
from jieli.db.migrate import migrate
from jieli.db.pool import Database
from jieli.identity import passwords
from jieli.identity.accounts import account_named_like
from jieli.identity.members import link
from tests.company import Company, found

PASSWORD = "relay-race-7"
READY_SECONDS = 60
PAGE_TIMEOUT = 20_000
expect.set_options(timeout=PAGE_TIMEOUT)


@dataclass(frozen=True)
class Site:
    """Where it is served, the company in it, and the database behind it."""

    url: str
    company: Company
    db: Database

    @property
    def workspace(self) -> Workspace:
        return self.company.workspace

    def address(self, path: str = "") -> str:
        return f"{self.url}/w/{self.workspace.slug}{path}"


Open = Callable[..., Awaitable[Page]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


async def _company(db: Database) -> Company:
    """The company with an account for everybody, who signs in by first name."""
    company = await found(db)
    hashed = await passwords.hashed(PASSWORD)
    async with db.begin() as tx:
        for name, member in company.members.items():
            account = await account_named_like(tx, name, name, hashed)
            await link(tx, company.workspace.slug, account.id, UUID(str(member)))
    return company


@pytest_asyncio.fixture(scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """The real server, worker and database, as `jieli serve` starts them."""
    home = Path(f"/tmp/jieli-journeys-{os.getpid()}")
    dsn = await asyncio.to_thread(server.ensure, home)
    await migrate(dsn)
    db = Database(dsn)
    await db.open()
    company = await _company(db)
    port = free_port()
    command = [str(Path(sys.executable).with_name("jieli")), "serve", "--port", str(port)]
    log = (tmp_path_factory.mktemp("serve") / "log").open("w")
    process = subprocess.Popen(  # noqa: ASYNC220 - once, before anything else runs
        command, env={**os.environ, "JIELI_HOME": str(home)}, stdout=log, stderr=subprocess.STDOUT
    )
    try:
        await asyncio.to_thread(_wait, f"http://127.0.0.1:{port}/readyz", process)
        yield Site(f"http://127.0.0.1:{port}", company, db)
    finally:
        process.terminate()
        process.wait(30)
        log.close()
        await db.close()
        server.stop(home)
        shutil.rmtree(home, ignore_errors=True)


def _wait(url: str, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server ended while starting"
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError("the server did not become ready")


@pytest_asyncio.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """Debian's Chromium where it is installed, else Playwright's own."""
    async with async_playwright() as playwright:
        options = ["--disable-gpu", "--disable-background-networking", "--disable-component-update"]
        if hasattr(os, "geteuid") and os.geteuid() == 0:
            options.append("--no-sandbox")
        launched = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        yield launched
        await launched.close()


@pytest_asyncio.fixture
async def open_as(site: Site, browser: Browser) -> AsyncIterator[Open]:
    """`await open_as("sam", "/o/lead", phone=True)`: a page of somebody signed in. A journey fails when any of its
    pages logged an error or got a server error."""
    contexts = []
    faults: list[str] = []

    async def open_page(name: str, path: str = "", *, phone: bool = False, language: str = "zh") -> Page:
        size = {"width": 390, "height": 844} if phone else {"width": 1440, "height": 900}
        context = await browser.new_context(
            viewport=size,  # type: ignore[arg-type]  # two keys of exactly this name
            locale="zh-CN" if language == "zh" else "en-US",
            has_touch=phone,
            reduced_motion="reduce",
        )
        contexts.append(context)
        context.set_default_timeout(PAGE_TIMEOUT)
        answer = await context.request.post(
            f"{site.url}/api/v1/session",
            data={"login": name, "password": PASSWORD},
            headers={"X-Jieli": "1"},
        )
        assert answer.ok, await answer.text()
        if language != "zh":
            await context.request.patch(
                f"{site.url}/api/v1/account", data={"language": language}, headers={"X-Jieli": "1"}
            )
        page = await context.new_page()
        page.on("pageerror", lambda error: faults.append(f"{page.url}: {error}"))
        page.on("response", lambda r: faults.append(f"{r.status} {r.url}") if r.status >= 500 else None)
        await page.goto(site.address(path))
        return page

    yield open_page
    for context in contexts:
        await context.close()
    assert faults == []
