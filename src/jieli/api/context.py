"""The edge: finds out who calls, opens the transaction, lets one function work in it, and commits."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from dataclasses import dataclass, field
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
from jieli.base.errors import Denied
from jieli.base.language import Language, Message
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.errors import Retryable
from jieli.db.pool import Database, ReadTx, Record, Tx
from jieli.identity.accounts import Account
from jieli.identity.errors import SignedOut
from jieli.identity.members import NotInWorkspace
from jieli.identity.sessions import LIFETIME, SignedIn, hash_of, renew, session_of
from jieli.intake.duplicates import described
from jieli.records import Match
from jieli.records.errors import DuplicateFound, RecordNotFound, VersionConflict
from jieli.records.read import get_record

COOKIE = "jieli_session"
LONGEST_TOKEN = 200
TRIES = 3
T = TypeVar("T")


class TokenMayOnlyRead(Denied):
    message = Message("token_may_only_read", "此令牌只能读取", "This token may only read")


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
        return self.request.cookies.get(COOKIE)

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
        if session.is_stale:
            self.process.later(_renewed(self.process.db, session))
            self.request.state.renewed = self.token

    def dressed(self, response: Response) -> Response:
        """The answer with the cookie of a session that was renewed."""
        token = getattr(self.request.state, "renewed", None)
        if token:
            self.set_cookie(response, token)
        return response

    def set_cookie(self, response: Response, token: str) -> None:
        response.set_cookie(
            COOKIE,
            token,
            max_age=round(LIFETIME.total_seconds()),
            httponly=True,
            samesite="lax",
            secure=self.process.options.secure_cookies,
        )


async def _renewed(db: Database, session: SignedIn) -> None:
    async with db.begin() as tx:
        await renew(tx, session)


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

        async def attempt(tx: Tx) -> Response:
            return await work(tx, await self.actor(tx))

        return self.dressed(await self.process.db.write(attempt))

    async def actor(self, tx: ReadTx, *, writes: bool = False) -> Actor:
        """Who calls, usually in one statement."""
        remembered = workspaces.remembered(self.slug)
        row = await self._caller(tx, remembered, writes=writes)
        self.request.state.language = Language(row["language"])
        if row["member"] is None:
            raise NotInWorkspace
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
        )

    async def _caller(self, tx: ReadTx, remembered: Workspace | None, *, writes: bool) -> Record:
        kind, _, bearer = self.request.headers.get("authorization", "").partition(" ")
        if kind.lower() == "bearer":
            return await _program(tx, bearer.strip(), self.slug, writes)
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
    )


async def _program(tx: ReadTx, token: str, slug: str, writes: bool) -> Record:
    """A program with a token; its scopes, if it has any, say whether it may write."""
    if not token or len(token) > LONGEST_TOKEN:
        raise SignedOut
    row = await tx.one(store.token_caller(hash_of(token), slug, clock.now()))
    if row is None:
        raise SignedOut
    if writes and row["scopes"] and "write" not in row["scopes"]:
        raise TokenMayOnlyRead
    return row


async def _door(request: Request) -> Door:
    return Door(request)


async def _edge(request: Request, ws: Slug) -> Edge:
    return Edge(request, ws)


AtDoor = Annotated[Door, Depends(_door)]
AtEdge = Annotated[Edge, Depends(_edge)]
