"""One person at one screen: opens pages, waits until they stand still, takes pictures, and notes what is wrong."""

import json
import shutil
import time
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Playwright, Request, Response

from pictures.demo import Demo
from pictures.looks import Look

PAGE_TIMEOUT = 20_000
STREAM = "/live"
SETTLED = """() => !document.querySelector('[class*="_bone_"], .ant-spin-spinning, .ant-skeleton-active')
  && document.fonts.status === 'loaded'"""
"""Nothing on the page is still a placeholder."""
WIDER = """() => [document.documentElement, document.querySelector('#main')]
  .some((part) => part && part.scrollWidth > part.clientWidth + 1)"""
QUIET = 0.3
MOST_SETTLING = 20.0


def launch(playwright: Playwright) -> Browser:
    """Chromium from the machine, else the one that Playwright has brought."""
    return playwright.chromium.launch(
        executable_path=shutil.which("chromium"), args=["--no-sandbox", "--force-color-profile=srgb"]
    )


@dataclass
class Album:
    """Where the pictures go, and everything that was found wrong while they were taken."""

    folder: Path
    count: int = 0
    faults: list[str] = field(default_factory=list)

    def path(self, look: Look, name: str) -> Path:
        self.count += 1
        place = self.folder / look.folder / f"{name}.png"
        place.parent.mkdir(parents=True, exist_ok=True)
        return place


class Visit:
    """One screen in a person's browser. `where` says which, for what is found wrong."""

    def __init__(self, context: BrowserContext, demo: Demo, look: Look, album: Album, where: str) -> None:
        self.demo, self.look, self.album, self.where = demo, look, album, where
        self.expected: frozenset[int] = frozenset()
        self._context = context
        self._waiting: set[Request] = set()
        self._last = time.monotonic()
        self.page = context.new_page()
        self.page.set_default_timeout(PAGE_TIMEOUT)
        self._watch(self.page)

    def close(self) -> None:
        self.page.close()

    def word(self, key: str) -> str:
        return self.look.word(key)

    def _watch(self, page: Page) -> None:
        page.on("console", self._note_console)
        page.on("pageerror", lambda error: self.fault(f"error in the page: {error}"))
        page.on("response", self._note_response)
        page.on("request", self._note_request)
        page.on("requestfinished", self._note_end)
        page.on("requestfailed", self._note_end)

    def _note_console(self, message: ConsoleMessage) -> None:
        # Answers with an error are told of by the browser too; they are judged as answers.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            self.fault(f"console: {message.text[:300]}")

    def _note_response(self, response: Response) -> None:
        if response.status >= 400 and response.status not in self.expected:
            path = urllib.parse.urlsplit(response.url).path
            self.fault(f"{response.status} {response.request.method} {path}")

    def _note_request(self, request: Request) -> None:
        # The stream of events never ends.
        if not urllib.parse.urlsplit(request.url).path.endswith(STREAM):
            self._waiting.add(request)
            self._last = time.monotonic()

    def _note_end(self, request: Request) -> None:
        self._waiting.discard(request)
        self._last = time.monotonic()

    def fault(self, text: str) -> None:
        found = f"{self.look.folder} {self.where}: {text}"
        if found not in self.album.faults:
            self.album.faults.append(found)

    def open(self, path: str = "", **search: object) -> None:
        """A page of the workspace; lists and objects in the search travel as JSON."""
        texts = {key: one if isinstance(one, str) else json.dumps(one) for key, one in search.items()}
        query = f"?{urllib.parse.urlencode(texts)}" if texts else ""
        self.page.goto(f"{self.demo.url}/w/{self.demo.workspace}{path}{query}")
        self.settle()

    def settle(self) -> None:
        """Wait until nothing is on its way any more and nothing stands in for what is to come."""
        self.page.wait_for_load_state("load")
        deadline = time.monotonic() + MOST_SETTLING
        while time.monotonic() < deadline:
            self.page.wait_for_timeout(50)
            quiet = not self._waiting and time.monotonic() - self._last > QUIET
            if quiet and self.page.evaluate(SETTLED):
                return
        self.fault(f"does not settle: {', '.join(request.url for request in self._waiting)[:300]}")

    def shoot(self, name: str) -> None:
        self.settle()
        self.page.screenshot(path=self.album.path(self.look, name))
        if self.look.is_phone and self.page.evaluate(WIDER):
            self.fault("is wider than the phone")

    def read(self, path: str, **query: object) -> Mapping[str, object]:
        """An answer of the server to this person."""
        texts = {key: one if isinstance(one, str) else json.dumps(one) for key, one in query.items()}
        answer = self._context.request.get(
            f"{self.demo.url}/api/v1/{self.demo.workspace}{path}?{urllib.parse.urlencode(texts)}"
        )
        if not answer.ok:
            raise LookupError(f"{answer.status} {path}: {answer.text()[:300]}")
        found: dict[str, object] = answer.json()
        return found


def browser_of(browser: Browser, demo: Demo, look: Look, role: str | None) -> BrowserContext:
    """The browser of whoever has this role in the demo, signed in; without a role, of a stranger."""
    width, height = look.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        is_mobile=look.is_phone,
        has_touch=look.is_phone,
        locale="zh-CN" if look.language == "zh" else "en-US",
        timezone_id="Asia/Shanghai",
        color_scheme=look.theme,
        reduced_motion="reduce",
    )
    kept = {"jieli.language": look.language, "jieli.theme": look.theme}
    for key, value in kept.items():
        context.add_init_script(f"localStorage.setItem({json.dumps(key)}, {json.dumps(value)})")
    if role is not None:
        _sign_in(context, demo, look, demo.logins[role])
    return context


def _sign_in(context: BrowserContext, demo: Demo, look: Look, login: str) -> None:
    api, headers = f"{demo.url}/api/v1", {"X-Jieli": "1"}
    body = {"login": login, "password": demo.password}
    answer = context.request.post(f"{api}/session", data=body, headers=headers)
    if not answer.ok:
        raise SystemExit(f"{login} cannot sign in: {answer.status} {answer.text()}")
    # The server's own sentences follow the account's language.
    context.request.patch(f"{api}/account", data={"language": look.language}, headers=headers)
