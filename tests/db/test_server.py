import asyncio
import multiprocessing
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import asyncpg
import psutil
import pytest

from jieli.db import server
from jieli.db.cluster import Cluster, ServerFailed, postmaster
from tests.conftest import server_home

pytestmark = pytest.mark.database

ENSURE = "import sys, pathlib; from jieli.db import server; print(server.ensure(pathlib.Path(sys.argv[1])))"


@pytest.fixture
def home() -> Iterator[Path]:
    with server_home() as folder:
        yield folder


def pid_of(home: Path) -> int:
    running = postmaster(Cluster.of(home))
    assert running is not None
    return running.pid


def ensured_by_another_process(home: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ENSURE, str(home)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


async def asked(dsn: str, question: str) -> object:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_a_new_server_keeps_data_safe_and_listens_on_no_port(home: Path) -> None:
    dsn = server.ensure(home)
    settings = {}
    for name in ("fsync", "full_page_writes", "data_checksums", "listen_addresses", "server_encoding"):
        settings[name] = await asked(dsn, f"select current_setting('{name}')")
    assert settings == {
        "fsync": "on",
        "full_page_writes": "on",
        "data_checksums": "on",
        "listen_addresses": "",
        "server_encoding": "UTF8",
    }


def test_socket_and_data_are_private(home: Path) -> None:
    server.ensure(home)
    for folder in (home / "postgres", home / "postgres" / "data", home / "postgres" / "run"):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_root_does_not_run_the_server_and_opens_no_folder_to_others(home: Path) -> None:
    below = home / "closed" / "home"
    server.ensure(below)
    try:
        assert Path(f"/proc/{pid_of(below)}").stat().st_uid != 0
        assert not home.stat().st_mode & 0o007
    finally:
        server.stop(below)


async def test_a_second_process_finds_the_server(home: Path) -> None:
    dsn = server.ensure(home)
    first = pid_of(home)
    assert ensured_by_another_process(home) == dsn
    assert pid_of(home) == first


def test_simultaneous_first_starts_end_with_one_server(home: Path) -> None:
    with ThreadPoolExecutor(3) as starters:
        addresses = set(starters.map(ensured_by_another_process, [home] * 3))
    assert addresses == {server.ensure(home)}
    log = (home / "postgres" / "log").read_text()
    assert log.count("ready to accept connections") == 1


async def test_what_was_committed_survives_the_kill_of_the_whole_server(home: Path) -> None:
    dsn = server.ensure(home)
    await asked(dsn, "create table kept as select 1 as id")
    killed = pid_of(home)
    for process in [psutil.Process(killed), *psutil.Process(killed).children()]:
        process.kill()
    again = server.ensure(home)
    assert pid_of(home) != killed
    assert await asked(again, "select id from kept") == 1


async def test_the_server_returns_after_the_kill_of_its_first_process(home: Path) -> None:
    server.ensure(home)
    killed = pid_of(home)
    os.kill(killed, signal.SIGKILL)
    assert await asked(server.ensure(home), "select 1") == 1
    assert pid_of(home) != killed


def test_a_process_forked_meanwhile_does_not_keep_the_lock_of_the_server(home: Path) -> None:
    lock = server._try_lock(home / "server.lock")
    assert lock is not None
    forked, ended = multiprocessing.Event(), multiprocessing.Event()

    def stand_by() -> None:
        forked.set()
        ended.wait()

    bystander = multiprocessing.get_context("fork").Process(target=stand_by)
    bystander.start()
    try:
        assert forked.wait(30)
        server._let_go(lock)
        assert not server.is_running(home)
    finally:
        ended.set()
        bystander.join()


async def test_a_server_told_to_stop_does_not_wait_for_connections_that_stay(home: Path) -> None:
    connection = await asyncpg.connect(server.ensure(home))
    told = pid_of(home)
    os.kill(told, signal.SIGTERM)
    await asyncio.to_thread(_until, lambda: _is_stopping(home))
    server.hasten(home)
    await asyncio.to_thread(_until, lambda: not server.is_running(home))
    connection.terminate()
    server.ensure(home)
    assert pid_of(home) != told


def _is_stopping(home: Path) -> bool:
    running = postmaster(Cluster.of(home))
    return running is not None and running.is_stopping


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.02)


def test_an_old_lock_file_with_the_number_of_another_process_does_not_hinder(home: Path) -> None:
    server.ensure(home)
    lines = (home / "postgres" / "data" / "postmaster.pid").read_text().splitlines()
    server.stop(home)
    cluster = Cluster.of(home)
    bystander = subprocess.Popen(["/bin/sleep", "60"], **cluster.who)
    try:
        left = "\n".join([str(bystander.pid), *lines[1:]])
        (cluster.data / "postmaster.pid").write_text(left)
        (cluster.socket_folder / ".s.PGSQL.5432.lock").write_text(left)
        server.ensure(home)
        assert pid_of(home) != bystander.pid
    finally:
        bystander.kill()
        bystander.wait()


async def test_an_interrupted_first_start_is_begun_again(home: Path) -> None:
    half = home / "postgres" / "data.unfinished"
    half.mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")
    assert await asked(server.ensure(home), "select 1") == 1


async def test_a_home_too_deep_for_a_socket_is_served(home: Path) -> None:
    below = home / ("deep" * 20) / ("home" * 10)
    dsn = server.ensure(below)
    folder = Cluster.of(below).socket_folder
    try:
        assert await asked(dsn, "select 1") == 1
        assert folder.parent == Path("/tmp")
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    finally:
        server.stop(below)
        shutil.rmtree(folder)


def test_the_server_stays_while_another_process_uses_it(home: Path) -> None:
    server.ensure(home)
    script = f"{ENSURE}; sys.stdout.flush(); sys.stdin.read()"
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(home)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert other.stdout is not None
    other.stdout.readline()
    assert not server.stop(home)
    assert server.is_running(home)
    other.communicate()
    assert server.stop(home)
    assert not server.is_running(home)


def test_data_of_a_version_that_is_not_installed_is_refused_in_words(home: Path) -> None:
    data = home / "postgres" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("12\n")
    with pytest.raises(ServerFailed, match="written by PostgreSQL 12"):
        server.ensure(home)


async def test_a_broken_configuration_is_reported_with_the_servers_words(home: Path) -> None:
    server.ensure(home)
    server.stop(home)
    with (home / "postgres" / "data" / "postgresql.conf").open("a") as configuration:
        configuration.write("shared_buffers = much\n")
    with pytest.raises(ServerFailed, match="invalid value for parameter"):
        server.ensure(home)
