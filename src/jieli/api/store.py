"""The statements of the edge itself: who calls, and which writes have been answered before."""

from datetime import datetime
from uuid import UUID

from jieli.access.store import member
from jieli.blueprint.model import Workspace
from jieli.db.sql import EMPTY, Sql, sql


def caller(token_hash: bytes, slug: str, now: datetime, workspace: Workspace | None) -> Sql:
    """Session, account, membership and the version of the workspace in one row; no member for a stranger. With a
    snapshot of the workspace, good or stale, also what `access` knows of the member: `departments` is null when
    there is no active one."""
    known = (
        sql(" left join lateral ({found}) p on true", found=member(workspace, sql("b.member")))
        if workspace
        else EMPTY
    )
    return sql(
        "select {person}a.id as account, a.login, a.name as account_name, a.language, a.time_zone,"
        " a.must_change_password, a.totp_since, w.second_factor_required, s.seen_at, b.member,"
        " w.blueprint_version as version, w.xmin::text as mark"
        " from jieli.session s join jieli.account a on a.id = s.account"
        " left join jieli.membership b on b.account = a.id and b.workspace = {slug}"
        " left join jieli.workspace w on w.slug = b.workspace{known}"
        " where s.token_hash = {hash} and s.expires_at > {now} and not a.disabled",
        person=sql("p.*, ") if workspace else EMPTY,
        known=known,
        slug=slug,
        hash=token_hash,
        now=now,
    )


def token_caller(token_hash: bytes, slug: str, now: datetime) -> Sql:
    """The same for a token of a program, which is good in one workspace only."""
    return sql(
        "select a.id as account, a.language, a.time_zone, a.must_change_password, a.totp_since,"
        " w.second_factor_required, t.scopes, t.last_used_at, b.member, w.blueprint_version as version,"
        " w.xmin::text as mark from jieli.api_token t join jieli.account a on a.id = t.account"
        " left join jieli.membership b on b.account = a.id and b.workspace = t.workspace and b.workspace = {slug}"
        " left join jieli.workspace w on w.slug = b.workspace"
        " where t.token_hash = {hash} and (t.expires_at is null or t.expires_at > {now}) and not a.disabled",
        slug=slug,
        hash=token_hash,
        now=now,
    )


def begin(workspace: Workspace, actor: UUID, key: str, request: str, at: datetime) -> Sql:
    """Gives a row to who comes first with this key; who comes at the same time waits for how it ends."""
    return sql(
        "insert into {table} (actor, key, request, status, response, at)"
        " values ({actor}, {key}, {request}, 0, '', {at}) on conflict do nothing returning key",
        table=workspace.table("idempotency"),
        actor=actor,
        key=key,
        request=request,
        at=at,
    )


def answered(workspace: Workspace, actor: UUID, key: str) -> Sql:
    return sql(
        "select request, status, response from {table} where actor = {actor} and key = {key}",
        table=workspace.table("idempotency"),
        actor=actor,
        key=key,
    )


def answer(workspace: Workspace, actor: UUID, key: str, status: int, response: str) -> Sql:
    return sql(
        "update {table} set status = {status}, response = {response} where actor = {actor} and key = {key}",
        table=workspace.table("idempotency"),
        actor=actor,
        key=key,
        status=status,
        response=response,
    )


def forget_answers(workspace: Workspace, before: datetime) -> Sql:
    return sql("delete from {table} where at < {before}", table=workspace.table("idempotency"), before=before)


def ping() -> Sql:
    return sql("select 1")


def jobs() -> Sql:
    """How many jobs there are in each state, and for how many seconds the oldest due one has waited."""
    return sql(
        "select count(*) filter (where status = 'queued') as queued,"
        " count(*) filter (where status = 'picked') as picked,"
        " count(*) filter (where status = 'failed') as failed,"
        " coalesce(extract(epoch from now() - min(execute_after)"
        " filter (where status = 'queued' and execute_after <= now())), 0)::float as late from jieli.pgqueuer"
    )
