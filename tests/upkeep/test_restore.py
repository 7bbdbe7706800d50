"""A backup and its way back, on real databases and real files."""

import asyncio
import json
import os
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from zipfile import ZipFile

import asyncpg
import pytest
import pytest_asyncio

from jieli.db.migrate import HalfRestored, migrate
from jieli.db.pool import Database
from jieli.relay.verify import verify
from jieli.upkeep import keyfile
from jieli.upkeep.archive import DATABASE, SETTINGS, Writer
from jieli.upkeep.errors import AlreadyWriting, CannotWrite, InUse, NotEmpty, NothingThere, RestoreFailed
from jieli.upkeep.restore import RESTORED_KEYS, RESTORED_SETTINGS
from jieli.upkeep.snapshot import snapshot
from tests.company import make
from tests.upkeep.conftest import (
    Installation,
    Original,
    Saved,
    archive,
    connected,
    contents,
    files,
    restored,
    structure,
)

pytestmark = pytest.mark.database
PATIENCE = 60


async def test_what_is_restored_equals_what_was_saved(
    original: Original, empty: Installation, saved: Saved
) -> None:
    await restored(saved.file, empty)
    assert await contents(empty.dsn) == saved.contents
    assert await structure(empty.dsn) == await structure(original.dsn)
    assert files(empty.home) == files(original.home)
    assert len(files(empty.home)) == 2


async def test_a_restored_installation_is_sound_and_its_numbers_go_on(
    original: Original, empty: Installation, saved: Saved
) -> None:
    await restored(saved.file, empty)
    assert await migrate(empty.dsn) == []
    assert await violations(original, empty) == []
    db = Database(empty.dsn)
    await db.open()
    try:
        async with db.begin() as tx:
            lead = await make(tx, original.company.system, "lead", name="丙")
            await tx.settle()
            table = original.company.workspace.object("lead").table
            asked = f"select id, number from {table.render()[0]} order by number desc limit 2"
            last, before = await tx.connection.fetch(asked)
            assert last["id"] == lead
            assert int(last["number"][2:]) == int(before["number"][2:]) + 1
    finally:
        await db.close()


async def test_a_backup_is_one_moment_while_others_write(original: Original, empty: Installation) -> None:
    stop = asyncio.Event()

    async def write() -> int:
        count = 0
        while not stop.is_set():
            async with original.db.begin() as tx:
                await make(tx, original.company.system, "lead", name=f"在写{count}")
                await make(tx, original.company.system, "account", name=f"同写{count}")
            count += 1
        return count

    writing = asyncio.create_task(write())
    await asyncio.sleep(0.2)
    await original.saved(empty.home.with_suffix(".zip"))
    stop.set()
    assert await writing > 1
    await restored(empty.home.with_suffix(".zip"), empty)
    schema = original.company.workspace.schema
    async with connected(empty.dsn) as connection:
        leads = await connection.fetchval(f"select count(*) from {schema}.lead where name like '在写%'")
        accounts = await connection.fetchval(f"select count(*) from {schema}.account where name like '同写%'")
        assert leads == accounts
    assert await violations(original, empty) == []


async def test_while_it_is_taken_people_work_but_publish_no_blueprint(original: Original) -> None:
    publishing = "select from jieli.workspace where slug = $1 for update nowait"
    async with snapshot(original.dsn), original.db.begin() as tx:
        await make(tx, original.company.system, "lead", name="丁")
        async with connected(original.dsn) as connection:
            with pytest.raises(asyncpg.LockNotAvailableError):
                await connection.execute(publishing, original.company.workspace.slug)
    async with connected(original.dsn) as connection:
        await connection.execute(publishing, original.company.workspace.slug)


async def test_an_installation_with_workspaces_is_not_touched(original: Original, saved: Saved) -> None:
    before = await contents(original.dsn)
    with pytest.raises(NotEmpty, match=original.company.workspace.slug):
        await restored(saved.file, original)
    assert await contents(original.dsn) == before


async def test_an_installation_that_has_only_been_started_counts_as_empty(
    empty: Installation, saved: Saved
) -> None:
    await migrate(empty.dsn)
    await restored(saved.file, empty)
    assert await contents(empty.dsn) == saved.contents


async def test_nothing_is_restored_below_a_running_server(empty: Installation, saved: Saved) -> None:
    async with connected(empty.dsn, "jieli web"):
        with pytest.raises(InUse, match="jieli web"):
            await restored(saved.file, empty)
    assert await contents(empty.dsn) == {}


async def test_a_restore_that_fails_leaves_nothing(empty: Installation, saved: Saved) -> None:
    broken = empty.home.with_suffix(".zip")
    with archive(saved.file) as good, broken.open("w+b") as file, Writer(file) as writer:
        for entry in good.manifest.entries:
            with good.open(entry.name) as source, writer.part(entry.name) as sink:
                whole = source.read()
                sink.write(whole[: len(whole) * 2 // 3] if entry.name == DATABASE else whole)
        writer.finish(good.manifest.model_copy(update={"entries": writer.entries}))
    with pytest.raises(RestoreFailed, match="end of file"):
        await restored(broken, empty)
    assert await contents(empty.dsn) == {}
    assert files(empty.home) == {}
    assert await migrate(empty.dsn)


async def test_settings_are_saved_only_when_asked_and_never_put_in_force(
    original: Original, empty: Installation
) -> None:
    (original.home / SETTINGS).write_text("DATABASE_URL=postgresql://u:hush7hush@elsewhere/db\n")
    plain, full = empty.home.with_suffix(".plain.zip"), empty.home.with_suffix(".full.zip")
    try:
        await original.saved(plain)
        await original.saved(full, with_settings=True)
    finally:
        (original.home / SETTINGS).unlink()
    assert SETTINGS not in ZipFile(plain).namelist()
    assert b"hush7hush" not in plain.read_bytes()
    await restored(full, empty)
    kept = empty.home / RESTORED_SETTINGS
    assert "hush7hush" in kept.read_text()
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert not (empty.home / SETTINGS).exists()


async def test_keys_are_saved_only_when_asked_and_never_replace_others(
    original: Original, empty: Installation
) -> None:
    key = keyfile.begun(original.home)
    plain, full = empty.home.with_suffix(".plain.zip"), empty.home.with_suffix(".full.zip")
    try:
        await original.saved(plain)
        await original.saved(full, with_settings=True)
    finally:
        (original.home / keyfile.NAME).unlink()
    assert keyfile.NAME not in ZipFile(plain).namelist()
    await restored(full, empty)
    assert keyfile.keys(empty.home) == key
    assert stat.S_IMODE((empty.home / keyfile.NAME).stat().st_mode) == 0o600


async def test_keys_that_are_there_stay_and_those_of_the_backup_lie_beside_them(
    original: Original, empty: Installation
) -> None:
    theirs, full = keyfile.begun(original.home), empty.home.with_suffix(".full.zip")
    try:
        await original.saved(full, with_settings=True)
    finally:
        (original.home / keyfile.NAME).unlink()
    ours = keyfile.begun(empty.home)
    await restored(full, empty)
    assert keyfile.keys(empty.home) == ours
    assert (empty.home / RESTORED_KEYS).read_text().split() == theirs


async def test_an_archive_is_private_even_where_another_one_was_open_to_all(
    original: Original, tmp_path: Path
) -> None:
    target = tmp_path / "a.zip"
    target.touch(0o644)
    await original.saved(target)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert listed(tmp_path) == [target]


async def test_lost_and_damaged_files_are_told(original: Original, tmp_path: Path) -> None:
    name = next(name for name in files(original.home) if not name.startswith("imports"))
    place, kept = original.home / "files" / name, tmp_path / "kept"
    shutil.copy2(place, kept)
    try:
        place.write_bytes(b"something else")
        assert (await original.saved(tmp_path / "a.zip")).damaged == [f"files/{name}"]
        place.unlink()
        assert (await original.saved(tmp_path / "b.zip")).missing == [f"files/{name}"]
    finally:
        shutil.copy2(kept, place)


async def test_an_empty_installation_has_nothing_to_save(empty: Installation, tmp_path: Path) -> None:
    with pytest.raises(NothingThere):
        await Original(empty.dsn, empty.home, None, None).saved(tmp_path / "a.zip")  # type: ignore[arg-type]
    assert listed(tmp_path) == []


async def test_a_folder_that_is_not_there_is_told(original: Original, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="No such file"):
        await original.saved(tmp_path / "none" / "a.zip")


async def test_two_backups_into_one_file_do_not_mix(original: Original, tmp_path: Path) -> None:
    target = tmp_path / "a.zip"
    both = await asyncio.gather(*(original.saved(target) for _ in range(2)), return_exceptions=True)
    assert sorted(type(one).__name__ for one in both) == [AlreadyWriting.__name__, "Manifest"]
    with archive(target) as found:
        found.check(lambda *_: None)


@pytest_asyncio.fixture
async def large(original: Original) -> AsyncIterator[None]:
    """So much to write that there is time to kill somebody over it."""
    async with connected(original.dsn) as connection:
        await connection.execute(
            "create table jieli.bulk as select i, md5(i::text) || md5((-i)::text) as text"
            " from generate_series(1, 150000) as i"
        )
        yield
        await connection.execute("drop table jieli.bulk")


def command(installation: Installation, *words: str | Path) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "JIELI_HOME": str(installation.home), "DATABASE_URL": installation.dsn, "LANG": "C"}
    line = [sys.executable, "-m", "jieli", *map(str, words)]
    return subprocess.Popen(line, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


@pytest.mark.usefixtures("large")
async def test_a_backup_that_is_killed_leaves_the_old_one(original: Original, tmp_path: Path) -> None:
    target, half = tmp_path / "a.zip", tmp_path / "a.zip.unfinished"
    target.write_bytes(b"the old one")
    running = command(original, "backup", target)
    await _until(lambda: _is(half.exists() and half.stat().st_size > 1_000_000))
    running.send_signal(signal.SIGKILL)
    running.communicate()
    assert target.read_bytes() == b"the old one"
    assert half.exists()
    await original.saved(target)
    assert listed(tmp_path) == [target]


@pytest.mark.usefixtures("large")
async def test_a_restore_that_is_killed_says_so_and_can_be_done_again(
    original: Original, empty: Installation, tmp_path: Path
) -> None:
    saved = tmp_path / "a.zip"
    await original.saved(saved)
    running = command(empty, "restore", saved)

    async def is_under_way() -> bool:
        async with connected(empty.dsn) as connection:
            return bool(await connection.fetchval("select to_regclass('jieli.bulk') is not null"))

    await _until(is_under_way)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    with pytest.raises(HalfRestored, match="jieli restore"):
        await migrate(empty.dsn)
    with pytest.raises(HalfRestored):
        await Original(empty.dsn, empty.home, None, None).saved(tmp_path / "b.zip")  # type: ignore[arg-type]
    serving = command(empty, "serve", "--port", str(free_port()))
    _, spoken = await asyncio.to_thread(serving.communicate)
    assert (serving.returncode, spoken.count(b"Traceback")) == (1, 0)
    assert b"being restored" in spoken

    async def is_alone() -> bool:
        async with connected(empty.dsn) as connection:
            return not await connection.fetchval(
                "select count(*) from pg_stat_activity where datname = current_database()"
                " and application_name like 'jieli%'"
            )

    await _until(is_alone)
    await restored(saved, empty)
    assert await contents(empty.dsn) == await contents(original.dsn)
    assert files(empty.home) == files(original.home)


async def test_the_command_line_moves_an_installation_to_a_new_machine(
    original: Original, tmp_path: Path
) -> None:
    saved = tmp_path / "saved"
    saved.mkdir()
    told = await _asked(command(original, "backup", saved, "--json"))
    assert (told["workspaces"], told["files"]) == ([original.company.workspace.slug], 2)
    assert Path(str(told["file"])).parent == saved
    refused = command(original, "restore", str(told["file"]), "--json")
    answer, spoken = await asyncio.to_thread(refused.communicate)
    assert refused.returncode == 1
    assert json.loads(answer.splitlines()[-1])["error"] == "not_empty"
    assert b"There are workspaces here" in spoken


async def violations(original: Original, installation: Installation) -> list[object]:
    db = Database(installation.dsn)
    await db.open()
    try:
        async with db.begin() as tx:
            return list((await verify(tx, original.company.workspace)).violations)
    finally:
        await db.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def listed(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


async def _asked(running: "subprocess.Popen[bytes]") -> dict[str, object]:
    answer, spoken = await asyncio.to_thread(running.communicate)
    assert running.returncode == 0, spoken
    told: dict[str, object] = json.loads(answer.splitlines()[-1])
    return told


async def _is(holds: bool) -> bool:
    return holds


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not await holds():
        assert time.monotonic() < deadline, "it did not come about"
        await asyncio.sleep(0.01)
