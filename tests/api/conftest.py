"""The real application over the real database, a company that lives in it, and its people at their browsers."""

from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count
from pathlib import Path
from uuid import UUID

import httpx
import pytest
import pytest_asyncio
from fastapi import FastAPI

from jieli import hooks
from jieli.api import logs
from jieli.api.app import create_app
from jieli.api.context import COOKIE, Process
from jieli.api.options import Options
from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.base.vault import Vault, new_key
from jieli.blueprint import workspaces
from jieli.db.pool import Database, PoolOptions
from jieli.identity import Lifetime, Visitor, door_store, store
from jieli.identity.accounts import create_account
from jieli.identity.members import link
from jieli.identity.secrets import hash_of
from jieli.records import Values
from tests.access.world import Bare, roles_document
from tests.api.witness import witness
from tests.company import Company, found, make

_numbers = count(1)
KEY = new_key()
VAULT = Vault(lambda: [KEY])


def some_number() -> int:
    """One that no other test has, for values that must not meet."""
    return next(_numbers)


class Person:
    """Somebody at a browser: requests with their cookie and our header, below the workspace's address."""

    def __init__(self, client: httpx.AsyncClient, slug: str, member: UUID | None = None) -> None:
        self.client = client
        self.slug = slug
        self.member = member
        self.root = f"/api/v1/{slug}"

    async def get(self, path: str, **options: object) -> httpx.Response:
        return await self.client.get(self.root + path, **options)  # type: ignore[arg-type]

    async def post(self, path: str, json: object = None, **options: object) -> httpx.Response:
        return await self.client.post(self.root + path, json=json, **options)  # type: ignore[arg-type]

    async def patch(self, path: str, json: object, **options: object) -> httpx.Response:
        return await self.client.patch(self.root + path, json=json, **options)  # type: ignore[arg-type]

    async def put(self, path: str, json: object) -> httpx.Response:
        return await self.client.put(self.root + path, json=json)

    async def delete(self, path: str) -> httpx.Response:
        return await self.client.delete(self.root + path)

    async def make(self, object_key: str, **values: object) -> Values:
        """A new record; refusals fail the test."""
        response = await self.post(f"/objects/{object_key}/records", {"values": values})
        assert response.status_code == 201, response.text
        made: Values = response.json()
        return made

    async def lead(self, **values: object) -> Values:
        number = some_number()
        given = {"name": f"线索{number}", "company": f"第{number}号试验有限公司", "phone": f"139{number:08d}"}
        return await self.make("lead", **{**given, **values})

    async def opportunity(self, **values: object) -> Values:
        number = some_number()
        account = await self.make("account", name=f"第{number}号客户有限公司")
        given = {"name": f"商机{number}", "account": account["id"], "source": "referral"}
        return await self.make("opportunity", **{**given, **values})


def at(record: Values, object_key: str, more: str = "") -> str:
    """The address of a record below the workspace."""
    return f"/objects/{object_key}/records/{record['id']}{more}"


@pytest_asyncio.fixture(scope="session")
async def app(db: Database, dsn: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[FastAPI]:
    """The application, started; its pools are its own, as in a server."""
    hooks.install()
    logs.write_plainly()

    async def opening() -> Database:
        database = Database(dsn, PoolOptions(settings=(("synchronous_commit", "off"),)))
        await database.open()
        return database

    folder = tmp_path_factory.mktemp("api")
    options = Options(folder / "files", VAULT, web=_web(folder / "web"), largest_file=1024 * 1024)
    made = create_app(opening, options)
    async with made.router.lifespan_context(made):
        yield made


def _web(folder: Path) -> Path:
    """A small built web application."""
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_text("<!doctype html><title>Jieli</title>", encoding="utf-8")
    (folder / "assets" / "app-1234.js").write_text("console.log('接力');" * 200, encoding="utf-8")
    (folder / ".secret").write_text("no", encoding="utf-8")
    return folder


@pytest.fixture(autouse=True)
def _our_hooks() -> None:
    """Another package's test may have installed its own."""
    hooks.install()


@pytest.fixture
def process(app: FastAPI) -> Process:
    found: Process = app.state.process
    return found


@pytest_asyncio.fixture(scope="session")
async def house(db: Database) -> Company:
    """The company of these tests, which commit."""
    made = await found(db)
    await give_accounts(db, made)
    return made


@pytest_asyncio.fixture(scope="session")
async def bare(db: Database) -> Bare:
    """A workspace for random organisations."""
    hooks.install()
    async with db.begin() as tx:
        return Bare(await workspaces.create(tx, "bare", roles_document()))


@pytest_asyncio.fixture(scope="session")
async def elsewhere(db: Database) -> Company:
    """Another workspace of the same installation."""
    made = await found(db)
    await give_accounts(db, made)
    return made


async def give_accounts(db: Database, company: Company) -> None:
    async with db.begin() as tx:
        for name, member in company.members.items():
            account = await create_account(tx, f"{name}@{company.workspace.slug}", name, None)
            await link(tx, company.workspace.slug, account.id, member)


SignIn = Callable[[Company, str], Awaitable[Person]]


@pytest_asyncio.fixture
async def sign_in(app: FastAPI, db: Database) -> AsyncIterator[SignIn]:
    """Opens a browser for a member of a company, signed in without a password."""
    clients: list[httpx.AsyncClient] = []

    async def opened(company: Company, name: str) -> Person:
        client = browser(app, token=await session(db, company, name))
        clients.append(client)
        return Person(client, company.workspace.slug, company.members[name])

    yield opened
    for client in clients:
        await client.aclose()


async def session(db: Database, company: Company, name: str) -> str:
    token = str(uuid7())
    async with db.begin() as tx:
        row = await tx.one(store.account_by_login(f"{name}@{company.workspace.slug}"))
        assert row is not None
        now = clock.now()
        await tx.run(door_store.add_session(hash_of(token), row["id"], now, now + Lifetime().idle, Visitor()))
    return token


PASSWORD = "a long enough one"
_addresses = count(1)


async def newcomer(db: Database, company: Company, role: str = "sales", password: str = PASSWORD) -> str:
    """A new member with a password; gives the login."""
    name = f"member{some_number()}@{company.workspace.slug}"
    async with db.begin() as tx:
        member = await make(tx, company.system, "member", name=name, roles=[role])
        account = await create_account(tx, name, name, password)
        await link(tx, company.workspace.slug, account.id, member)
    return name


@pytest_asyncio.fixture
async def login(db: Database, house: Company) -> str:
    """The login of a new member, whose password is PASSWORD."""
    return await newcomer(db, house)


async def enter(
    client: httpx.AsyncClient, login: str, password: str = PASSWORD, code: str | None = None
) -> httpx.Response:
    body = {"login": login, "password": password} | ({"code": code} if code else {})
    return await client.post("/api/v1/session", json=body)


def some_address() -> str:
    """A network address that no other test comes from, for failures that are counted by it."""
    number = next(_addresses)
    return f"10.{number // 65536}.{number // 256 % 256}.{number % 256}"


@pytest_asyncio.fixture
async def abroad(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that nobody has signed in with, at an address of its own."""
    async with browser(app, address=some_address()) as client:
        yield client


def browser(
    app: FastAPI, token: str | None = None, address: str = "127.0.0.1", **headers: str
) -> httpx.AsyncClient:
    transport = httpx.ASGITransport(app, raise_app_exceptions=True, client=(address, 1234))
    cookies = {COOKIE: token} if token else None
    return httpx.AsyncClient(
        transport=transport,
        base_url="http://jieli.test",
        headers={"X-Jieli": "1", **headers},
        cookies=cookies,
        event_hooks={"response": [witness]},
    )


@pytest_asyncio.fixture
async def anybody(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A browser that nobody has signed in with."""
    async with browser(app) as client:
        yield client


def _person(name: str) -> Callable[..., Awaitable[Person]]:
    @pytest_asyncio.fixture(name=name)
    async def fixture(sign_in: SignIn, house: Company) -> Person:
        return await sign_in(house, name)

    return fixture


mary = _person("mary")
sam = _person("sam")
sue = _person("sue")
wes = _person("wes")
will = _person("will")
eva = _person("eva")
ed = _person("ed")
cleo = _person("cleo")
olga = _person("olga")
boss = _person("boss")


@pytest_asyncio.fixture
async def stranger(sign_in: SignIn, elsewhere: Company, house: Company) -> Person:
    """An administrator of another workspace, asking for ours."""
    person = await sign_in(elsewhere, "boss")
    return Person(person.client, house.workspace.slug, person.member)
