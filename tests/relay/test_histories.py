"""The ledger against an oracle: whatever happens to the records of the relay, in whatever order and however much later,
each has one holder at every instant, and the time of all holders together is the time that has passed."""

from datetime import timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieli.base import clock
from jieli.base.errors import JieliError
from jieli.db.pool import Database
from jieli.db.sql import sql
from jieli.relay.track import track
from jieli.relay.verify import verify
from tests.company import PEOPLE, Company, make
from tests.conftest import HISTORIES
from tests.relay import entering, passing, taking_back
from tests.relay.history import History, Step
from tests.relay.oracle import START, Baton, working

STEPS = {
    "new": entering.enter,
    "import": entering.enter,
    "assign": entering.assign_by_rules,
    "convert": entering.convert_lead,
    "move": passing.move,
    "offer": passing.offer,
    "accept": passing.answer,
    "return": passing.answer,
    "withdraw": passing.answer,
    "transfer": passing.transfer,
    "block": passing.mark_blocked,
    "trash": taking_back.trash,
    "restore": taking_back.restore,
    "undo": taking_back.take_back,
    "sweep": taking_back.sweep,
}
OFTEN = ("move", "move", "offer", "offer", "offer", "accept", "accept", "return", "transfer", "undo")

people = st.sampled_from(sorted(PEOPLE))
waits = st.one_of(
    st.sampled_from([0, 1, 59, 3600, 86_400]).map(lambda n: timedelta(seconds=n)),
    st.timedeltas(timedelta(0), timedelta(days=4)),
)


def steps(*kinds: str) -> st.SearchStrategy[Step]:
    return st.builds(
        Step,
        kind=st.sampled_from(kinds),
        wait=waits,
        who=people,
        to=people,
        pick=st.integers(0, 30),
        choice=st.integers(0, 30),
        is_right=st.sampled_from([True, True, False]),
    )


openings = st.lists(steps("new", "import"), min_size=2, max_size=4)
stories = st.lists(steps(*STEPS, *OFTEN), min_size=8, max_size=30)


class _Undone(Exception):
    pass


@settings(max_examples=HISTORIES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opening=openings, told=stories)
async def test_the_ledger_says_what_happened(
    db: Database, company: Company, opening: list[Step], told: list[Step]
) -> None:
    try:
        async with db.begin() as tx:
            account = await make(tx, company.system, "account", name="老客户")
            history = History(tx, company, account)
            for step in [*opening, *told]:
                await _tell(history, step)
            await _require_what_happened(history)
            raise _Undone
    except _Undone:
        pass


async def _tell(history: History, step: Step) -> None:
    """Try a step. What the program refuses it must refuse as a whole, and the oracle never heard of it."""
    history.now += step.wait
    touched = [(baton, list(baton.touched)) for baton in history.batons]
    try:
        with clock.at(history.now):
            async with history.tx.savepoint():
                await STEPS[step.kind](history, step)
    except JieliError:
        for baton, before in touched:
            baton.touched[:] = before
    for baton in history.batons:
        assert await history.place(baton) == baton.place, step


async def _require_what_happened(history: History) -> None:
    for baton in history.batons:
        assert await _legs(history, baton) == [
            (leg.stage, leg.holder, leg.entered, leg.left, leg.left and working(leg.entered, leg.left))
            for leg in baton.legs
        ]
        assert await _offers(history, baton) == [
            (one.sender, one.receiver, one.stage, one.to, one.state, one.offered, one.due, one.answered)
            for one in baton.offers
        ]
        for moment in baton.moments(history.now):
            assert baton.holders_at(moment) == baton.must_be_held_at(moment)
        with clock.at(history.now):
            found = await track(history.tx, history.company.system, baton.object, baton.id)
        if not baton.place.trashed:
            assert found["working_seconds_total"] == baton.elapsed(history.now)
    assert (await verify(history.tx, history.company.workspace)).violations == ()


async def _legs(history: History, baton: Baton) -> list[tuple[object, ...]]:
    rows = await history.tx.all(
        sql(
            "select stage, holder, entered, left_at, working_seconds from {t} where record = {id} order by id",
            t=history.company.workspace.table("span"),
            id=baton.id,
        )
    )
    return [(row["stage"], history.name_of(row["holder"]), *list(row)[2:]) for row in rows]


async def _offers(history: History, baton: Baton) -> list[tuple[object, ...]]:
    rows = await history.tx.all(
        sql(
            "select sender, receiver, stage, to_stage, state, offered_at, due, answered_at from {t}"
            " where record = {id} order by id",
            t=history.company.workspace.table("handoff"),
            id=baton.id,
        )
    )
    named = history.name_of
    return [(named(row["sender"]), named(row["receiver"]), *list(row)[2:]) for row in rows]


def test_the_oracle_counts_the_days_that_everybody_knows() -> None:
    """From Wednesday morning to the Saturday that is worked, over the Mid-Autumn Festival and the National Day."""
    day = 8 * 3600
    assert working(START, START + timedelta(days=2)) == 2 * day
    assert working(START, START + timedelta(days=17)) == (2 + 3 + 2) * day
    assert working(START, START + timedelta(days=17, hours=2, seconds=7)) == (2 + 3 + 2) * day + 7207
