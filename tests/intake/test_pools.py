from uuid import UUID, uuid4

import pytest_asyncio

from jieli.blueprint.document import AssignmentRule
from jieli.db.pool import Database, Tx
from jieli.db.sql import sql
from jieli.intake import store
from jieli.intake.pools import Pool, line_up, note_turns, pools_of, take_turn
from tests.company import Company, make


@pytest_asyncio.fixture
async def rule(db: Database, company: Company) -> AssignmentRule:
    """A rule by turns in which everybody is known already, which must be committed for others to see."""
    made = AssignmentRule.model_validate(
        {"key": f"r{uuid4().hex[:12]}", "label": "轮流", "method": "round_robin", "role": "sales"}
    )
    people = [company.members[name] for name in ("sam", "sue", "wes")]
    async with db.begin() as tx:
        await tx.run(store.enter_turns(company.workspace, "lead", made.key, people))
    return made


async def pool_of(tx: Tx, company: Company, rule: AssignmentRule) -> Pool:
    found = await pools_of(tx, company.system, company.workspace.object("lead"), [rule])
    return found[rule.key]


async def served_next(tx: Tx, company: Company, rule: AssignmentRule) -> UUID:
    pool = await pool_of(tx, company, rule)
    await take_turn(tx, company.system, company.workspace.object("lead"), pool)
    chosen = pool.choose()
    assert chosen is not None
    return chosen["id"]


async def test_people_take_turns(tx: Tx, company: Company, rule: AssignmentRule) -> None:
    turns = [await served_next(tx, company, rule) for _ in range(6)]
    assert set(turns[:3]) == {company.members[name] for name in ("sam", "sue", "wes")}
    assert turns[:3] == turns[3:]


async def test_two_records_at_the_same_moment_go_to_two_people(
    db: Database, tx: Tx, company: Company, rule: AssignmentRule
) -> None:
    first = await served_next(tx, company, rule)
    async with db.begin(statement_timeout=5) as meanwhile:
        second = await served_next(meanwhile, company, rule)
    assert first != second


async def test_a_turn_that_came_to_nothing_is_not_lost(
    db: Database, company: Company, rule: AssignmentRule
) -> None:
    class Undone(Exception):
        pass

    try:
        async with db.begin() as tx:
            first = await served_next(tx, company, rule)
            raise Undone
    except Undone:
        pass
    async with db.begin() as tx:
        assert await served_next(tx, company, rule) == first


async def test_a_new_colleague_comes_next(tx: Tx, company: Company, rule: AssignmentRule) -> None:
    for _ in range(3):
        await served_next(tx, company, rule)
    new = await make(tx, company.system, "member", name="新同事", roles=["sales"])
    await served_next(tx, company, rule)
    assert await served_next(tx, company, rule) == new


async def test_who_is_full_is_passed_over_and_comes_next_with_room(
    tx: Tx, company: Company, rule: AssignmentRule
) -> None:
    order = [await served_next(tx, company, rule) for _ in range(3)]
    full = rule.model_copy(update={"capacity": 1})
    lead = await make(tx, company.system, "lead", name="甲", owner=str(order[0]))
    assert [await served_next(tx, company, full) for _ in range(2)] == order[1:]
    await tx.run(
        sql(
            "update {t} set outcome = 'won' where id = {id}",
            t=company.workspace.object("lead").table,
            id=lead,
        )
    )
    assert await served_next(tx, company, full) == order[0]


async def test_a_batch_goes_on_where_single_records_stopped(
    tx: Tx, company: Company, rule: AssignmentRule
) -> None:
    order = [await served_next(tx, company, rule) for _ in range(3)]
    lead = company.workspace.object("lead")
    assert await served_next(tx, company, rule) == order[0]
    pool = await pool_of(tx, company, rule)
    await line_up(tx, company.system, lead, pool)
    chosen = [person["id"] for _ in range(4) if (person := pool.choose())]
    await note_turns(tx, company.system, lead, pool)
    assert chosen == [order[1], order[2], order[0], order[1]]
    assert await served_next(tx, company, rule) == order[2]
