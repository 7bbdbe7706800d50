"""The tables of the job queue, which pgqueuer itself creates and keeps up to date inside our schema."""

import asyncpg
from pgqueuer.adapters.drivers.asyncpg import AsyncpgDriver
from pgqueuer.adapters.persistence.qb import QueryBuilderEnvironment, QueryQueueBuilder, QuerySchedulerBuilder
from pgqueuer.adapters.persistence.queries import Queries
from pgqueuer.domain.settings import DBSettings, Durability
from pgqueuer.domain.types import Channel
from pgqueuer.models import TableChangedEvent
from pgqueuer.ports.driver import Driver

from jieli.base import clock

# Each name is stated, because pgqueuer would else take it from the environment, where variables as common as
# CHANNEL or FUNCTION mean something else.
SETTINGS = DBSettings(
    prefix="",
    db_schema="jieli",
    channel=Channel("jieli_jobs"),
    function="fn_pgqueuer_changed",
    statistics_table="pgqueuer_statistics",
    queue_status_type="pgqueuer_status",
    queue_table="pgqueuer",
    queue_table_log="pgqueuer_log",
    trigger="tg_pgqueuer_changed",
    schedules_table="pgqueuer_schedules",
    durability=Durability.durable,
    widen_id=True,
)

_KEY_INDEX = (
    "create index if not exists pgqueuer_key on jieli.pgqueuer ((headers ->> 'key'))"
    " where status = 'queued' and headers is not null"
)


def queries(driver: Driver, kind: type[Queries] = Queries) -> Queries:
    """pgqueuer's statements over our names. The driver's connections must not have our JSON codecs, because
    pgqueuer hands over JSON as text, which they would encode a second time."""
    return kind(
        driver,
        qbe=QueryBuilderEnvironment(SETTINGS),
        qbq=QueryQueueBuilder(SETTINGS),
        qbs=QuerySchedulerBuilder(SETTINGS),
    )


def wake_call() -> str:
    """The notification that makes waiting workers look again. Inserting sends one by itself, but not putting a
    job back, which would else be seen only at the next regular look."""
    event = TableChangedEvent(
        channel=Channel(SETTINGS.channel),
        sent_at=clock.now(),
        type="table_changed_event",
        operation="update",
        table=SETTINGS.queue_table,
    )
    return event.model_dump_json()


async def upgrade(connection: "asyncpg.Connection[asyncpg.Record]") -> bool:
    """Create the tables or bring those of an older pgqueuer up to date; whether anything was to do.

    Not in a transaction: an enum's new label may not be used in the one that adds it.
    """
    plan = await queries(AsyncpgDriver(connection)).apply_upgrade()
    await connection.execute(_KEY_INDEX)
    return bool(plan.statements)
