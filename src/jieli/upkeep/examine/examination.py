"""The checks in the order in which they are told, and how they are run."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg

from jieli.base.errors import JieliError
from jieli.base.language import Message
from jieli.db.migrate import RESTORING
from jieli.db.pool import Database, PoolOptions, ReadTx
from jieli.upkeep import store
from jieli.upkeep.examine import archiving, database, machine
from jieli.upkeep.examine.finding import Finding, Installation, doubtful, right, wrong

LOCAL: tuple[Callable[[Installation], list[Finding]], ...] = (
    machine.python,
    machine.home,
    machine.disk,
    machine.web,
    machine.last_backup,
)
IN_DATABASE: tuple[Callable[[Installation, ReadTx], Awaitable[list[Finding]]], ...] = (
    database.server,
    database.safety,
    database.schema,
    database.clocks,
    database.processes,
    database.queue,
    database.files,
    database.secrets,
    archiving.archiving,
    database.calendar,
)

REACHED = Message("database", "可以连接数据库", "The database can be reached")
UNREACHED = Message(
    "database_unreachable", "无法连接数据库：{reason}", "The database cannot be reached: {reason}"
)
CHECK_ADDRESS = Message(
    "check_address",
    "检查 DATABASE_URL、网络与密码；内置数据库请看 JIELI_HOME/postgres/log",
    "Look at DATABASE_URL, network and password; for the embedded database at JIELI_HOME/postgres/log",
)
NO_DATABASE = Message("no_database", "这里还没有安装", "There is no installation here as yet")
HALF = Message("half_restored", "数据库只恢复了一半", "The database is only half restored")
RESTORE_AGAIN = Message("restore_again", "重新运行 jieli restore", "Run jieli restore again")
NOT_EXAMINED = Message("not_examined", "{name} 无法检查：{reason}", "{name} could not be examined: {reason}")


async def examine(place: Installation) -> list[Finding]:
    """What is right and what is wrong. Changes nothing, but starts an embedded server that is not running."""
    found = [finding for check in LOCAL for finding in check(place)]
    if place.is_embedded and not (place.home / "postgres" / "data").is_dir():
        return [*found, wrong(NO_DATABASE, machine.SET_HOME)]
    try:
        db = await _opened(place)
    except (JieliError, asyncpg.PostgresError, OSError, ValueError) as error:
        return [*found, wrong(UNREACHED, CHECK_ADDRESS, reason=error)]
    try:
        return [*found, right(REACHED), *await _in_database(place, db)]
    finally:
        await db.close()


async def _opened(place: Installation) -> Database:
    dsn = await asyncio.to_thread(place.address)
    options = PoolOptions(readers=1, writers=1, start_timeout=5, application_name="jieli doctor")
    db = Database(dsn, options)
    await db.open()
    return db


async def _in_database(place: Installation, db: Database) -> list[Finding]:
    async with db.read() as tx:
        if await tx.value(store.has_schema(RESTORING)):
            return [wrong(HALF, RESTORE_AGAIN)]
        if not await tx.value(store.has_table("jieli", "workspace")):
            return [doubtful(NO_DATABASE, machine.SET_HOME)]
    found: list[Finding] = []
    for check in IN_DATABASE:
        try:
            async with db.read() as tx:
                found += await check(place, tx)
        except (JieliError, asyncpg.PostgresError) as error:
            found.append(wrong(NOT_EXAMINED, CHECK_ADDRESS, name=check.__name__, reason=error))
    return found
