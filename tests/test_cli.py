"""The command line, as a user or a script calls it."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import psutil
import pytest

from jieli.db import server

Answer = dict[str, object]
PATIENCE = 90


class Shell:
    """Calls `jieli` in an installation of its own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.env = {**os.environ, "JIELI_HOME": str(home), "LANG": "en_US.UTF-8", "LC_ALL": ""}
        self.env.pop("DATABASE_URL", None)

    def run(self, *words: str | Path, lang: str = "en_US.UTF-8") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "jieli", *map(str, words)],
            env={**self.env, "LANG": lang},
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )

    def ask(self, *words: str | Path) -> Answer:
        """The JSON of a command that succeeds."""
        done = self.run(*words, "--json")
        assert done.returncode == 0, done.stderr
        answer: Answer = json.loads(done.stdout.splitlines()[-1])
        return answer

    def start(self, *words: str | Path) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "jieli", *map(str, words)],
            env=self.env,
            stdout=subprocess.PIPE,
        )


@pytest.fixture(scope="module")
def shell(home: Path) -> Shell:
    """In the installation of the test session, whose server runs already."""
    return Shell(home)


@pytest.fixture(scope="module")
def workspace(shell: Shell) -> str:
    slug = f"cli_{uuid4().hex[:8]}"
    shell.ask("workspace", "create", slug, "--template", "standard", "--admin-login", f"admin@{slug}")
    return slug


def leads(folder: Path, first: int, count: int, more: str = "") -> Path:
    file = folder / "leads.csv"
    lines = [f"人{n},{13_700_000_000 + n}" for n in range(first, first + count)]
    file.write_text("\n".join(["联系人,手机", *lines, more]), encoding="utf-8")
    return file


def test_a_workspace_comes_with_an_administrator(shell: Shell) -> None:
    slug = f"w_{uuid4().hex[:8]}"
    made = shell.ask(
        "workspace", "create", slug, "--admin-login", f"a@{slug}", "--admin-password", "correct horse"
    )
    assert made == {
        "workspace": slug,
        "template": "standard",
        "login": f"a@{slug}",
        "password": "correct horse",
    }
    again = shell.run("workspace", "create", slug, "--json")
    assert again.returncode == 1
    assert json.loads(again.stdout.splitlines()[-1])["error"] == "workspace_exists"
    assert "exists already" in again.stderr


def test_refusals_are_sentences_in_the_language_of_the_user(shell: Shell, tmp_path: Path) -> None:
    done = shell.run("import", tmp_path / "none.csv", "-w", "x", "-o", "lead", lang="zh_CN.UTF-8")
    assert done.returncode == 2
    assert "没有文件" in done.stderr
    assert "Traceback" not in done.stderr
    assert shell.run("verify", "-w", "nowhere").returncode == 1


def test_members_are_added_with_a_password_of_their_own(shell: Shell, workspace: str) -> None:
    made = shell.ask(
        "member", "add", f"sam@{workspace}", "-w", workspace, "--name", "山姆", "--role", "sales"
    )
    assert made["login"] == f"sam@{workspace}"
    assert len(str(made["password"])) >= 8


def test_an_import_counts_every_row_and_can_be_taken_back(
    shell: Shell, workspace: str, tmp_path: Path
) -> None:
    file = leads(tmp_path, 1_000, 20, "坏人,12x\n")
    words = ("import", file, "--workspace", workspace, "--object", "lead", "--policy", "skip")
    checked = shell.ask(*words, "--dry-run")
    assert (checked["created"], checked["rejected"], checked["result_file"]) == (20, 1, None)
    done = shell.ask(*words)
    assert {
        "rows",
        "created",
        "updated",
        "skipped",
        "rejected",
        "seconds",
        "result_file",
        "batch",
    } <= done.keys()
    assert (done["rows"], done["created"], done["rejected"]) == (21, 20, 1)
    assert Path(str(done["result_file"])).is_file()
    again = shell.ask(*words)
    assert (again["created"], again["skipped"], again["rejected"]) == (0, 20, 1)
    undone = shell.ask("undo", str(done["batch"]), "--workspace", workspace)
    assert undone == {"restored": 20, "conflicts": []}
    assert shell.run("undo", str(done["batch"]), "-w", workspace).returncode == 1


def test_an_import_may_be_told_everything_by_a_file(shell: Shell, workspace: str, tmp_path: Path) -> None:
    settings = tmp_path / "settings.json"
    settings.write_text(json.dumps({"mapping": [{"index": 0, "target": "company"}], "policy": "create"}))
    file = leads(tmp_path, 2_000, 2)
    done = shell.ask("import", file, "-w", workspace, "-o", "lead", "--mapping", settings)
    assert done["created"] == 2
    wrong = tmp_path / "wrong.json"
    wrong.write_text("{")
    assert shell.run("import", file, "-w", workspace, "-o", "lead", "--mapping", wrong).returncode == 2


def test_an_import_can_be_made_as_somebody(shell: Shell, workspace: str, tmp_path: Path) -> None:
    shell.ask("member", "add", f"eve@{workspace}", "-w", workspace, "--role", "expert")
    file = leads(tmp_path, 3_000, 2)
    done = shell.run("import", file, "-w", workspace, "-o", "lead", "--as", f"eve@{workspace}")
    assert done.returncode == 1
    assert "roles" in done.stderr


def test_what_is_exported_comes_back_as_a_table(shell: Shell, workspace: str, tmp_path: Path) -> None:
    shell.ask("import", leads(tmp_path, 4_000, 3), "-w", workspace, "-o", "lead")
    target = tmp_path / "out.csv"
    where = json.dumps({"field": "phone", "op": "starts", "value": "+86137000040"})
    told = shell.ask("export", "-w", workspace, "-o", "lead", "--where", where, target)
    assert told["rows"] == 3
    assert len(target.read_text("utf-8-sig").splitlines()) == 4
    assert shell.run("export", "-w", workspace, "-o", "lead", tmp_path / "out.pdf").returncode == 2


def test_verify_is_silent_about_a_sound_workspace(shell: Shell, workspace: str) -> None:
    told = shell.ask("verify", "-w", workspace)
    assert told["violations"] == []
    assert int(str(told["checked"])) > 0


def test_an_import_that_is_killed_leaves_nothing(shell: Shell, workspace: str, tmp_path: Path) -> None:
    file = leads(tmp_path, 100_000, 20_000)
    running = shell.start("import", file, "-w", workspace, "-o", "lead")
    _until(lambda: 0 < asyncio.run(_rows_done(shell.home, workspace)) < 20_000)
    running.kill()
    running.communicate()
    where = json.dumps({"field": "phone", "op": "starts", "value": "+861370012"})
    assert (
        shell.ask("export", "-w", workspace, "-o", "lead", "--where", where, tmp_path / "none.csv")["rows"]
        == 0
    )
    assert shell.ask("verify", "-w", workspace)["violations"] == []


async def _rows_done(home: Path, workspace: str) -> int:
    """How far the import is that is running."""
    connection = await asyncpg.connect(server.ensure(home))
    try:
        done: int | None = await connection.fetchval(
            f"select max(done) from ws_{workspace}.import_run where state = 'running'"
        )
    finally:
        await connection.close()
    return done or 0


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture
def serving(tmp_path: Path, free_port: int) -> Iterator["subprocess.Popen[bytes]"]:
    shell = Shell(tmp_path / "home")
    process = shell.start("serve", "--port", str(free_port), "--json")
    try:
        yield process
    finally:
        for child in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else []:
            child.kill()
        process.kill()
        process.communicate()
        server.stop(tmp_path / "home")


def test_serve_answers_keeps_a_worker_and_leaves_nothing_behind(
    serving: "subprocess.Popen[bytes]", free_port: int, tmp_path: Path
) -> None:
    assert serving.stdout is not None
    told = json.loads(serving.stdout.readline())
    assert told == {"url": f"http://127.0.0.1:{free_port}", "port": free_port}
    for path in ("healthz", "readyz"):
        with urllib.request.urlopen(f"{told['url']}/{path}", timeout=10) as response:
            assert response.status == 200
    _until(lambda: _worker(serving) is not None)
    worker = _worker(serving)
    assert worker is not None
    worker.kill()
    _until(lambda: _worker(serving) not in (None, worker))
    family = [child.pid for child in psutil.Process(serving.pid).children(recursive=True)]
    serving.send_signal(signal.SIGINT)
    assert serving.wait(PATIENCE) in (0, -signal.SIGINT)
    _until(lambda: not any(psutil.pid_exists(pid) for pid in family))
    assert not server.is_running(tmp_path / "home")


def test_a_server_that_was_killed_leaves_its_port_to_the_next(
    serving: "subprocess.Popen[bytes]", free_port: int
) -> None:
    assert serving.stdout is not None
    serving.stdout.readline()
    family = psutil.Process(serving.pid).children(recursive=True)
    serving.kill()
    _until(lambda: not any(child.is_running() for child in family))
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", free_port))


def test_a_server_that_gives_up_its_web_process_ends_as_a_failure(
    serving: "subprocess.Popen[bytes]",
) -> None:
    assert serving.stdout is not None
    serving.stdout.readline()
    while serving.poll() is None:
        if web := _web(serving):
            web.kill()
        time.sleep(0.05)
    assert serving.returncode == 1


def test_a_port_in_use_is_told(shell: Shell) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = shell.run("serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 1
    assert "in use" in done.stderr


def test_the_http_interface_can_be_printed(shell: Shell) -> None:
    described = json.loads(shell.run("openapi").stdout)
    assert "/api/v1/{ws}/imports" in described["paths"]


def _worker(process: "subprocess.Popen[bytes]") -> psutil.Process | None:
    """The worker beside the server."""
    return next((child for child in _living(process) if "worker" in _command(child)), None)


def _web(process: "subprocess.Popen[bytes]") -> psutil.Process | None:
    """The process that serves pages, which at first looks like the server itself."""
    return next((child for child in _living(process) if "serve" in _command(child)), None)


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def _living(process: "subprocess.Popen[bytes]") -> list[psutil.Process]:
    try:
        return [c for c in psutil.Process(process.pid).children() if c.status() != psutil.STATUS_ZOMBIE]
    except psutil.NoSuchProcess:
        return []


def _until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it did not come about"
        time.sleep(0.05)
