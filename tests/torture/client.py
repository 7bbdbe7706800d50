"""A program that uses the site, and insists: what was not answered is sent again under the same key."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import uuid4

import httpx

from tests.torture.ledger import Ledger, Values
from tests.torture.site import LOGIN, PASSWORD, PATIENCE, NeverCame, Site

RETRIED = (409, 503)
REST = 0.2


class Client:
    """Signed in as the head of the company. Every write is acknowledged in the end, or it is a fault."""

    def __init__(self, site: Site, ledger: Ledger, cookies: httpx.Cookies | None = None) -> None:
        self.ledger = ledger
        self._http = httpx.AsyncClient(
            base_url=f"{site.url}/api/v1",
            headers={"X-Jieli": "1"},
            cookies=cookies,
            timeout=30,
            verify=False,
        )
        self._slug = site.company.workspace.slug

    async def sign_in(self) -> None:
        answer = await self.try_password(LOGIN, PASSWORD)
        assert answer.status_code == 200, answer.text

    async def try_password(self, login: str, password: str) -> httpx.Response:
        return await self._http.post("/session", json={"login": login, "password": password})

    async def sign_out(self) -> None:
        (await self._http.delete("/session")).raise_for_status()

    @asynccontextmanager
    async def changes(self) -> AsyncIterator[AsyncIterator[str]]:
        """The lines of the stream of changes, from now on."""
        async with self._http.stream("GET", f"/{self._slug}/live") as answer:
            lines = answer.aiter_lines()
            assert (await anext(lines)).startswith("retry:")
            yield lines

    async def close(self) -> None:
        await self._http.aclose()

    @property
    def cookies(self) -> httpx.Cookies:
        return self._http.cookies

    async def get(self, path: str) -> Values:
        return (await self._asked("GET", path, None)).json()

    async def write(self, method: str, path: str, body: Values) -> httpx.Response:
        return await self._asked(method, path, str(uuid4()), json=body)

    async def upload(self, path: str, name: str, content: str, **form: str) -> httpx.Response:
        files = {"file": (name, content.encode(), "text/csv")}
        return await self._asked("POST", path, str(uuid4()), files=files, data=form)

    async def once(
        self, method: str, path: str, headers: dict[str, str] | None = None, **body: object
    ) -> httpx.Response | None:
        """One attempt. None when the connection broke, so that nobody knows whether it was done."""
        try:
            return await self._http.request(method, f"/{self._slug}{path}", headers=headers, **body)  # type: ignore[arg-type]
        except httpx.TransportError:
            self.ledger.counts["requests cut off"] += 1
            return None

    async def _asked(self, method: str, path: str, key: str | None, **body: object) -> httpx.Response:
        deadline = time.monotonic() + PATIENCE
        headers = {"Idempotency-Key": key} if key else {}
        while True:
            answer = await self.once(method, path, headers, **body)
            if answer is not None and answer.is_success:
                self.ledger.counts["writes answered again"] += "idempotency-replayed" in answer.headers
                return answer
            if answer is not None:
                self._judge(method, path, answer)
            if time.monotonic() > deadline:
                told = answer.text[:200] if answer is not None else "no answer"
                raise NeverCame(f"{method} {path} is never done: {told}")
            await asyncio.sleep(REST)

    def _judge(self, method: str, path: str, answer: httpx.Response) -> None:
        """Only to come back later may be asked of a client, and in the form that is documented."""
        self.ledger.counts[f"answers {answer.status_code}"] += 1
        formed = answer.headers.get("content-type") == "application/problem+json"
        if answer.status_code not in RETRIED or not formed:
            self.ledger.faults.append(f"{method} {path} answered {answer.status_code}: {answer.text[:300]}")
