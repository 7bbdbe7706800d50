"""What a watcher such as Prometheus may ask: requests, connections, jobs. Several processes count together in a folder
that `jieli serve` names in PROMETHEUS_MULTIPROC_DIR before they start; a process by itself counts in memory."""

import hmac
import os
import time
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import Request, Response
from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jieli.api import store
from jieli.api.context import Process, process_of
from jieli.api.wire import router
from jieli.base.errors import NotFound

FOLDER = "PROMETHEUS_MULTIPROC_DIR"
LOOPBACK = frozenset({"127.0.0.1", "::1"})
FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)

counted = CollectorRegistry()
REQUESTS = Counter("jieli_requests", "Requests answered", ("method", "route", "status"), registry=counted)
SECONDS = Histogram(
    "jieli_request_seconds",
    "Seconds until an answer begins",
    ("method", "route"),
    buckets=BUCKETS,
    registry=counted,
)
STREAMS = Gauge(
    "jieli_live_connections",
    "Screens that are told of changes",
    registry=counted,
    multiprocess_mode="livesum",
)
CONNECTIONS = Gauge(
    "jieli_database_connections",
    "Connections to the database",
    ("pool", "state"),
    registry=counted,
    multiprocess_mode="livesum",
)
POOLS = {
    name: (CONNECTIONS.labels(name, "busy"), CONNECTIONS.labels(name, "idle"))
    for name in ("readers", "writers")
}

routes = router("metrics")


@routes.get("/metrics", include_in_schema=False)
async def metrics(request: Request) -> Response:
    process = process_of(request)
    if not _may_ask(request, process.options.metrics_token):
        raise NotFound
    text = _counted(process) + await _jobs(process)
    return Response(text, media_type=CONTENT_TYPE_LATEST, headers={"Cache-Control": "no-store"})


def _may_ask(request: Request, token: str) -> bool:
    """Who has the token, or sits at the machine itself. A proxy does too, but says for whom it asks."""
    given = request.headers.get("authorization", "").removeprefix("Bearer ")
    if token and hmac.compare_digest(given.encode(), token.encode()):
        return True
    is_forwarded = any(name in request.headers for name in FORWARDED)
    return request.client is not None and request.client.host in LOOPBACK and not is_forwarded


def _counted(process: Process) -> bytes:
    _note_use(process)
    folder = os.environ.get(FOLDER)
    if not folder:
        return generate_latest(counted)
    forget_the_dead(Path(folder))
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]  # the library leaves it out
    return generate_latest(together)


def forget_the_dead(folder: Path) -> None:
    """What a process that was killed had open is open no longer; what it has counted stays."""
    for file in folder.glob("gauge_live*_*.db"):
        number = file.stem.rpartition("_")[2]
        if number.isdigit() and not _lives(int(number)):
            file.unlink(missing_ok=True)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


async def _jobs(process: Process) -> bytes:
    """The queue is the same for all processes, so it is asked for and not counted."""
    async with process.db.read() as tx:
        row = await tx.one(store.jobs())
    assert row is not None
    states = GaugeMetricFamily("jieli_jobs", "Jobs in the queue by state", labels=("state",))
    for state in ("queued", "picked", "failed"):
        states.add_metric((state,), row[state])
    late = GaugeMetricFamily(
        "jieli_jobs_late_seconds", "How long the oldest due job has waited", value=row["late"]
    )
    registry = CollectorRegistry()
    registry.register(Asked((states, late)))
    return generate_latest(registry)


@dataclass(frozen=True, eq=False)
class Asked(Collector):
    """What was just asked for, as the library wants to be given it."""

    families: tuple[Metric, ...]

    def collect(self) -> Iterable[Metric]:
        return self.families


def _note_use(process: Process) -> None:
    for name, (size, idle) in process.db.use().items():
        POOLS[name][0].set(size - idle)
        POOLS[name][1].set(idle)


class Measured:
    """Counts each answer under the template of its route, which has no ids in it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._noted = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = time.perf_counter()

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                now = time.perf_counter()
                _count(scope, message["status"], now - began)
                self._note(scope, now)
            await send(message)

        await self.app(scope, receive, sending)

    def _note(self, scope: Scope, now: float) -> None:
        """Once a second, so that also a process that is not asked tells how its connections are used."""
        if now - self._noted > 1 and (process := getattr(scope["app"].state, "process", None)):
            self._noted = now
            _note_use(process)


def _count(scope: Scope, status: int, seconds: float) -> None:
    template = getattr(scope.get("route"), "path_format", "page")
    answers, durations = _meters(scope["method"], template, status)
    answers.inc()
    durations.observe(seconds)


@lru_cache(maxsize=4096)
def _meters(method: str, template: str, status: int) -> tuple[Counter, Histogram]:
    """Kept, because the library looks them up at length."""
    return REQUESTS.labels(method, template, status), SECONDS.labels(method, template)
