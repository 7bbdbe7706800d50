"""PostgreSQL refuses to run as root: which account it runs under instead, and what that account needs."""

import logging
import os
import pwd
import shutil
import stat
import struct
import subprocess
from pathlib import Path
from typing import TypedDict

log = logging.getLogger(__name__)

ACCOUNT = "jieli"
_ACL = "system.posix_acl_access"
_USER_OBJ, _USER, _GROUP_OBJ, _MASK, _OTHER = 0x01, 0x02, 0x04, 0x10, 0x20
_NOBODY = 0xFFFFFFFF


class RunAs(TypedDict, total=False):
    """Arguments of `subprocess.run` that change the user; empty when nothing has to change."""

    user: int
    group: int
    extra_groups: list[int]


def run_as(data: Path) -> RunAs:
    """Who may run the server of this data folder: its owner, or for a new one an account made for it."""
    if os.geteuid() != 0:
        return {}
    if data.exists():
        owner = data.stat()
        return {"user": owner.st_uid, "group": owner.st_gid, "extra_groups": []}
    account = _dedicated_account()
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}


def _dedicated_account() -> pwd.struct_passwd:
    """An own system account keeps other services away from the data; `nobody` where none can be made."""
    for attempt in (ACCOUNT, None, ACCOUNT, "nobody"):
        try:
            if attempt:
                return pwd.getpwnam(attempt)
        except KeyError:
            continue
        if useradd := shutil.which("useradd", path="/usr/sbin:/sbin:/usr/bin:/bin"):
            log.info("creating the system account %s, because PostgreSQL does not run as root", ACCOUNT)
            shell = "/usr/sbin/nologin"
            command = [useradd, "--system", "--no-create-home", "--shell", shell, ACCOUNT]
            subprocess.run(command, check=False, capture_output=True)
    raise RuntimeError("no account to run PostgreSQL under; create one named jieli")


def hand_over(folder: Path, who: RunAs) -> None:
    """Make the folder private to the account that runs the server."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    folder.chmod(0o700)
    if who:
        os.chown(folder, who["user"], who["group"])


def let_pass(target: Path, who: RunAs) -> None:
    """Let the account walk through the folders above the target, and see nothing else in them."""
    if not who:
        return
    for folder in target.resolve().parents:
        found = folder.stat()
        if found.st_mode & stat.S_IXOTH or (found.st_uid == who["user"] and found.st_mode & stat.S_IXUSR):
            continue
        try:
            _grant_search(folder, who["user"], found.st_mode)
        except (OSError, AttributeError):
            log.warning("%s becomes passable (o+x), so that PostgreSQL can run below it", folder)
            folder.chmod(stat.S_IMODE(found.st_mode) | stat.S_IXOTH)


def let_read(folder: Path, who: RunAs) -> None:
    """Let the account read and run PostgreSQL's own programs, which a strict umask may have closed."""
    if not who or (folder / "bin" / "postgres").stat().st_mode & stat.S_IXOTH:
        return
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            mode = stat.S_IMODE(path.stat().st_mode)
            path.chmod(mode | stat.S_IROTH | (stat.S_IXOTH if mode & stat.S_IXUSR else 0))


def _grant_search(folder: Path, uid: int, mode: int) -> None:
    """An access list entry `user:uid:--x`, as setfacl writes it; the program may not be installed."""
    try:
        entries = _entries(os.getxattr(folder, _ACL))
    except OSError:
        entries = {
            (_USER_OBJ, _NOBODY): mode >> 6 & 7,
            (_GROUP_OBJ, _NOBODY): mode >> 3 & 7,
            (_MASK, _NOBODY): mode >> 3 & 7,
            (_OTHER, _NOBODY): mode & 7,
        }
    entries[_USER, uid] = entries.get((_USER, uid), 0) | 1
    entries[_MASK, _NOBODY] = entries.get((_MASK, _NOBODY), mode >> 3 & 7) | 1
    packed = (struct.pack("<HHI", tag, perm, who) for (tag, who), perm in sorted(entries.items()))
    os.setxattr(folder, _ACL, struct.pack("<I", 2) + b"".join(packed))


def _entries(packed: bytes) -> dict[tuple[int, int], int]:
    return {(tag, who): perm for tag, perm, who in struct.iter_unpack("<HHI", packed[4:])}
