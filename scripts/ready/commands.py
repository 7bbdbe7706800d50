"""Run other programs: quietly while they succeed, with what they said when they fail."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from ready.places import REPO


def run(command: list[str], env: dict[str, str] | None = None) -> None:
    """Run a command in the repository; on a terminal its latest line is shown while it works."""
    lines: list[str] = []
    with subprocess.Popen(
        command,
        cwd=REPO,
        env=env,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line.rstrip())
            show_passing(lines[-1])
    show_passing("")
    if process.returncode != 0:
        raise SystemExit("\n".join([*shortened(lines), "", f"失败 · Failed: {' '.join(command)}"]))


def shortened(lines: list[str]) -> list[str]:
    """Both ends: pip tells the cause last, npm first."""
    return lines if len(lines) <= 60 else [*lines[:20], "…", *lines[-40:]]


def works(*command: str | Path) -> bool:
    try:
        quiet = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    except OSError:
        return False
    return quiet.returncode == 0


def install_debian(*packages: str) -> None:
    """Install system packages where that can be done; elsewhere say which ones are wanted, and stop."""
    wanted = " ".join(packages)
    if not (shutil.which("apt-get") and is_root()):
        raise SystemExit(f"请先安装 {wanted},再运行一次。\nPlease install {wanted} and run this again.")
    say(f"      安装系统软件包 · Installing system packages: {wanted} …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    run(["apt-get", "update"], env=env)
    run(["apt-get", "install", "--yes", "--no-install-recommends", *packages], env=env)


def is_root() -> bool:
    return os.geteuid() == 0


def is_debian() -> bool:
    release = Path("/etc/os-release")
    return release.exists() and "ID=debian" in release.read_text().splitlines()


def say(text: str) -> None:
    print(text, flush=True)


def show_passing(line: str) -> None:
    if sys.stdout.isatty():
        width = shutil.get_terminal_size().columns - 8
        sys.stdout.write(f"\r\033[K      {line.strip()[:width]}" if line else "\r\033[K")
        sys.stdout.flush()
