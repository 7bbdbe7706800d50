"""Accounts: one for each person of an installation, whichever workspaces they belong to."""

from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from jieli.base.errors import Invalid, Problem
from jieli.base.ids import uuid7
from jieli.base.language import Language, Message
from jieli.db.errors import UniqueViolation
from jieli.db.pool import ReadTx, Record, Tx
from jieli.identity import passwords, store
from jieli.identity.errors import AccountUnknown, LoginTaken
from jieli.identity.logins import new_login

UNKNOWN_ZONE = Message("unknown_zone", "没有这个时区", "There is no such time zone")
UNKNOWN_LANGUAGE = Message("unknown_language", "只支持中文和英文", "Chinese and English are supported")


@dataclass(frozen=True, slots=True)
class Account:
    id: UUID
    login: str
    name: str
    language: Language
    time_zone: str
    must_change_password: bool = False
    second_factor: bool = False

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)


def account_of(row: Record) -> Account:
    return Account(
        row["id"],
        row["login"],
        row["name"],
        Language(row["language"]),
        row["time_zone"],
        row["must_change_password"],
        row["totp_since"] is not None,
    )


async def create_account(
    tx: Tx,
    login: str,
    name: str,
    password: str | None,
    *,
    language: Language = Language.ZH,
    must_change: bool = False,
) -> Account:
    """A new account; without a password it can only be entered by an invitation. Raises LoginTaken, Invalid."""
    login = new_login(login)
    stored = None
    if password is not None:
        await passwords.require_good(password, (login, name))
        stored = await passwords.hashed(password)
    number = uuid7()
    try:
        async with tx.savepoint():
            await tx.run(store.add_account(number, login, name, stored, language, must_change=must_change))
    except UniqueViolation:
        raise LoginTaken(login=login) from None
    return Account(number, login, name, language, "Asia/Shanghai", must_change)


async def account_named_like(tx: Tx, login: str, name: str, password_hash: str) -> Account:
    """An account with a login that is free: the wanted one, or with a number. For many people at once whose
    password was hashed beforehand."""
    for number in range(1, 10_000):
        wanted = new_login(login if number == 1 else f"{login}{number}")
        if await tx.one(store.account_by_login(wanted)) is None:
            break
    account = uuid7()
    await tx.run(store.add_account(account, wanted, name, password_hash, Language.ZH, must_change=False))
    return Account(account, wanted, name, Language.ZH, "Asia/Shanghai")


async def change_account(
    tx: Tx,
    account: UUID,
    *,
    name: str | None = None,
    language: str | None = None,
    time_zone: str | None = None,
) -> Account:
    """Change what somebody prefers. Raises Invalid."""
    if language is not None and language not in tuple(Language):
        raise Invalid(Problem("language", UNKNOWN_LANGUAGE))
    if time_zone is not None:
        try:
            ZoneInfo(time_zone)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            raise Invalid(Problem("time_zone", UNKNOWN_ZONE)) from None
    await tx.run(store.change_account(account, (name or "").strip()[:100] or None, language, time_zone))
    return await get_account(tx, account)


async def get_account(tx: ReadTx, account: UUID) -> Account:
    row = await tx.one(store.account(account))
    if row is None:
        raise AccountUnknown
    return account_of(row)
