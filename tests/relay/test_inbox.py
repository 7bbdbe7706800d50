"""The inbox: hand-offs as their two parties see them."""

from jieli.db.pool import Tx
from jieli.relay import handoffs
from jieli.relay.inbox import handoff
from tests.company import Company, make


async def test_a_package_names_the_records_it_refers_to(tx: Tx, company: Company) -> None:
    sam = await company.actor(tx, "sam")
    account = await make(tx, sam, "account", name="天津方信图")
    deal = await make(tx, sam, "opportunity", name="二期", account=str(account), owner=str(sam.member))
    number = await handoffs.offer(tx, sam, "opportunity", deal, to=company.members["sue"])
    shown = await handoff(tx, await company.actor(tx, "sue"), number)
    values = {field["key"]: field["value"] for field in shown["package"]["fields"]}
    assert values["account"] == {"id": account, "title": "天津方信图"}
