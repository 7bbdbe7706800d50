"""What is really going on in the company, hidden from its records and known to tests."""

from dataclasses import dataclass, field
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
"""Stage → the probability that an opportunity is lost there."""

LOSSES = ("competitor", "price", "no_budget", "function", "relationship", "needs_changed")
RETURNED = 0.12
"""The probability that a receiver returns a package of average quality."""


@dataclass(frozen=True, slots=True)
class Habits:
    """A person: `pace` multiplies the hours a step takes, `care` lowers the chance that a package comes back,
    `reach` raises the chance to win."""

    pace: float
    care: float
    reach: float


@dataclass(slots=True)
class Truth:
    """The habits of each member, and counters of what was planted."""

    habits: dict[UUID, Habits] = field(default_factory=dict)
    conversions: dict[str, float] = field(default_factory=lambda: {k: v[1] for k, v in SOURCES.items()})
    returned: int = 0
    neglected: int = 0

    def of(self, member: UUID | None) -> Habits:
        return self.habits.get(member, AVERAGE) if member else AVERAGE


AVERAGE = Habits(1.0, 1.0, 1.0)


def habits(rng: Random) -> Habits:
    return Habits(rng.lognormvariate(0.0, 0.45), rng.uniform(0.5, 1.6), rng.uniform(0.7, 1.3))
