"""Search with roles that hide some of what is searched."""

from dataclasses import replace
from uuid import UUID

import pytest

from jieli.access import Actor
from jieli.blueprint.document import ObjectRights
from jieli.db.pool import Tx
from jieli.records.search import search
from tests.company import Company, make

LEAD = {"name": "采购意向", "company": "上海接力科技", "phone": "13800138222", "wechat": "wangqiang"}


def hiding(actor: Actor, *fields: str) -> Actor:
    """The same person in a workspace in which their role sees all leads without these fields."""
    document = actor.workspace.document
    rights = ObjectRights.model_validate({"read": ["all"], "fields": dict.fromkeys(fields, "hidden")})
    role = document.roles["sales"].model_copy(update={"objects": {"lead": rights}})
    changed = document.model_copy(update={"roles": {"sales": role}})
    return replace(actor, workspace=replace(actor.workspace, document=changed), roles=("sales",))


async def found(tx: Tx, actor: Actor, words: str) -> list[UUID]:
    return [UUID(hit["id"]) for group in await search(tx, actor, words) for hit in group["items"]]


@pytest.mark.parametrize("words", ["13800138222", "138 0013 8222", "0013 8222", "接力", "jieli", "wangq"])
async def test_a_lead_is_found_by_any_of_its_values(tx: Tx, company: Company, words: str) -> None:
    sam = await company.actor(tx, "sam")
    lead = await make(tx, sam, "lead", **LEAD)
    assert await found(tx, sam, words) == [lead]


@pytest.mark.parametrize("words", ["13800138222", "138 0013 8222", "意向 0013"])
async def test_a_hidden_number_finds_nothing(tx: Tx, company: Company, words: str) -> None:
    sam = await company.actor(tx, "sam")
    await make(tx, sam, "lead", **LEAD)
    assert await found(tx, hiding(sam, "phone"), words) == []


@pytest.mark.parametrize("words", ["jieli", "jlkj", "接力科技"])
async def test_a_hidden_name_is_not_found_by_its_pinyin_either(tx: Tx, company: Company, words: str) -> None:
    sam = await company.actor(tx, "sam")
    await make(tx, sam, "lead", **LEAD)
    assert await found(tx, hiding(sam, "company"), words) == []


@pytest.mark.parametrize("words", ["接力科技", "jieli", "jlkj", "意向 接力"])
async def test_what_may_be_read_is_still_found_beside_a_hidden_number(
    tx: Tx, company: Company, words: str
) -> None:
    sam = await company.actor(tx, "sam")
    lead = await make(tx, sam, "lead", **{**LEAD, "wechat": None})
    assert await found(tx, hiding(sam, "phone"), words) == [lead]


async def test_a_word_that_is_readable_is_found_though_a_hidden_value_holds_it_too(
    tx: Tx, company: Company
) -> None:
    sam = await company.actor(tx, "sam")
    lead = await make(tx, sam, "lead", **{**LEAD, "name": "接力意向"})
    assert await found(tx, hiding(sam, "company"), "接力") == [lead]
