"""The folder into which the embedded server archives its log: whose it is, and what the server is told of it.

Beside the log, `wal`, there are base backups in `base` and uploaded files in `files`, which `upkeep` puts there. An
archive belongs to one database for ever: a restored one, which goes its own way, must take another folder.
"""

import json
import logging
import shlex
import sys
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from jieli.base.errors import Conflict
from jieli.base.language import Message
from jieli.db import segment
from jieli.db.unprivileged import RunAs, hand_over, let_pass

log = logging.getLogger(__name__)

OWNER = "owner.json"
"""In the archive: the number under which the database that writes it knows it."""
CLAIM = "archive.json"
"""Beside the data: that number, and where the archive was last."""
GAP = "unarchived"
"""Beside the data: the server has run without archiving, so only a new base backup makes the archive whole."""
SEGMENT_SIZE = 16 * 1024 * 1024
"""Of one file of the log; that of every server that is made here."""
LONGEST_LOSS = 60
"""Seconds after which a file of the log that is not full yet is archived all the same."""


class ForeignArchive(Conflict):
    message = Message(
        "foreign_archive",
        "归档文件夹 {folder} 属于另一个数据库，或者里面已有别的内容：请为 JIELI_ARCHIVE 指定一个新的空文件夹",
        "The archive {folder} belongs to another database, or holds something else: "
        "name a new and empty folder in JIELI_ARCHIVE",
    )


@dataclass(frozen=True, slots=True)
class Archive:
    """Where each part of an archive lies."""

    root: Path

    @property
    def wal(self) -> Path:
        return self.root / "wal"

    @property
    def base(self) -> Path:
        return self.root / "base"

    @property
    def files(self) -> Path:
        return self.root / "files"

    @property
    def owner(self) -> str | None:
        """None also when it cannot be reached just now."""
        return _noted(self.root / OWNER).get("id")


def claim(archive: Archive, place: Path, who: RunAs) -> None:
    """Take the folder for the database whose files lie at `place`. Raises ForeignArchive.

    One that was ours and is empty now is taken for a disk that is not mounted: the server starts, keeps its log and
    goes on archiving when the disk is back.
    """
    noted, owner = _noted(place / CLAIM), archive.owner
    if owner is None and noted.get("folder") == str(archive.root):
        log.warning("the archive %s cannot be reached; the log is kept until it can", archive.root)
        return
    if owner is None:
        if archive.root.exists() and any(archive.root.iterdir()):
            raise ForeignArchive(folder=archive.root)
        owner = uuid4().hex
        archive.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        (archive.root / OWNER).write_text(json.dumps({"id": owner}))
    elif owner != noted.get("id"):
        raise ForeignArchive(folder=archive.root)
    (place / CLAIM).write_text(json.dumps({"id": owner, "folder": str(archive.root)}))
    hand_over(archive.wal, who)
    for path in (archive.wal, Path(sys.executable), Path(sys.executable).resolve(), Path(segment.__file__)):
        let_pass(path, who)
    for folder in (archive.base, archive.files):
        folder.mkdir(mode=0o700, exist_ok=True)


def note_gap(place: Path) -> None:
    """The server is about to run without archiving: what it writes will be missing."""
    if (place / CLAIM).exists():
        (place / GAP).touch()


def settings(archive: Archive) -> dict[str, str]:
    """What stands in the server's configuration while it archives."""
    kept = _command("keep", "%p", f"{_escaped(archive.wal)}/%f{segment.SUFFIX}")
    return {
        "archive_mode": "on",
        "archive_command": "'{}'".format(kept.replace("'", "''")),
        "archive_timeout": str(LONGEST_LOSS),
    }


def restore_command(wal: Path) -> str:
    return _command("bring", f"{_escaped(wal)}/%f{segment.SUFFIX}", "%p")


def _command(verb: str, *places: str) -> str:
    """For the shell, once PostgreSQL has put in %p and %f. With -S Python does not look for packages each time."""
    program = [_escaped(Path(sys.executable)), "-I", "-S", "-B", _escaped(Path(segment.__file__)), verb]
    return shlex.join([*program, *places])


def _escaped(path: Path) -> str:
    return str(path).replace("%", "%%")


def _noted(path: Path) -> dict[str, str]:
    try:
        return dict(json.loads(path.read_text()))
    except (OSError, ValueError):
        return {}


def segment_name(timeline: int, number: int) -> str:
    """What PostgreSQL calls the file of the log with this number."""
    return f"{timeline:08X}{number >> 8:08X}{number & 0xFF:08X}"
