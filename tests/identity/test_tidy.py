from datetime import timedelta

from jieli.base import clock
from jieli.db.pool import Database
from jieli.identity import Visitor, create_account, door_store
from jieli.identity.secrets import hash_of, new_secret
from jieli.identity.tidy import EVENTS_KEPT, tidy


async def test_what_is_over_is_forgotten_and_what_is_not_stays(db: Database) -> None:
    now, who = clock.now(), Visitor()
    old = now - EVENTS_KEPT - timedelta(days=1)
    async with db.begin() as tx:
        account = await create_account(tx, f"tidy-{new_secret()[:8]}", "tidy", None)
        for at in (old, now):
            note = door_store.note(at=at, kind="sign_in", account=account.id, login="x", who=who)
            await tx.run(note)
            await tx.run(
                door_store.add_session(hash_of(new_secret()), account.id, at, at + timedelta(hours=1), who)
            )
            await tx.run(door_store.keep_device(hash_of(new_secret()), account.id, at))
    await tidy(db)
    async with db.read() as tx:
        assert [row["at"] for row in await tx.all(door_store.events_of(account.id, None, 9))] == [now]
        assert len(await tx.all(door_store.sessions_of(account.id, old))) == 1
        devices = await tx.connection.fetch("select * from jieli.device where account = $1", account.id)
        assert [row["seen_at"] for row in devices] == [now]
