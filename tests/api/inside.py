"""The whole application within one transaction that is undone at the end: a world for whoever asks through HTTP."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import TypeVar
from uuid import UUID

from fastapi import FastAPI

from jieli.access import system_actor
from jieli.api import hub
from jieli.api.context import Process
from jieli.api.hub import Hub
from jieli.api.options import Options
from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.pool import Database, ReadTx, Tx
from jieli.db.sql import EMPTY, sql
from jieli.identity import Lifetime, Visitor, door_store
from jieli.identity.accounts import create_account
from jieli.identity.members import link
from jieli.identity.secrets import hash_of
from jieli.records import Action, Batch, Change, apply
from tests.access.oracle import Snapshot, read_snapshot
from tests.access.plans import Plan
from tests.access.world import NOW, World, build
from tests.api.conftest import VAULT, Person, browser

T = TypeVar("T")
_inside: ContextVar[bool] = ContextVar("inside", default=False)


class OneTransaction(Database):
    """Lends one transaction to whoever reads or writes, one after the other. What fails is undone by itself."""

    def __init__(self, tx: Tx) -> None:
        super().__init__("")
        self._tx = tx
        self._turn = asyncio.Lock()
        self.heard: Callable[[str], None] = lambda payload: None

    async def open(self) -> None:
        pass

    async def close(self) -> None:
        pass

    @asynccontextmanager
    async def read(self) -> AsyncIterator[ReadTx]:
        async with self.begin() as tx:
            yield tx

    @asynccontextmanager
    async def begin(self, *, statement_timeout: float | None = None) -> AsyncIterator[Tx]:
        if _inside.get():
            async with self._tx.savepoint():
                yield self._tx
            return
        async with self._turn:
            mark = _inside.set(True)
            try:
                async with self._tx.savepoint():
                    yield self._tx
            finally:
                _inside.reset(mark)
            told, self._tx.announced = self._tx.announced, []
        for _, payload in told:
            self.heard(payload)

    async def write(self, work: Callable[[Tx], Awaitable[T]], *, tries: int = 3) -> T:
        async with self.begin() as tx:
            return await work(tx)

    async def listen(self, channel: str, callback: Callable[[str], None]) -> Callable[[], Awaitable[None]]:
        self.heard = callback
        return _nothing


async def _nothing() -> None:
    pass


class Visit:
    """A world, what the oracle knows of it, and a browser for whoever is asked about."""

    def __init__(self, app: FastAPI, tx: Tx, world: World, snapshot: Snapshot) -> None:
        self.app, self.tx, self.world, self.snapshot = app, tx, world, snapshot
        self.process: Process = app.state.process

    def __repr__(self) -> str:
        return f"Visit({self.world})"

    async def take_from_everybody(self, key: str, record: UUID, name: str) -> None:
        """The record changes once more, and then belongs to nobody and is shared with nobody."""
        workspace, system = self.world.workspace, system_actor(self.world.workspace)
        change = Change({name: "后来", "owner": None, "backup": None, "department": None}, id=record)
        batch = Batch(key, Action.UPDATE, [change], trusted=True, exact=True, automations=False)
        await apply(self.tx, system, batch)
        holder = sql(", holder = null") if workspace.object(key).has("staged") else EMPTY
        await self.tx.run(
            sql(
                "update {t} set owner = null, backup = null, department = null, created_by = null{holder}"
                " where id = {id}",
                t=workspace.object(key).table,
                holder=holder,
                id=record,
            )
        )
        await self.tx.run(sql("delete from {s} where record = {id}", s=workspace.table("share"), id=record))

    async def person(self, place: int | None) -> Person:
        """One of the plan's people, or the administrator; their client is to be closed."""
        member = self.world.admin if place is None else self.world.people[place]
        slug = self.world.workspace.slug
        token = str(uuid7())
        account = await create_account(self.tx, f"{token}@{slug}", "somebody", None)
        await link(self.tx, slug, account.id, member)
        now = clock.now()
        expires = now + Lifetime().idle
        await self.tx.run(door_store.add_session(hash_of(token), account.id, now, expires, Visitor()))
        return Person(browser(self.app, token), slug, member)


class _Over(Exception):
    """Ends the transaction of a visit."""


@asynccontextmanager
async def visiting(
    app: FastAPI, db: Database, workspace: Workspace, plan: Plan, files: Path
) -> AsyncIterator[Visit]:
    """The application with the plan's world in it, at a moment that stands still."""
    usual, gathering = app.state.process, hub.GATHER
    hub.GATHER = 0
    try:
        with clock.at(NOW):
            async with db.begin(statement_timeout=60) as tx:
                world = await build(tx, workspace, plan, files)
                tx.announced = []
                snapshot = await read_snapshot(tx, world)
                inside = OneTransaction(tx)
                app.state.process = Process(inside, Options(files, VAULT), Hub(inside))
                await app.state.process.hub.open()
                yield Visit(app, tx, world, snapshot)
                raise _Over
    except _Over:
        pass
    finally:
        if app.state.process is not usual:
            await app.state.process.hub.close()
            await app.state.process.finish()
        app.state.process, hub.GATHER = usual, gathering
        workspaces.forget(workspace.slug)
