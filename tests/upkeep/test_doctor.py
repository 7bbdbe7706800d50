"""The examination: each thing that can be wrong is made wrong, on a real installation."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from jieli.base import clock
from jieli.base.language import Language
from jieli.base.vault import Vault, new_key
from jieli.db.migrate import migrate
from jieli.identity import create_account, factor_store
from jieli.upkeep import keyfile
from jieli.upkeep.examine import machine
from jieli.upkeep.examine.examination import IN_DATABASE, LOCAL, examine
from jieli.upkeep.examine.finding import Finding, Installation, Level
from jieli.upkeep.manifest import LAST_BACKUP, LastBackup
from tests.upkeep.conftest import Installation as Empty
from tests.upkeep.conftest import Original, connected, files

pytestmark = pytest.mark.database
Change = Callable[[Path], object]


def at(original: Original, **settings: object) -> Installation:
    place = Installation(original.home, True, lambda: original.dsn, keyfile.vault(original.home))
    return replace(place, **settings)  # type: ignore[arg-type]  # a test names the fields


def levels(found: list[Finding]) -> dict[str, Level]:
    return {one.code: one.level for one in found}


def broken(found: list[Finding]) -> list[str]:
    return [one.code for one in found if one.level is Level.WRONG]


async def test_a_sound_installation_has_nothing_wrong_and_every_check_says_something(
    original: Original,
) -> None:
    found = await examine(at(original))
    assert broken(found) == []
    assert len(found) >= len(LOCAL) + len(IN_DATABASE)


async def test_secrets_that_this_machine_can_not_open_are_told(original: Original) -> None:
    sealed = Vault([new_key()].copy).seal("seed")
    async with original.db.begin() as tx:
        account = await create_account(tx, "sealed", "sealed", None)
        await tx.run(factor_store.replace_secret(account.id, sealed))
    try:
        assert "secrets_shut" in broken(await examine(at(original)))
        assert not (original.home / keyfile.NAME).exists()
        bad = keyfile.vault(original.home, "nonsense")
        assert "keys_bad" in broken(await examine(at(original, vault=bad)))
    finally:
        async with original.db.begin() as tx:
            await tx.connection.execute("delete from jieli.account where id = $1", account.id)


async def test_what_is_said_reads_well_in_both_languages(original: Original) -> None:
    for finding in await examine(at(original, public_url="https://x", shows_demo=True)):
        for language in Language:
            for text in (finding.text(language), finding.what_to_do(language) or ""):
                assert "{" not in text
        assert (finding.advice is None) == (finding.level is Level.RIGHT)


@pytest.mark.parametrize(
    ("settings", "code", "level"),
    [
        ({}, "web", Level.RIGHT),
        ({"public_url": "https://x", "secure_cookies": True, "behind_proxy": True}, "web", Level.RIGHT),
        ({"public_url": "https://x", "behind_proxy": True}, "cookies_open", Level.WRONG),
        ({"public_url": "http://x", "secure_cookies": True}, "cookies_lost", Level.WRONG),
        ({"public_url": "https://x", "secure_cookies": True}, "no_proxy", Level.DOUBTFUL),
        ({"public_url": "http://x", "shows_demo": True}, "demo_shown", Level.WRONG),
    ],
)
def test_cookies_and_proxy(original: Original, settings: dict[str, object], code: str, level: Level) -> None:
    assert levels(machine.web(at(original, **settings))) == {code: level}


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (lambda home: (home / "settings.env").touch(0o644), "open_to_others"),
        (lambda home: (home / "files").mkdir(0o755), "open_to_others"),
        (lambda home: home.chmod(0o777), "open_to_others"),
        (lambda home: home.rmdir(), "no_home"),
        (lambda home: (home / "settings.env").touch(0o600), "home"),
    ],
)
def test_who_else_gets_in(tmp_path: Path, change: Change, code: str) -> None:
    home = tmp_path / "home"
    home.mkdir(0o700)
    change(home)
    assert list(levels(machine.home(Installation(home, True, str, keyfile.vault(home))))) == [code]


def test_a_disk_that_fills_up_is_told_in_time(original: Original, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")
    expected = {0.4: Level.WRONG, 3.0: Level.DOUBTFUL, 30.0: Level.RIGHT}
    for gigabytes, level in expected.items():
        free = round(gigabytes * machine.GIGABYTE)
        monkeypatch.setattr(shutil, "disk_usage", lambda _path, free=free: usage._replace(free=free))
        assert [one.level for one in machine.disk(at(original))] == [level]


def test_the_age_of_the_last_backup_is_known(tmp_path: Path) -> None:
    place = Installation(tmp_path, True, str, keyfile.vault(tmp_path))
    assert list(levels(machine.last_backup(place))) == ["backup_unknown"]
    (tmp_path / "a.zip").touch()
    for days, level in ((1, Level.RIGHT), (9, Level.DOUBTFUL)):
        note = LastBackup(at=clock.now() - timedelta(days=days), file=str(tmp_path / "a.zip"))
        (tmp_path / LAST_BACKUP).write_text(note.model_dump_json())
        assert levels(machine.last_backup(place)) == {"backup": level}
    (tmp_path / "a.zip").unlink()
    assert list(levels(machine.last_backup(place))) == ["backup_gone"]
    (tmp_path / LAST_BACKUP).write_text("{")
    assert list(levels(machine.last_backup(place))) == ["backup_unknown"]


async def test_files_that_are_missing_or_belong_to_nothing(original: Original, tmp_path: Path) -> None:
    name = next(name for name in files(original.home) if not name.startswith("imports"))
    place, orphan = original.home / "files" / name, original.home / "files" / "incoming-cut-off"
    place.rename(tmp_path / "kept")
    orphan.write_bytes(b"x")
    os.utime(orphan, (0, time.time() - 200_000))
    try:
        found = levels(await examine(at(original)))
    finally:
        (tmp_path / "kept").rename(place)
        orphan.unlink()
    assert found["files_missing"] is Level.WRONG
    assert found["files_orphaned"] is Level.DOUBTFUL


async def test_jobs_that_wait_for_a_worker(original: Original) -> None:
    add = (
        "insert into jieli.pgqueuer (priority, entrypoint, execute_after, status) values (0, 'a.b', {}, '{}')"
    )
    async with connected(original.dsn) as connection:
        await connection.execute(add.format("now() - interval '1 hour'", "queued"))
        await connection.execute(add.format("now()", "failed"))
        found = levels(await examine(at(original)))
        await connection.execute("delete from jieli.pgqueuer where entrypoint = 'a.b'")
    assert found["queue_late"] is Level.WRONG
    assert found["jobs_failed"] is Level.DOUBTFUL


async def test_a_web_server_without_a_worker(original: Original) -> None:
    assert levels(await examine(at(original)))["not_serving"] is Level.DOUBTFUL
    async with connected(original.dsn, "jieli web"):
        assert levels(await examine(at(original)))["no_worker"] is Level.WRONG
        async with connected(original.dsn, "jieli worker"):
            assert levels(await examine(at(original)))["worker"] is Level.RIGHT


async def test_a_clock_that_is_off(original: Original) -> None:
    for seconds, level in ((20, Level.DOUBTFUL), (200, Level.WRONG)):
        with clock.at(datetime.now(UTC) + timedelta(seconds=seconds)):
            assert levels(await examine(at(original)))["clock"] is level


async def test_holidays_that_are_not_known(original: Original) -> None:
    with clock.at(datetime(2050, 3, 1, tzinfo=UTC)):
        found = [one for one in await examine(at(original)) if one.code.startswith("calendar")]
    assert [(one.code, one.level) for one in found] == [("calendar_missing", Level.WRONG)]
    with clock.at(datetime(2020, 12, 1, tzinfo=UTC)):
        found = [one for one in await examine(at(original)) if one.code.startswith("calendar")]
    assert [one.params["year"] for one in found] == [2020, 2021]


async def test_a_database_that_is_not_of_this_version(original: Original, empty: Empty) -> None:
    await migrate(empty.dsn)
    place = at(original, address=lambda: empty.dsn)
    async with connected(empty.dsn) as connection:
        await connection.execute("delete from jieli.migration where name = '0003_ordered_document.sql'")
        assert levels(await examine(place))["schema_old"] is Level.DOUBTFUL
        await connection.execute(
            "insert into jieli.migration (name, checksum) values ('9999_future.sql', 'x')"
        )
        assert levels(await examine(place))["schema_newer"] is Level.WRONG
        await connection.execute("create schema jieli_restore")
        assert broken(await examine(place)) == ["half_restored"]


async def test_a_table_that_is_gone_does_not_stop_the_others(original: Original, empty: Empty) -> None:
    await migrate(empty.dsn)
    async with connected(empty.dsn) as connection:
        await connection.execute("drop table jieli.pgqueuer cascade")
    found = await examine(at(original, address=lambda: empty.dsn))
    assert broken(found) == ["not_examined"]
    assert found[-1].code == "calendar"


async def test_a_database_that_does_not_answer(original: Original) -> None:
    place = at(original, address=lambda: "postgresql://nobody@127.0.0.1:1/none")
    found = await examine(place)
    assert broken(found) == ["database_unreachable"]


async def test_nothing_is_made_where_nothing_is(tmp_path: Path) -> None:
    def address() -> str:
        raise AssertionError("a server was asked for")

    assert broken(await examine(Installation(tmp_path, True, address, keyfile.vault(tmp_path)))) == [
        "no_database"
    ]


def test_the_command_exits_with_1_when_something_is_wrong(original: Original) -> None:
    place = {
        "JIELI_HOME": str(original.home),
        "DATABASE_URL": original.dsn,
        "LANG": "zh_CN.UTF-8",
        "LC_ALL": "",
    }
    for url, code in (("", 0), ("https://x", 1)):
        done = subprocess.run(
            [sys.executable, "-m", "jieli", "doctor", "--json"],
            env={**os.environ, **place, "JIELI_PUBLIC_URL": url},
            stdout=subprocess.PIPE,
            check=False,
        )
        told = json.loads(done.stdout.splitlines()[-1])
        assert (done.returncode, told["wrong"]) == (code, code)
        assert told["findings"][-1]["text"].startswith("各工作区都有")
