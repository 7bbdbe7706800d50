"""What is told of the program, as spans of OpenTelemetry. Requests are FastAPI's own spans; here are the statements in
them and the jobs. Neither values of statements, nor what stands in addresses after the question mark, nor the words
of exceptions go into a span: all of them may be customers' data.
"""

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import structlog
from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import Span, SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter
from opentelemetry.trace import Link, SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from jieli import __version__

PARENT = "traceparent"
LONGEST_STATEMENT = 2000
_PROPAGATOR = TraceContextTextMapPropagator()


class Discreet(SpanProcessor):
    """Takes out of a request's span what people have searched for."""

    def on_start(self, span: Span, parent_context: Context | None = None) -> None:
        if span.attributes and "url.query" in span.attributes:
            span.set_attribute("url.query", "REDACTED")


class Spans:
    """A Tracer over the provider's spans."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer = provider.get_tracer("jieli", __version__)

    def request(self, number: str) -> dict[str, str]:
        span = trace.get_current_span()
        span.set_attribute("jieli.request", number)
        return _marks(span)

    def carried(self) -> str | None:
        carrier: dict[str, str] = {}
        _PROPAGATOR.inject(carrier)
        return carrier.get(PARENT)

    @contextmanager
    def job(self, task: str, cause: str | None) -> Iterator[None]:
        with self._tracer.start_as_current_span(
            task,
            context=Context(),
            kind=SpanKind.CONSUMER,
            links=_links(cause),
            record_exception=False,
            set_status_on_exception=False,
        ) as span:
            try:
                with structlog.contextvars.bound_contextvars(**_marks(span)):
                    yield
            except BaseException as error:
                span.set_attribute("error.type", type(error).__name__)
                span.set_status(StatusCode.ERROR)
                raise

    def statement(self, text: str, seconds: float, *, failed: bool) -> None:
        """Only within something that is traced: the worker's looking for jobs is of no interest."""
        if not trace.get_current_span().is_recording():
            return
        ended = time.time_ns()  # house: allow clock - spans are on the machine's clock, whatever a test says
        span = self._tracer.start_span(
            _name(text),
            kind=SpanKind.CLIENT,
            start_time=ended - round(seconds * 1e9),
            attributes={"db.system.name": "postgresql", "db.query.text": text[:LONGEST_STATEMENT]},
        )
        if failed:
            span.set_status(StatusCode.ERROR)
        span.end(ended)

    def finish(self) -> None:
        self._provider.force_flush()


def exporting(part: str, exporter: SpanExporter | None = None) -> Spans:
    """For this process; where to, how much and under which name is said by OTEL_* variables."""
    named = os.environ.get("OTEL_SERVICE_NAME")
    resource = Resource.create({"jieli.part": part} if named else {"jieli.part": part, SERVICE_NAME: "jieli"})
    provider = TracerProvider(resource=resource)
    provider.add_span_processor(Discreet())
    provider.add_span_processor(BatchSpanProcessor(exporter or OTLPSpanExporter()))
    trace.set_tracer_provider(provider)
    return Spans(provider)


def _links(cause: str | None) -> list[Link]:
    if cause is None:
        return []
    found = trace.get_current_span(_PROPAGATOR.extract({PARENT: cause})).get_span_context()
    return [Link(found)] if found.is_valid else []


def _marks(span: trace.Span) -> dict[str, str]:
    """What joins a line of the log with the trace."""
    context = span.get_span_context()
    return {"trace": trace.format_trace_id(context.trace_id)} if context.is_valid else {}


def _name(text: str) -> str:
    return text.split(None, 1)[0].upper()[:20] if text.strip() else "SQL"
