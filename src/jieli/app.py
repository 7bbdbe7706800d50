"""The web application as a server starts it: `granian --interface asgi --factory jieli.app:make`."""

import asyncio
from datetime import timedelta

from fastapi import FastAPI

from jieli import hooks
from jieli.api import logs, telemetry
from jieli.api.app import create_app
from jieli.api.options import MEGABYTE, Options
from jieli.api.stopping import end_with_parent
from jieli.base import collector
from jieli.blueprint import workspaces
from jieli.commands.upgrading import bring_up
from jieli.db.pool import Database
from jieli.identity import Lifetime
from jieli.settings import Settings, archive_of, database_address, direct_address, load, vault_of


def make() -> FastAPI:
    """The application of this installation, by its settings."""
    end_with_parent()
    settings = load()
    logs.configure(settings.log_format)
    telemetry.begin("web")
    return create_app(lambda: _opened(settings), options_of(settings))


def options_of(settings: Settings) -> Options:
    return Options(
        files=settings.home / "files",
        vault=vault_of(settings),
        copies=archive.files if (archive := archive_of(settings)) else None,
        public_url=settings.public_url,
        secure_cookies=settings.secure_cookies,
        behind_proxy=settings.behind_proxy,
        demo=settings.demo,
        metrics_token=settings.metrics_token,
        lifetime=Lifetime(
            timedelta(hours=settings.session_idle_hours), timedelta(hours=settings.session_hours)
        ),
        watches_signals=True,
        largest_file=settings.largest_file_megabytes * MEGABYTE,
    )


async def _opened(settings: Settings) -> Database:
    """The database, started if it is the embedded one and brought up to this program."""
    address = await asyncio.to_thread(database_address, settings)
    await prepare(settings)
    db = Database(address, settings.pool_options("jieli web"))
    await db.open()
    collector.settled()
    return db


async def prepare(settings: Settings) -> None:
    """Bring the database and every workspace up to this program. At the same time in several processes is safe."""
    hooks.install()
    await bring_up(settings)
    db = Database(await asyncio.to_thread(direct_address, settings), settings.pool_options("jieli upgrade"))
    await db.open()
    try:
        async with db.read() as tx:
            slugs = await workspaces.known(tx)
        for slug in slugs:
            async with db.begin(statement_timeout=600) as tx:
                await workspaces.upgrade(tx, slug)
    finally:
        await db.close()
