"""Which machine this is: a number without it says nothing."""

import os
import platform
from functools import lru_cache
from pathlib import Path


@lru_cache(maxsize=1)
def machine() -> str:
    memory = round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30)
    return (
        f"{os.cpu_count()} x {_processor()}, {memory} GiB, {platform.system()} {platform.release()},"
        f" Python {platform.python_version()}"
    )


def load() -> float:
    """How many processes wanted to run during the last minute; other work on the machine shows here."""
    return round(os.getloadavg()[0], 2)


def processors() -> int:
    return os.cpu_count() or 1


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()
