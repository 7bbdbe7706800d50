"""Taking turns: on a machine that others use too, only what was measured side by side can be compared."""

from collections.abc import Awaitable, Callable, Mapping
from statistics import median

Side = Callable[[], Awaitable[float]]


async def taking_turns(sides: Mapping[str, Side], rounds: int) -> dict[str, float]:
    """A B A B …: the median of each side. Every other round runs backwards, so that none is always first."""
    found: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds):
        names = list(sides)[:: -1 if number % 2 else 1]
        for name in names:
            found[name].append(await sides[name]())
    return {name: median(values) for name, values in found.items()}
