"""Make everything ready on a machine that has only Python and make.

Each step leaves a stamp in `.make/` that tells what it was made from; while that fits, the step is left out.
"""

from __future__ import annotations

import fcntl
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Callable

from ready import browser, environment, pages
from ready.commands import say
from ready.places import BIN, MAKE, PAGES, WEB


@dataclass(frozen=True)
class Step:
    """One thing to make ready. It is left out while `made` exists and `source()` is what it was."""

    name: str
    zh: str
    en: str
    made: Path
    source: Callable[[], str]
    make: Callable[[], None]


ENVIRONMENT = Step(
    name="environment",
    zh="准备 Python 环境",
    en="Preparing the Python environment",
    made=BIN / "python",
    source=environment.fingerprint,
    make=environment.make_environment,
)
PACKAGES = Step(
    name="packages",
    zh="安装 Python 依赖(首次约一分钟)",
    en="Installing Python packages (about a minute the first time)",
    made=BIN / "npm",
    source=environment.together_with("requirements.txt"),
    make=environment.install_locked,
)
PROJECT = Step(
    name="project",
    zh="安装接力",
    en="Installing Jieli",
    made=BIN / "jieli",
    source=environment.together_with("pyproject.toml"),
    make=environment.install_project,
)
WEB_PACKAGES = Step(
    name="web-packages",
    zh="安装网页依赖",
    en="Installing web packages",
    made=WEB / "node_modules" / ".package-lock.json",
    source=environment.together_with("requirements.txt", "web/package.json", "web/package-lock.json"),
    make=pages.install_packages,
)
WEB_PAGES = Step(
    name="web-pages",
    zh="构建网页",
    en="Building the web pages",
    made=PAGES / "index.html",
    source=pages.fingerprint,
    make=pages.build,
)
DEVELOPMENT = Step(
    name="development",
    zh="安装开发工具",
    en="Installing the development tools",
    made=BIN / "pytest",
    source=environment.together_with("requirements-dev.txt"),
    make=environment.install_development,
)
BROWSER = Step(
    name="browser",
    zh="准备测试用的浏览器",
    en="Preparing the browser for the tests",
    made=BIN / "playwright",
    source=browser.fingerprint,
    make=browser.provide,
)

PURPOSES = {
    "run": [ENVIRONMENT, PACKAGES, PROJECT, WEB_PACKAGES, WEB_PAGES],
    "check": [ENVIRONMENT, PACKAGES, PROJECT, WEB_PACKAGES, DEVELOPMENT],
    # Without the web packages: they cannot be installed while package.json is ahead of its lock file.
    "lock": [ENVIRONMENT, PACKAGES, PROJECT, DEVELOPMENT],
    "test": [ENVIRONMENT, PACKAGES, PROJECT, WEB_PACKAGES, WEB_PAGES, DEVELOPMENT, BROWSER],
}


def main() -> None:
    purpose = sys.argv[1] if len(sys.argv) == 2 else ""
    if purpose not in PURPOSES:
        raise SystemExit(f"usage: python3 scripts/setup.py {'|'.join(PURPOSES)}")
    MAKE.mkdir(exist_ok=True)
    with open(MAKE / "lock", "w") as lock:
        # Two chores started at once would otherwise install into the same environment at once.
        fcntl.flock(lock, fcntl.LOCK_EX)
        perform(PURPOSES[purpose], MAKE)


def perform(steps: list[Step], stamps: Path) -> None:
    for number, step in enumerate(steps, start=1):
        stamp = stamps / step.name
        if step.made.exists() and stamp.exists() and stamp.read_text() == step.source():
            continue
        say(f"[{number}/{len(steps)}] {step.zh} · {step.en} …")
        stamp.unlink(missing_ok=True)
        step.make()
        stamp.write_text(step.source())


if __name__ == "__main__":
    main()
