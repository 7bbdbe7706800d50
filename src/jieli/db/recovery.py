"""Makes the data of an embedded server anew from a base backup and the log written since, up to a moment.

Everything happens in a folder of its own, `recovering`, whose data takes the place of the server's once it is whole
and the server over it has ended well. Everything here blocks.
"""

import os
import re
import shutil
import subprocess
import tarfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from jieli.base.errors import Conflict
from jieli.base.language import Message
from jieli.db import server
from jieli.db.archive import restore_command
from jieli.db.cluster import Cluster, ServerFailed, postmaster, prepare
from jieli.db.segment import sync_folder
from jieli.db.unprivileged import hand_over

_PAUSE = 0.05
_LAST = re.compile(r"last completed transaction was at log time (.+)$", re.MULTILINE)
_TOO_SHORT = "recovery ended before configured recovery target was reached"
# Ends the server when the pipe at its standard input is closed, also by the death of this process.
_LEASH = (
    'exec 3<&0; "$@" </dev/null 3<&- & server=$!;'
    ' (read -r _ <&3; kill -INT "$server" 2>/dev/null) & wait "$server"'
)


class HasData(Conflict):
    message = Message(
        "home_has_data",
        "{home} 里已有数据库。只能恢复到空的安装：请换一个 JIELI_HOME",
        "There is a database in {home}. Only an empty installation is restored into: name another JIELI_HOME",
    )


class EndsBefore(Exception):
    """The log ends before the moment that was asked for; `last` is when the last transaction in it was committed."""

    def __init__(self, last: str) -> None:
        super().__init__(last)
        self.last = last


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """A server's files in the making. `lock` is that of the home's server."""

    cluster: Cluster
    lock: int

    @property
    def wal(self) -> Path:
        """Where the log to be done again is laid out, packed as in an archive."""
        return self.cluster.root / "wal"


@contextmanager
def rebuilding(home: Path) -> Iterator[Rebuilt]:
    """A server's place to be filled; when the block ends well its data becomes that of the home. Nobody can start a
    server there meanwhile. Raises HasData."""
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    final = Cluster.of(home)
    if final.data.exists():
        raise HasData(home=home)
    with server.locked(home) as lock:
        place = final.root / "recovering"
        shutil.rmtree(place, ignore_errors=True)
        for folder in (final.root, place, place / "wal"):
            hand_over(folder, final.who)
        cluster = replace(final, root=place)
        try:
            yield Rebuilt(cluster, lock)
            cluster.data.rename(final.data)
            sync_folder(final.root)
        finally:
            shutil.rmtree(place, ignore_errors=True)


def unpack(packed: Path, into: Rebuilt) -> None:
    """The files of a base backup, as data that is to be recovered."""
    data = into.cluster.data
    data.mkdir(mode=0o700)
    with tarfile.open(packed) as source:
        source.extractall(data, filter="data")
    (data / "recovery.signal").touch()
    if who := into.cluster.who:
        for path in [data, *data.rglob("*")]:
            os.chown(path, who["user"], who["group"], follow_symlinks=False)


@contextmanager
def replayed(place: Rebuilt, moment: datetime | None) -> Iterator[tuple[str, str]]:
    """The server over unpacked data, after the log laid out was done again up to the moment or to its end: its address,
    and when the last transaction in it was committed. It is stopped after the block. Raises EndsBefore, ServerFailed.
    """
    cluster = place.cluster
    options = {
        "restore_command": restore_command(place.wal),
        "recovery_target_timeline": "current",
        "recovery_target_action": "promote",
        "hot_standby": "off",
        **({"recovery_target_time": moment.isoformat()} if moment else {}),
    }
    with _server(place, options) as running:
        yield _ready(cluster, running), _last_transaction(cluster)
    if running.returncode != 0:
        raise ServerFailed(reason=server.last_words(cluster))


@contextmanager
def _server(place: Rebuilt, options: dict[str, str]) -> "Iterator[subprocess.Popen[bytes]]":
    """Stopped at the end of the block, and by itself when this process dies."""
    told = [word for name, value in options.items() for word in ("-c", f"{name}={value}")]
    command = ["/bin/sh", "-c", _LEASH, "sh", *prepare(place.cluster, place.lock), *told]
    with place.cluster.log.open("ab") as output:
        running = subprocess.Popen(
            command,
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=output,
            stderr=output,
            pass_fds=(place.lock,),
            **place.cluster.who,
        )
    assert running.stdin is not None
    try:
        yield running
    finally:
        running.stdin.close()
        running.wait()


def _ready(cluster: Cluster, running: "subprocess.Popen[bytes]") -> str:
    """However long it takes: there may be days of the log to do again."""
    while running.poll() is None:
        found = postmaster(cluster)
        if found is not None and found.is_ready:
            return server.address(found.socket_folder)
        time.sleep(_PAUSE)
    said = server.last_words(cluster)
    if _TOO_SHORT in said:
        raise EndsBefore(_last_transaction(cluster))
    raise ServerFailed(reason=said)


def _last_transaction(cluster: Cluster) -> str:
    found = _LAST.findall(cluster.log.read_text(errors="replace"))
    return str(found[-1]) if found else ""
