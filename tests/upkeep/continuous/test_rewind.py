"""A moment is brought back from an archive, after the machine with the database is lost."""

import asyncio
import io
import json
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from jieli.base import clock
from jieli.db import server
from jieli.db.archive import Archive, ForeignArchive
from jieli.db.pool import Database
from jieli.db.recovery import HasData
from jieli.records.content import Disk
from jieli.records.files import Attachment, attach
from jieli.relay.verify import verify
from jieli.upkeep.archive import Step
from jieli.upkeep.continuous.bases import Errand as Basing
from jieli.upkeep.continuous.bases import bases, make_base
from jieli.upkeep.continuous.mirror import mirror
from jieli.upkeep.continuous.rewind import Errand, Rewound, rewind
from jieli.upkeep.errors import ArchiveEnds, BrokenArchive, DamagedBase, NoArchive, NoBase
from tests.company import make
from tests.conftest import server_home
from tests.upkeep.conftest import connected, files
from tests.upkeep.continuous.conftest import DAYS, Archived, command, copy_of, until

pytestmark = pytest.mark.database


async def brought_back(archive: Archive, home: Path, moment: datetime | None = None) -> Rewound:
    return await asyncio.to_thread(rewind, Errand(archive, home, moment), lambda *_: None)


async def names_in(archived: Archived, home: Path) -> set[str]:
    try:
        return await archived.names(server.ensure(home))
    finally:
        server.stop(home)


async def test_a_moment_between_two_writes_has_exactly_what_was_written_before(archived: Archived) -> None:
    await archived.write("甲")
    moment = await archived.write("乙")
    await archived.write("丙")
    await archived.flush()
    archived.kill()
    try:
        with server_home() as home:
            told = command(home, "restore", archived.archive.root, "--to-time", moment.isoformat(), "--json")
            answer, spoken = await asyncio.to_thread(told.communicate)
            assert told.returncode == 0, spoken
            assert datetime.fromisoformat(json.loads(answer)["last_transaction"]) < moment
            assert b"must not archive into that folder" in spoken
            found = await names_in(archived, home)
        assert {"甲", "乙"} <= found
        assert "丙" not in found
    finally:
        server.ensure(archived.home, archived.archive)


async def test_without_a_moment_everything_archived_is_there_and_sound(archived: Archived) -> None:
    await archived.write("最后")
    await archived.flush()
    with server_home() as home:
        await brought_back(archived.archive, home)
        db = Database(server.ensure(home))
        await db.open()
        async with db.begin() as tx:
            assert list((await verify(tx, archived.company.workspace)).violations) == []
            # The restored one takes new records.
            await make(tx, archived.company.system, "lead", name="之后")
        assert {"最后", "之后"} <= await archived.names(db.dsn)
        await db.close()


async def test_the_files_that_the_moment_names_are_there(archived: Archived, tmp_path: Path) -> None:
    db = Database(archived.dsn)
    await db.open()
    folder = archived.home / "files"
    async with db.begin() as tx:
        boss = await archived.company.actor(tx, "boss")
        lead = await make(tx, archived.company.system, "lead", name="带附件")
        for copies in (archived.archive.files, None):
            content = Disk(folder, copies).put(io.BytesIO(f"报价 {copies}".encode()))
            await attach(tx, boss, "lead", lead, Attachment(content, "报价.txt", Disk.name))
    await db.close()
    # One went into the archive as it came in; the other one is brought there by the worker.
    assert await asyncio.to_thread(mirror, archived.home, archived.archive) == 1
    await archived.write("附件之后")
    await archived.flush()
    with server_home() as home:
        done = await brought_back(archived.archive, home)
        assert (done.files, done.missing, done.damaged) == (2, [], [])
        assert files(home) == files(archived.home)
    copy = copy_of(archived.archive, tmp_path / "copy")
    lost, spoiled = sorted(files(archived.home))
    (copy.files / lost).unlink()
    (copy.files / spoiled).write_bytes(b"?")
    with server_home() as home:
        done = await brought_back(copy, home)
    assert (done.missing, done.damaged) == ([lost], [spoiled])


@pytest.mark.parametrize(
    ("spoil", "wanted"),
    [("flipped", lambda later: later), ("lost", lambda _later: None)],
    ids=["flipped", "lost"],
)
async def test_a_broken_log_is_refused_and_what_is_before_it_can_be_restored(
    archived: Archived, tmp_path: Path, spoil: str, wanted: Callable[[datetime], datetime | None]
) -> None:
    moment = await archived.write(f"前 {spoil}")
    await archived.write("不久")
    await archived.flush()
    later = await archived.write("中")
    name = await archived.flush()
    await archived.write("后")
    await archived.flush()
    copy = copy_of(archived.archive, tmp_path / "copy")
    broken = copy.wal / f"{name}.gz"
    if spoil == "lost":
        broken.unlink()
    else:
        whole = bytearray(broken.read_bytes())
        # Near the start, where the records are: among the zeros behind them there are several ways to pack the same.
        whole[1000] ^= 1
        broken.write_bytes(whole)
    with server_home() as home:
        with pytest.raises(BrokenArchive, match=name):
            await brought_back(copy, home, wanted(later))
        assert not (home / "postgres" / "data").exists()
        assert not (home / "postgres" / "recovering").exists()
        await brought_back(copy, home, moment)
        assert f"前 {spoil}" in await names_in(archived, home)


async def test_a_damaged_base_backup_is_refused_before_anything_is_made(
    archived: Archived, tmp_path: Path
) -> None:
    copy = copy_of(archived.archive, tmp_path / "copy")
    data = bases(copy)[-1].data
    whole = bytearray(data.read_bytes())
    whole[len(whole) // 2] ^= 1
    data.write_bytes(whole)
    with server_home() as home:
        with pytest.raises(DamagedBase, match=r"base\.tar\.gz"):
            await brought_back(copy, home)
        assert not (home / "postgres" / "data").exists()


async def test_moments_outside_of_the_archive_are_refused_in_words(
    archived: Archived, tmp_path: Path
) -> None:
    first = bases(archived.archive)[0].about.finished
    await archived.write("界")
    await archived.flush()
    with server_home() as home:
        with pytest.raises(NoBase, match=first.isoformat(timespec="seconds")[:16]):
            await brought_back(archived.archive, home, first - timedelta(hours=1))
        with pytest.raises(ArchiveEnds, match="leave out --to-time"):
            await brought_back(archived.archive, home, clock.now() + timedelta(hours=1))
        with pytest.raises(NoArchive):
            await brought_back(Archive(tmp_path), home)


async def test_of_the_log_after_the_moment_only_as_much_is_read_as_is_needed(archived: Archived) -> None:
    await make_base(archived.errand)
    await archived.write("早")
    moment = await archived.write("早的")
    for _ in range(2):
        await make_base(archived.errand)
    await archived.flush()
    await archived.write("晚")
    await archived.flush()
    laid: list[int] = []

    def watch(step: Step, _done: int, total: int) -> None:
        if step is Step.CHECK:
            laid.append(total)

    with server_home() as home:
        # Nothing was committed from the moment to the second base backup after it, so it is looked for further on.
        await asyncio.to_thread(rewind, Errand(archived.archive, home, moment), watch)
        assert "晚" not in await names_in(archived, home)
    few, all_ = sorted(set(laid))
    assert few < all_


async def test_a_home_with_a_database_is_not_touched(archived: Archived) -> None:
    with pytest.raises(HasData):
        await brought_back(archived.archive, archived.home)
    await archived.write("还在")


async def test_a_restored_database_may_not_archive_into_the_old_folder_and_does_so_into_a_new_one(
    archived: Archived,
) -> None:
    await archived.write("第一代")
    await archived.flush()
    with server_home() as home, server_home() as folder, server_home() as third:
        await brought_back(archived.archive, home)
        with pytest.raises(ForeignArchive, match="new and empty"):
            server.ensure(home, archived.archive)
        new = Archive(folder / "new")
        again = Archived(home, new, server.ensure(home, new), archived.company)
        await make_base(Basing(again.dsn, home, new, DAYS))
        moment = await again.write("第二代")
        await again.write("不要")
        await again.flush()
        await brought_back(new, third, moment)
        found = await names_in(archived, third)
        assert {"第一代", "第二代"} <= found
        assert "不要" not in found


async def test_a_restore_that_is_killed_can_be_done_again(archived: Archived) -> None:
    await archived.write("再来")
    await archived.flush()
    with server_home() as home:
        running = command(home, "restore", archived.archive.root)
        log = home / "postgres" / "recovering" / "log"
        await until(lambda: log.exists() and "starting backup recovery" in log.read_text())
        running.send_signal(signal.SIGKILL)
        running.communicate()
        assert not (home / "postgres" / "data").exists()
        await until(lambda: not server.is_running(home))
        await brought_back(archived.archive, home)
        assert "再来" in await names_in(archived, home)
    async with connected(archived.dsn) as connection:
        assert await connection.fetchval("select not pg_is_in_recovery()")
