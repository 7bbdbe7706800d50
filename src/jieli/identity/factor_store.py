"""Second factors and the tokens of programs, all on the global schema."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from jieli.db.sql import Sql, sql


def keep_secret(account: UUID, sealed: str) -> Sql:
    """It does not count before it is confirmed; one that counts is left as it is."""
    return sql(
        "update jieli.account set totp_secret = {sealed}, totp_step = 0 where id = {id} and totp_since is null"
        " returning id",
        sealed=sealed,
        id=account,
    )


def any_secret() -> Sql:
    return sql("select totp_secret from jieli.account where totp_since is not null limit 1")


def secrets() -> Sql:
    return sql(
        "select id, totp_secret from jieli.account where totp_secret is not null order by id for update"
    )


def replace_secret(account: UUID, sealed: str) -> Sql:
    return sql("update jieli.account set totp_secret = {sealed} where id = {id}", sealed=sealed, id=account)


def use_step(account: UUID, step: int) -> Sql:
    """Gives a row the first time that a period's code, or a later one, is used."""
    return sql(
        "update jieli.account set totp_step = {step} where id = {id} and totp_step < {step} returning id",
        step=step,
        id=account,
    )


def confirm_secret(account: UUID, now: datetime) -> Sql:
    return sql("update jieli.account set totp_since = {now} where id = {id}", now=now, id=account)


def forget_secret(account: UUID) -> Sql:
    return sql(
        "update jieli.account set totp_secret = null, totp_since = null, totp_step = 0 where id = {id}",
        id=account,
    )


def forget_codes(account: UUID) -> Sql:
    return sql("delete from jieli.recovery_code where account = {account}", account=account)


def keep_codes(account: UUID, hashes: Sequence[bytes]) -> Sql:
    return sql(
        "insert into jieli.recovery_code (account, code_hash) select {account}, unnest({hashes}::bytea[])",
        account=account,
        hashes=list(hashes),
    )


def use_code(account: UUID, code_hash: bytes) -> Sql:
    return sql(
        "delete from jieli.recovery_code where account = {account} and code_hash = {hash} returning code_hash",
        account=account,
        hash=code_hash,
    )


def codes_left(account: UUID) -> Sql:
    return sql("select count(*) from jieli.recovery_code where account = {account}", account=account)


def add_token(
    *,
    token: UUID,
    account: UUID,
    slug: str,
    name: str,
    token_hash: bytes,
    prefix: str,
    scopes: Sequence[str],
    now: datetime,
    expires: datetime,
) -> Sql:
    return sql(
        "insert into jieli.api_token"
        " (id, account, workspace, name, token_hash, prefix, scopes, created_at, expires_at)"
        " values ({id}, {account}, {slug}, {name}, {hash}, {prefix}, {scopes}, {now}, {expires})",
        id=token,
        account=account,
        slug=slug,
        name=name,
        hash=token_hash,
        prefix=prefix,
        scopes=list(scopes),
        now=now,
        expires=expires,
    )


def tokens(account: UUID, slug: str) -> Sql:
    return sql(
        "select id, name, prefix, scopes, created_at, last_used_at, expires_at from jieli.api_token"
        " where account = {account} and workspace = {slug} order by id desc",
        account=account,
        slug=slug,
    )


def drop_token(token: UUID, account: UUID, slug: str) -> Sql:
    return sql(
        "delete from jieli.api_token where id = {id} and account = {account} and workspace = {slug} returning name",
        id=token,
        account=account,
        slug=slug,
    )


def drop_tokens(account: UUID) -> Sql:
    return sql("delete from jieli.api_token where account = {account}", account=account)


def token_used(token_hash: bytes, now: datetime) -> Sql:
    return sql(
        "update jieli.api_token set last_used_at = {now} where token_hash = {hash}", now=now, hash=token_hash
    )
