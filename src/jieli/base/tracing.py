"""What the program tells to whoever traces it, if anybody does. Without a tracer nothing is done."""

from contextlib import AbstractContextManager
from typing import Protocol


class Tracer(Protocol):
    """Follows a request through its statements, and to the jobs that it asks for."""

    def request(self, number: str) -> dict[str, str]:
        """Note the request's id in the current trace; what the log shall bear of it."""

    def carried(self) -> str | None:
        """The present place in the trace as W3C's traceparent, for what is done later because of it."""

    def job(self, task: str, cause: str | None) -> AbstractContextManager[object]:
        """The time in which a job is done, linked to the place that asked for it."""

    def statement(self, text: str, seconds: float, *, failed: bool) -> None:
        """A statement without its values, which has just come to its end."""

    def finish(self) -> None:
        """Send what has not been sent. Blocks."""


_tracers: list[Tracer] = []


def use(tracer: Tracer | None) -> None:
    """From now on, in this process."""
    _tracers[:] = [tracer] if tracer else []


def current() -> Tracer | None:
    return _tracers[0] if _tracers else None
