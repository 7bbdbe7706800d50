"""Base backups: whole or not there, and no more of them than are needed."""

import asyncio
import shutil
import signal
from datetime import timedelta
from pathlib import Path

import pytest

from jieli.db import server
from jieli.db.base_backup import verified
from jieli.db.dump import ProgramFailed
from jieli.db.pool import Database
from jieli.upkeep.continuous.bases import bases, forget, is_due, make_base
from jieli.upkeep.continuous.tend import schedules
from jieli.upkeep.errors import AlreadyWriting, NotArchiving
from tests.upkeep.continuous.conftest import DAYS, Archived, command, copy_of, until

pytestmark = pytest.mark.database


async def test_a_base_backup_that_is_killed_does_not_count_and_is_cleared_by_the_next(
    archived: Archived,
) -> None:
    before = bases(archived.archive)
    running = command(archived.home, "archive", JIELI_ARCHIVE=str(archived.archive.root))
    await until(lambda: any(archived.archive.base.glob("*.unfinished/base.tar.gz")))
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert any(archived.archive.base.glob("*.unfinished"))
    assert bases(archived.archive) == before
    made = await make_base(archived.errand)
    assert bases(archived.archive) == [*before, made]
    assert not any(archived.archive.base.glob("*.unfinished"))


async def test_two_at_once_do_not_mix(archived: Archived) -> None:
    both = await asyncio.gather(*(make_base(archived.errand) for _ in range(2)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in both) == [AlreadyWriting.__name__, "Base"]


async def test_one_that_differs_from_its_manifest_is_refused(archived: Archived, tmp_path: Path) -> None:
    base = bases(archived.archive)[-1]
    shutil.copytree(base.folder, tmp_path / "base")
    manifest = tmp_path / "base" / "backup_manifest"
    manifest.write_text(manifest.read_text().replace('"PG_VERSION", "Size": 3', '"PG_VERSION", "Size": 4'))
    with pytest.raises(ProgramFailed, match="PG_VERSION"):
        verified(tmp_path / "base")


async def test_what_is_too_old_is_forgotten_but_never_what_the_days_kept_begin_with(
    archived: Archived, tmp_path: Path
) -> None:
    await make_base(archived.errand)
    await archived.write("之间")
    await make_base(archived.errand)
    copy = copy_of(archived.archive, tmp_path / "copy")
    *_, begun, last = (one.about.finished for one in bases(copy))
    forget(copy, begun + timedelta(milliseconds=1))
    assert [one.about.finished for one in bases(copy)] == [begun, last]
    first = bases(copy)[0].about.first_segment
    there = {path.name[:24] for path in copy.wal.iterdir()}
    assert min(there) == first
    assert there == {name[:24] for name in there if name >= first}
    forget(copy, last + timedelta(days=1))
    assert [one.about.finished for one in bases(copy)] == [last]


async def test_the_worker_makes_one_where_there_is_none(archived: Archived) -> None:
    aside = archived.archive.base.rename(archived.archive.root / "aside")
    archived.archive.base.mkdir()
    db = Database(archived.dsn)
    await db.open()
    try:
        tend, nightly = schedules(archived.home, archived.archive, DAYS)
        await tend.run(db)
        await tend.run(db)
        assert len(bases(archived.archive)) == 1
        await nightly.run(db)
        assert len(bases(archived.archive)) == 2
    finally:
        await db.close()
    for folder in aside.iterdir():
        if folder.is_dir():
            folder.rename(archived.archive.base / folder.name)
    shutil.rmtree(aside)


async def test_a_time_without_archiving_asks_for_another_base_backup(archived: Archived) -> None:
    assert not is_due(archived.home, archived.archive)
    server.stop(archived.home)
    server.ensure(archived.home)
    with pytest.raises(NotArchiving):
        await make_base(archived.errand)
    server.stop(archived.home)
    server.ensure(archived.home, archived.archive)
    assert is_due(archived.home, archived.archive)
    await make_base(archived.errand)
    assert not is_due(archived.home, archived.archive)
