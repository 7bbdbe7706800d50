"""Write a picture of every screen to screens/<width>-<language>-<theme>/, in Chromium, with the demo company.

Fails when a page says an error in its console, is answered with an error, or is wider than the phone. With --base-url
it visits an installation that is served already, where --login is everybody.
"""

import argparse
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Error, sync_playwright

from pictures.demo import Demo, fresh_demo, served_demo
from pictures.looks import Look, all_looks
from pictures.tour import TOUR, Stop
from pictures.visit import Album, Visit, browser_of, launch

SCREENS = Path(__file__).resolve().parents[1] / "screens"


def main() -> None:
    asked = read_arguments()
    album = Album(asked.to)
    with demo_of(asked) as demo, sync_playwright() as playwright:
        browser = launch(playwright)
        for look in all_looks():
            if asked.look in look.folder:
                walk(browser, demo, look, album, asked.only)
        browser.close()
    print(f"{album.count} pictures in {album.folder}")
    if album.faults:
        raise SystemExit("\n".join(["", *album.faults]))


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--base-url", help="an installation that is served already")
    parser.add_argument("--workspace", default="demo")
    parser.add_argument("--login", default="admin", help="who looks at it, with --base-url")
    parser.add_argument("--password", default="jieli2026")
    parser.add_argument(
        "--look", default="", help="only looks whose folder has this in its name: 390, zh, dark"
    )
    parser.add_argument("--only", default="", help="only screens that have this in their name: import")
    parser.add_argument("--to", type=Path, default=SCREENS, help="where the pictures go")
    return parser.parse_args()


def demo_of(asked: argparse.Namespace) -> AbstractContextManager[Demo]:
    if asked.base_url is None:
        return fresh_demo()
    return nullcontext(served_demo(asked.base_url, asked.workspace, asked.login, asked.password))


def walk(browser: Browser, demo: Demo, look: Look, album: Album, only: str) -> None:
    """All screens in one look. Each person keeps one browser, so that the pages are loaded once."""
    browsers: dict[str | None, BrowserContext] = {}
    for number, stop in enumerate(TOUR, start=1):
        if only not in stop.name:
            continue
        if stop.role not in browsers:
            browsers[stop.role] = browser_of(browser, demo, look, stop.role)
        take(stop, Visit(browsers[stop.role], demo, look, album, f"{number:02}-{stop.name}"))
    for context in browsers.values():
        context.close()


def take(stop: Stop, visit: Visit) -> None:
    """One screen. When it cannot be taken that is a fault, and the tour goes on."""
    visit.expected = stop.expected
    try:
        stop.take(visit)
    except (Error, LookupError, StopIteration) as error:
        visit.page.screenshot(path=visit.album.path(visit.look, f"{visit.where}-failed"))
        visit.fault(f"cannot be taken: {str(error) or type(error).__name__}")
    finally:
        visit.close()


if __name__ == "__main__":
    main()
