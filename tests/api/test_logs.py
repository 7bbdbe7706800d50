"""The log as programs read it: run in a process of its own, because it sets up logging for all of it."""

import json
import subprocess
import sys

SCRIPT = """
import asyncio, logging, structlog
from jieli.api import logs
from jieli.api.middleware import RequestID
logs.configure(logs.LogFormat({form!r}))

async def app(scope, receive, send):
    structlog.get_logger("ours").warning("一件事", count=2)
    logging.getLogger("theirs").warning("another %s", "thing")
    secret = "hunter2"
    raise ValueError("broken")

async def send(message): ...
scope = {{"type": "http", "method": "GET", "path": "/x", "headers": [], "query_string": b"", "app": None}}
asyncio.run(RequestID(app)(scope, None, send))
logging.getLogger("later").warning("done")
"""


def written(form: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT.format(form=form)], capture_output=True, text=True, check=True
    )
    assert "hunter2" not in done.stderr
    return done.stderr.splitlines()


def test_each_line_is_json_and_bears_the_id_of_the_request() -> None:
    ours, theirs, failed, later = (json.loads(line) for line in written("json"))
    assert (ours["event"], ours["count"], ours["level"], ours["logger"]) == ("一件事", 2, "warning", "ours")
    assert theirs["event"] == "another thing"
    assert ours["request"] == theirs["request"] == failed["request"]
    assert "ValueError: broken" in failed["exception"]
    assert ours["timestamp"].endswith("Z")
    assert "request" not in later


def test_in_plain_text_our_own_lines_bear_it() -> None:
    lines = written("text")
    assert "一件事" in lines[0]
    assert "request=" in lines[0]
    assert "ValueError: broken" in lines[2]
