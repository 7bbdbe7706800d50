"""Where things lie, and what a file's content is worth as a stamp."""

import hashlib
from pathlib import Path

REPO = Path(__file__).resolve().parents[2]
MAKE = REPO / ".make"
VENV = REPO / ".venv"
BIN = VENV / "bin"
WEB = REPO / "web"
PAGES = REPO / "src" / "jieli" / "web"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
