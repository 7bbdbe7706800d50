"""Starts, finds and stops the embedded PostgreSQL of a JIELI_HOME.

The server outlives the process that started it. Two locks say what is true, and the kernel frees them
however a process ends: `server.lock` is inherited by every process of the server, so it is free only when
none is left; `users.lock` is shared by all that use the server, so that the last one can stop it.
"""

import fcntl
import logging
import os
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from jieli.db.archive import Archive
from jieli.db.cluster import (
    DATABASE,
    PORT,
    SOCKET,
    USER,
    Cluster,
    Postmaster,
    ServerFailed,
    postmaster,
    prepare,
)

log = logging.getLogger(__name__)

_PAUSE = 0.02
_SSL_REQUEST = struct.pack(">II", 8, 80877103)
_users: dict[Path, int] = {}
_held: set[int] = set()


def ensure(home: Path, archive: Archive | None = None, *, timeout: float = 120.0) -> str:
    """The address of the running server, started if need be. Blocks; a crash recovery may take its time.

    This process counts as a user of the server until `stop` or its end. Into `archive` the server's log goes from the
    next start of the server on. Raises ServerFailed and ForeignArchive.
    """
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    _use(home.resolve())
    deadline = time.monotonic() + timeout
    starts, patience = 0, time.monotonic() + 3
    while True:
        cluster = Cluster.of(home, archive)
        lock = _try_lock(home / "server.lock")
        if lock is not None:
            if starts == 3:
                _let_go(lock)
                raise ServerFailed(reason=last_words(cluster))
            starts += 1
            _start(cluster, lock)
        elif (running := postmaster(cluster)) and _answers(running):
            return address(running.socket_folder)
        if time.monotonic() > deadline:
            raise ServerFailed(reason=f"not ready within {timeout:.0f} s. {last_words(cluster)}")
        if time.monotonic() > patience:
            log.info("waiting for the database to become ready")
            patience += 5
        time.sleep(_PAUSE)


def stop(home: Path, *, timeout: float = 60.0) -> bool:
    """No longer use the server, and stop it if nobody else does. Whether it is stopped now."""
    home = home.resolve()
    if not home.is_dir():
        return True
    if (own := _users.pop(home, None)) is not None:
        os.close(own)
    last = _try_lock(home / "users.lock")
    if last is None:
        return False
    try:
        _shut_down(home, timeout)
    finally:
        _let_go(last)
    return True


def is_running(home: Path) -> bool:
    lock = _try_lock(home / "server.lock") if home.is_dir() else None
    if lock is not None:
        _let_go(lock)
        return False
    return home.is_dir()


def hasten(home: Path) -> None:
    """Let a server that somebody has told to stop do so at once. By itself it would wait for the end of all
    connections, which those who use it keep open, and take no new ones meanwhile."""
    server = postmaster(Cluster.of(home))
    if server and server.is_stopping and is_running(home):
        log.warning("the database was told to stop; it is started again")
        os.kill(server.pid, signal.SIGINT)


@contextmanager
def locked(home: Path, *, timeout: float = 30.0) -> Iterator[int]:
    """Keep everybody from starting the server of this home, and give the lock, for programs to inherit. Waits for the
    last processes of one that was killed. Raises ServerFailed if it runs."""
    _use(home.resolve())
    deadline = time.monotonic() + timeout
    while (lock := _try_lock(home / "server.lock")) is None:
        if time.monotonic() > deadline:
            raise ServerFailed(reason="it is running")
        time.sleep(_PAUSE)
    try:
        yield lock
    finally:
        _let_go(lock)


def _use(home: Path) -> None:
    if home not in _users:
        descriptor = os.open(home / "users.lock", os.O_RDWR | os.O_CREAT, 0o600)
        # Waits while the last user is stopping the server.
        fcntl.flock(descriptor, fcntl.LOCK_SH)
        _users[home] = descriptor


def _try_lock(path: Path) -> int | None:
    """An open descriptor that holds the lock until it and all its inherited copies are closed."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    _held.add(descriptor)
    return descriptor


def _let_go(lock: int) -> None:
    _held.discard(lock)
    os.close(lock)


def _let_go_in_child() -> None:
    """A web process that is forked while the database is being started would hold its lock for as long as it
    lives, and a database that ends meanwhile would look as if it ran."""
    while _held:
        os.close(_held.pop())


os.register_at_fork(after_in_child=_let_go_in_child)


def _start(cluster: Cluster, lock: int) -> None:
    """Closes our copy of the lock; from then on it belongs to the server alone."""
    try:
        command = prepare(cluster, lock)
        log.info("starting the database in %s", cluster.data)
        # The shell leaves the server behind as nobody's child, in a session of its own.
        detach = ["/bin/sh", "-c", '"$@" </dev/null &', "sh", *command]
        with cluster.log.open("ab") as output:
            subprocess.run(
                detach,
                check=True,
                cwd="/",
                stdout=output,
                stderr=output,
                start_new_session=True,
                pass_fds=(lock,),
                **cluster.who,
            )
    finally:
        _let_go(lock)


def _shut_down(home: Path, timeout: float) -> None:
    cluster = Cluster.of(home)
    start = time.monotonic()
    sent: signal.Signals | None = None
    while is_running(home):
        waited = time.monotonic() - start
        wanted = signal.SIGINT if waited < timeout else signal.SIGQUIT
        server = postmaster(cluster)
        if server and wanted is not sent:
            log.info("stopping the database in %s", cluster.data)
            os.kill(server.pid, wanted)
            sent = wanted
        if waited > timeout + 10:
            raise ServerFailed(reason=f"it does not stop. {last_words(cluster)}")
        time.sleep(_PAUSE)


def _answers(server: Postmaster) -> bool:
    """Its file alone is not enough: it may be left from a server that was killed, whose last processes keep
    the socket open. Only a living server replies to the question whether it speaks TLS."""
    if not server.is_ready:
        return False
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as attempt:
        attempt.settimeout(1.0)
        try:
            attempt.connect(f"{server.socket_folder}/{SOCKET}")
            attempt.sendall(_SSL_REQUEST)
            return len(attempt.recv(1)) == 1
        except OSError:
            return False


def address(socket_folder: str) -> str:
    """How the server that listens in this folder is reached."""
    return f"postgresql://{USER}@/{DATABASE}?host={quote(socket_folder)}&port={PORT}"


def last_words(cluster: Cluster) -> str:
    """The end of the server's log."""
    try:
        return "\n".join(cluster.log.read_text(errors="replace").splitlines()[-12:])
    except FileNotFoundError:
        return ""
