"""Who is killed: each kind of victim with how often it is chosen and how it dies."""

import contextlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

import psutil

from tests.torture.site import Site

Find = Callable[[Site, Random], list[psutil.Process]]


@dataclass(frozen=True)
class Victim:
    """`stalls_jobs` when a worker dies, so that what it worked on waits for a sign of life that never comes."""

    name: str
    weight: int
    find: Find
    stalls_jobs: bool = False


def _backend(site: Site, chance: Random) -> list[psutil.Process]:
    """One process that PostgreSQL has made for a connection or for itself."""
    return [chance.choice(found)] if (found := site.database()[1:]) else []


def _postmaster(site: Site, _chance: Random) -> list[psutil.Process]:
    return site.database()[:1]


def _worker(site: Site, _chance: Random) -> list[psutil.Process]:
    return [found] if (found := site.worker()) else []


def _web(site: Site, _chance: Random) -> list[psutil.Process]:
    return [found] if (found := site.web()) else []


def _keeper(site: Site, _chance: Random) -> list[psutil.Process]:
    """The process that watches over the others, alone."""
    process = site.process
    return [psutil.Process(process.pid)] if process and process.poll() is None else []


def _group(site: Site, _chance: Random) -> list[psutil.Process]:
    return site.living()


def _everything(site: Site, _chance: Random) -> list[psutil.Process]:
    return [*site.living(), *site.database()]


VICTIMS = (
    Victim("backend", 24, _backend),
    Victim("postmaster", 10, _postmaster),
    Victim("worker", 8, _worker, stalls_jobs=True),
    Victim("web", 1, _web),
    Victim("keeper", 1, _keeper, stalls_jobs=True),
    Victim("group", 1, _group, stalls_jobs=True),
    Victim("everything", 1, _everything, stalls_jobs=True),
)


def drawn(kills: int, chance: Random) -> list[Victim]:
    """So many victims by their weights, in an order of chance; each kind is there if there is room."""
    weights = [victim.weight for victim in VICTIMS]
    found = list(VICTIMS[:kills]) + chance.choices(VICTIMS, weights, k=max(0, kills - len(VICTIMS)))
    chance.shuffle(found)
    return found


def kill(processes: Iterable[psutil.Process]) -> int:
    """How many were there to be killed."""
    count = 0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            process.kill()
            count += 1
    return count
