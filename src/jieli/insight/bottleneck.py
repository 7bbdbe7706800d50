"""Which stage holds a process up: where most is lost, or where it takes longest, compared with the other stages."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from jieli.base.language import Language, Message
from jieli.records import Values

ENOUGH = 5
"""With fewer records or legs than this a stage says nothing."""
REMARKABLE, FAR = 1.5, 10.0
LEAST_DROP = 0.1

DROP = Message(
    "bottleneck_drop",
    "有去向的记录中 {share}% 在此流失，其余阶段平均 {rest}%",
    "{share}% of those decided end here; {rest}% on average in the other stages",
)
TIME = Message(
    "bottleneck_time",
    "用时中位数 {hours} 小时，是其余阶段平均的 {ratio} 倍",
    "Median {hours} hours, {ratio} times the average of the other stages",
)


@dataclass(frozen=True, slots=True)
class Passage:
    """What is known of the way through an open stage: of `decided` records `ended` went no further; `legs` have
    ended after `median` working seconds."""

    stage: str
    decided: int
    ended: int
    legs: int
    median: float | None


@dataclass(frozen=True, slots=True)
class Bottleneck:
    """`ratio` is how many times the others' average it is, at most FAR."""

    stage: str
    kind: Literal["drop", "time"]
    ratio: float
    message: Message
    params: dict[str, object]

    @property
    def reason(self) -> Values:
        return {
            "kind": self.kind,
            "ratio": self.ratio,
            "zh": self.message.text(Language.ZH, **self.params),
            "en": self.message.text(Language.EN, **self.params),
        }


def bottleneck(passages: Sequence[Passage]) -> Bottleneck | None:
    """The stage that stands out most, if any does."""
    found = [one for one in (_drop(passages), _time(passages)) if one and one.ratio >= REMARKABLE]
    return max(found, key=lambda one: one.ratio, default=None)


def _drop(passages: Sequence[Passage]) -> Bottleneck | None:
    shares = {one.stage: one.ended / one.decided for one in passages if one.decided >= ENOUGH}
    stage, ratio, rest = _foremost(shares)
    if stage is None or shares[stage] < LEAST_DROP:
        return None
    params: dict[str, object] = {"share": round(shares[stage] * 100), "rest": round(rest * 100)}
    return Bottleneck(stage, "drop", ratio, DROP, params)


def _time(passages: Sequence[Passage]) -> Bottleneck | None:
    medians = {one.stage: one.median for one in passages if one.legs >= ENOUGH and one.median is not None}
    stage, ratio, _ = _foremost(medians)
    if stage is None:
        return None
    return Bottleneck(stage, "time", ratio, TIME, {"hours": round(medians[stage] / 3600, 1), "ratio": ratio})


def _foremost(values: dict[str, float]) -> tuple[str | None, float, float]:
    """The largest, how many times the average of the others it is, and that average."""
    if len(values) < 2:
        return None, 0.0, 0.0
    stage = max(values, key=lambda key: values[key])
    rest = (sum(values.values()) - values[stage]) / (len(values) - 1)
    if not values[stage]:
        return None, 0.0, rest
    ratio = min(values[stage] / rest, FAR) if rest else FAR
    return stage, round(ratio, 1), rest
