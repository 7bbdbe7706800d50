"""The list of the benches, and the running of them."""

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

from bench import boards, creating, day, duplicates, funnels, importing, listing, rescoring, screen, starting
from bench.company import Say
from bench.machine import load
from bench.result import Result
from bench.setting import Setting
from bench.stand import Stand, stand

Bench = Callable[[Stand, Setting], Awaitable[Result]]

BENCHES: dict[str, Bench] = {
    "list": listing.measure,
    "create": creating.measure,
    "import": importing.measure,
    "board": boards.measure,
    "funnel": funnels.measure,
    "duplicates": duplicates.measure,
    "rescore": rescoring.measure,
    "start": starting.measure,
    "screen": screen.measure,
    "day": day.measure,
}


async def measure(names: Sequence[str], rows: int, folder: Path, say: Say) -> list[dict[str, object]]:
    """Run these benches over a company with so many rows, kept below the folder."""
    setting = Setting.of(rows)
    found = []
    async with stand(folder, rows, say) as place:
        for number, name in enumerate(names):
            say(name, number, len(names))
            before = load()
            result = await BENCHES[name](place, setting)
            found.append({**result.as_json(), "load_before": before})
        say("bench", len(names), len(names))
    return found
