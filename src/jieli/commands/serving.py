"""Serving: the web server and a worker in one process group, watched over by this process."""

import asyncio
import contextlib
import logging
import os
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jieli.api import logs, telemetry
from jieli.base import tracing
from jieli.base.errors import JieliError, Unavailable
from jieli.base.language import Message
from jieli.commands.output import JSON, Output, words
from jieli.commands.place import database, run
from jieli.commands.upgrading import bring_up
from jieli.db import server
from jieli.db.errors import Unreachable
from jieli.jobs import WorkerOptions, work
from jieli.settings import Settings, archive_of, database_address, load

if TYPE_CHECKING:
    from granian.server.common import AbstractServer

APPLICATION = "jieli.app:make"
WAITING = 4_096
"""Connections that wait to be taken."""
CONNECTIONS = 16_384
"""Connections that a web process holds at once. A browser keeps up to six of them open, and one more never ends: its
stream of live events. Those beyond the number get no answer until others end."""
LOOK_AGAIN = 0.5
LONGEST_PAUSE = 30.0
SHORT_LIVES = 4
FAREWELL = 25.0

log = logging.getLogger(__name__)


class PortTaken(Unavailable):
    message = Message(
        "port_taken",
        "端口 {port} 已被占用，请换一个：--port",
        "Port {port} is in use; choose another with --port",
    )


class WebEnded(Unavailable):
    message = Message(
        "web_ended",
        "网页进程接连意外结束，服务已停止",
        "The web process has ended unexpectedly again and again; the server has stopped",
    )


Port = Annotated[int, typer.Option("--port", min=1, max=65535, help=words(zh="端口", en="The port"))]
Host = Annotated[str, typer.Option("--host", help=words(zh="监听地址", en="The address to listen on"))]
Workers = Annotated[
    int, typer.Option("--workers", min=1, max=64, help=words(zh="网页进程数", en="Web processes"))
]


def serve(port: Port = 8000, host: Host = "127.0.0.1", workers: Workers = 1, as_json: JSON = False) -> None:
    """Serve the web interface and work on jobs until interrupted."""
    serve_until_stopped(Output(as_json), host, port, workers)


def serve_until_stopped(out: Output, host: str, port: int, workers: int) -> None:
    """Blocks. The web server answers signals; whatever ends it ends the worker and the embedded database too."""
    settings = load()
    logs.configure(settings.log_format)
    _check_port(host, port)
    database_address(settings)
    os.environ["JIELI_HOME"] = str(settings.home)
    _let_many_in()
    try:
        _bring_up(settings)
        with tempfile.TemporaryDirectory(prefix="jieli-counts-") as counts:
            os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts
            _serve_with_worker(out, settings, host, port, workers)
    finally:
        if settings.database_url is None:
            server.stop(settings.home)


def _let_many_in() -> None:
    """Each connection is an open file, of which many systems allow a program no more than 1,024 unless it asks."""
    if sys.platform == "win32":
        return
    import resource  # noqa: PLC0415 - Unix has it

    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS * 2 if most == resource.RLIM_INFINITY else most
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))


def _bring_up(settings: Settings) -> None:
    """Before anything is served, so that what stands in the way is said in words and not by each process. One that is
    only late, such as a database that starts at the same time, is waited for by all of them."""
    try:
        run(bring_up(settings))
    except Unreachable as error:
        log.warning("the database is not there yet: %s", error)


def _serve_with_worker(out: Output, settings: Settings, host: str, port: int, workers: int) -> None:
    keeper = Keeper(settings)
    keeper.start()
    threading.Thread(target=_announce, args=(out, host, port, keeper.stopping), daemon=True).start()
    try:
        _web(host, port, workers)
    finally:
        keeper.stop()


def _web(host: str, port: int, workers: int) -> None:
    """Granian replaces a web process that died, but ends when one dies soon after; it is then started again as a whole,
    later each time. It gives up after so many short lives: what cannot start is a matter for whoever looks after it."""
    short = 0
    while True:
        started = time.monotonic()
        web = _granian(host, port, workers)
        with contextlib.suppress(SystemExit):
            web.serve()
        short = 0 if time.monotonic() - started > LONGEST_PAUSE else short + 1
        if short >= SHORT_LIVES and not web.interrupt_signal:
            raise WebEnded
        if _told_to_end(web, within=2.0**short / 2):
            return
        log.warning("the web server ended unexpectedly and is started again")


def _told_to_end(web: "AbstractServer[Any]", within: float) -> bool:
    """Whether a signal has told the server to end, or does so within so many seconds."""
    if not web.interrupt_signal:
        web.main_loop_interrupt.clear()
        web.main_loop_interrupt.wait(within)
    return bool(web.interrupt_signal)


def _granian(host: str, port: int, workers: int) -> "AbstractServer[Any]":
    from granian import Granian  # noqa: PLC0415 - only the process that serves needs it
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    return Granian(
        APPLICATION,
        address=host,
        port=port,
        workers=workers,
        backlog=WAITING,
        backpressure=CONNECTIONS,
        interface=Interfaces.ASGI,
        factory=True,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=20,
    )


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise PortTaken(port=port) from error


def _announce(out: Output, host: str, port: int, stopping: threading.Event) -> None:
    """Say where to look as soon as there is something to see."""
    shown = f"[{host}]" if ":" in host else host
    url = f"http://{shown}:{port}"
    while not stopping.wait(0.1):
        try:
            with urllib.request.urlopen(f"{url}/healthz", timeout=2):
                break
        except (urllib.error.URLError, OSError):
            continue
    else:
        return
    out.answer(
        {"url": url, "port": port},
        zh=f"接力已就绪：{url}（Ctrl-C 停止）",
        en=f"Jieli is ready: {url} (Ctrl-C stops it)",
    )


class Keeper:
    """Keeps a worker and the embedded database running beside the web server."""

    def __init__(self, settings: Settings) -> None:
        self.stopping = threading.Event()
        self._settings = settings
        self._worker: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._keep, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Ask the worker to finish what it does, and end it if that takes too long."""
        self.stopping.set()
        self._thread.join()
        if self._worker is None:
            return
        self._worker.terminate()
        try:
            self._worker.wait(FAREWELL)
        except subprocess.TimeoutExpired:
            self._worker.kill()
            self._worker.wait()

    def _keep(self) -> None:
        pause, since = 0.0, time.monotonic()
        while not self.stopping.wait(pause or LOOK_AGAIN):
            try:
                self._keep_database()
            except (JieliError, OSError) as error:
                log.warning("the database does not come back yet: %s", error)
                continue
            if self._worker is not None and self._worker.poll() is None:
                pause = 0.0
                continue
            if self._worker is not None:
                log.warning("the worker ended with %s and is started again", self._worker.returncode)
                lived = time.monotonic() - since
                pause = 0.0 if lived > LONGEST_PAUSE else min(max(pause * 2, 0.5), LONGEST_PAUSE)
            since = time.monotonic()
            command = [sys.executable, "-m", "jieli", "worker", "--follow", str(os.getpid())]
            self._worker = subprocess.Popen(command, stdin=subprocess.DEVNULL)

    def _keep_database(self) -> None:
        home = self._settings.home
        if self._settings.database_url is not None:
            return
        if server.is_running(home):
            server.hasten(home)
        else:
            server.ensure(home, archive_of(self._settings))


def worker(
    follow: Annotated[int | None, typer.Option("--follow", hidden=True)] = None, as_json: JSON = False
) -> None:
    """Work on jobs until interrupted."""
    settings = load()
    logs.configure(settings.log_format)
    telemetry.begin("worker")
    run(_work(settings, follow))
    if tracer := tracing.current():
        tracer.finish()
    Output(as_json).answer({"stopped": True}, zh="后台进程已停止", en="The worker has stopped")


async def _work(settings: Settings, follow: int | None) -> None:
    from jieli import tasks  # noqa: PLC0415 - only the worker needs all packages

    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    following = asyncio.create_task(_follow(follow, stop)) if follow else None
    async with database(settings, "jieli worker") as db:
        options = WorkerOptions(concurrency=settings.worker_concurrency)
        await work(db, tasks.tasks(settings), tasks.schedules(settings), stop=stop, options=options)
    if following:
        following.cancel()


async def _follow(parent: int, stop: asyncio.Event) -> None:
    """A worker without the server that started it would go on unseen."""
    while os.getppid() == parent:  # noqa: ASYNC110 - nobody tells a process that its parent is gone
        await asyncio.sleep(1)
    stop.set()
