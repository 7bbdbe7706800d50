"""Members: nobody grants more than they have, and nobody who worked here is deleted."""

import pytest

from jieli.base.errors import Invalid
from jieli.db.pool import Tx
from jieli.records import Action, Batch, Change, apply
from tests.company import Company, change, look, make


async def test_operations_cannot_make_administrators(tx: Tx, company: Company) -> None:
    olga = await company.actor(tx, "olga")
    with pytest.raises(Invalid):
        await make(tx, olga, "member", name="新人", roles=["admin"])


async def test_an_administrator_grants_roles(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    member = await make(tx, boss, "member", name="新人", roles=["manager"])
    assert (await look(tx, company, "member", member))["roles"] == ["manager"]


async def test_a_member_moves_to_another_department(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    await change(tx, boss, "member", company.members["sam"], department=str(company.departments["west"]))
    sam = await company.actor(tx, "sam")
    assert sam.department == company.departments["west"]


async def test_a_member_is_disabled_and_not_deleted(tx: Tx, company: Company) -> None:
    boss = await company.actor(tx, "boss")
    with pytest.raises(Invalid) as refused:
        await apply(tx, boss, Batch("member", Action.DELETE, [Change(id=company.members["sam"])]))
    assert refused.value.problems[0].code == "disable_instead"
