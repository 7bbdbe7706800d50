"""Traces for OpenTelemetry, where its own variables ask for them. The library is imported only then."""

import logging
import os
from importlib.util import find_spec

from jieli.base import tracing

log = logging.getLogger(__name__)

ENDPOINTS = ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_ENDPOINT")
PACKAGES = ("opentelemetry.sdk", "opentelemetry.exporter.otlp.proto.http")


def is_wanted() -> bool:
    """An address to send traces to is what switches them on."""
    is_off = os.environ.get("OTEL_SDK_DISABLED", "").lower() == "true"
    return not is_off and any(os.environ.get(name) for name in ENDPOINTS)


def begin(part: str) -> None:
    """Trace this process, if that is wanted. Before the database is opened."""
    if not is_wanted():
        return
    if missing := [name for name in PACKAGES if not _is_there(name)]:
        log.warning(
            "no traces, because %s is not installed: pip install -r requirements-telemetry.txt", missing
        )
        return
    from jieli.api.spans import exporting  # noqa: PLC0415 - costs nothing where nobody wants it

    tracing.use(exporting(part))


def _is_there(name: str) -> bool:
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        return False
