"""Run the database part of the tests on another PostgreSQL than the embedded one: that of Debian 12, the oldest that
is supported, with texts sorted as in Chinese.

The server is started for the run alone, in a temporary folder, listens on no port and is ended by its own number.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from jieli.db.unprivileged import RunAs, hand_over, let_pass, run_as

REPO = Path(__file__).resolve().parents[1]
MAJOR = 15
PROGRAMS = Path(f"/usr/lib/postgresql/{MAJOR}/bin")
PART = ["-m", "given_database and not journey", "--ignore=tests/torture"]
HISTORIES = "5"
"""Random histories for each test with an oracle: fewer than usual, because what differs here is the database."""
PATIENCE = 60.0
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "80",
    "shared_buffers": "128MB",
    # Nobody will miss these data.
    "fsync": "off",
    "timezone": "Asia/Shanghai",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--must", action="store_true", help="fail if there is no such PostgreSQL here")
    parser.add_argument("more", nargs="*", help="arguments for pytest instead of the usual part")
    asked = parser.parse_args()
    if not (PROGRAMS / "postgres").exists():
        told = f"no PostgreSQL {MAJOR} in {PROGRAMS} (Debian: apt-get install postgresql-{MAJOR})"
        if asked.must:
            raise SystemExit(told)
        print(f"skipped: the tests on PostgreSQL {MAJOR}, because there is {told}")
        return
    with running() as url:
        tests = [sys.executable, "-m", "pytest", *(asked.more or PART)]
        environment = {"JIELI_HISTORIES": HISTORIES, **os.environ, "JIELI_TEST_DATABASE": url}
        done = subprocess.run(tests, cwd=REPO, env=environment, check=False)
    raise SystemExit(done.returncode)


@contextmanager
def running() -> Iterator[str]:
    """A new server's address."""
    folder = Path(tempfile.mkdtemp(prefix="jieli-tests-postgresql-"))
    who = run_as(folder / "data")
    hand_over(folder, who)
    let_pass(folder, who)
    create(folder, who)
    options = [word for name, value in SETTINGS.items() for word in ("-c", f"{name}={value}")]
    command: list[str | Path] = [PROGRAMS / "postgres", "-D", folder / "data", "-k", folder, *options]
    with (folder / "log").open("wb") as log:
        server = subprocess.Popen(command, cwd="/", stdout=log, stderr=log, **who)
    try:
        wait_for(folder, server)
        yield f"postgresql://jieli@/postgres?host={quote(str(folder))}&port=5432"
    finally:
        server.terminate()
        try:
            server.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def create(folder: Path, who: RunAs) -> None:
    collation = ["--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=zh-CN"]
    command: list[str | Path] = [
        PROGRAMS / "initdb",
        "-D",
        folder / "data",
        "-U",
        "jieli",
        "-E",
        "UTF8",
        "-A",
        "trust",
        "-N",
    ]
    subprocess.run([*command, *collation], cwd="/", stdout=subprocess.DEVNULL, check=True, **who)


def wait_for(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + PATIENCE
    question: list[str | Path] = [PROGRAMS / "pg_isready", "-q", "-h", folder]
    while subprocess.run(question, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            raise SystemExit(f"PostgreSQL {MAJOR} does not start:\n{(folder / 'log').read_text()}")
        time.sleep(0.1)


if __name__ == "__main__":
    main()
