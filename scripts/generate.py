"""Write the files that follow from others: the HTTP interface from the server, the web's types from that.

With `--check` nothing is written, and a file that would change is a failure.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

REPO = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
INTERFACE = "web/openapi.json"
TYPES = "web/src/api/schema.d.ts"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only tell whether all is up to date")
    check = parser.parse_args().check
    interface = interface_of_server()
    fresh = {INTERFACE: interface, TYPES: types_of(interface)}
    stale = [name for name, text in fresh.items() if not holds(REPO / name, text)]
    if check and stale:
        raise SystemExit(f"not up to date: {', '.join(stale)}; run make generate")
    for name in stale:
        (REPO / name).write_text(fresh[name], encoding="utf-8")


def interface_of_server() -> str:
    told = subprocess.run([BIN / "jieli", "openapi"], cwd=REPO, stdout=subprocess.PIPE, check=True)
    return json.dumps(json.loads(told.stdout), ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def types_of(interface: str) -> str:
    # Node is found beside this Python, not on the machine.
    env = {**os.environ, "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}"}
    with tempfile.TemporaryDirectory() as folder:
        given, made = Path(folder, "openapi.json"), Path(folder, "schema.d.ts")
        given.write_text(interface, encoding="utf-8")
        command = [str(REPO / "web/node_modules/.bin/openapi-typescript"), str(given), "--output", str(made)]
        subprocess.run(command, env=env, stdout=subprocess.DEVNULL, check=True)
        return made.read_text(encoding="utf-8")


def holds(path: Path, text: str) -> bool:
    return path.exists() and path.read_text(encoding="utf-8") == text


if __name__ == "__main__":
    main()
