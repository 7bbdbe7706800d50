"""The examination of the archive: each thing that can be wrong is made wrong."""

import shutil
from dataclasses import replace
from datetime import timedelta

import psutil
import pytest

from jieli.base import clock
from jieli.db import server
from jieli.db.cluster import Cluster, postmaster
from jieli.db.pool import Database
from jieli.upkeep import keyfile
from jieli.upkeep.continuous.bases import make_base
from jieli.upkeep.examine import archiving
from jieli.upkeep.examine.finding import Finding, Installation, Level
from jieli.upkeep.examine.machine import GIGABYTE
from tests.upkeep.conftest import connected
from tests.upkeep.continuous.conftest import Archived, until

pytestmark = pytest.mark.database


def place_of(archived: Archived) -> Installation:
    vault = keyfile.vault(archived.home)
    return Installation(archived.home, True, lambda: archived.dsn, vault, archive=archived.archive)


async def said(archived: Archived, place: Installation | None = None) -> dict[str, Level]:
    db = Database(archived.dsn)
    await db.open()
    try:
        async with db.read() as tx:
            found: list[Finding] = await archiving.archiving(place or place_of(archived), tx)
    finally:
        await db.close()
    return {one.code: one.level for one in found}


async def test_a_healthy_archive_says_from_when_on_it_can_restore(archived: Archived) -> None:
    await make_base(archived.errand)
    await archived.flush()
    found = await said(archived)
    assert found["archive"] is Level.RIGHT
    assert found["archive_same_disk"] is Level.DOUBTFUL


async def test_none_is_no_fault_and_one_without_effect_is_told(archived: Archived) -> None:
    assert await said(archived, replace(place_of(archived), archive=None)) == {"archive_off": Level.RIGHT}
    other = replace(place_of(archived), is_embedded=False)
    assert await said(archived, other) == {"archive_no_effect": Level.DOUBTFUL}


async def test_a_server_that_was_started_without_it_is_told(archived: Archived) -> None:
    server.stop(archived.home)
    server.ensure(archived.home)
    assert await said(archived) == {"archive_not_on": Level.WRONG}
    server.stop(archived.home)
    server.ensure(archived.home, archived.archive)
    assert (await said(archived))["archive_no_base"] is Level.WRONG


async def test_what_fails_is_told_until_it_goes_on(archived: Archived) -> None:
    """As when the disk of the archive is taken away: the server keeps its log, and brings it when the disk is back."""
    log = archived.home / "postgres" / "log"
    before = len(log.read_text())
    aside = archived.archive.root.rename(archived.archive.root.with_name("aside"))
    name = await archived.switch()
    await until(lambda: "No such file" in log.read_text()[before:])
    assert await said(archived) == {"archive_unreached": Level.WRONG}
    # Also a server that is started meanwhile waits, and does not begin another archive in the empty place.
    server.stop(archived.home)
    server.ensure(archived.home, archived.archive)
    assert not archived.archive.root.exists()
    aside.rename(archived.archive.root)
    await archived.switch()
    await until((archived.archive.wal / f"{name}.gz").exists)


async def test_a_log_that_cannot_be_archived_is_told(archived: Archived) -> None:
    async with connected(archived.dsn) as connection:
        current = await connection.fetchval("select pg_walfile_name(pg_current_wal_lsn())")
    taken = archived.archive.wal / f"{current}.gz"
    taken.write_bytes(b"of somebody else")
    log = archived.home / "postgres" / "log"
    before = len(log.read_text())
    await archived.switch()
    # The statistics are written after the third attempt.
    await until(lambda: "failed too many times" in log.read_text()[before:])
    assert (await said(archived))["archive_fails"] is Level.WRONG
    assert taken.read_bytes() == b"of somebody else"
    assert "is there already and is another file" in log.read_text()[before:]
    taken.unlink()
    await archived.switch()
    await until(taken.exists)


async def test_a_log_that_waits_for_long_is_told(archived: Archived) -> None:
    running = postmaster(Cluster.of(archived.home))
    assert running is not None
    family = psutil.Process(running.pid).children()
    archiver = next(one for one in family if "archiver" in " ".join(one.cmdline()))
    archiver.suspend()
    try:
        await archived.switch()
        with clock.at(clock.now() + timedelta(minutes=11)):
            assert (await said(archived))["archive_behind"] is Level.WRONG
    finally:
        archiver.resume()


async def test_an_archive_that_gets_old_or_full_is_told(
    archived: Archived, monkeypatch: pytest.MonkeyPatch
) -> None:
    newest = (await make_base(archived.errand)).about.finished
    with clock.at(newest + timedelta(days=3)):
        assert (await said(archived))["archive_old_base"] is Level.DOUBTFUL
    usage = shutil.disk_usage("/")
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=round(0.4 * GIGABYTE)))
    assert (await said(archived))["archive_disk_full"] is Level.WRONG
