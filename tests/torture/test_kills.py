"""The short run of `make torture`."""

import pytest

from tests.torture.campaign import campaign

pytestmark = pytest.mark.database

SEED = 9
"""A draw of few victims that take the whole server with them, whose start is what takes long."""


async def test_fifty_kills_lose_nothing_and_leave_nothing_half_done() -> None:
    tally = await campaign(SEED, 50, [300, 2_000], every=10, rest=0.5)
    assert tally.differences == []
    assert tally.kills.total() == 50
    # How much was done meanwhile depends on the machine; that it was something must not.
    for what in ("single writes", "batches", "imports", "blueprint versions", "limits noticed"):
        assert tally.counts[what] > 0, what
