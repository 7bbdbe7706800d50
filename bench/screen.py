"""The board in a browser: how smoothly its columns scroll, and how soon after the address it can be used."""

import os
import shutil
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import partial
from statistics import median

from playwright.async_api import Browser, Page, async_playwright

from bench.company import SLUG
from bench.result import Result, Target
from bench.rounds import taking_turns
from bench.setting import Setting
from bench.stand import Stand, opened
from bench.web import served, sessions
from jieli.api.context import COOKIE

TARGET = Target("value", 17)
"""Milliseconds of a frame: sixty of them a second, as a screen shows them."""
MOST_UNTIL_USABLE = 1_000
LATE = 25.0
"""Milliseconds after which a frame has missed its turn."""
WIDE = {"width": 1440, "height": 900}

SCROLL = """
async ([columns, seconds]) => {
  const boxes = [...document.querySelectorAll(columns)];
  const times = [];
  const end = performance.now() + seconds * 1000;
  let last = await new Promise(requestAnimationFrame);
  for (let at = 0; performance.now() < end; at += 24) {
    for (const box of boxes) {
      const far = Math.max(1, box.scrollHeight - box.clientHeight);
      box.scrollTop = far - Math.abs(far - (at % (2 * far)));
    }
    const now = await new Promise(requestAnimationFrame);
    times.push(now - last);
    last = now;
  }
  return [times, boxes.filter((box) => box.scrollHeight > box.clientHeight).length];
}
"""
PLAIN = (
    "<style>.c{float:left;width:200px;height:800px;overflow:auto}p{height:100px;border:1px solid}</style>"
    + (f"<div class=c>{'<p>Deal</p>' * 50}</div>" * 6)
)


async def measure(place: Stand, setting: Setting) -> Result:
    frames: dict[str, list[float]] = {"board": [], "plain": []}
    until_usable: list[float] = []
    async with (
        opened(place.dsn) as db,
        served(place.home, place.dsn) as port,
        _browser() as browser,
    ):
        (token,) = await sessions(db, [place.people.administrator])
        board = partial(_board, browser, port, token, setting.seconds, frames["board"], until_usable)
        plain = partial(_plain, browser, setting.seconds, frames["plain"])
        found = await taking_turns({"value": board, "limit": plain}, setting.rounds)
    usable = median(until_usable)
    extra: Mapping[str, object] = {
        "late_frames": _late(frames["board"]),
        "late_frames_plain": _late(frames["plain"]),
        "until_usable": usable,
        "until_usable_target": MOST_UNTIL_USABLE,
    }
    also_met = usable <= MOST_UNTIL_USABLE
    return Result("screen", found["value"], found["limit"], "ms", TARGET, place.rows, extra, also_met)


def _late(times: list[float]) -> float:
    """The share of frames that missed their turn."""
    return sum(one > LATE for one in times) / len(times)


async def _board(
    browser: Browser, port: int, token: str, seconds: float, frames: list[float], until_usable: list[float]
) -> float:
    url = f"http://127.0.0.1:{port}"
    # A new context has nothing in its cache.
    async with await browser.new_context(viewport=WIDE) as context:  # type: ignore[arg-type]
        await context.add_cookies([{"name": COOKIE, "value": token, "url": url}])
        page = await context.new_page()
        await page.goto(f"{url}/w/{SLUG}/o/opportunity?view=all&as=board", wait_until="commit")
        await page.locator("[data-column] li").first.wait_for()
        until_usable.append(await page.evaluate("performance.now()"))
        return await _scrolled(page, "[data-column] > div:has(> ul)", seconds, frames)


async def _plain(browser: Browser, seconds: float, frames: list[float]) -> float:
    """The same on a page of nothing but boxes."""
    async with await browser.new_context(viewport=WIDE) as context:  # type: ignore[arg-type]
        page = await context.new_page()
        await page.set_content(PLAIN)
        return await _scrolled(page, ".c", seconds, frames)


async def _scrolled(page: Page, columns: str, seconds: float, frames: list[float]) -> float:
    """The median time of a frame while all columns scroll."""
    times, scrolled = await page.evaluate(SCROLL, [columns, seconds])
    assert scrolled, "no column is long enough to scroll"
    frames += times
    return median(times)


@asynccontextmanager
async def _browser() -> AsyncIterator[Browser]:
    """Debian's Chromium where it is installed, else Playwright's own."""
    async with async_playwright() as playwright:
        options = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
        launched = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        yield launched
        await launched.close()
