"""The statements of this package over pgqueuer's tables. Finishing a job is left to pgqueuer."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from jieli.db import queue_tables
from jieli.db.pool import ReadTx, Record, Tx
from jieli.db.sql import sql
from jieli.jobs.model import Values


@dataclass(frozen=True, slots=True)
class New:
    """A job to be added."""

    task: str
    payload: bytes
    headers: Values | None


async def add(tx: Tx, job: New, due: datetime) -> None:
    await tx.run(
        sql(
            "insert into jieli.pgqueuer (priority, entrypoint, payload, execute_after, headers, status)"
            " values (0, {task}, {payload}, least({due}::timestamptz, now()), {headers}::jsonb, 'queued')",
            task=job.task,
            payload=job.payload,
            due=due,
            headers=job.headers,
        )
    )


async def add_at(tx: Tx, job: New, at: datetime) -> None:
    await tx.run(
        sql(
            "insert into jieli.pgqueuer (priority, entrypoint, payload, execute_after, headers, status)"
            " values (0, {task}, {payload}, {at}, {headers}::jsonb, 'queued')",
            task=job.task,
            payload=job.payload,
            at=at,
            headers=job.headers,
        )
    )


async def add_all(tx: Tx, task: str, payloads: Sequence[bytes], due: datetime, headers: Values | None) -> int:
    return await tx.run(
        sql(
            "insert into jieli.pgqueuer (priority, entrypoint, payload, execute_after, headers, status)"
            " select 0, {task}, payload, least({due}::timestamptz, now()), {headers}::jsonb, 'queued'"
            " from unnest({payloads}::bytea[]) as payload",
            task=task,
            payloads=payloads,
            due=due,
            headers=headers,
        )
    )


async def add_once(tx: Tx, job: New, due: datetime, key: str) -> None:
    """Left out only if this transaction has added it before. To look at what others have committed would lose
    wake-ups: their job may start before this transaction commits, and not see its change."""
    await tx.run(
        sql(
            "insert into jieli.pgqueuer (priority, entrypoint, payload, execute_after, headers, status)"
            " select 0, {task}, {payload}, least({due}::timestamptz, now()), {headers}::jsonb, 'queued'"
            " where not exists (select from jieli.pgqueuer where status = 'queued' and headers is not null"
            " and headers ->> 'key' = {key} and entrypoint = {task} and xmin = pg_current_xact_id()::xid)",
            task=job.task,
            payload=job.payload,
            due=due,
            headers=job.headers,
            key=key,
        )
    )


async def move(tx: Tx, job: New, at: datetime, key: str) -> None:
    """Replace what waits for a later time under this key."""
    await tx.run(
        sql(
            "with earlier as (delete from jieli.pgqueuer where status = 'queued' and headers is not null"
            " and headers ->> 'key' = {key} and entrypoint = {task} and execute_after > now())"
            " insert into jieli.pgqueuer (priority, entrypoint, payload, execute_after, headers, status)"
            " values (0, {task}, {payload}, {at}, {headers}::jsonb, 'queued')",
            task=job.task,
            payload=job.payload,
            at=at,
            headers=job.headers,
            key=key,
        )
    )


async def merge_twins(tx: Tx, job: int, task: str, key: str, now: datetime) -> None:
    """Drop what waits under the same key and is due: the job that now starts will see all they stand for."""
    await tx.run(
        sql(
            "delete from jieli.pgqueuer where status = 'queued' and headers is not null"
            " and headers ->> 'key' = {key} and entrypoint = {task} and id <> {job}"
            " and execute_after <= greatest({now}::timestamptz, now())",
            key=key,
            task=task,
            job=job,
            now=now,
        )
    )


async def count_starts(tx: Tx, job: int) -> int:
    """How often a worker has taken this job, including those that died with it."""
    count: int = await tx.value(
        sql("select count(*) from jieli.pgqueuer_log where job_id = {job} and status = 'picked'", job=job)
    )
    return count


async def take_due(tx: Tx, tasks: Sequence[str], now: datetime) -> Record | None:
    """Pick the next job by the given clock rather than the server's."""
    return await tx.one(
        sql(
            "with next as (select id from jieli.pgqueuer where status = 'queued' and entrypoint = any({tasks})"
            " and execute_after <= {now} order by priority desc, execute_after, id limit 1"
            " for update skip locked), taken as (update jieli.pgqueuer as job set status = 'picked',"
            " updated = now(), heartbeat = now() from next where job.id = next.id returning job.*),"
            " logged as (insert into jieli.pgqueuer_log (job_id, status, entrypoint, priority)"
            " select id, status, entrypoint, priority from taken)"
            " select * from taken",
            tasks=tasks,
            now=now,
        )
    )


async def unfinished(tx: ReadTx, tasks: Sequence[str]) -> list[Record]:
    return await tx.all(
        sql(
            "select payload from jieli.pgqueuer where entrypoint = any({tasks}) and status in ('queued', 'picked')",
            tasks=tasks,
        )
    )


async def failed(tx: ReadTx, limit: int) -> list[Record]:
    return await tx.all(
        sql(
            "select job.id, job.entrypoint, job.payload, job.attempts, job.updated, log.traceback"
            " from jieli.pgqueuer as job left join lateral (select traceback from jieli.pgqueuer_log"
            " where job_id = job.id and traceback is not null order by id desc limit 1) as log on true"
            " where job.status = 'failed' order by job.updated desc limit {limit}",
            limit=limit,
        )
    )


async def requeue(tx: Tx, jobs: Sequence[int]) -> int:
    channel, call = queue_tables.SETTINGS.channel, queue_tables.wake_call()
    await tx.run(sql("select pg_notify({channel}, {call})", channel=channel, call=call))
    return await tx.run(
        sql(
            "update jieli.pgqueuer set status = 'queued', attempts = 0, execute_after = now(), updated = now()"
            " where status = 'failed' and id = any({jobs}::bigint[])",
            jobs=jobs,
        )
    )


async def forget(tx: Tx) -> int:
    """Delete what nobody will ask for any more. What statistics are made of stays until they are made."""
    return (
        await tx.run(
            sql("delete from jieli.pgqueuer_log where aggregated and created < now() - interval '14 days'")
        )
        + await tx.run(
            sql("delete from jieli.pgqueuer_statistics where created < now() - interval '90 days'")
        )
        + await tx.run(
            sql("delete from jieli.pgqueuer where status = 'failed' and updated < now() - interval '90 days'")
        )
    )
