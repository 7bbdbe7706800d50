"""A working day before the screen: people look at their home page, open lists, boards and records, search, write, and
think in between, each with a stream of live events open as a browser has it.

Started as a process of its own, as `bench.clients` is.
"""

import asyncio
import pickle
import sys
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from random import Random
from statistics import quantiles
from typing import Any

import httpx

from bench.clients import WrongAnswer, in_process_of_its_own
from jieli.records import Values

PATIENCE = 30
LONGEST_WAIT = 120
PERCENTILES = 100


@dataclass(frozen=True, slots=True)
class Visitor:
    """`reports` for who looks at figures of everybody."""

    token: str
    reports: bool = False


@dataclass(frozen=True, slots=True)
class Day:
    """Everybody comes in the first `arriving` seconds, stays for `seconds` more, and thinks for `pause` seconds on
    average between two acts. `columns` are those of the list of opportunities, `leads` are there to be entered."""

    port: int
    address: str
    visitors: tuple[Visitor, ...]
    arriving: float
    seconds: float
    pause: float
    columns: str
    leads: tuple[Values, ...]
    streams: bool = True


@dataclass(slots=True)
class Lived:
    """Milliseconds of every request by what was done, those of the time of arriving apart, and how many live events
    were heard."""

    times: dict[str, list[float]] = field(default_factory=dict)
    arriving: list[float] = field(default_factory=list)
    heard: int = 0

    def all(self) -> list[float]:
        return [one for some in self.times.values() for one in some]


def percentile(times: Sequence[float], rank: int) -> float:
    return quantiles(times, n=PERCENTILES)[rank - 1] if len(times) > 1 else max(times, default=0.0)


class Person:
    """One visitor with a browser of their own."""

    def __init__(
        self, day: Day, visitor: Visitor, browser: httpx.AsyncClient, lived: Lived, number: int
    ) -> None:
        self.day = day
        self.visitor = visitor
        self.browser = browser
        self.lived = lived
        self.rng = Random(number)
        self.leads = iter(day.leads[number :: len(day.visitors)])
        self.known: list[str] = []
        self.begin = 0.0

    async def ask(self, act: str, method: str, path: str, body: object = None) -> Any:
        start = time.perf_counter()
        answer = await self.browser.request(method, f"{self.day.address}{path}", json=body)
        taken = (time.perf_counter() - start) * 1000
        if start < self.begin:
            self.lived.arriving.append(taken)
        else:
            self.lived.times.setdefault(act, []).append(taken)
        if not answer.is_success:
            raise WrongAnswer(f"{method} {path}: {answer.status_code} {answer.text[:500]}")
        return answer.json()

    async def home(self) -> None:
        await asyncio.gather(self.ask("home", "GET", "/home"), self.ask("home", "GET", "/notifications"))

    async def list(self) -> None:
        page = await self.ask(
            "list", "GET", f"/objects/opportunity/records?limit=50&count=1&columns={self.day.columns}"
        )
        self.known = [one["id"] for one in page["items"]]

    async def board(self) -> None:
        await self.ask("board", "GET", "/objects/opportunity/board?limit=50")

    async def search(self) -> None:
        await self.ask("search", "GET", f"/search?q={self.rng.choice(('科技', '贸易', 'sh', '华', '李'))}")

    async def record(self) -> None:
        if not self.known:
            await self.list()
        if self.known:
            place = f"/objects/opportunity/records/{self.rng.choice(self.known)}"
            parts = ("", "/track", "/timeline", "/related", "/files")
            await asyncio.gather(*(self.ask("record", "GET", place + part) for part in parts))

    async def remark(self) -> None:
        if self.known:
            place = f"/objects/opportunity/records/{self.rng.choice(self.known)}"
            await self.ask("remark", "POST", f"{place}/comments", {"text": "客户今天要最终报价"})

    async def change(self) -> None:
        """Changes what somebody else may have changed meanwhile, as the screen does: the version is read first."""
        if not self.known:
            return
        place = f"/objects/opportunity/records/{self.rng.choice(self.known)}"
        record = await self.ask("record", "GET", place)
        if record["can"]["update"]:
            values = {"next_action": f"第 {self.rng.randrange(100)} 次拜访"}
            await self.ask("change", "PATCH", place, {"values": values})

    async def create(self) -> None:
        lead = next(self.leads, None)
        if lead is not None:
            await self.ask("check", "POST", "/objects/lead/check", {"values": lead})
            await self.ask(
                "create", "POST", "/objects/lead/records", {"values": lead, "duplicates": "create"}
            )

    async def report(self) -> None:
        if self.visitor.reports:
            await asyncio.gather(
                *(self.ask("report", "GET", f"/insight/{one}") for one in ("funnel", "leaderboard"))
            )

    async def works(self, begin: float, until: float) -> None:
        """Comes by `begin`, from when on requests count, and does not leave off in the middle."""
        self.begin = begin
        bounds = list(accumulate(weight for _, weight in ACTS))
        await asyncio.sleep(self.rng.uniform(0, self.day.arriving))
        listening = asyncio.create_task(self.listens()) if self.day.streams else None
        while time.perf_counter() < until:
            (act,) = self.rng.choices([act for act, _ in ACTS], cum_weights=bounds)
            await act(self)
            await asyncio.sleep(self.rng.expovariate(1 / self.day.pause) if self.day.pause else 0)
        if listening:
            if listening.done():
                raise WrongAnswer("a stream of live events ended")
            listening.cancel()

    async def listens(self) -> None:
        async with self.browser.stream("GET", f"{self.day.address}/live", timeout=None) as stream:
            async for line in stream.aiter_lines():
                self.lived.heard += line.startswith("event:")


Act = Callable[[Person], Awaitable[None]]
ACTS: Sequence[tuple[Act, int]] = (
    (Person.record, 32), (Person.list, 22), (Person.home, 12), (Person.board, 8), (Person.search, 8),
    (Person.change, 7), (Person.remark, 5), (Person.create, 4), (Person.report, 6),
)  # fmt: skip


async def spend(day: Day) -> Lived:
    """Raises WrongAnswer when anything was answered with an error."""
    lived = await in_process_of_its_own("bench.visitors", day)
    if isinstance(lived, str):
        raise WrongAnswer(lived)
    assert isinstance(lived, Lived)
    return lived


async def _live(day: Day) -> Lived | str:
    lived = Lived()
    async with AsyncExitStack() as browsers:
        people = []
        for number, visitor in enumerate(day.visitors):
            browser = httpx.AsyncClient(
                base_url=f"http://127.0.0.1:{day.port}",
                headers={"x-jieli": "1", "cookie": f"jieli_session={visitor.token}"},
                timeout=PATIENCE,
                verify=False,
                trust_env=False,
            )
            await browsers.enter_async_context(browser)
            people.append(Person(day, visitor, browser, lived, number))
        begin = time.perf_counter() + day.arriving
        try:
            async with asyncio.timeout(day.arriving + day.seconds + LONGEST_WAIT):
                await asyncio.gather(*(one.works(begin, begin + day.seconds) for one in people))
        except (WrongAnswer, httpx.HTTPError, TimeoutError) as error:
            return f"{error!r} after {Counter({act: len(times) for act, times in lived.times.items()})}"
    return lived


def main() -> None:
    import uvloop  # noqa: PLC0415 - only the process of the visitors needs it

    day = pickle.loads(Path(sys.argv[1]).read_bytes())
    Path(sys.argv[2]).write_bytes(pickle.dumps(uvloop.run(_live(day))))


if __name__ == "__main__":
    # Under its own name, so that what is pickled here is known there.
    from bench.visitors import main as run

    run()
