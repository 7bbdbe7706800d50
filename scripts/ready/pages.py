"""The web pages, built with the Node that is installed as a Python package."""

import hashlib
import os
from pathlib import Path

from ready.commands import run
from ready.places import BIN, WEB, digest

NOT_SOURCE = {"node_modules", "dist", "coverage"}


def install_packages() -> None:
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund")


def build() -> None:
    npm("run", "build")


def fingerprint() -> str:
    """All that the pages are built from; tests and stories are not part of them."""
    total = hashlib.sha256()
    for folder, folders, names in os.walk(WEB):
        folders[:] = sorted(set(folders) - NOT_SOURCE)
        for name in sorted(names):
            if ".test." not in name and ".stories." not in name:
                path = Path(folder, name)
                total.update(f"{path.relative_to(WEB)} {digest(path)}\n".encode())
    return total.hexdigest()


def npm(*arguments: str) -> None:
    path = f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"
    run(
        [str(BIN / "npm"), "--prefix", str(WEB), *arguments],
        env={**os.environ, "PATH": path, "NO_COLOR": "1"},
    )
