"""Identifiers that sort by the time of their making, so that newest-first is the primary key read backwards."""

import os
import threading
import time
from datetime import datetime
from math import floor
from uuid import UUID

_lock = threading.Lock()
_last = 0


def uuid7s(count: int) -> list[UUID]:
    """So many of them at once, in rising order."""
    global _last  # noqa: PLW0603 - as below
    with _lock:
        first = max((time.time_ns() << 12) // 1_000_000, _last + 1)
        _last = first + max(count - 1, 0)
    noise = os.urandom(8 * count)
    return [_uuid7(first + place, int.from_bytes(noise[8 * place : 8 * place + 8])) for place in range(count)]


def uuid7() -> UUID:
    """A version 7 UUID (RFC 9562): 48 bits of Unix milliseconds, then a 12-bit fraction that keeps the
    order within one process, then randomness."""
    global _last  # noqa: PLW0603 - the one counter that makes ids of one process strictly rising
    with _lock:
        _last = stamp = max((time.time_ns() << 12) // 1_000_000, _last + 1)
    return _uuid7(stamp, int.from_bytes(os.urandom(8)))


def uuid7_at(moment: datetime, place: int, noise: int) -> UUID:
    """The id of what was made at that moment of the past; `place` orders those of one moment and record."""
    return _uuid7((floor(moment.timestamp() * 1_000) << 12) + place, noise)


def _uuid7(stamp: int, noise: int) -> UUID:
    millis, fraction = stamp >> 12, stamp & 0xFFF
    random = noise & ((1 << 62) - 1)
    return UUID(int=(millis & (1 << 48) - 1) << 80 | 0x7 << 76 | fraction << 64 | 0x2 << 62 | random)
