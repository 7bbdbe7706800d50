"""Imports that look as if they went on, while nobody works on them: their worker died with them once too often, or
somebody killed the command that did them. Their transaction died too, so that nothing of them was written."""

from datetime import timedelta
from uuid import UUID

from jieli.access import system_actor
from jieli.base import clock
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.pool import Database, Tx
from jieli.intake.imports import store
from jieli.intake.imports.errors import Interrupted
from jieli.intake.imports.job import end, fallen_back
from jieli.intake.imports.runs import CHECK, RUN
from jieli.jobs import Schedule, unfinished

GRACE = timedelta(minutes=1)
"""The command line enters an import a moment before it holds it."""


async def end_lost(db: Database) -> None:
    """Tell their makers to begin again."""
    async with db.read() as tx:
        slugs = await workspaces.known(tx)
    for slug in slugs:
        async with db.begin() as tx:
            await _end_those_of(tx, await workspaces.load(tx, slug))


async def _end_those_of(tx: Tx, workspace: Workspace) -> None:
    runs = await tx.all(store.at_work(workspace, clock.now() - GRACE))
    if not runs:
        return
    # Asked after the runs: a job that ends in between has ended its run before, which is then left alone.
    expected = {UUID(payload["import"]) for payload in await unfinished(tx, (RUN, CHECK))}
    for row in runs:
        if row["id"] not in expected and await tx.value(store.hold(row["id"])):
            await end(tx, system_actor(workspace), row, fallen_back(row), Interrupted())


SCHEDULES = (Schedule("intake.end_lost_imports", "* * * * *", end_lost),)
