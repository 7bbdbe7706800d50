"""Where a command works: this installation's database, a workspace in it, and as whom."""

import asyncio
import sys
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import TypeVar

from jieli import hooks
from jieli.access import Actor, system_actor
from jieli.base.errors import NotFound
from jieli.base.language import Message
from jieli.blueprint import workspaces
from jieli.commands.upgrading import bring_up
from jieli.db import server
from jieli.db.pool import Database, Tx
from jieli.identity import account_of, store
from jieli.identity.logins import as_login
from jieli.identity.members import actor_of
from jieli.settings import Settings, database_address, load

T = TypeVar("T")


class NoSuchLogin(NotFound):
    message = Message("no_such_login", "没有账号「{login}」", "There is no login “{login}”")


def run(work: Coroutine[object, object, T]) -> T:
    """Run a command's coroutine to its end, on the fast event loop where there is one."""
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop  # noqa: PLC0415 - not available everywhere

    return uvloop.run(work)


@asynccontextmanager
async def database(settings: Settings | None = None, name: str = "jieli cli") -> AsyncIterator[Database]:
    """The migrated database, ready for writing. The embedded server is started for the command and stopped after
    it, unless somebody else uses it."""
    settings = settings or load()
    address = await asyncio.to_thread(database_address, settings)
    await bring_up(settings)
    hooks.install()
    db = Database(address, settings.pool_options(name))
    await db.open()
    try:
        yield db
    finally:
        await db.close()
        if settings.database_url is None:
            await asyncio.to_thread(server.stop, settings.home)


async def actor(tx: Tx, slug: str, login: str | None = None) -> Actor:
    """The program itself, which may do everything, or the member with this login."""
    if login is None:
        return system_actor(await workspaces.load(tx, slug), "cli")
    row = await tx.one(store.account_by_login(as_login(login)))
    if row is None:
        raise NoSuchLogin(login=login)
    return await actor_of(tx, account_of(row), slug, "cli")
