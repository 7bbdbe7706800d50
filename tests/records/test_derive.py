from jieli.db.pool import Database
from tests.company import found, look, make


async def test_nobody_waits_for_the_number_of_another(db: Database) -> None:
    company = await found(db)
    async with db.begin() as earlier:
        # The first number of all makes the sequence.
        sam = await company.actor(earlier, "sam")
        await make(earlier, sam, "lead", name="甲")
    async with db.begin() as slow:
        first = await make(slow, sam, "lead", name="乙")
        async with db.begin(statement_timeout=5) as quick:
            second = await make(quick, sam, "lead", name="丙")
        numbers = [(await look(slow, company, "lead", lead))["number"] for lead in (first, second)]
    assert numbers[0] < numbers[1]
