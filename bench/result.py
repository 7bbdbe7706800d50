"""What a bench has found out."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from bench.machine import machine
from jieli.base import clock

DIGITS = 4


@dataclass(frozen=True, slots=True)
class Target:
    """What design asks for: at least a ratio to the limit, or at most a value."""

    of: Literal["ratio", "value"]
    bound: float

    def is_met(self, value: float, ratio: float) -> bool:
        return ratio >= self.bound if self.of == "ratio" else value <= self.bound


@dataclass(frozen=True, slots=True)
class Result:
    """`value` is Jieli's and `limit` is PostgreSQL's own, in the same unit. The ratio is the share of PostgreSQL's
    speed that Jieli reaches, whether the unit counts work per second or the time of one piece of work."""

    name: str
    value: float
    limit: float
    unit: str
    target: Target
    rows: int
    extra: Mapping[str, object] = field(default_factory=dict)
    also_met: bool = True
    """Whether what else the target asks for holds."""

    @property
    def ratio(self) -> float:
        return self.limit / self.value if self.unit == "ms" else self.value / self.limit

    @property
    def met(self) -> bool:
        return self.also_met and self.target.is_met(self.value, self.ratio)

    def as_json(self) -> dict[str, object]:
        return {
            "name": self.name,
            "value": round(self.value, DIGITS),
            "unit": self.unit,
            "limit": round(self.limit, DIGITS),
            "ratio": round(self.ratio, DIGITS),
            "target": self.target.bound,
            "target_of": self.target.of,
            "met": self.met,
            "machine": machine(),
            "rows": self.rows,
            "date": clock.now().isoformat(timespec="seconds"),
            **{key: round(v, DIGITS) if isinstance(v, float) else v for key, v in self.extra.items()},
        }
