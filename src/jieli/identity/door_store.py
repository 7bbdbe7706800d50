"""Sessions, the browsers that are known, and what has happened to an account; all on the global schema."""

from datetime import datetime, timedelta
from uuid import UUID

from jieli.base.ids import uuid7
from jieli.db.sql import EMPTY, Sql, sql
from jieli.identity.visitor import Visitor

FAILED = ["wrong", "wrong_code"]


def queue_up(login: str) -> Sql:
    """Attempts at one login are counted one after the other, also where there is no such account."""
    return sql("select pg_advisory_xact_lock(hashtextextended({login}, 1))", login=login)


def failures(login: str, origin: str, since: datetime) -> Sql:
    """How often this login has failed from here since it last succeeded, all logins together from here, and this
    login from all addresses together."""
    return sql(
        "select"
        " (select count(*) from jieli.account_event where login = {login} and origin = {origin}"
        " and outcome = any({failed}) and at > (select coalesce(max(at), {since}) from jieli.account_event"
        " where login = {login} and origin = {origin} and outcome = 'ok' and at > {since})) as here,"
        " (select count(*) from jieli.account_event where origin = {origin} and at > {since}"
        " and outcome = any({failed})) as origin,"
        " (select count(*) from jieli.account_event where login = {login} and at > {since}"
        " and outcome = any({failed}) and origin like 'address:%') as account",
        login=login,
        origin=origin,
        since=since,
        failed=FAILED,
    )


def note(
    *,
    at: datetime,
    kind: str,
    account: UUID | None,
    login: str,
    who: Visitor,
    origin: str = "",
    outcome: str = "done",
    author: UUID | None = None,
    workspace: str | None = None,
    about: str = "",
) -> Sql:
    return sql(
        "insert into jieli.account_event"
        " (id, at, kind, account, login, address, user_agent, origin, outcome, author, workspace, about)"
        " values ({id}, {at}, {kind}, {account}, {login}, {address}, {agent}, {origin}, {outcome}, {author},"
        " {workspace}, {about}) returning id",
        id=uuid7(),
        at=at,
        kind=kind,
        account=account,
        login=login,
        address=who.address,
        agent=who.agent[:300],
        origin=origin,
        outcome=outcome,
        author=author,
        workspace=workspace,
        about=about,
    )


def settle(event: UUID, outcome: str) -> Sql:
    return sql(
        "update jieli.account_event set outcome = {outcome} where id = {id}", outcome=outcome, id=event
    )


def events_of(account: UUID, before: UUID | None, limit: int) -> Sql:
    return sql(
        "select e.*, b.name as author_name from jieli.account_event e left join jieli.account b on b.id = e.author"
        " where e.account = {account}{older} order by e.id desc limit {limit}",
        account=account,
        older=_older(before),
        limit=limit,
    )


def events_in(slug: str, before: UUID | None, limit: int) -> Sql:
    """What happened to the accounts of a workspace's members, apart from what belongs to another workspace."""
    return sql(
        "select e.*, a.name as account_name, m.member, b.name as author_name from jieli.account_event e"
        " join jieli.membership m on m.account = e.account and m.workspace = {slug}"
        " join jieli.account a on a.id = e.account left join jieli.account b on b.id = e.author"
        " where (e.workspace is null or e.workspace = {slug}){older} order by e.id desc limit {limit}",
        slug=slug,
        older=_older(before),
        limit=limit,
    )


def _older(before: UUID | None) -> Sql:
    return sql(" and e.id < {before}", before=before) if before else EMPTY


def add_session(token_hash: bytes, account_id: UUID, now: datetime, expires: datetime, who: Visitor) -> Sql:
    return sql(
        "insert into jieli.session (token_hash, account, created_at, seen_at, expires_at, user_agent, address)"
        " values ({hash}, {account}, {now}, {now}, {expires}, {agent}, {address})",
        hash=token_hash,
        account=account_id,
        now=now,
        expires=expires,
        agent=who.agent[:300],
        address=who.address,
    )


def session(token_hash: bytes, now: datetime) -> Sql:
    return sql(
        "select a.*, s.seen_at from jieli.session s join jieli.account a on a.id = s.account"
        " where s.token_hash = {hash} and s.expires_at > {now} and not a.disabled",
        hash=token_hash,
        now=now,
    )


def sessions_of(account: UUID, now: datetime) -> Sql:
    return sql(
        "select id, token_hash, created_at, seen_at, user_agent, address from jieli.session"
        " where account = {account} and expires_at > {now} order by seen_at desc",
        account=account,
        now=now,
    )


def seen(token_hash: bytes, now: datetime, idle: timedelta, longest: timedelta) -> Sql:
    """Gives the session more time, but never more than it may live in all."""
    return sql(
        "update jieli.session set seen_at = {now}, expires_at = least({now}::timestamptz + {idle}::interval,"
        " created_at + {longest}::interval)"
        " where token_hash = {hash}",
        hash=token_hash,
        now=now,
        idle=idle,
        longest=longest,
    )


def drop_session(token_hash: bytes) -> Sql:
    return sql("delete from jieli.session where token_hash = {hash}", hash=token_hash)


def end_session(account: UUID, session_id: UUID) -> Sql:
    return sql(
        "delete from jieli.session where account = {account} and id = {id} returning id",
        account=account,
        id=session_id,
    )


def drop_sessions(account_id: UUID, but: bytes | None) -> Sql:
    return sql(
        "delete from jieli.session where account = {account} and token_hash is distinct from {but}",
        account=account_id,
        but=but,
    )


def device(token_hash: bytes, account: UUID) -> Sql:
    return sql(
        "select token_hash from jieli.device where token_hash = {hash} and account = {account}",
        hash=token_hash,
        account=account,
    )


def keep_device(token_hash: bytes, account: UUID, now: datetime) -> Sql:
    return sql(
        "insert into jieli.device (token_hash, account, seen_at) values ({hash}, {account}, {now})"
        " on conflict (token_hash) do update set account = excluded.account, seen_at = excluded.seen_at",
        hash=token_hash,
        account=account,
        now=now,
    )


def drop_devices(account: UUID) -> Sql:
    return sql("delete from jieli.device where account = {account}", account=account)


def forget_events(before: datetime) -> Sql:
    return sql("delete from jieli.account_event where at < {before}", before=before)


def forget_sessions(now: datetime) -> Sql:
    return sql("delete from jieli.session where expires_at < {now}", now=now)


def forget_devices(before: datetime) -> Sql:
    return sql("delete from jieli.device where seen_at < {before}", before=before)


def forget_invites(before: datetime) -> Sql:
    return sql("delete from jieli.invite where expires_at < {before}", before=before)
