"""Hearing that the process is to stop, beside the server that handles the signal."""

import asyncio
import signal
from collections.abc import Callable
from types import FrameType

SIGNALS = (signal.SIGTERM, signal.SIGINT)


def when_stopping(callback: Callable[[], None]) -> None:
    """Call back in the running loop when a signal asks the process to stop, and let who handled it before do so
    too. Must be called in the main thread, once the server has set its own handlers.

    The server waits for open answers to end, and a stream of events never ends by itself.
    """
    loop = asyncio.get_running_loop()
    for number in SIGNALS:
        before = signal.getsignal(number)

        def heard(received: int, frame: FrameType | None, before: object = before) -> None:
            loop.call_soon_threadsafe(callback)
            if callable(before):
                before(received, frame)

        signal.signal(number, heard)
