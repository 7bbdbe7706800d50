"""Two people at the same moment: exactly one outcome, and nothing in between."""

import asyncio
from collections.abc import Awaitable, Callable
from uuid import UUID

import pytest_asyncio

from jieli.base.errors import JieliError
from jieli.db.pool import Database, Tx
from jieli.db.sql import sql
from jieli.records import Action, Batch, Change, Duplicates, Outcome, apply
from jieli.relay import handoffs
from jieli.relay.moves import move_stage
from jieli.relay.verify import verify
from tests.company import Company, found, make

Work = Callable[[Tx], Awaitable[object]]


@pytest_asyncio.fixture(scope="module")
async def shop(db: Database) -> Company:
    """A company whose records are really committed."""
    return await found(db)


async def at_once(db: Database, *works: Work) -> list[object]:
    """Run each in its own transaction at the same time; gives results or refusals, in order."""
    ready = asyncio.Barrier(len(works))

    async def one(work: Work) -> object:
        try:
            async with db.begin() as tx:
                await tx.value(sql("select 1"))
                await ready.wait()
                return await work(tx)
        except JieliError as refused:
            return refused

    return list(await asyncio.gather(*map(one, works)))


async def committed_lead(db: Database, shop: Company, phone: str) -> UUID:
    async with db.begin() as tx:
        mary = await shop.actor(tx, "mary")
        return await make(tx, mary, "lead", name="线索", phone=phone, owner=str(mary.member))


async def offered(db: Database, shop: Company, lead: UUID) -> UUID:
    async with db.begin() as tx:
        mary = await shop.actor(tx, "mary")
        return await handoffs.offer(tx, mary, "lead", lead, to=shop.members["sam"], stage="following")


async def no_violation(db: Database, shop: Company) -> bool:
    async with db.read() as tx:
        return (await verify(tx, shop.workspace)).violations == ()


async def test_of_two_people_entering_one_customer_the_second_is_told(db: Database, shop: Company) -> None:
    async def enter(tx: Tx) -> object:
        return await make(tx, await shop.actor(tx, "sam"), "lead", name="同一客户", phone="13700000001")

    results = await at_once(db, enter, enter, enter)
    assert [type(one).__name__ for one in results].count("UUID") == 1
    assert sum(getattr(one, "code", "") == "duplicate" for one in results) == 2
    assert await no_violation(db, shop)


async def test_two_imports_of_the_same_rows_make_each_record_once(db: Database, shop: Company) -> None:
    rows = [Change({"name": f"批量{i}", "phone": f"1360000{i:04d}"}, row=i) for i in range(60)]

    def enter(order: int) -> Work:
        async def work(tx: Tx) -> object:
            batch = Batch(
                "lead",
                Action.CREATE,
                rows[::order],
                atomic=False,
                duplicates=Duplicates.SKIP,
                source="import",
            )
            return (await apply(tx, await shop.actor(tx, "olga"), batch)).count(Outcome.CREATED)

        return work

    created = await at_once(db, enter(1), enter(-1))
    assert sum(one for one in created if isinstance(one, int)) == 60
    assert await no_violation(db, shop)


async def test_of_acceptance_and_withdrawal_one_counts(db: Database, shop: Company) -> None:
    lead = await committed_lead(db, shop, "13700000002")
    number = await offered(db, shop, lead)

    async def accept(tx: Tx) -> object:
        return await handoffs.accept(tx, await shop.actor(tx, "sam"), number)

    async def withdraw(tx: Tx) -> object:
        return await handoffs.withdraw(tx, await shop.actor(tx, "mary"), number)

    results = await at_once(db, accept, withdraw)
    assert sum(isinstance(one, JieliError) for one in results) == 1
    assert await no_violation(db, shop)


async def test_of_two_acceptances_one_counts(db: Database, shop: Company) -> None:
    lead = await committed_lead(db, shop, "13700000003")
    number = await offered(db, shop, lead)

    async def accept(tx: Tx) -> object:
        return await handoffs.accept(tx, await shop.actor(tx, "sam"), number)

    results = await at_once(db, accept, accept, accept)
    assert sum(isinstance(one, JieliError) for one in results) == 2
    assert await no_violation(db, shop)


async def test_of_two_offers_one_counts(db: Database, shop: Company) -> None:
    lead = await committed_lead(db, shop, "13700000004")

    def offer(to: str) -> Work:
        async def work(tx: Tx) -> object:
            mary = await shop.actor(tx, "mary")
            return await handoffs.offer(tx, mary, "lead", lead, to=shop.members[to], stage="following")

        return work

    results = await at_once(db, offer("sam"), offer("sue"))
    assert sum(getattr(one, "code", "") == "already_offered" for one in results) == 1


async def test_a_move_and_an_acceptance_leave_one_holder(db: Database, shop: Company) -> None:
    lead = await committed_lead(db, shop, "13700000005")
    number = await offered(db, shop, lead)

    async def accept(tx: Tx) -> object:
        return await handoffs.accept(tx, await shop.actor(tx, "sam"), number)

    async def void(tx: Tx) -> object:
        mary = await shop.actor(tx, "mary")
        return await move_stage(tx, mary, "lead", lead, "invalid", values={"invalid_reason": "no_need"})

    await at_once(db, accept, void)
    assert await no_violation(db, shop)


async def test_two_bulk_edits_of_the_same_records_do_not_block_each_other(
    db: Database, shop: Company
) -> None:
    leads = [await committed_lead(db, shop, f"1350000{i:04d}") for i in range(12)]

    def edit(order: int, text: str) -> Work:
        async def work(tx: Tx) -> object:
            changes = [Change({"needs": text}, id=lead) for lead in leads[::order]]
            return await apply(tx, await shop.actor(tx, "mary"), Batch("lead", Action.UPDATE, changes))

        return work

    results = await at_once(db, edit(1, "一"), edit(-1, "二"))
    assert not any(isinstance(one, JieliError) for one in results)
