"""The statements of this package, all on the global schema."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieli.base.ids import uuid7
from jieli.db.sql import Sql, sql


@dataclass(frozen=True, slots=True)
class Visitor:
    """Where a request came from."""

    address: str = ""
    agent: str = ""


def account_by_login(login: str) -> Sql:
    return sql("select * from jieli.account where login = {login} for update", login=login)


def account(account_id: UUID) -> Sql:
    return sql("select * from jieli.account where id = {id}", id=account_id)


def add_account(
    account_id: UUID, login: str, name: str, password_hash: str | None, language: str, *, must_change: bool
) -> Sql:
    return sql(
        "insert into jieli.account (id, login, name, password_hash, language, must_change_password)"
        " values ({id}, {login}, {name}, {hash}, {language}, {must_change})",
        id=account_id,
        login=login,
        name=name,
        hash=password_hash,
        language=language,
        must_change=must_change,
    )


def set_password(account_id: UUID, password_hash: str, *, must_change: bool) -> Sql:
    return sql(
        "update jieli.account set password_hash = {hash}, must_change_password = {must}, failed_logins = 0,"
        " locked_until = null where id = {id}",
        id=account_id,
        hash=password_hash,
        must=must_change,
    )


def change_account(account_id: UUID, name: str | None, language: str | None, zone: str | None) -> Sql:
    return sql(
        "update jieli.account set name = coalesce({name}, name), language = coalesce({language}, language),"
        " time_zone = coalesce({zone}, time_zone) where id = {id}",
        id=account_id,
        name=name,
        language=language,
        zone=zone,
    )


def failed(account_id: UUID, failures: int, locked_until: datetime | None) -> Sql:
    return sql(
        "update jieli.account set failed_logins = {failures}, locked_until = {until} where id = {id}",
        id=account_id,
        failures=failures,
        until=locked_until,
    )


def note_sign_in(*, at: datetime, account: UUID | None, login: str, who: Visitor, outcome: str) -> Sql:
    """Keep an attempt to sign in, whatever came of it."""
    return sql(
        "insert into jieli.sign_in (id, at, account, login, address, user_agent, outcome)"
        " values ({id}, {at}, {account}, {login}, {address}, {agent}, {outcome})",
        id=uuid7(),
        at=at,
        account=account,
        login=login,
        address=who.address,
        agent=who.agent,
        outcome=outcome,
    )


def recent_failures(address: str, since: datetime) -> Sql:
    return sql(
        "select count(*) from jieli.sign_in where address = {address} and at > {since} and outcome <> 'ok'",
        address=address,
        since=since,
    )


def add_session(token_hash: bytes, account_id: UUID, now: datetime, expires: datetime, who: Visitor) -> Sql:
    return sql(
        "insert into jieli.session (token_hash, account, created_at, seen_at, expires_at, user_agent, address)"
        " values ({hash}, {account}, {now}, {now}, {expires}, {agent}, {address})",
        hash=token_hash,
        account=account_id,
        now=now,
        expires=expires,
        agent=who.agent,
        address=who.address,
    )


def session(token_hash: bytes, now: datetime) -> Sql:
    return sql(
        "select a.*, s.seen_at from jieli.session s join jieli.account a on a.id = s.account"
        " where s.token_hash = {hash} and s.expires_at > {now} and not a.disabled",
        hash=token_hash,
        now=now,
    )


def seen(token_hash: bytes, now: datetime, expires: datetime) -> Sql:
    return sql(
        "update jieli.session set seen_at = {now}, expires_at = {expires} where token_hash = {hash}",
        hash=token_hash,
        now=now,
        expires=expires,
    )


def drop_session(token_hash: bytes) -> Sql:
    return sql("delete from jieli.session where token_hash = {hash}", hash=token_hash)


def drop_sessions(account_id: UUID, but: bytes | None) -> Sql:
    return sql(
        "delete from jieli.session where account = {account} and token_hash is distinct from {but}",
        account=account_id,
        but=but,
    )


def memberships(account_id: UUID) -> Sql:
    return sql(
        "select m.workspace as slug, m.member, w.label from jieli.membership m"
        " join jieli.workspace w on w.slug = m.workspace where m.account = {account} order by w.created_at",
        account=account_id,
    )


def member_of(account_id: UUID, slug: str) -> Sql:
    return sql(
        "select member from jieli.membership where account = {account} and workspace = {slug}",
        account=account_id,
        slug=slug,
    )


def add_membership(account_id: UUID, slug: str, member: UUID) -> Sql:
    return sql(
        "insert into jieli.membership (account, workspace, member) values ({account}, {slug}, {member})",
        account=account_id,
        slug=slug,
        member=member,
    )


def account_of_member(slug: str, member: UUID) -> Sql:
    return sql(
        "select a.* from jieli.membership m join jieli.account a on a.id = m.account"
        " where m.workspace = {slug} and m.member = {member}",
        slug=slug,
        member=member,
    )


def add_invite(token_hash: bytes, account_id: UUID, slug: str, expires: datetime) -> Sql:
    return sql(
        "insert into jieli.invite (token_hash, account, workspace, expires_at)"
        " values ({hash}, {account}, {slug}, {expires})",
        hash=token_hash,
        account=account_id,
        slug=slug,
        expires=expires,
    )


def take_invite(token_hash: bytes, now: datetime) -> Sql:
    """Mark the invitation used; gives its account when it was still good."""
    return sql(
        "update jieli.invite set used_at = {now} where token_hash = {hash} and used_at is null"
        " and expires_at > {now} returning account",
        hash=token_hash,
        now=now,
    )
