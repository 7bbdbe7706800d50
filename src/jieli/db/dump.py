"""Takes a database out and brings it in again, by PostgreSQL's own pg_dump and pg_restore. Everything here blocks."""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit, urlunsplit

from jieli.base.errors import Unavailable
from jieli.base.language import Message
from jieli.db.cluster import ServerFailed, programs

PART = 1024 * 1024
_VERSION = re.compile(r"\(PostgreSQL\) (\d+)")
_TABLE = re.compile(r"(?:dumping contents of|processing data for) table \"([^\"]+)\"")
_LINES_SHOWN = 12
_FIRST_WITH_TIMEOUT = 17

Say = Callable[[str], None]
"""Called with the name of each table as its turn comes, from another thread."""


class NoProgram(Unavailable):
    message = Message(
        "no_postgres_program",
        "需要 {major} 或更高版本的 {name}，现有：{found}。"
        "请安装 PostgreSQL {major} 的客户端程序（如 Debian 的 postgresql-client-{major}），"
        "并让 PATH 能找到它",
        "This needs {name} of version {major} or newer; there is: {found}. "
        "Install the client programs of PostgreSQL {major} (on Debian: postgresql-client-{major}) "
        "so that they are found by PATH",
    )


class ProgramFailed(Unavailable):
    message = Message("postgres_program_failed", "{name} 失败：{reason}", "{name} failed: {reason}")


class Target(Protocol):
    def write(self, part: bytes, /) -> object: ...


class Origin(Protocol):
    def read(self, size: int, /) -> bytes: ...


@dataclass(frozen=True, slots=True)
class Program:
    """One of PostgreSQL's programs. A newer one works with older servers, not the other way round."""

    path: Path
    major: int

    @property
    def name(self) -> str:
        return self.path.name


def program(name: str, at_least: int) -> Program:
    """That of the embedded server, or else the one that PATH finds, if it is new enough."""
    found = list(_installed(name))
    fitting = next((one for one in found if one.major >= at_least), None)
    if fitting is None:
        seen = ", ".join(f"{one.path} ({one.major})" for one in found) or "-"
        raise NoProgram(name=name, major=at_least, found=seen)
    return fitting


def _installed(name: str) -> Iterator[Program]:
    with suppress(ServerFailed):
        if shipped := _program(programs(None) / "bin" / name):
            yield shipped
    if (path := shutil.which(name)) and (other := _program(Path(path))):
        yield other


def _program(path: Path) -> Program | None:
    try:
        told = subprocess.run([path, "--version"], capture_output=True, text=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        return None
    version = _VERSION.search(told)
    return Program(path, int(version[1])) if version else None


def dump(
    dump_program: Program, dsn: str, snapshot: str, schemas: Iterable[str], target: Target, say: Say
) -> None:
    """Write the schemas as they are in an exported snapshot, whose transaction must stay open meanwhile."""
    options = ["--format=custom", "--compress=gzip:3", "--no-owner", "--no-privileges", "--verbose"]
    if dump_program.major < 16:
        options[1] = "--compress=3"
    names = [f"--schema={schema}" for schema in schemas]
    command = [*options, f"--snapshot={snapshot}", "--lock-wait-timeout=30s", *names]
    with _running(dump_program, command, dsn, say) as running:
        assert running.stdout is not None
        while part := running.stdout.read(PART):
            target.write(part)


def restore(restore_program: Program, dsn: str, server: int, origin: Origin, say: Say) -> None:
    """Bring in what `dump` wrote, into a database of this major version that has none of its schemas."""
    is_older = server < _FIRST_WITH_TIMEOUT <= restore_program.major
    options = ["--no-owner", "--no-privileges", "--verbose"]
    # It begins by setting a parameter that older servers do not know; nothing else may go wrong.
    options += [] if is_older else ["--exit-on-error"]
    try:
        with _running(restore_program, options, dsn, say) as running:
            assert running.stdin is not None
            _feed(origin, running.stdin)
    except ProgramFailed as failed:
        if not is_older or not _is_only_the_timeout(str(failed.params["all"])):
            raise


def _is_only_the_timeout(said: str) -> bool:
    unknown = 'unrecognized configuration parameter "transaction_timeout"'
    return (
        said.count("error: could not execute query") == 1 and said.count(": error:") == 1 and unknown in said
    )


def _feed(origin: Origin, pipe: IO[bytes]) -> None:
    with suppress(BrokenPipeError):
        while part := origin.read(PART):
            pipe.write(part)
        pipe.close()


@contextmanager
def _running(
    postgres_program: Program, options: list[str], dsn: str, say: Say
) -> "Iterator[subprocess.Popen[bytes]]":
    """The program at work. Raises ProgramFailed with its words when it does not succeed; if the block raises, the
    program is ended before it can have succeeded."""
    address, secret = without_password(dsn)
    running = subprocess.Popen(
        [postgres_program.path, *options, f"--dbname={address}", "--no-password"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "LC_ALL": "C", "PGAPPNAME": f"jieli {postgres_program.name}", **secret},
    )
    said: list[str] = []
    listener = threading.Thread(target=_listen, args=(running, say, said), daemon=True)
    listener.start()
    try:
        yield running
    except BaseException:
        running.kill()
        raise
    finally:
        for pipe in (running.stdin, running.stdout):
            if pipe is not None:
                with suppress(BrokenPipeError):
                    pipe.close()
        running.wait()
        listener.join()
        if running.stderr is not None:
            running.stderr.close()
    if running.returncode != 0:
        raise ProgramFailed(name=postgres_program.name, reason=_reason(said), all="\n".join(said))


def _listen(running: "subprocess.Popen[bytes]", say: Say, said: list[str]) -> None:
    """Pass on where the program is, and keep what else it says from its first error on."""
    assert running.stderr is not None
    for raw in running.stderr:
        line = raw.decode(errors="replace").rstrip()
        if table := _TABLE.search(line):
            say(table[1])
        elif (said or "error:" in line) and len(said) < 1_000:
            said.append(line)


def _reason(said: list[str]) -> str:
    return "\n".join(said[:_LINES_SHOWN]) or "?"


def without_password(dsn: str) -> tuple[str, dict[str, str]]:
    """The address as others on this machine may read it in the list of processes, and the password for the
    environment, which they may not."""
    parts = urlsplit(dsn)
    user, at, host = parts.netloc.rpartition("@")
    name, _, password = user.partition(":")
    query = parse_qsl(parts.query, keep_blank_values=True)
    asked = dict(query).get("password", "")
    kept = urlencode([pair for pair in query if pair[0] != "password"])
    address = urlunsplit((parts.scheme, f"{name}{at}{host}", parts.path, kept, parts.fragment))
    secret = unquote(password) or asked
    return address, {"PGPASSWORD": secret} if secret else {}
