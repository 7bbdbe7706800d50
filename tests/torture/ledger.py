"""What was promised: every answer that said a thing was done, to be compared with what is there."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

Values = dict[str, object]


@dataclass
class Kept:
    """A record as the last acknowledged write has left it."""

    id: UUID
    name: str
    needs: str
    deleted: bool = False


@dataclass(frozen=True)
class Bulk:
    """A batch that was acknowledged with so many rows."""

    id: UUID
    rows: int


@dataclass
class Brought:
    """An import that was asked for; `state` is what its maker was told last."""

    id: UUID
    marker: str
    rows: int
    state: str = "running"
    error: str = ""


@dataclass
class Ledger:
    """`faults` are answers that should never be given, such as a 500; they count as differences."""

    records: dict[str, Kept] = field(default_factory=dict)
    bulks: dict[UUID, Bulk] = field(default_factory=dict)
    herd: Values = field(default_factory=dict)
    imports: dict[UUID, Brought] = field(default_factory=dict)
    overdue: dict[UUID, datetime] = field(default_factory=dict)
    label: str = ""
    fields: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)


@dataclass
class Tally:
    """The sum of one or more campaigns. `slowest` tells for each victim after how many seconds at most the site
    answered again."""

    kills: Counter[str] = field(default_factory=Counter)
    slowest: dict[str, float] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    differences: list[str] = field(default_factory=list)

    def killed(self, victim: str, seconds: float) -> None:
        self.kills[victim] += 1
        self.slowest[victim] = max(seconds, self.slowest.get(victim, 0))

    def add(self, other: "Tally") -> None:
        self.kills += other.kills
        for victim, seconds in other.slowest.items():
            self.slowest[victim] = max(seconds, self.slowest.get(victim, 0))
        self.counts += other.counts
        self.differences += other.differences

    def told(self) -> str:
        kills = ", ".join(f"{name} {count}" for name, count in sorted(self.kills.items()))
        slowest = ", ".join(f"{name} {seconds:.1f} s" for name, seconds in sorted(self.slowest.items()))
        counts = "\n".join(f"  {name:28} {count}" for name, count in sorted(self.counts.items()))
        found = "\n".join(f"  {difference}" for difference in self.differences)
        head = f"kills {self.kills.total()} ({kills})\nanswered again after at most {slowest}"
        return f"{head}\n{counts}\ndifferences {len(self.differences)}\n{found}"
