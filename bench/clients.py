"""The people before their browsers: keep-alive connections that ask, wait for the answer, and ask again.

Started as a process of its own, so that it takes no time from what it measures; it costs some all the same, which
counts against Jieli and not against the limit.
"""

import asyncio
import pickle
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import cast

PATIENCE = 60
_LENGTH = re.compile(rb"content-length: (\d+)", re.IGNORECASE)


class WrongAnswer(RuntimeError):
    """The server answered something else than what was expected; its words are the message."""


@dataclass(frozen=True, slots=True)
class Visit:
    """What each connection asks: its requests one after another, again from the start if they `repeat`."""

    port: int
    connections: tuple[tuple[bytes, ...], ...]
    seconds: float
    status: int = 200
    repeat: bool = True


@dataclass(slots=True)
class Seen:
    """What came back. `sample` is one whole answer's body."""

    requests: int = 0
    seconds: float = 0
    milliseconds: float = 0
    sample: bytes = b""

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds


def request(method: str, path: str, token: str, body: bytes = b"") -> bytes:
    """A whole request as a browser of ours sends it."""
    lines = [f"{method} {path} HTTP/1.1", "host: 127.0.0.1", f"cookie: jieli_session={token}", "x-jieli: 1"]
    if body:
        lines += ["content-type: application/json", f"content-length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def visit(wanted: Visit) -> Seen:
    """Raises WrongAnswer when any answer has another status than expected."""
    found = await in_process_of_its_own("bench.clients", wanted)
    if isinstance(found, bytes):
        raise WrongAnswer(found.decode(errors="replace"))
    assert isinstance(found, Seen)
    return found


async def in_process_of_its_own(module: str, order: object) -> object:
    """What the module makes of the order: it reads one file and writes the other. Raises WrongAnswer if it fails."""
    with TemporaryDirectory(prefix="jieli-bench-") as folder:
        given, answer = Path(folder) / "order", Path(folder) / "answer"
        given.write_bytes(pickle.dumps(order))
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, str(given), str(answer), cwd=Path(__file__).parents[1]
        )
        if await process.wait():
            raise WrongAnswer(f"{module} ended with {process.returncode}")
        return pickle.loads(answer.read_bytes())


@dataclass(slots=True)
class _Course:
    """What all connections share."""

    wanted: Visit
    end: float
    times: list[float] = field(default_factory=list)
    sample: bytes = b""
    wrong: Counter[bytes] = field(default_factory=Counter)


class _Connection(asyncio.Protocol):
    def __init__(self, course: _Course, requests: tuple[bytes, ...]) -> None:
        self.course = course
        self.requests = requests
        self.next = 0
        self.buffer = bytearray()
        self.expected = -1
        self.sent = 0.0
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are no subclass of asyncio's.
        self.transport = cast(asyncio.Transport, transport)
        self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.course.wrong[b"the connection was closed"] += 1
            self.done.set_result(None)

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        if self.expected < 0:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            length = _LENGTH.search(self.buffer, 0, end)
            self.expected = end + 4 + (int(length[1]) if length else 0)
        if len(self.buffer) >= self.expected:
            self._answered()

    def _ask(self) -> None:
        assert self.transport is not None
        course = self.course
        if self.next == len(self.requests) and course.wanted.repeat:
            self.next = 0
        if self.next == len(self.requests) or time.perf_counter() >= course.end:
            self.done.set_result(None)
            self.transport.close()
            return
        self.sent = time.perf_counter()
        self.transport.write(self.requests[self.next])
        self.next += 1

    def _answered(self) -> None:
        course = self.course
        course.times.append(time.perf_counter() - self.sent)
        if int(self.buffer[9:12]) != course.wanted.status:
            course.wrong[bytes(self.buffer)] += 1
            course.end = 0
        elif not course.sample:
            course.sample = bytes(self.buffer).partition(b"\r\n\r\n")[2]
        self.buffer.clear()
        self.expected = -1
        self._ask()


async def _run(wanted: Visit) -> Seen | bytes:
    loop = asyncio.get_running_loop()
    start = time.perf_counter()
    course = _Course(wanted, start + wanted.seconds)
    waiting = []
    for requests in wanted.connections:
        _, connection = await loop.create_connection(
            lambda requests=requests: _Connection(course, requests),  # type: ignore[misc]
            "127.0.0.1",
            wanted.port,
        )
        waiting.append(connection.done)
    async with asyncio.timeout(wanted.seconds + PATIENCE):
        await asyncio.gather(*waiting)
    if course.wrong:
        return next(iter(course.wrong))
    taken = time.perf_counter() - start
    return Seen(len(course.times), taken, median(course.times) * 1000, course.sample)


def main() -> None:
    import uvloop  # noqa: PLC0415 - only the process of the clients needs it

    wanted = pickle.loads(Path(sys.argv[1]).read_bytes())
    found = uvloop.run(_run(wanted))
    Path(sys.argv[2]).write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    # Under its own name, so that what is pickled here is known there.
    from bench.clients import main as run

    run()
