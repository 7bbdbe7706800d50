"""A clock that is set back, as by a machine that asks for the time after it has started."""

from datetime import UTC, datetime, timedelta

import pytest

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.records import Action, Batch, Change, apply
from jieli.relay import handoffs
from jieli.relay.limits import sweep_workspace
from jieli.relay.verify import verify
from tests.company import Company, change, make

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
EARLIER = MONDAY - timedelta(days=2, hours=3)


@pytest.mark.parametrize("later", [EARLIER, MONDAY - timedelta(seconds=1)])
async def test_the_ledger_stays_sound_when_the_clock_is_set_back(
    tx: Tx, company: Company, later: datetime
) -> None:
    mary, sam = await company.actor(tx, "mary"), await company.actor(tx, "sam")
    with clock.at(MONDAY):
        given = await make(tx, mary, "lead", name="甲", owner=str(mary.member))
        offered = await make(tx, mary, "lead", name="乙", owner=str(mary.member))
        number = await handoffs.offer(tx, mary, "lead", offered, to=sam.member, stage="following")
    with clock.at(later):
        await change(tx, company.system, "lead", given, owner=str(company.members["sue"]))
        await handoffs.accept(tx, sam, number)
        await sweep_workspace(tx, company.workspace)
        await change(tx, company.system, "lead", given, owner=str(company.members["wes"]))
    assert (await verify(tx, company.workspace)).violations == ()


async def test_what_is_fetched_back_after_the_clock_was_set_back_follows_on(tx: Tx, company: Company) -> None:
    with clock.at(MONDAY):
        lead = await make(tx, company.system, "lead", name="甲", owner=str(company.members["sam"]))
    with clock.at(MONDAY + timedelta(hours=1)):
        await apply(tx, company.system, Batch("lead", Action.DELETE, [Change(id=lead)]))
    with clock.at(EARLIER):
        await apply(tx, company.system, Batch("lead", Action.RESTORE, [Change(id=lead)]))
    assert (await verify(tx, company.workspace)).violations == ()
