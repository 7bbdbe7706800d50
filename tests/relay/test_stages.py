"""Where a record stands after it got another owner, or none."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.records import Action, Batch, Change, apply
from jieli.records.read import get_record
from jieli.relay.verify import verify
from tests.company import Company, change, look, make

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)


async def an_unowned_lead(tx: Tx, company: Company) -> UUID:
    """A lead that marketing holds until it is assigned."""
    batch = Batch("lead", Action.CREATE, [Change({"name": "新客户"})], automations=False)
    lead = (await apply(tx, company.system, batch)).only.id
    assert lead
    return lead


async def test_a_lead_that_gets_its_first_owner_arrives_in_the_next_stage(tx: Tx, company: Company) -> None:
    with clock.at(MONDAY):
        lead = await an_unowned_lead(tx, company)
    later = MONDAY + timedelta(hours=3)
    with clock.at(later):
        boss = await company.actor(tx, "boss")
        await change(tx, boss, "lead", lead, owner=str(company.members["sam"]))
    row = await tx.one(
        sql(
            "select stage, reached, stage_since, first_leg from {t} where id = {id}",
            t=company.workspace.object("lead").table,
            id=lead,
        )
    )
    assert row
    assert list(row) == ["following", "following", later, "kept"]


async def test_a_record_that_loses_its_owner_stays_with_who_holds_it(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    deal = await make(tx, sam, "opportunity", name="商机")
    await change(tx, await company.actor(tx, "boss"), "opportunity", deal, owner=None)
    record = await look(tx, company, "opportunity", deal)
    assert (record["owner"], record["holder"]["title"]) == (None, "sam")
    assert (await get_record(tx, sam, "opportunity", deal))["name"] == "商机"
    assert (await verify(tx, company.workspace)).violations == ()
