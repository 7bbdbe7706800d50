"""The virtual environment and what is installed into it."""

from __future__ import annotations

import ctypes
import platform
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Callable, Iterator

from ready.commands import install_debian, run, works
from ready.places import BIN, REPO, VENV, digest

OLDEST = (3, 11)
NEWEST_TRIED = (3, 14)
NAMES = ("python3.14", "python3.13", "python3.12", "python3.11", "python3", "python")
PROBE = (
    "import importlib.util, sys; "
    "print(*sys.version_info[:2], int(importlib.util.find_spec('ensurepip') is not None))"
)
NONE_FOUND = (
    "接力需要 Python 3.11 或更新的版本,这台机器上没有找到。\n"
    "Jieli needs Python 3.11 or newer, and none was found on the PATH.\n"
    "Debian, Ubuntu: apt-get install python3 python3-venv    macOS: brew install python"
)


@dataclass(frozen=True)
class Interpreter:
    path: str
    version: tuple[int, int]
    has_venv: bool


def make_environment() -> None:
    """Keep an environment that works; otherwise make one from the best interpreter on the PATH."""
    provide_cpp_library()
    new_enough = f"import sys, pip; assert sys.version_info >= {OLDEST}"
    if works(BIN / "python", "-c", new_enough) and works(BIN / "pip", "--version"):
        return
    interpreter = choose(list(interpreters()))
    if not interpreter.has_venv:
        install_debian("python{}.{}-venv".format(*interpreter.version))
    run([interpreter.path, "-m", "venv", "--clear", str(VENV)])


def choose(found: list[Interpreter]) -> Interpreter:
    """The newest that Jieli was tried on and that can make environments; else any that is new enough."""
    suitable = [one for one in found if one.version >= OLDEST]
    if not suitable:
        raise SystemExit(NONE_FOUND)
    return max(suitable, key=lambda one: (one.has_venv, one.version <= NEWEST_TRIED, one.version))


def interpreters() -> Iterator[Interpreter]:
    """Those on the PATH that start: a version manager's stand-in may be there without its Python."""
    for name in NAMES:
        path = shutil.which(name)
        if path is None or Path(path).parent == BIN:
            continue
        probe = subprocess.run([path, "-c", PROBE], capture_output=True, text=True, check=False)
        if probe.returncode == 0:
            major, minor, has_venv = (int(part) for part in probe.stdout.split())
            yield Interpreter(path, (major, minor), bool(has_venv))


def provide_cpp_library() -> None:
    """Node and some compiled packages need the C++ library, which the smallest Debian images leave out."""
    if platform.system() != "Linux":
        return
    try:
        ctypes.CDLL("libstdc++.so.6")
    except OSError:
        install_debian("libstdc++6")


def fingerprint() -> str:
    """Changes when the environment is made anew or the repository moves, which stops its scripts."""
    config = VENV / "pyvenv.cfg"
    return f"{config.read_text()}{config.stat().st_mtime_ns} {REPO}\n" if config.exists() else ""


def together_with(*names: str) -> Callable[[], str]:
    """The fingerprint of these files and of the environment that they are installed into."""
    return lambda: fingerprint() + "".join(f"{digest(REPO / name)}\n" for name in names)


def install_locked() -> None:
    """Ready-made packages only: nothing is compiled on a user's machine."""
    pip("--require-hashes", "--only-binary", ":all:", "-r", "requirements.txt")


def install_project() -> None:
    pip("--no-deps", "--editable", ".")


def install_development() -> None:
    pip("--require-hashes", "-r", "requirements-dev.txt")


def pip(*options: str) -> None:
    """Without build isolation: an isolated build would fetch its own tools, which no hash guards."""
    install = [str(BIN / "python"), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    run([*install, "--no-build-isolation", *options])
