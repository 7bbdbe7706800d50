"""`make torture KILLS=1000 SEED=1`: campaigns of fifty kills, each on a new site, and what they have found."""

import argparse
import asyncio
import logging
import time

from tests.torture.campaign import campaign
from tests.torture.ledger import Tally

EACH = 50
ROWS = [500, 2_000, 20_000, 100_000]


async def torture(seed: int, kills: int, rows: list[int]) -> Tally:
    """Stops with the first campaign that finds a difference; tells the sums after each."""
    total = Tally()
    while kills > 0 and not total.differences:
        began = time.monotonic()
        found = await campaign(seed, min(kills, EACH), rows)
        total.add(found)
        print(
            f"seed {seed}: {found.kills.total()} kills in {time.monotonic() - began:.0f} s, so far",
            flush=True,
        )
        print(total.told(), flush=True)
        if found.differences:
            print(f"to repeat: make torture KILLS={min(kills, EACH)} SEED={seed}", flush=True)
        kills, seed = kills - EACH, seed + 1
    return total


def main() -> None:
    parser = argparse.ArgumentParser(prog="make torture", description=__doc__)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--rows", type=int, nargs="+", default=ROWS, help="sizes of the files brought in")
    asked = parser.parse_args()
    # The torturer's own connections die all the time, which its pools would tell with a page each.
    logging.disable(logging.ERROR)
    total = asyncio.run(torture(asked.seed, asked.kills, asked.rows))
    raise SystemExit(1 if total.differences else 0)


if __name__ == "__main__":
    main()
