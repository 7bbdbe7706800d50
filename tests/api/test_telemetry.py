"""Traces arrive at a collector: requests, their statements, and the jobs that they asked for."""

import gzip
import json
import logging
import os
import subprocess
import sys
import threading
from collections.abc import AsyncIterator, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any

import pytest
import pytest_asyncio
import structlog
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from starlette.types import Message, Receive, Scope, Send

from jieli.api import logs, telemetry
from jieli.api.middleware import RequestID
from jieli.api.spans import Discreet, Spans
from jieli.base import tracing
from tests.torture.client import Client
from tests.torture.deeds import bring_in, ended
from tests.torture.ledger import Ledger
from tests.torture.site import Site, opened, until

LEADS = "/objects/lead/records"


class Collector:
    """What OpenTelemetry sends its traces to, by HTTP on this machine."""

    def __init__(self) -> None:
        self.spans: list[Any] = []
        collector = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["content-length"]))
                if self.headers.get("content-encoding") == "gzip":
                    body = gzip.decompress(body)
                asked = ExportTraceServiceRequest.FromString(body)
                for part in asked.resource_spans:
                    of = {one.key: one.value.string_value for one in part.resource.attributes}
                    collector.spans += [(of, span) for scope in part.scope_spans for span in scope.spans]
                self.send_response(200)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, format: str, *args: object) -> None:
                """Nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}"

    def named(self, name: str) -> list[Any]:
        return [span for _, span in self.spans if span.name == name]

    def close(self) -> None:
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


def told(span: Any) -> dict[str, Any]:
    return {one.key: one.value.string_value for one in span.attributes}


@pytest.fixture
def collector() -> Iterator[Collector]:
    made = Collector()
    yield made
    made.close()


@pytest_asyncio.fixture
async def site(collector: Collector, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url)
    monkeypatch.setenv("OTEL_BSP_SCHEDULE_DELAY", "200")
    made = await opened()
    try:
        await made.ready()
        yield made
    finally:
        await made.close()


@pytest.mark.database
async def test_a_request_its_statements_and_its_job_are_told_without_what_people_write(
    site: Site, collector: Collector
) -> None:
    client = Client(site, Ledger())
    await client.sign_in()
    made = await client.write("POST", LEADS, {"values": {"name": "机密"}})
    await client.get(f"{LEADS}?q=机密")
    assert (await ended(client, await bring_in(client, "机密", 3)))["state"] == "done"
    await client.close()
    asked = "POST /api/v1/{ws}/imports/{run}/run"
    await until(lambda: bool(collector.named(asked) and collector.named("intake.run_import")))
    await until(lambda: bool(collector.named("POST /api/v1/{ws}/objects/{object}/records")))

    (creating,) = collector.named("POST /api/v1/{ws}/objects/{object}/records")
    assert told(creating)["jieli.request"] == made.headers["x-request-id"]
    statements = [span for _, span in collector.spans if span.parent_span_id == creating.span_id]
    assert any(told(span)["db.query.text"].startswith("insert into") for span in statements)
    (asking,) = collector.named(asked)
    (working,) = collector.named("intake.run_import")
    assert [link.span_id for link in working.links] == [asking.span_id]
    assert working.trace_id != asking.trace_id
    assert {span.name for _, span in collector.spans if span.trace_id == working.trace_id} > {"INSERT"}
    assert {of["jieli.part"] for of, _ in collector.spans} == {"web", "worker"}
    everything = "".join(str(told(span)) for _, span in collector.spans)
    assert "机密" not in everything
    assert "REDACTED" in everything
    # Neither the endless stream of changes, nor those who watch, nor the worker's looking for jobs.
    roots = {span.name for _, span in collector.spans if not span.parent_span_id}
    assert not {name for name in roots if "ready" in name or "live" in name or name.isupper()}


async def test_the_log_of_a_request_bears_its_trace(caplog: pytest.LogCaptureFixture) -> None:
    logs.write_plainly()
    provider = TracerProvider()
    kept = InMemorySpanExporter()
    provider.add_span_processor(Discreet())
    provider.add_span_processor(SimpleSpanProcessor(kept))

    async def app(_scope: Scope, _receive: Receive, _send: Send) -> None:
        structlog.get_logger("jieli.test").info("something happened")

    async def nothing(*_: object) -> Message:
        return {}

    tracing.use(Spans(provider))
    try:
        with caplog.at_level(logging.INFO), provider.get_tracer("t").start_as_current_span("r") as span:
            await RequestID(app)({"type": "http"}, nothing, nothing)  # type: ignore[arg-type]
    finally:
        tracing.use(None)
    number = format(span.get_span_context().trace_id, "032x")
    assert f"trace={number}" in caplog.text
    (ended_span,) = kept.get_finished_spans()
    assert f"request={ended_span.attributes['jieli.request']}" in caplog.text


def test_a_job_that_fails_says_so_but_not_its_words() -> None:
    kept = InMemorySpanExporter()
    provider = TracerProvider()
    provider.add_span_processor(SimpleSpanProcessor(kept))
    with pytest.raises(ValueError, match="机密"), Spans(provider).job("a.b", "nonsense"):
        raise ValueError("机密")
    (span,) = kept.get_finished_spans()
    assert (span.status.is_ok, span.links, "机密" in span.to_json()) == (False, (), False)


def test_without_an_address_nothing_is_imported_and_without_the_packages_it_is_said() -> None:
    script = (
        "import json, logging, sys; logging.basicConfig()\n"
        "from jieli.api import telemetry\n"
        "from jieli.base import tracing\n"
        "import jieli.app\n"
        "telemetry.PACKAGES = json.loads(sys.argv[1])\n"
        "telemetry.begin('web')\n"
        "print(tracing.current() is None, 'opentelemetry.sdk.trace' in sys.modules)"
    )
    address = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9"}
    for packages, environment, expected, warned in (
        (telemetry.PACKAGES, {}, "True False", False),
        (telemetry.PACKAGES, {**address, "OTEL_SDK_DISABLED": "true"}, "True False", False),
        (["opentelemetry.sdk", "not.there"], address, "True False", True),
    ):
        done = subprocess.run(
            [sys.executable, "-c", script, json.dumps(packages)],
            env={**os.environ, **environment},
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == expected
        assert ("requirements-telemetry.txt" in done.stderr) is warned
