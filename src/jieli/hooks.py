"""The points at which packages take part in a write, in the order in which they run.

This is the whole list: nothing is found by scanning, and nothing listens from elsewhere.
"""

from jieli.intake import assignment, duplicates, scoring
from jieli.records.hooks import Hooks
from jieli.records.hooks import install as _install
from jieli.relay import automatic, ledger, sharing, stages

HOOKS = Hooks(
    prepare=(stages.enter, duplicates.match),
    derive=(scoring.Scoring(), assignment.Assigning()),
    settle=(stages.place, duplicates.claim),
    written=(
        ledger.keep,
        sharing.participants,
        sharing.passed_on,
        assignment.record_decisions,
        automatic.offer,
    ),
    undone=(duplicates.claim_again, sharing.passed_back),
)


def install() -> None:
    """Make the write path of this process run them."""
    _install(HOOKS)
