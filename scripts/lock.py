"""Write the lock files: Python's from pyproject.toml with hashes, the web's from package.json.

What is already locked stays as it is unless `--upgrade` is given. No lock file may say where a package was
fetched from, so that everybody's own index or mirror serves.
"""

import argparse
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

REPO = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
Lock = dict[str, dict[str, dict[str, Any]]]
COMPILE = (
    "pip compile --universal --generate-hashes --no-emit-index-url --no-header --quiet --python-version 3.11"
)
HEADER = "# Written by `make lock` from pyproject.toml; do not edit.\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="move to the newest versions allowed")
    upgrade = parser.parse_args().upgrade
    lock_python("requirements.txt", "--group", "install", upgrade=upgrade)
    # The development lock repeats the other one's versions, so that tests run on what users install.
    groups = ("--group", "install", "--group", "dev")
    same = ("--constraint", "requirements.txt")
    lock_python("requirements-dev.txt", *groups, "--extra", "telemetry", *same, upgrade=upgrade)
    lock_python("requirements-telemetry.txt", "--extra", "telemetry", *same, upgrade=upgrade)
    lock_web(upgrade=upgrade)


def lock_python(name: str, *options: str, upgrade: bool) -> None:
    extra = ["--upgrade"] if upgrade else []
    command = [str(BIN / "uv"), *COMPILE.split(), *extra, *options, "pyproject.toml", "-o", name]
    subprocess.run(command, cwd=REPO, check=True)
    path = REPO / name
    text = HEADER + path.read_text(encoding="utf-8").removeprefix(HEADER)
    refuse_addresses(name, text)
    path.write_text(text, encoding="utf-8")


def lock_web(*, upgrade: bool) -> None:
    command = [
        str(BIN / "npm"),
        "update" if upgrade else "install",
        "--package-lock-only",
        "--ignore-scripts",
    ]
    subprocess.run(command, cwd=REPO / "web", check=True)
    locked = json.loads((REPO / "web" / "package-lock.json").read_text(encoding="utf-8"))
    for package in locked["packages"].values():
        refuse_addresses("web/package-lock.json", package.get("resolved", ""))
    refuse_gaps(locked)


def refuse_gaps(locked: Lock) -> None:
    """npm silently leaves out a platform's build that is not published yet, and `npm ci` then fails everywhere."""
    present = {path.rpartition("node_modules/")[2] for path in locked["packages"]}
    for path, package in locked["packages"].items():
        missing = package.get("optionalDependencies", {}).keys() - present
        if missing:
            raise SystemExit(f"{path} lacks {', '.join(sorted(missing))}; choose an older version of it")


def refuse_addresses(name: str, text: str) -> None:
    if "://" in text:
        raise SystemExit(f"{name} says where a package was fetched from; it must not")


if __name__ == "__main__":
    main()
