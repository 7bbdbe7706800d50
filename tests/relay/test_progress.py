"""How far a record came, whether its first leg was in time, and how long it took."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jieli.base import clock
from jieli.blueprint.document import Process
from jieli.db.pool import Tx
from jieli.records import Action, Batch, Change, apply, undo
from jieli.relay.leg import leg
from jieli.relay.moves import arrive
from jieli.relay.progress import furthest, main_stages
from jieli.relay.verify import verify
from jieli.standard import load
from tests.company import Company, look, make

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine in the morning in Shanghai."""
RELAY: Process = load().processes["opportunity"]
STAGES = {stage.key: stage for stage in RELAY.stages}


async def go(tx: Tx, company: Company, object_key: str, record: UUID, to: str) -> UUID:
    result = await arrive(tx, company.system, await leg(tx, company.system, object_key, record), to)
    return result.batch


async def imported(tx: Tx, company: Company, **values: object) -> UUID:
    batch = Batch("opportunity", Action.CREATE, [Change({"name": "甲", **values})], source="import")
    result = await apply(tx, company.system, batch)
    assert result.only.id is not None
    return result.only.id


async def test_going_back_does_not_lose_the_furthest_stage(tx: Tx, company: Company) -> None:
    deal = await make(tx, company.system, "opportunity", name="甲")
    for to in ("confirm", "quote", "confirm"):
        await go(tx, company, "opportunity", deal, to)
    assert (await look(tx, company, "opportunity", deal))["reached"] == "quote"


async def test_a_lost_deal_got_as_far_as_it_was(tx: Tx, company: Company) -> None:
    deal = await make(tx, company.system, "opportunity", name="甲")
    for to in ("confirm", "assess", "lost"):
        await go(tx, company, "opportunity", deal, to)
    assert (await look(tx, company, "opportunity", deal))["reached"] == "assess"


async def test_a_deal_imported_as_lost_is_only_known_to_have_begun(tx: Tx, company: Company) -> None:
    assert (await look(tx, company, "opportunity", await imported(tx, company, stage="lost")))[
        "reached"
    ] == "assign"


async def test_a_deal_imported_as_won_has_come_to_the_win(tx: Tx, company: Company) -> None:
    assert (await look(tx, company, "opportunity", await imported(tx, company, stage="won")))[
        "reached"
    ] == "won"


async def test_undoing_a_move_takes_back_how_far_the_record_came(tx: Tx, company: Company) -> None:
    deal = await make(tx, company.system, "opportunity", name="甲")
    await go(tx, company, "opportunity", deal, "confirm")
    await undo(tx, company.system, await go(tx, company, "opportunity", deal, "quote"))
    assert (await look(tx, company, "opportunity", deal))["reached"] == "confirm"


@given(st.lists(st.sampled_from(sorted(STAGES)), min_size=1))
def test_the_furthest_stage_is_the_latest_main_stage_visited(visited: list[str]) -> None:
    order = [stage.key for stage in main_stages(RELAY)]
    reached = None
    for key in visited:
        reached = furthest(RELAY, reached, STAGES[key])
    assert reached == max((key for key in visited if key in order), key=order.index, default=order[0])


@pytest.mark.parametrize(("hours", "expected"), [(23, "kept"), (25, "missed")])
async def test_the_first_leg_is_judged_by_its_limit(
    tx: Tx, company: Company, hours: int, expected: str
) -> None:
    with clock.at(MONDAY):
        deal = await make(tx, company.system, "opportunity", name="甲")
    with clock.at(MONDAY + timedelta(hours=hours)):
        await go(tx, company, "opportunity", deal, "confirm")
    assert (await look(tx, company, "opportunity", deal))["first_leg"] == expected


async def test_only_the_first_time_counts_for_the_first_leg(tx: Tx, company: Company) -> None:
    with clock.at(MONDAY):
        deal = await make(tx, company.system, "opportunity", name="甲")
        await go(tx, company, "opportunity", deal, "confirm")
        await go(tx, company, "opportunity", deal, "assign")
    with clock.at(MONDAY + timedelta(days=5)):
        await go(tx, company, "opportunity", deal, "confirm")
    assert (await look(tx, company, "opportunity", deal))["first_leg"] == "kept"


async def test_a_deal_that_ends_in_its_first_stage_in_time_is_not_judged(tx: Tx, company: Company) -> None:
    deal = await make(tx, company.system, "opportunity", name="甲")
    await go(tx, company, "opportunity", deal, "void")
    assert (await look(tx, company, "opportunity", deal))["first_leg"] is None


async def test_a_deal_from_a_file_is_not_judged_by_what_nobody_saw(tx: Tx, company: Company) -> None:
    assert (await look(tx, company, "opportunity", await imported(tx, company, stage="quote")))[
        "first_leg"
    ] is None


async def test_a_lead_that_a_rule_assigns_on_entry_is_in_time(tx: Tx, company: Company) -> None:
    lead = await make(tx, company.system, "lead", name="乙")
    found = await look(tx, company, "lead", lead)
    assert (found["stage"], found["first_leg"]) == ("following", "kept")


async def test_verification_finds_a_record_that_stands_further_on_than_it_came(
    tx: Tx, company: Company
) -> None:
    deal = await make(tx, company.system, "opportunity", name="甲", stage="quote")
    assert "reached" not in {found.rule for found in (await verify(tx, company.workspace)).violations}
    change = Change({"reached": "assign"}, id=deal)
    await apply(tx, company.system, Batch("opportunity", Action.UPDATE, [change], trusted=True))
    assert ("reached", deal) in {(v.rule, v.record) for v in (await verify(tx, company.workspace)).violations}


async def test_the_cycle_is_working_time_from_entry_to_close(tx: Tx, company: Company) -> None:
    with clock.at(MONDAY):
        deal = await make(tx, company.system, "opportunity", name="甲")
    with clock.at(MONDAY + timedelta(days=1, hours=2)):
        await go(tx, company, "opportunity", deal, "won")
    assert (await look(tx, company, "opportunity", deal))["cycle"] == 8 * 3600 + 2 * 3600


async def test_going_on_after_the_win_does_not_change_the_cycle(tx: Tx, company: Company) -> None:
    with clock.at(MONDAY):
        deal = await make(tx, company.system, "opportunity", name="甲")
        await go(tx, company, "opportunity", deal, "won")
    with clock.at(MONDAY + timedelta(days=9)):
        await go(tx, company, "opportunity", deal, "feedback")
    assert (await look(tx, company, "opportunity", deal))["cycle"] == 0


async def test_a_reopened_deal_has_no_cycle(tx: Tx, company: Company) -> None:
    deal = await make(tx, company.system, "opportunity", name="甲")
    await go(tx, company, "opportunity", deal, "lost")
    await go(tx, company, "opportunity", deal, "confirm")
    assert (await look(tx, company, "opportunity", deal))["cycle"] is None


async def test_a_deal_that_came_in_closed_has_a_cycle_only_by_its_own_dates(tx: Tx, company: Company) -> None:
    dates = {"created_at": "2026-03-02T09:00:00+08:00", "closed_at": "2026-03-03T11:00:00+08:00"}
    known = await imported(tx, company, stage="won", **dates)
    unknown = await imported(tx, company, stage="won", closed_at=dates["closed_at"])
    assert (await look(tx, company, "opportunity", known))["cycle"] == 10 * 3600
    assert (await look(tx, company, "opportunity", unknown))["cycle"] is None
