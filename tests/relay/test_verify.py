"""Verification: every promise, broken on purpose past the write path, is found where it was broken, and only that."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.db.sql import Sql, ident, sql
from jieli.relay import handoffs
from jieli.relay.leg import leg
from jieli.relay.moves import arrive
from jieli.relay.verify import Rule, verify
from tests.company import Company, make

EVENING = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
"""Eight in the evening in Shanghai, when nobody works."""
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Site:
    tx: Tx
    company: Company

    async def deal(self, *stages: str, when: datetime = EVENING) -> UUID:
        """An opportunity of sam's that went through these stages, an hour in each."""
        system = self.company.system
        with clock.at(when):
            owner = str(self.company.members["sam"])
            deal = await make(self.tx, system, "opportunity", name="商机", stage=stages[0], owner=owner)
        for hours, stage in enumerate(stages[1:], start=1):
            with clock.at(when + hours * HOUR):
                at = await leg(self.tx, system, "opportunity", deal)
                await arrive(self.tx, system, at, stage)
        return deal

    async def offered(self) -> tuple[UUID, UUID]:
        deal = await self.deal("confirm")
        sam = await self.company.actor(self.tx, "sam")
        number = await handoffs.offer(self.tx, sam, "opportunity", deal, to=self.company.members["sue"])
        return deal, number

    async def put(self, table: str, where: Sql, **values: object) -> None:
        """Past everything that watches over it."""
        for column, value in values.items():
            await self.tx.run(
                sql(
                    "update {t} set {c} = {v} where {where}",
                    t=self.company.workspace.table(table),
                    c=ident(column),
                    v=value,
                    where=where,
                )
            )


def _id(record: UUID) -> Sql:
    return sql("id = {id}", id=record)


def _open(record: UUID) -> Sql:
    return sql("record = {id} and left_at is null", id=record)


def _closed(record: UUID) -> Sql:
    return sql("record = {id} and left_at is not null", id=record)


async def a_closed_record_with_a_holder(site: Site) -> UUID:
    deal = await site.deal("quote", "lost")
    await site.put("opportunity", _id(deal), holder=site.company.members["sam"])
    return deal


async def a_span_of_somebody_else(site: Site) -> UUID:
    deal = await site.deal("quote")
    await site.put("span", _open(deal), holder=site.company.members["sue"])
    return deal


async def a_span_of_another_stage(site: Site) -> UUID:
    deal = await site.deal("quote")
    await site.put("span", _open(deal), stage="sign")
    return deal


async def a_record_without_a_span(site: Site) -> UUID:
    deal = await site.deal("quote")
    await site.tx.run(
        sql("delete from {t} where record = {r}", t=site.company.workspace.table("span"), r=deal)
    )
    return deal


async def a_span_of_a_record_in_the_trash(site: Site) -> UUID:
    deal = await site.deal("quote")
    await site.put("opportunity", _id(deal), deleted_at=EVENING)
    return deal


async def a_stage_that_nobody_knows(site: Site) -> UUID:
    deal = await site.deal("quote", "lost")
    await site.put("opportunity", _id(deal), stage="elsewhere")
    return deal


async def an_open_record_that_is_lost(site: Site) -> UUID:
    deal = await site.deal("quote")
    await site.put("opportunity", _id(deal), outcome="lost")
    return deal


async def a_record_further_on_than_it_came(site: Site) -> UUID:
    deal = await site.deal("quote")
    await site.put("opportunity", _id(deal), reached="confirm")
    return deal


async def a_span_that_begins_before_the_last_ended(site: Site) -> UUID:
    deal = await site.deal("quote", "sign")
    await site.put("span", _closed(deal), left_to="trash")
    await site.put("span", _open(deal), entered=EVENING + HOUR / 2)
    return deal


async def a_span_that_ended_before_it_began(site: Site) -> UUID:
    deal = await site.deal("quote", "lost")
    await site.put("span", _closed(deal), left_at=EVENING - HOUR)
    return deal


async def a_while_in_nobodys_hands(site: Site) -> UUID:
    deal = await site.deal("quote", "sign")
    await site.put("span", _open(deal), entered=EVENING + 2 * HOUR)
    return deal


async def a_second_too_many(site: Site) -> UUID:
    deal = await site.deal("quote", "sign", when=EVENING - 4 * HOUR)
    await site.put("span", _closed(deal), working_seconds=3601)
    return deal


async def an_offer_of_who_does_not_hold_it(site: Site) -> UUID:
    deal, number = await site.offered()
    await site.put("handoff", _id(number), sender=site.company.members["wes"])
    return deal


async def an_offer_of_where_it_was(site: Site) -> UUID:
    deal, number = await site.offered()
    await site.put("handoff", _id(number), stage="assign")
    return deal


async def an_answer_to_what_still_waits(site: Site) -> UUID:
    deal, number = await site.offered()
    await site.put("handoff", _id(number), answered_at=EVENING)
    return deal


async def a_stranger_who_accepted(site: Site) -> UUID:
    deal, number = await site.offered()
    await handoffs.accept(site.tx, await site.company.actor(site.tx, "sue"), number)
    await site.put("handoff", _id(number), answered_by=site.company.members["wes"])
    return deal


async def a_return_without_a_reason(site: Site) -> UUID:
    deal, number = await site.offered()
    sue = await site.company.actor(site.tx, "sue")
    await handoffs.give_back(site.tx, sue, number, reason="需求不清", missing=[])
    await site.put("handoff", _id(number), reason=None)
    return deal


async def a_key_of_nobody(site: Site) -> UUID:
    record = await make(site.tx, site.company.system, "account", name="客户", phone="13800010000")
    nobody = uuid4()
    await site.put("claim", sql("record = {id} and kind = 'phone'", id=record), record=nobody)
    return nobody


async def a_key_of_a_record_in_the_trash(site: Site) -> UUID:
    record = await make(site.tx, site.company.system, "account", name="客户")
    await site.put("account", _id(record), deleted_at=EVENING)
    return record


async def a_backup_who_never_was(site: Site) -> UUID:
    deal = await site.deal("quote")
    await site.put("opportunity", _id(deal), backup=uuid4())
    return deal


PLANTS: dict[Rule, tuple[Callable[[Site], Awaitable[UUID]], ...]] = {
    Rule.HOLDER: (a_closed_record_with_a_holder,),
    Rule.OPEN_SPAN: (
        a_span_of_somebody_else,
        a_span_of_another_stage,
        a_record_without_a_span,
        a_span_of_a_record_in_the_trash,
    ),
    Rule.STAGE: (a_stage_that_nobody_knows,),
    Rule.OUTCOME: (an_open_record_that_is_lost,),
    Rule.REACHED: (a_record_further_on_than_it_came,),
    Rule.OVERLAP: (a_span_that_begins_before_the_last_ended, a_span_that_ended_before_it_began),
    Rule.GAP: (a_while_in_nobodys_hands,),
    Rule.WORKING_SECONDS: (a_second_too_many,),
    Rule.OFFER_HOLDER: (an_offer_of_who_does_not_hold_it, an_offer_of_where_it_was),
    Rule.ANSWER: (an_answer_to_what_still_waits, a_stranger_who_accepted, a_return_without_a_reason),
    Rule.CLAIM: (a_key_of_nobody, a_key_of_a_record_in_the_trash),
    Rule.REFERENCE: (a_backup_who_never_was,),
}


@pytest.mark.parametrize(
    ("rule", "plant"),
    [pytest.param(rule, plant, id=plant.__name__) for rule in Rule for plant in PLANTS.get(rule, ())],
)
async def test_a_broken_promise_is_found_where_it_was_broken(
    tx: Tx, company: Company, rule: Rule, plant: Callable[[Site], Awaitable[UUID]]
) -> None:
    site = Site(tx, company)
    for stages in (("assign", "confirm", "lost"), ("sign", "won"), ("confirm",)):
        await site.deal(*stages)
    assert (await verify(tx, company.workspace)).violations == ()
    record = await plant(site)
    found = (await verify(tx, company.workspace)).violations
    assert [(one.rule, one.record) for one in found] == [(rule, record)]


def test_every_promise_is_broken_once_by_a_test() -> None:
    assert set(PLANTS) == set(Rule)


async def test_an_active_record_that_nobody_holds_is_found(tx: Tx, company: Company) -> None:
    """Nobody's record has no span of its holder either, so that two promises are broken."""
    site = Site(tx, company)
    deal = await site.deal("quote")
    await site.put("opportunity", _id(deal), holder=None)
    found = (await verify(tx, company.workspace)).violations
    assert {(one.rule, one.record) for one in found} == {(Rule.HOLDER, deal), (Rule.OPEN_SPAN, deal)}
