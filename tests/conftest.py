"""What every test may ask for: the reference data that lies beside the repository, and the database."""

import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import settings

from jieli.db import server
from jieli.db.migrate import migrate
from jieli.db.pool import Database, PoolOptions, Tx
from tests.company import Company, found

REPO = Path(__file__).resolve().parents[1]
SHARED = REPO.parent / "shared"
HISTORIES = int(os.environ.get("JIELI_HISTORIES", "15"))
"""How many random histories the tests with an oracle tell; a thorough run asks for thousands."""
ORGANISATIONS = int(os.environ.get("JIELI_ORGANISATIONS", "5"))
"""How many random organisations are asked about everything that they may see; a thorough run asks for hundreds."""

settings.register_profile("busy", deadline=None)  # a busy machine is no failure
settings.load_profile("busy")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of reference data. Only a developer's clone may lack it; in CI its absence is a failure."""
    if not SHARED.is_dir() and not os.environ.get("CI"):
        pytest.skip(f"the reference data is not at {SHARED}")
    assert SHARED.is_dir(), f"the reference data is not at {SHARED}"
    return SHARED


@contextmanager
def server_home() -> Iterator[Path]:
    """An empty folder for a server. Not `tmp_path`: each start of pytest takes away what lets the account of a
    root's server walk through the folders above. What a killed session has left is cleared an hour later."""
    place = Path(tempfile.gettempdir())
    for old in place.glob("jieli-tests-*"):
        if old.stat().st_mtime < time.time() - 3600 and server.stop(old):
            shutil.rmtree(old, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix="jieli-tests-", dir=place))
    try:
        yield folder
    finally:
        server.stop(folder)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def home() -> Iterator[Path]:
    """A JIELI_HOME with a running server, of this test session alone."""
    with server_home() as folder:
        server.ensure(folder)
        yield folder


@pytest.fixture(scope="session")
def dsn(request: pytest.FixtureRequest) -> str:
    """The database at JIELI_TEST_DATABASE, which must be empty, or an embedded one of this session alone."""
    return os.environ.get("JIELI_TEST_DATABASE") or server.ensure(request.getfixturevalue("home"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests on the session's one database are known by asking for it."""
    for item in items:
        if "dsn" in getattr(item, "fixturenames", ()):
            item.add_marker("database")
            item.add_marker("given_database")


@pytest_asyncio.fixture(scope="session")
async def db(dsn: str) -> AsyncIterator[Database]:
    """The migrated database. What a test commits stays for the others: prefer `tx`, or a workspace of its own."""
    await migrate(dsn)
    database = Database(dsn, PoolOptions(settings=(("synchronous_commit", "off"),)))
    await database.open()
    yield database
    await database.close()


class _Undone(Exception):
    """Ends the transaction of a test."""


@pytest_asyncio.fixture
async def tx(db: Database) -> AsyncIterator[Tx]:
    """A transaction that is always rolled back."""
    try:
        async with db.begin() as transaction:
            yield transaction
            raise _Undone
    except _Undone:
        pass


@pytest_asyncio.fixture(scope="session")
async def company(db: Database) -> Company:
    """A company with people in departments, made once; use it with `tx`, which is rolled back."""
    return await found(db)
