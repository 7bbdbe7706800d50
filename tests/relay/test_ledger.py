"""The ledger and what waits: nobody answers an offer of what has gone another way."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from jieli.base import clock
from jieli.db.pool import Record, Tx
from jieli.db.sql import sql
from jieli.records import Action, Batch, Change, apply, undo
from jieli.relay import handoffs
from jieli.relay.errors import HandOffAnswered, NotTheHolder
from jieli.relay.leg import leg
from jieli.relay.moves import arrive
from jieli.relay.verify import verify
from tests.company import Company, change, make

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai on a working day."""


async def a_deal(tx: Tx, company: Company, stage: str = "confirm") -> UUID:
    return await make(tx, await company.actor(tx, "sam"), "opportunity", name="商机", stage=stage)


async def offered(tx: Tx, company: Company, deal: UUID) -> UUID:
    sam = await company.actor(tx, "sam")
    return await handoffs.offer(tx, sam, "opportunity", deal, to=company.members["wes"])


async def moved(tx: Tx, company: Company, deal: UUID, to: str) -> UUID:
    at = await leg(tx, company.system, "opportunity", deal)
    return (await arrive(tx, company.system, at, to)).batch


async def handoff(tx: Tx, company: Company, deal: UUID) -> Record:
    found = await tx.one(
        sql("select * from {t} where record = {id}", t=company.workspace.table("handoff"), id=deal)
    )
    assert found
    return found


async def test_an_offer_is_withdrawn_when_somebody_else_gets_the_record(tx: Tx, company: Company) -> None:
    deal = await a_deal(tx, company)
    number = await offered(tx, company, deal)
    boss = await company.actor(tx, "boss")
    await change(tx, boss, "opportunity", deal, owner=str(company.members["sue"]))
    with pytest.raises(HandOffAnswered):
        await handoffs.accept(tx, await company.actor(tx, "wes"), number)
    sue = await company.actor(tx, "sue")
    assert await handoffs.offer(tx, sue, "opportunity", deal, to=company.members["wes"])


async def test_an_offer_is_withdrawn_when_the_record_goes_into_the_trash(tx: Tx, company: Company) -> None:
    deal = await a_deal(tx, company)
    await offered(tx, company, deal)
    boss = await company.actor(tx, "boss")
    await apply(tx, boss, Batch("opportunity", Action.DELETE, [Change(id=deal)]))
    assert (await handoff(tx, company, deal))["state"] == "withdrawn"
    assert (await verify(tx, company.workspace)).violations == ()


async def test_a_win_that_is_taken_back_is_not_offered_any_more(tx: Tx, company: Company) -> None:
    deal = await a_deal(tx, company, "sign")
    batch = await moved(tx, company, deal, "won")
    assert (await handoff(tx, company, deal))["state"] == "offered"
    await undo(tx, company.system, batch)
    assert (await handoff(tx, company, deal))["state"] == "withdrawn"


async def test_a_withdrawn_offer_says_when_and_how_long_it_waited(tx: Tx, company: Company) -> None:
    with clock.at(MONDAY):
        deal = await a_deal(tx, company)
        await offered(tx, company, deal)
    later = MONDAY + timedelta(days=1, minutes=2)
    with clock.at(later):
        await moved(tx, company, deal, "quote")
    row = await handoff(tx, company, deal)
    assert (row["answered_at"], row["working_seconds"]) == (later, 8 * 3600 + 120)


async def test_what_nobody_holds_cannot_be_handed_over(tx: Tx, company: Company) -> None:
    deal = await a_deal(tx, company)
    await moved(tx, company, deal, "lost")
    boss = await company.actor(tx, "boss")
    with pytest.raises(NotTheHolder):
        await handoffs.offer(tx, boss, "opportunity", deal, to=company.members["sue"])


async def test_a_win_that_somebody_else_gets_is_offered_anew(tx: Tx, company: Company) -> None:
    deal = await a_deal(tx, company, "won")
    boss = await company.actor(tx, "boss")
    await change(tx, boss, "opportunity", deal, owner=str(company.members["sue"]))
    rows = await tx.all(
        sql(
            "select sender, state from {t} where record = {id} order by id",
            t=company.workspace.table("handoff"),
            id=deal,
        )
    )
    assert [(row["sender"], row["state"]) for row in rows] == [
        (company.members["sam"], "withdrawn"),
        (company.members["sue"], "offered"),
    ]


async def test_who_gets_a_record_late_is_reminded_before_the_limit_all_the_same(
    tx: Tx, company: Company
) -> None:
    """Forty working hours end on Friday at six; the reminder comes eight before, at nine."""
    with clock.at(MONDAY):
        deal = await a_deal(tx, company)
    with clock.at(MONDAY + timedelta(days=3)):
        boss = await company.actor(tx, "boss")
        await change(tx, boss, "opportunity", deal, owner=str(company.members["sue"]))
    rows = await tx.all(
        sql(
            "select due, warn_at from {t} where record = {id} order by id",
            t=company.workspace.table("span"),
            id=deal,
        )
    )
    friday = MONDAY + timedelta(days=4)
    assert [list(row) for row in rows] == [[friday + timedelta(hours=9), friday]] * 2
