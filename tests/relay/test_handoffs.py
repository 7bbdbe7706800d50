"""Hand-offs: who may offer, accept and return, and what the ledger says afterwards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from jieli.base import clock
from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.records import undo
from jieli.records.read import get_record
from jieli.records.timeline import timeline
from jieli.relay import gate, handoffs, inbox
from jieli.relay.errors import (
    AlreadyOffered,
    GateNotMet,
    HandOffAnswered,
    HandOffNeeded,
    HandOffUnknown,
    NotTheHolder,
    ReasonNeeded,
    WrongReceiver,
)
from jieli.relay.moves import move_stage
from jieli.relay.track import track
from jieli.relay.verify import verify
from tests.company import Company, change, look, make

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
"""Nine o'clock in Shanghai on a working day."""


async def a_lead(tx: Tx, company: Company, **values: object) -> UUID:
    """A lead that marketing holds, not assigned by rules."""
    mary = await company.actor(tx, "mary")
    return await make(tx, mary, "lead", name="新客户", owner=str(mary.member), **values)


async def offered(tx: Tx, company: Company, lead: UUID, to: str = "sam") -> UUID:
    mary = await company.actor(tx, "mary")
    return await handoffs.offer(tx, mary, "lead", lead, to=company.members[to], stage="following")


async def test_the_sender_holds_the_record_until_it_is_accepted(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    await offered(tx, company, lead)
    assert (await look(tx, company, "lead", lead))["holder"]["title"] == "mary"


async def test_who_accepts_becomes_holder_and_owner_in_the_next_stage(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    number = await offered(tx, company, lead)
    await handoffs.accept(tx, await company.actor(tx, "sam"), number)
    record = await look(tx, company, "lead", lead)
    assert (record["holder"]["title"], record["owner"]["title"], record["stage"]) == (
        "sam",
        "sam",
        "following",
    )


async def test_a_returned_package_leaves_the_record_with_its_sender(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    number = await offered(tx, company, lead)
    sam = await company.actor(tx, "sam")
    await handoffs.give_back(tx, sam, number, reason="联系方式缺失", missing=["phone"])
    record = await look(tx, company, "lead", lead)
    assert (record["holder"]["title"], record["stage"]) == ("mary", "new")


async def test_a_return_needs_a_reason(tx: Tx, company: Company) -> None:
    number = await offered(tx, company, await a_lead(tx, company))
    with pytest.raises(ReasonNeeded):
        await handoffs.give_back(tx, await company.actor(tx, "sam"), number, reason=" ", missing=[])


async def test_a_reason_that_left_the_list_is_shown_as_it_was_called(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    number = await offered(tx, company, lead)
    await handoffs.give_back(tx, await company.actor(tx, "sam"), number, reason="contact_missing", missing=[])
    mary = await company.actor(tx, "mary")
    processes = dict(mary.workspace.document.processes)
    processes["lead"] = processes["lead"].model_copy(update={"return_reasons": ()})
    document = mary.workspace.document.model_copy(update={"processes": processes})
    now = replace(mary, workspace=replace(mary.workspace, document=document))
    said = [(await inbox.handoff(tx, now, number))["reason"]["en"]]
    said += [
        item["reason"]["en"] for item in (await timeline(tx, now, "lead", lead))["items"] if "reason" in item
    ]
    assert said == ["Contact details missing or wrong"] * 2


async def test_a_returned_package_can_be_offered_again(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    first = await offered(tx, company, lead)
    sam = await company.actor(tx, "sam")
    await handoffs.give_back(tx, sam, first, reason="需求没有写清", missing=[])
    second = await offered(tx, company, lead)
    await handoffs.accept(tx, sam, second)
    assert (await look(tx, company, "lead", lead))["holder"]["title"] == "sam"


async def test_an_offer_lets_the_receiver_see_the_record(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    await offered(tx, company, lead, "wes")
    assert (await get_record(tx, await company.actor(tx, "wes"), "lead", lead))["name"] == "新客户"


async def test_the_sender_still_sees_what_became_of_it(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    number = await offered(tx, company, lead)
    await handoffs.accept(tx, await company.actor(tx, "sam"), number)
    assert (await get_record(tx, await company.actor(tx, "mary"), "lead", lead))["stage"] == "following"


async def test_only_the_receiver_may_answer(tx: Tx, company: Company) -> None:
    number = await offered(tx, company, await a_lead(tx, company))
    with pytest.raises(HandOffUnknown):
        await handoffs.accept(tx, await company.actor(tx, "sue"), number)


async def test_a_second_answer_is_refused(tx: Tx, company: Company) -> None:
    number = await offered(tx, company, await a_lead(tx, company))
    sam = await company.actor(tx, "sam")
    await handoffs.accept(tx, sam, number)
    with pytest.raises(HandOffAnswered):
        await handoffs.accept(tx, sam, number)


async def test_a_record_is_offered_to_one_person_at_a_time(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    await offered(tx, company, lead)
    with pytest.raises(AlreadyOffered):
        await offered(tx, company, lead, "sue")


async def test_somebody_without_the_role_cannot_take_over(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    with pytest.raises(WrongReceiver):
        await offered(tx, company, lead, "ed")


async def test_who_does_not_hold_the_record_cannot_offer_it(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    number = await offered(tx, company, lead)
    await handoffs.accept(tx, await company.actor(tx, "sam"), number)
    with pytest.raises(NotTheHolder):
        await handoffs.offer(tx, await company.actor(tx, "mary"), "lead", lead, to=company.members["sue"])


async def test_an_offer_is_withdrawn_by_its_sender(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    number = await offered(tx, company, lead)
    await handoffs.withdraw(tx, await company.actor(tx, "mary"), number)
    with pytest.raises(HandOffAnswered):
        await handoffs.accept(tx, await company.actor(tx, "sam"), number)


async def test_a_gate_names_everything_that_is_missing(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await make(tx, sam, "lead", name="客户", stage="following")
    with pytest.raises(GateNotMet) as refused:
        await move_stage(tx, sam, "lead", lead, "qualified")
    assert (refused.value.fields, refused.value.deliverables) == (["needs"], ["contacted"])


async def test_a_gate_is_met_by_values_given_with_the_move(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await make(tx, sam, "lead", name="客户", stage="following")
    await gate.tick(tx, sam, "lead", lead, "contacted", done=True)
    await move_stage(tx, sam, "lead", lead, "qualified", values={"needs": "三台服务器"})
    record = await look(tx, company, "lead", lead)
    assert (record["stage"], record["needs"]) == ("qualified", "三台服务器")


async def test_a_gate_s_condition_looks_at_the_values_given_with_the_move(tx: Tx, company: Company) -> None:
    ed = await company.actor(tx, "ed")
    deal = await make(tx, company.system, "opportunity", name="难题", stage="assess", owner=str(ed.member))
    values = {"feasibility": "infeasible", "solution": "没有"}
    boss = await company.actor(tx, "boss")
    with pytest.raises(GateNotMet) as refused:
        await move_stage(tx, boss, "opportunity", deal, "quote", values=values)
    assert refused.value.fields == ["feasibility"]


async def test_the_next_leg_is_handed_over_and_not_just_taken(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    with pytest.raises(HandOffNeeded):
        await move_stage(tx, await company.actor(tx, "mary"), "lead", lead, "following")


async def won(tx: Tx, company: Company) -> UUID:
    """An opportunity that sam carried to the signature."""
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="上海接力科技有限公司")
    deal = await make(tx, sam, "opportunity", name="大单", account=str(account), stage="sign")
    for key in ("signed", "handover_ready"):
        await gate.tick(tx, sam, "opportunity", deal, key, done=True)
    await change(tx, sam, "opportunity", deal, contract_amount="88000", signed_on="2026-11-16")
    await move_stage(tx, sam, "opportunity", deal, "won")
    return deal


async def test_a_win_is_offered_to_customer_success_by_itself(tx: Tx, company: Company) -> None:
    deal = await won(tx, company)
    waiting = (await track(tx, company.system, "opportunity", deal))["handoff"]
    assert (waiting["to"]["title"], waiting["to_stage"]) == ("cleo", "feedback")


async def test_an_undone_win_is_no_longer_offered(tx: Tx, company: Company) -> None:
    deal = await won(tx, company)
    sam = await company.actor(tx, "sam")
    moved = sql(
        "select batch from {e} where record = {r} and kind = 'moved'", e=sam.workspace.table("event"), r=deal
    )
    await undo(tx, sam, await tx.value(moved))
    found = await track(tx, sam, "opportunity", deal)
    assert (found["stage"], found["handoff"]) == ("sign", None)
    assert (await verify(tx, company.workspace)).violations == ()


async def test_customer_success_takes_the_won_opportunity_over(tx: Tx, company: Company) -> None:
    deal = await won(tx, company)
    cleo = await company.actor(tx, "cleo")
    waiting = (await track(tx, cleo, "opportunity", deal))["handoff"]
    await handoffs.accept(tx, cleo, waiting["id"])
    record = await look(tx, company, "opportunity", deal)
    assert (record["holder"]["title"], record["owner"]["title"], record["outcome"]) == ("cleo", "sam", "won")


async def test_customer_success_sees_the_customer_of_what_it_is_offered(tx: Tx, company: Company) -> None:
    deal = await won(tx, company)
    account = (await look(tx, company, "opportunity", deal))["account"]["id"]
    cleo = await company.actor(tx, "cleo")
    assert (await get_record(tx, cleo, "account", UUID(account)))["name"] == "上海接力科技有限公司"


async def test_times_in_hand_add_up_to_the_elapsed_working_time(tx: Tx, company: Company) -> None:
    with clock.at(MONDAY):
        lead = await a_lead(tx, company)
    with clock.at(MONDAY + timedelta(hours=2)):
        number = await offered(tx, company, lead)
    with clock.at(MONDAY + timedelta(days=1, hours=1, minutes=30, seconds=7)):
        await handoffs.accept(tx, await company.actor(tx, "sam"), number)
    with clock.at(MONDAY + timedelta(days=2)):
        found = await track(tx, company.system, "lead", lead)
    by_stage = {one["stage"]: one["working_seconds"] for one in found["stages"]}
    day = 8 * 3600
    assert by_stage["new"] == day + 90 * 60 + 7
    assert found["working_seconds_total"] == 2 * day


async def test_nothing_is_violated_after_a_whole_lap(tx: Tx, company: Company) -> None:
    deal = await won(tx, company)
    cleo = await company.actor(tx, "cleo")
    await handoffs.accept(tx, cleo, (await track(tx, cleo, "opportunity", deal))["handoff"]["id"])
    verdict = await verify(tx, company.workspace)
    assert (verdict.violations, verdict.checked > 0) == ((), True)
