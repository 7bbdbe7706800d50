"""A company that never existed, with people, customers and a year of work: the demo, and data to test against.

Its life is found in memory from size and seed, and entered with its past through the write path, so its ledgers are
real. What is hidden in it (who is slow, which source converts, why deals were really lost) is known to tests, and
kept nowhere in the workspace: `truth_of` finds it anew.
"""

from jieli.synthetic.build import Report, build
from jieli.synthetic.size import SIZES, Size
from jieli.synthetic.story import truth_of
from jieli.synthetic.truth import Deviation, Habits, ProcessChange, Truth

__all__ = [
    "SIZES",
    "Deviation",
    "Habits",
    "ProcessChange",
    "Report",
    "Size",
    "Truth",
    "build",
    "truth_of",
]
