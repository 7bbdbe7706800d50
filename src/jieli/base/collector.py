"""Keeps Python's collector of cyclic garbage from looking through large batches again and again: they have none, and
the looking took half of the time of an import."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(slots=True)
class _Resting:
    count: int = 0


_resting = _Resting()


@contextmanager
def resting() -> Iterator[None]:
    """No collection within the block, however many blocks of how many tasks are open at the same time."""
    _resting.count += 1
    gc.disable()
    try:
        yield
    finally:
        _resting.count -= 1
        if _resting.count == 0:
            gc.enable()


OFTEN = 10_000
"""So many more objects than were let go make the collector look at the young ones; Python's own number is 700."""


def settled() -> None:
    """Say that what has been loaded by now stays for good. The collector no longer looks through it, and looks less
    often at what comes: a request makes thousands of objects, and hardly a cycle among them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(OFTEN, 20, 20)
