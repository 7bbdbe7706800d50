"""Accounts, memberships and invitations, all on the global schema."""

from datetime import datetime
from uuid import UUID

from jieli.db.sql import Sql, sql


def account_by_login(login: str) -> Sql:
    return sql("select * from jieli.account where login = {login} for update", login=login)


def account_to_check(login: str) -> Sql:
    """Without holding the account while a password is hashed."""
    return sql("select * from jieli.account where login = {login}", login=login)


def account_to_change(account_id: UUID) -> Sql:
    return sql("select * from jieli.account where id = {id} for update", id=account_id)


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
        "update jieli.account set password_hash = {hash}, must_change_password = {must} where id = {id}",
        id=account_id,
        hash=password_hash,
        must=must_change,
    )


def renew_hash(account_id: UUID, password_hash: str) -> Sql:
    """Of the same password."""
    return sql(
        "update jieli.account set password_hash = {hash} where id = {id}", hash=password_hash, id=account_id
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


def memberships(account_id: UUID) -> Sql:
    return sql(
        "select m.workspace as slug, m.member, w.label, w.second_factor_required from jieli.membership m"
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


def require_second_factor(slug: str, required: bool) -> Sql:
    return sql(
        "update jieli.workspace set second_factor_required = {required} where slug = {slug}",
        required=required,
        slug=slug,
    )


def second_factor_state(slug: str) -> Sql:
    """Whether a workspace demands it, and how many of its accounts have one."""
    return sql(
        "select w.second_factor_required as required, count(a.id) as accounts, count(a.totp_since) as enrolled"
        " from jieli.workspace w left join jieli.membership m on m.workspace = w.slug"
        " left join jieli.account a on a.id = m.account and not a.disabled where w.slug = {slug} group by w.slug",
        slug=slug,
    )
