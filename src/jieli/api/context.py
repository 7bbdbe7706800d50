"""The edge: finds out who calls, opens the transaction, lets one function work in it, and commits."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Annotated, TypeVar
from uuid import UUID
from zoneinfo import ZoneInfo

import asyncpg
from fastapi import Depends, Request, Response

from jieli.access import Actor
from jieli.access.actor import NotAMember, actor_from
from jieli.access.store import member as member_statement
from jieli.api import idempotency, store
from jieli.api.errors import language_of
from jieli.api.hub import Hub
from jieli.api.options import Options
from jieli.api.stopping import when_stopping
from jieli.api.wire import Slug
from jieli.base import clock
from jieli.base.language import Language
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.errors import Retryable
from jieli.db.pool import Database, ReadTx, Record, Tx
from jieli.identity import Account, SignedIn, Visitor, session_of
from jieli.identity.errors import PasswordMustChange, SecondFactorRequired, SignedOut, TokenMayNot
from jieli.identity.members import NotInWorkspace
from jieli.identity.secrets import hash_of
from jieli.identity.sessions import renew
from jieli.identity.tokens import Scope, mark_used
from jieli.intake.duplicates import described
from jieli.records import Match
from jieli.records.errors import DuplicateFound, RecordNotFound, VersionConflict
from jieli.records.read import get_record

COOKIE = "jieli_session"
DEVICE_COOKIE = "jieli_device"
DEVICE_SECONDS = 366 * 24 * 3600
TOKEN_MARKED_AFTER = timedelta(minutes=1)
"""The last use of a token is written down no more often than this."""
LONGEST_TOKEN = 200
TRIES = 3
T = TypeVar("T")


@dataclass(slots=True)
class Process:
    """What lives as long as the server: the database, how it is set up, open screens, and small chores after an
    answer."""

    db: Database
    options: Options
    hub: Hub
    chores: set[asyncio.Task[None]] = field(default_factory=set)
    watching: bool = False

    def later(self, work: Coroutine[object, object, None]) -> None:
        """Do something that the caller need not wait for."""
        task = asyncio.create_task(work)
        self.chores.add(task)
        task.add_done_callback(self.chores.discard)

    def watch_signals(self) -> None:
        """From the first stream on, by when the server surely has set its own handlers."""
        if self.options.watches_signals and not self.watching:
            self.watching = True
            when_stopping(self.hub.end_streams)

    async def finish(self) -> None:
        await asyncio.gather(*self.chores, return_exceptions=True)


def process_of(request: Request) -> Process:
    process: Process = request.app.state.process
    return process


class Door:
    """A caller whose workspace does not matter."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.process = process_of(request)

    @property
    def token(self) -> str | None:
        return self.request.cookies.get(self.named(COOKIE))

    @property
    def visitor(self) -> Visitor:
        agent = self.request.headers.get("user-agent", "")
        return Visitor(self.address, agent, self.request.cookies.get(self.named(DEVICE_COOKIE)))

    def named(self, cookie: str) -> str:
        """Over HTTPS with the prefix by which browsers refuse a cookie that another host or plain HTTP has set."""
        return f"__Host-{cookie}" if self.process.options.secure_cookies else cookie

    @property
    def address(self) -> str:
        forwarded = self.request.headers.get("x-forwarded-for", "")
        if self.process.options.behind_proxy and forwarded:
            return forwarded.rpartition(",")[2].strip()[:64]
        return self.request.client.host if self.request.client else ""

    async def signed_in(self, tx: ReadTx) -> SignedIn:
        """Raises SignedOut."""
        found = await session_of(tx, self.token)
        if found is None:
            raise SignedOut
        self.request.state.language = found.account.language
        self.keep_alive(found)
        return found

    def keep_alive(self, session: SignedIn) -> None:
        """A session in use goes on; that is written after the answer, by its own transaction."""
        lifetime = self.process.options.lifetime
        if clock.now() - session.seen_at > lifetime.renewed_after:
            self.process.later(_renewed(self.process, session))
            self.request.state.renewed = self.token

    def dressed(self, response: Response) -> Response:
        """The answer with the cookie of a session that was renewed."""
        token = getattr(self.request.state, "renewed", None)
        if token:
            self.set_session(response, token)
        return response

    def set_session(self, response: Response, token: str) -> None:
        self._set(response, COOKIE, token, round(self.process.options.lifetime.idle.total_seconds()))

    def set_device(self, response: Response, token: str) -> None:
        self._set(response, DEVICE_COOKIE, token, DEVICE_SECONDS)

    def drop_session(self, response: Response) -> None:
        secure = self.process.options.secure_cookies
        response.delete_cookie(self.named(COOKIE), httponly=True, samesite="lax", secure=secure)

    def _set(self, response: Response, cookie: str, value: str, seconds: int) -> None:
        response.set_cookie(
            self.named(cookie),
            value,
            max_age=seconds,
            httponly=True,
            samesite="lax",
            secure=self.process.options.secure_cookies,
        )


async def _renewed(process: Process, session: SignedIn) -> None:
    async with process.db.begin() as tx:
        await renew(tx, session, process.options.lifetime)


async def _marked(process: Process, token_hash: bytes) -> None:
    async with process.db.begin() as tx:
        await mark_used(tx, token_hash)


class Edge(Door):
    """A member of a workspace at work. Who is signed out gets SignedOut, who is no member NotInWorkspace."""

    def __init__(self, request: Request, slug: str) -> None:
        super().__init__(request)
        self.slug = slug

    async def read(self, work: Callable[[ReadTx, Actor], Awaitable[T]]) -> T:
        """Do the work on one connection, and again when the definitions changed under it."""
        for _ in range(TRIES - 1):
            with suppress(Retryable):
                return await self._read(work)
        return await self._read(work)

    async def _read(self, work: Callable[[ReadTx, Actor], Awaitable[T]]) -> T:
        async with self.process.db.read() as tx:
            return await work(tx, await self.actor(tx))

    async def show(self, work: Callable[[ReadTx, Actor], Awaitable[Response]]) -> Response:
        """Answer from one reading."""
        return self.dressed(await self.read(work))

    async def write(self, work: Callable[[Tx, Actor], Awaitable[Response]]) -> Response:
        """Answer from one transaction, committed before the answer goes out. The work may be done again when
        another transaction came in between, so it must have no effect but through `tx`."""

        async def attempt(tx: Tx) -> Response:
            return await idempotency.once(tx, await self.actor(tx, writes=True), self.request, work)

        try:
            return self.dressed(await self.process.db.write(attempt))
        except (VersionConflict, DuplicateFound) as error:
            await self._explain(error)
            raise

    async def lock(self, work: Callable[[Tx, Actor], Awaitable[Response]]) -> Response:
        """Answer a question for which records must be locked."""
        return await self._unkept(work, writes=False)

    async def write_secret(self, work: Callable[[Tx, Actor], Awaitable[Response]]) -> Response:
        """Write and answer with a secret, which is why the answer is not kept to be given again."""
        return await self._unkept(work, writes=True)

    async def _unkept(self, work: Callable[[Tx, Actor], Awaitable[Response]], *, writes: bool) -> Response:
        async def attempt(tx: Tx) -> Response:
            return await work(tx, await self.actor(tx, writes=writes))

        return self.dressed(await self.process.db.write(attempt))

    async def actor(self, tx: ReadTx, *, writes: bool = False) -> Actor:
        """Who calls, usually in one statement."""
        remembered = workspaces.remembered(self.slug)
        row = await self._caller(tx, remembered, writes=writes)
        self.request.state.language = Language(row["language"])
        if row["member"] is None:
            raise NotInWorkspace
        _require_settled(row)
        workspace = await workspaces.loaded(tx, self.slug, row["version"], row["mark"])
        found = row if workspace is remembered and "departments" in row else None
        if found is None:
            found = await tx.one(member_statement(workspace, row["member"]))
        if found is None or found["departments"] is None:
            raise NotAMember
        return actor_from(
            found,
            workspace,
            row["member"],
            account=row["account"],
            language=language_of(self.request),
            zone=ZoneInfo(row["time_zone"]),
            channel="api" if "scopes" in row else "web",
            administers="scopes" not in row or Scope.ADMIN in row["scopes"],
        )

    def require_person(self) -> None:
        """Tokens and passwords are not for programs. Raises TokenMayNot."""
        if self._bearer() is not None:
            raise TokenMayNot

    def _bearer(self) -> str | None:
        kind, _, bearer = self.request.headers.get("authorization", "").partition(" ")
        return bearer.strip() if kind.lower() == "bearer" else None

    async def _caller(self, tx: ReadTx, remembered: Workspace | None, *, writes: bool) -> Record:
        bearer = self._bearer()
        if bearer is not None:
            return await self._program(tx, bearer, writes=writes)
        token = self.token
        if not token or len(token) > LONGEST_TOKEN:
            raise SignedOut
        hashed = hash_of(token)
        try:
            row = await tx.one(store.caller(hashed, self.slug, clock.now(), remembered))
        except asyncpg.UndefinedTableError:
            # Another process has dropped the workspace, and this one still remembered it.
            workspaces.forget(self.slug)
            raise Retryable from None
        if row is None:
            raise SignedOut
        self.keep_alive(SignedIn(_account(row), hashed, row["seen_at"]))
        return row

    async def _program(self, tx: ReadTx, token: str, *, writes: bool) -> Record:
        """A program with a token, whose scopes say whether it may write."""
        if not token or len(token) > LONGEST_TOKEN:
            raise SignedOut
        hashed = hash_of(token)
        row = await tx.one(store.token_caller(hashed, self.slug, clock.now()))
        if row is None:
            raise SignedOut
        if (Scope.WRITE if writes else Scope.READ) not in row["scopes"]:
            raise TokenMayNot
        used = row["last_used_at"]
        if used is None or clock.now() - used > TOKEN_MARKED_AFTER:
            self.process.later(_marked(self.process, hashed))
        return row

    async def _explain(self, error: VersionConflict | DuplicateFound) -> None:
        """What the caller should see besides the refusal, read after the transaction has been undone."""

        async def look(tx: ReadTx, actor: Actor) -> None:
            if isinstance(error, DuplicateFound):
                error.params["described"] = await described(tx, actor, _matches(error))
            else:
                error.params["current"] = await self._current(tx, actor)

        await self.read(look)

    async def _current(self, tx: ReadTx, actor: Actor) -> object:
        place = self.request.path_params
        try:
            return await get_record(tx, actor, place["object"], UUID(str(place["record"])))
        except (KeyError, RecordNotFound):
            return None


def _matches(error: DuplicateFound) -> list[Match]:
    found = error.params.get("matches")
    return [one for one in found if isinstance(one, Match)] if isinstance(found, list) else []


def _account(row: Record) -> Account:
    """The account in the row of a caller."""
    return Account(
        row["account"],
        row["login"],
        row["account_name"],
        Language(row["language"]),
        row["time_zone"],
        row["must_change_password"],
        row["totp_since"] is not None,
    )


def _require_settled(row: Record) -> None:
    """That nothing is left to do at the door. Raises PasswordMustChange, SecondFactorRequired."""
    if row["must_change_password"]:
        raise PasswordMustChange
    if row["second_factor_required"] and row["totp_since"] is None:
        raise SecondFactorRequired


async def _door(request: Request) -> Door:
    return Door(request)


async def _edge(request: Request, ws: Slug) -> Edge:
    return Edge(request, ws)


AtDoor = Annotated[Door, Depends(_door)]
AtEdge = Annotated[Edge, Depends(_edge)]
