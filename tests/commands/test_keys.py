import asyncio

import pytest

from jieli.base.vault import Vault, WrongKey, new_key
from jieli.commands.keys import rekey
from jieli.db import server
from jieli.db.migrate import migrate
from jieli.db.pool import Database
from jieli.identity import create_account, factor_store
from jieli.settings import load, vault_of
from jieli.upkeep import keyfile
from tests.conftest import server_home


async def sealed(dsn: str, text: str | None = None) -> str:
    """What lies in the database for one account, which is made if a text is given."""
    await migrate(dsn)
    db = Database(dsn)
    await db.open()
    try:
        async with db.begin() as tx:
            if text:
                account = await create_account(tx, "somebody", "somebody", None)
                await tx.run(factor_store.replace_secret(account.id, text))
            found: str = await tx.connection.fetchval("select totp_secret from jieli.account")
            return found
    finally:
        await db.close()


def test_a_new_key_seals_what_was_sealed_and_the_old_one_stays_for_backups(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with server_home() as home:
        monkeypatch.setenv("JIELI_HOME", str(home))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        dsn = server.ensure(home)
        before = asyncio.run(sealed(dsn, vault_of(load()).seal("seed")))
        rekey()
        after = asyncio.run(sealed(server.ensure(home)))
        newest, oldest = keyfile.keys(home)
        assert Vault(lambda: [newest]).open(after) == "seed"
        assert Vault(lambda: [oldest]).open(before) == "seed"
        with pytest.raises(WrongKey):
            Vault(lambda: [oldest]).open(after)


def test_what_another_key_has_sealed_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    with server_home() as home:
        monkeypatch.setenv("JIELI_HOME", str(home))
        monkeypatch.delenv("DATABASE_URL", raising=False)
        foreign = Vault([new_key()].copy).seal("seed")
        before = asyncio.run(sealed(server.ensure(home), foreign))
        with pytest.raises(WrongKey):
            rekey()
        assert asyncio.run(sealed(server.ensure(home))) == before
