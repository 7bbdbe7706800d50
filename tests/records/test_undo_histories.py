"""Undo against an oracle: whatever was done in batches, taking it back leaves what was there before; and out of order
nothing that was done since is lost."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jieli.base import clock
from jieli.db.pool import Database
from jieli.records import UndoResult, undo
from jieli.relay.verify import verify
from tests.company import Company
from tests.conftest import HISTORIES
from tests.records.deeds import DEEDS, Deed, Desk
from tests.records.workspace_state import OBJECTS, State, difference, past_of, state_of

OFTEN = ("update", "update", "move", "transfer")
DERIVED = {"score", "score_parts", "search_text"}
"""What is computed anew from the other values."""


def deeds(*kinds: str) -> st.SearchStrategy[Deed]:
    return st.builds(
        Deed,
        kind=st.sampled_from(kinds),
        wait=st.sampled_from([timedelta(seconds=1), timedelta(hours=1), timedelta(days=3)]),
        picks=st.lists(st.integers(0, 60), min_size=1, max_size=3).map(tuple),
        choice=st.integers(0, 30),
        is_bold=st.booleans(),
    )


openings = st.lists(deeds("create", "import"), min_size=2, max_size=5)
stories = st.lists(deeds(*DEEDS, *OFTEN), min_size=2, max_size=8)


class _Undone(Exception):
    pass


@asynccontextmanager
async def a_desk(db: Database, company: Company, opening: list[Deed]) -> AsyncIterator[Desk]:
    """In a transaction that is rolled back, after what is not to be taken back."""
    try:
        async with db.begin() as tx:
            desk = Desk(tx, company, await company.actor(tx, "boss"))
            for deed in opening:
                await desk.do(deed)
            desk.batches.clear()
            yield desk
            raise _Undone
    except _Undone:
        pass


async def take_back(desk: Desk, batch: UUID) -> UndoResult:
    desk.now += timedelta(hours=1)
    with clock.at(desk.now):
        return await undo(desk.tx, desk.boss, batch)


@settings(max_examples=HISTORIES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opening=openings, story=stories)
async def test_taken_back_in_reverse_order_everything_is_as_it_was(
    db: Database, company: Company, opening: list[Deed], story: list[Deed]
) -> None:
    async with a_desk(db, company, opening) as desk:
        states: list[State] = []
        for deed in story:
            before = await state_of(desk.tx, company)
            if await desk.do(deed):
                states.append(before)
        for batch, before in zip(reversed(desk.batches), reversed(states), strict=True):
            past = await past_of(desk.tx, company)
            result = await take_back(desk, batch)
            assert result.conflicts == ()
            after = await state_of(desk.tx, company)
            if any(deed.shares_keys for deed in [*opening, *story]):
                assert before["claim"].keys() <= after["claim"].keys()
                after["claim"] = before["claim"]
            assert difference(before, after) == {}
            gone = past - await past_of(desk.tx, company)
            assert not any(
                one["id"] in leg for leg in gone for key in OBJECTS for one in before[key].values()
            )
        assert (await verify(desk.tx, company.workspace)).violations == ()


@settings(max_examples=HISTORIES, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(opening=openings, story=stories, which=st.integers(0, 30))
async def test_taken_back_out_of_order_nothing_done_since_is_lost(
    db: Database, company: Company, opening: list[Deed], story: list[Deed], which: int
) -> None:
    async with a_desk(db, company, opening) as desk:
        states = [await state_of(desk.tx, company)]
        for deed in story:
            if await desk.do(deed):
                states.append(await state_of(desk.tx, company))
        if not desk.batches:
            return
        place = which % len(desk.batches)
        result = await take_back(desk, desk.batches[place])
        then = await state_of(desk.tx, company)
        for key in OBJECTS:
            kept = {str(one.id): set(one.fields) for one in result.conflicts if one.object == key}
            _require_nothing_lost(key, states[place], states[place + 1], states[-1], then, kept)
        assert (await verify(desk.tx, company.workspace)).violations == ()


def _require_nothing_lost(
    key: str, before: State, after: State, now: State, then: State, kept: dict[str, set[str]]
) -> None:
    done, since = difference(before, after).get(key, {}), difference(after, now).get(key, {})
    result = difference(now, then).get(key, {})
    for record, columns in result.items():
        lost = (columns.keys() & since.get(record, {}).keys()) - DERIVED
        assert not lost, f"{record} lost {lost}"
        assert columns.keys() <= done.get(record, {}).keys() | DERIVED
    for record, columns in done.items():
        missed = columns.keys() - result.get(record, {}).keys() - DERIVED
        assert not missed or record in kept, f"{record} kept {missed} without a word"
