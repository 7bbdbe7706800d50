"""How the server writes its log: one line of key=value for each event, and never the values of variables."""

import logging
import sys

import structlog


def configure(level: int = logging.INFO) -> None:
    """Set up the log of a server process, on standard error."""
    logging.basicConfig(
        level=level, format="%(asctime)s %(levelname)s %(name)s %(message)s", stream=sys.stderr
    )
    write_plainly()


def write_plainly() -> None:
    """Hand structlog's events to the standard library. Tracebacks come without local variables, which hold
    passwords and customers' data."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(key_order=["event"], bool_as_flag=False),
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
