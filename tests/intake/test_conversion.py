"""Conversion: everything known about a lead goes along, and it can be taken back as one."""

from dataclasses import replace
from uuid import UUID

import pytest

from jieli.db.pool import Tx
from jieli.intake.conversion import NotOpen, convert, proposal
from jieli.records import Action, Batch, Change, Duplicates, apply, undo
from jieli.records.errors import DuplicateFound, RecordNotFound
from jieli.relay.verify import verify
from tests.company import Company, look, make

LEAD = {
    "name": "接力科技 王总",
    "company": "上海接力科技有限公司",
    "contact_name": "王强",
    "phone": "13800138111",
    "email": "wang@jieli.example",
    "source": "referral",
    "budget": "300000",
    "needs": "统一管理商机",
}


async def a_lead(tx: Tx, company: Company) -> UUID:
    return await make(tx, await company.actor(tx, "sam"), "lead", **LEAD)


async def test_a_lead_becomes_customer_contact_and_opportunity(tx: Tx, company: Company) -> None:
    made = await convert(tx, await company.actor(tx, "sam"), "lead", await a_lead(tx, company))
    account = await look(tx, company, "account", made.account)
    contact = await look(tx, company, "contact", made.contact or UUID(int=0))
    deal = await look(tx, company, "opportunity", made.opportunity or UUID(int=0))
    assert (account["name"], contact["phone"], deal["source"]) == (
        LEAD["company"],
        "+8613800138111",
        "referral",
    )
    assert (deal["stage"], deal["account"]["id"], deal["holder"]["title"]) == (
        "confirm",
        str(made.account),
        "sam",
    )


async def test_the_lead_is_closed_and_points_to_what_it_became(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    made = await convert(tx, await company.actor(tx, "sam"), "lead", lead)
    record = await look(tx, company, "lead", lead)
    assert (record["stage"], record["outcome"], record["holder"]) == ("converted", "won", None)
    assert record["opportunity"]["id"] == str(made.opportunity)


async def test_a_customer_of_a_similar_name_is_not_taken_for_the_same(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="接力科技有限公司")
    lead = await a_lead(tx, company)
    assert (await proposal(tx, sam, "lead", lead))["matches"] == []
    assert (await convert(tx, sam, "lead", lead)).account != account


async def test_a_customer_that_exists_is_linked(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name=LEAD["company"])
    batch = Batch("lead", Action.CREATE, [Change(dict(LEAD))], duplicates=Duplicates.CREATE)
    lead = (await apply(tx, sam, batch)).only.id or UUID(int=0)
    assert (await convert(tx, sam, "lead", lead)).account == account


async def test_the_proposal_shows_the_values_of_the_new_records(tx: Tx, company: Company) -> None:
    shown = await proposal(tx, await company.actor(tx, "sam"), "lead", await a_lead(tx, company))
    assert shown["account"]["values"]["name"] == LEAD["company"]
    assert shown["opportunity"]["values"]["amount"]["value"] == "300000.00"


async def test_follow_ups_go_along(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await a_lead(tx, company)
    talk = await make(
        tx, sam, "activity", content="电话", kind="phone", at="2026-11-20T10:00:00+08:00", lead=str(lead)
    )
    made = await convert(tx, sam, "lead", lead)
    record = await look(tx, company, "activity", talk)
    assert (record["opportunity"]["id"], record["owner"]["title"]) == (str(made.opportunity), "sam")


async def test_a_converted_lead_cannot_be_converted_again(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await a_lead(tx, company)
    await convert(tx, sam, "lead", lead)
    with pytest.raises(NotOpen):
        await convert(tx, sam, "lead", lead)


async def test_somebody_who_does_not_see_the_lead_cannot_convert_it(tx: Tx, company: Company) -> None:
    lead = await a_lead(tx, company)
    with pytest.raises(RecordNotFound):
        await convert(tx, await company.actor(tx, "wes"), "lead", lead)


async def test_the_telephone_goes_over_to_the_contact(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    await convert(tx, sam, "lead", await a_lead(tx, company))
    with pytest.raises(DuplicateFound):
        await make(tx, sam, "lead", name="又来一次", phone=LEAD["phone"])


async def test_a_conversion_is_undone_as_one(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await a_lead(tx, company)
    made = await convert(tx, sam, "lead", lead)
    result = await undo(tx, sam, made.batch)
    record = await look(tx, company, "lead", lead)
    assert (result.conflicts, record["outcome"], record["account"]) == ((), "open", None)
    with pytest.raises(RecordNotFound):
        await look(tx, company, "account", made.account)
    with pytest.raises(DuplicateFound):
        await make(tx, sam, "lead", name="又来一次", phone=LEAD["phone"])


async def test_nothing_is_violated_by_converting_and_undoing(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    lead = await a_lead(tx, company)
    made = await convert(tx, sam, "lead", lead)
    assert (await verify(tx, company.workspace)).violations == ()
    await undo(tx, sam, made.batch)
    assert (await verify(tx, company.workspace)).violations == ()


async def test_a_customer_that_may_not_be_seen_is_not_linked(tx: Tx, company: Company) -> None:
    """Linked to, it would tell its name to who only knows one of its telephone numbers."""
    sam, wes = await company.actor(tx, "sam"), await company.actor(tx, "wes")
    await make(tx, wes, "account", name="别人的客户有限公司", phone="021-61234567")
    batch = Batch(
        "lead",
        Action.CREATE,
        [Change({**LEAD, "landline": "021-61234567"})],
        duplicates=Duplicates.CREATE,
    )
    lead = (await apply(tx, sam, batch)).only.id or UUID(int=0)
    with pytest.raises(DuplicateFound):
        await convert(tx, sam, "lead", lead, without_contact=True, without_opportunity=True)


async def test_what_the_lead_says_goes_along_into_fields_that_are_hidden(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    roles = sam.workspace.document.roles
    account = roles["sales"].objects["account"].model_copy(update={"fields": {"next_action": "hidden"}})
    role = roles["sales"].model_copy(update={"objects": {**roles["sales"].objects, "account": account}})
    document = sam.workspace.document.model_copy(update={"roles": {**roles, "sales": role}})
    hidden_from = replace(sam, workspace=replace(sam.workspace, document=document))
    lead = await make(tx, sam, "lead", **LEAD, next_action="回电")
    told = await proposal(tx, hidden_from, "lead", lead)
    made = await convert(tx, hidden_from, "lead", lead)
    assert "next_action" not in told["account"]["values"]
    assert (await look(tx, company, "account", made.account))["next_action"] == "回电"
