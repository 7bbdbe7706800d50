"""Identifiers that sort by the time of their making, so that newest-first is the primary key read backwards."""

import os
import threading
import time
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then a 12-bit fraction that keeps the
    order within one process, then randomness."""
    global _last  # noqa: PLW0603 - the one counter that makes ids of one process strictly rising
    with _lock:
        _last = stamp = max((time.time_ns() << 12) // 1_000_000, _last + 1)
    millis, fraction = stamp >> 12, stamp & 0xFFF
    random = int.from_bytes(os.urandom(8)) & ((1 << 62) - 1)
    return UUID(int=(millis & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)
