"""A backup is made before the structure changes, once, and only where something could be lost."""

import asyncio
import os
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from jieli.commands.upgrading import FOLDER, back_up_before_upgrade
from jieli.db.migrate import Migration, migrate, shipped
from jieli.db.pool import Database
from jieli.settings import Settings
from jieli.upkeep import pending
from tests.upkeep.conftest import Installation, Original, archive, connected, restored

pytestmark = pytest.mark.database
NEW = Migration("9998_newer.sql", "create table jieli.newer (id integer);\n")


def settings(original: Original, **more: object) -> Settings:
    return Settings(home=original.home, **more)  # type: ignore[arg-type]  # a test names the fields


def made(original: Original) -> list[Path]:
    return sorted((original.home / FOLDER).glob("*.zip"))


@pytest_asyncio.fixture
async def newer(original: Original, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """A program with one more migration than the database has seen."""
    more = [*shipped(), NEW]
    for module in ("jieli.upkeep.pending", "jieli.db.migrate", "jieli.upkeep.restore"):
        monkeypatch.setattr(f"{module}.shipped", lambda: more)
    yield
    for file in made(original):
        file.unlink()


async def test_nothing_is_made_when_nothing_is_pending(original: Original) -> None:
    assert await back_up_before_upgrade(settings(original)) is None
    assert made(original) == []


@pytest.mark.usefixtures("newer")
async def test_processes_that_start_at_once_make_one_backup_from_before(
    original: Original, empty: Installation
) -> None:
    places = await asyncio.gather(*(back_up_before_upgrade(settings(original)) for _ in range(3)))
    assert made(original) == [places[0]]
    assert len(set(places)) == 1
    assert places[0] is not None
    with archive(places[0]) as found:
        assert NEW.name not in found.manifest.migrations
    await restored(places[0], empty)
    assert await migrate(empty.dsn) == [NEW.name]
    async with connected(empty.dsn) as connection:
        assert await connection.fetchval("select count(*) from jieli.newer") == 0


@pytest.mark.usefixtures("newer")
async def test_a_backup_of_an_earlier_attempt_is_not_enough(original: Original) -> None:
    first = await back_up_before_upgrade(settings(original))
    assert first is not None
    os.utime(first, (0, time.time() - 3600))
    assert await back_up_before_upgrade(settings(original)) == first
    assert first.stat().st_mtime > time.time() - 60


@pytest.mark.usefixtures("newer")
async def test_it_can_be_switched_off_and_is_not_made_for_a_database_elsewhere(original: Original) -> None:
    for more in ({"backup_before_upgrade": False}, {"DATABASE_URL": original.dsn}):
        assert await back_up_before_upgrade(settings(original, **more)) is None
    assert made(original) == []


@pytest.mark.usefixtures("newer")
async def test_a_database_without_workspaces_has_nothing_to_lose(empty: Installation) -> None:
    db = Database(empty.dsn)
    await db.open()
    try:
        async with db.read() as tx:
            assert not await pending.waiting(tx)
        await migrate(empty.dsn)
        async with db.read() as tx:
            assert not await pending.waiting(tx)
    finally:
        await db.close()
