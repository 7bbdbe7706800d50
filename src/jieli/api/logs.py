"""How a process writes its log: a line for each event, as key=value or as JSON, and never the values of variables.
What happens during a request bears the request's id."""

import logging
import sys
from enum import StrEnum

import structlog
from structlog.stdlib import ProcessorFormatter
from structlog.types import Processor


class LogFormat(StrEnum):
    TEXT = "text"
    JSON = "json"


def configure(form: LogFormat = LogFormat.TEXT, level: int = logging.INFO) -> None:
    """Set up the log of a process, on standard error."""
    handler = logging.StreamHandler(sys.stderr)
    match form:
        case LogFormat.TEXT:
            write_plainly()
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
        case LogFormat.JSON:
            handler.setFormatter(_as_json())
    logging.basicConfig(level=level, handlers=[handler], force=True)


def write_plainly() -> None:
    """Hand structlog's events to the standard library. Tracebacks come without local variables, which hold
    passwords and customers' data."""
    _hand_over(structlog.processors.LogfmtRenderer(key_order=["event"], bool_as_flag=False))


def _as_json() -> logging.Formatter:
    """One for the lines of structlog and of the standard library alike."""
    _hand_over(ProcessorFormatter.wrap_for_formatter)
    return ProcessorFormatter(
        foreign_pre_chain=[structlog.contextvars.merge_contextvars, structlog.stdlib.ExtraAdder()],
        processors=[
            structlog.stdlib.add_log_level,
            structlog.stdlib.add_logger_name,
            structlog.processors.TimeStamper("iso", utc=True),
            ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False, default=str),
        ],
    )


def _hand_over(last: Processor) -> None:
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.format_exc_info,
            last,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
