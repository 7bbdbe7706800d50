"""Hearing that the process is to stop, beside the server that handles the signal, and stopping with it."""

import asyncio
import multiprocessing
import os
import signal
import threading
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


def end_with_parent() -> None:
    """End at once when the process that started this one has ended without a word, as by `kill -9`: it would keep
    the port from its successor, with nobody to bring back the database or the worker."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def follow() -> None:
        parent.join()
        os._exit(1)

    threading.Thread(target=follow, name="end with parent", daemon=True).start()
