"""The company in the pictures: a demo in a folder of its own, or one that is served already."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

JIELI = Path(sys.executable).with_name("jieli")
READY_SECONDS = 90
ROLES = ("admin", "manager", "sales", "marketing", "expert", "success", "operations")


@dataclass(frozen=True)
class Demo:
    """Where it is served, and who signs in for each role."""

    url: str
    workspace: str
    logins: Mapping[str, str]
    password: str


@contextmanager
def fresh_demo() -> Iterator[Demo]:
    """A small company on a free port, gone afterwards."""
    home = Path(tempfile.mkdtemp(prefix="jieli-screens-"))
    env = {**os.environ, "JIELI_HOME": str(home)}
    try:
        made = _make(env)
        port = free_port()
        with _served(env, port):
            yield replace(made, url=f"http://127.0.0.1:{port}")
    finally:
        shutil.rmtree(home, ignore_errors=True)


def served_demo(url: str, workspace: str, login: str, password: str) -> Demo:
    """One that runs elsewhere; there everybody is the same person."""
    return Demo(url.rstrip("/"), workspace, dict.fromkeys(ROLES, login), password)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _make(env: Mapping[str, str]) -> Demo:
    """A company that is not served yet."""
    told = subprocess.run(
        [JIELI, "demo", "--size", "small", "--json"], env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    made = json.loads(told.stdout.strip().splitlines()[-1])
    return Demo("", made["workspace"], made["logins"], made["password"])


@contextmanager
def _served(env: Mapping[str, str], port: int) -> Iterator[None]:
    command = [str(JIELI), "serve", "--port", str(port)]
    with subprocess.Popen(command, env=env, stdout=subprocess.DEVNULL, start_new_session=True) as server:
        try:
            _wait_until_ready(server, f"http://127.0.0.1:{port}/readyz")
            yield
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(60)


def _wait_until_ready(server: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SystemExit(f"jieli serve ended with {server.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.3)
    raise SystemExit(f"{address} did not answer within {READY_SECONDS} seconds")
