"""What is really going on in the company, hidden from its records and known to tests."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from random import Random
from uuid import UUID

SOURCES: dict[str, tuple[float, float]] = {
    "referral": (0.10, 0.55),
    "exhibition": (0.22, 0.38),
    "website": (0.20, 0.30),
    "search_engine": (0.20, 0.20),
    "online_inquiry": (0.12, 0.28),
    "advertising": (0.16, 0.10),
}
"""Source → its share of the leads, and the probability that a lead from it is worth an opportunity."""

LEAVES: dict[str, float] = {"confirm": 0.14, "assess": 0.10, "quote": 0.20, "sign": 0.08}
"""Stage → the probability that an opportunity is lost there, before the reach of its owner."""

CAUSES: dict[str, dict[str, int]] = {
    "confirm": {"no_budget": 5, "needs_changed": 3, "competitor": 2},
    "assess": {"function": 7, "delivery": 2, "needs_changed": 1},
    "quote": {"price": 5, "competitor": 4, "budget_limit": 2},
    "sign": {"relationship": 4, "competitor": 3, "decision_chain": 2},
}
"""Stage → why opportunities are lost there, with weights."""
OURS = 0.4
"""The probability that the true cause is our own: a package that came back, or a stage over its limit."""
DISGUISED = 0.5
"""The probability that a cause of our own is entered as `SAID_INSTEAD`."""
SAID_INSTEAD = "price"
RETURNED = 0.12
"""The probability that a receiver returns a package of average quality."""
NEGLECTED = 0.06
"""The share of leads that marketing leaves lying, and of followed leads that sales lets drop."""


class Deviation(StrEnum):
    """A way in which an opportunity left its process, planted and found nowhere else."""

    SKIPPED_STAGE = "skipped_stage"
    """From needs confirmation straight to signing: nobody quoted."""
    BACK_STEP = "back_step"
    """From the quote back to needs confirmation."""
    MISSING_DELIVERABLE = "missing_deliverable"
    """Left the quote without a quotation."""
    LATE_ACCEPTANCE = "late_acceptance"
    """The first offer ran out; only the second was accepted."""
    OFF_HOURS = "off_hours"
    """Moved on in the evening."""


DEVIATES: dict[Deviation, float] = {
    Deviation.SKIPPED_STAGE: 0.015,
    Deviation.BACK_STEP: 0.03,
    Deviation.MISSING_DELIVERABLE: 0.02,
    Deviation.LATE_ACCEPTANCE: 0.02,
    Deviation.OFF_HOURS: 0.01,
}
"""The share of opportunities that would deviate so, if they come far enough."""


@dataclass(frozen=True, slots=True)
class ProcessChange:
    """From `at` on, work begun in `stage` takes `factor` of the hours it took before."""

    stage: str
    at: datetime
    factor: float


CHANGED_STAGE, CHANGED_AFTER, CHANGED_BY = "quote", 0.6, 0.55
"""The change comes when this share of the company's time has gone by."""


@dataclass(frozen=True, slots=True)
class Habits:
    """A person: `pace` multiplies the hours a step takes, `slips` the chance that a package comes back, `reach`
    the chance to win; `load` is how much of the work of the role comes to them, beside the others."""

    pace: float
    slips: float
    reach: float
    load: float = 1.0


@dataclass(slots=True)
class Truth:
    """What was planted. Every entry is about a record of the company by its id, or about a member."""

    change: ProcessChange
    habits: dict[UUID, Habits] = field(default_factory=dict)
    conversions: dict[str, float] = field(default_factory=lambda: {k: v[1] for k, v in SOURCES.items()})
    followed: Counter[str] = field(default_factory=Counter)
    """Leads by source about which sales found out whether there is something in them."""
    promising: Counter[str] = field(default_factory=Counter)
    """Those of them that are worth an opportunity."""
    causes: dict[UUID, str] = field(default_factory=dict)
    """Lost opportunity → why it was really lost."""
    disguised: dict[UUID, str] = field(default_factory=dict)
    """Lost opportunity → what was entered instead of the true cause."""
    deviations: dict[UUID, Deviation] = field(default_factory=dict)
    returned: int = 0
    neglected: int = 0

    def add(self, other: "Truth") -> None:
        """What was planted in other lives of the same company."""
        self.followed += other.followed
        self.promising += other.promising
        self.causes |= other.causes
        self.disguised |= other.disguised
        self.deviations |= other.deviations
        self.returned += other.returned
        self.neglected += other.neglected

    def empty(self) -> "Truth":
        """The same company, of whose lives nothing is known yet."""
        return Truth(self.change, self.habits)


def habits(rng: Random, own: Random) -> Habits:
    """`own` draws what came to be hidden later, so that people stay who they were."""
    pace, slips, reach = rng.lognormvariate(0.0, 0.45), rng.uniform(0.5, 1.6), rng.uniform(0.7, 1.3)
    return Habits(pace, slips, reach, own.uniform(0.4, 1.6))


def change_of(start: datetime, end: datetime) -> ProcessChange:
    return ProcessChange(CHANGED_STAGE, start + (end - start) * CHANGED_AFTER, CHANGED_BY)
