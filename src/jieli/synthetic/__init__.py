"""A company that never existed, with people, customers and a year of work: the demo, and data to test against.

Everything is written through the write path at the moments of a driven clock, so its ledgers are real. The same
seed gives the same company; what is hidden in it (who is slow, which source converts) is known to tests.
"""

from jieli.synthetic.build import Report, build
from jieli.synthetic.size import SIZES, Size
from jieli.synthetic.truth import Truth

__all__ = ["SIZES", "Report", "Size", "Truth", "build"]
