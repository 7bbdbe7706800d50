"""The answers of the reports and the home page as OpenAPI describes them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from pydantic import Field, JsonValue

from jieli.api.relay_shapes import HandOffState
from jieli.api.shapes import Label, Open, Shape, Titled


class Days(Shape):
    """Both days are within."""

    first: str = Field(alias="from")
    to: str


class Drill(Shape):
    """The list behind a number: it holds exactly the records that were counted, for the same reader."""

    object: str
    where: dict[str, JsonValue]


class CountedDrill(Drill):
    count: int


class HandOffQuestion(Days):
    states: str
    in_time: bool
    receiver: UUID | None


class HandOffDrill(Shape):
    """The parameters of the list of hand-offs behind a number."""

    handoffs: HandOffQuestion


AnyDrill = Drill | HandOffDrill
Unit = Literal["count", "money", "percent", "duration"]
Number = int | float | str | None


class Metric(Shape):
    """`direction` is the one that is good. A percent of 13.5 is 13.5 %, a duration is in working seconds, money is a
    decimal text."""

    key: str
    label: Label
    definition: Label
    unit: Unit
    direction: Literal["up", "down"] | None


class Metrics(Shape):
    items: list[Metric]


class Change(Shape):
    """Of percentages in points, of all else in percent of what it was."""

    value: float
    unit: Literal["points", "percent"]
    good: bool | None


class Figure(Metric):
    """`drill` leads to what was counted; of a percentage, `of` leads to what it was taken of."""

    value: Number
    previous: Number
    change: Change | None
    drill: AnyDrill
    of: AnyDrill | None


class Summary(Shape):
    period: Days
    previous: Days
    numbers: list[Figure]


class Bottleneck(Label):
    """Why this stage stands out: more is lost here, or it takes longer, so many times the others' average."""

    kind: Literal["drop", "time"]
    ratio: float


class FunnelStage(Shape):
    """`waiting` came here and no further and may go on; `lost` and `void` ended having come here and no further;
    `now` stand here. `legs` have ended and make up the times."""

    stage: str
    label: Label
    kind: Literal["open", "won"]
    entered: int
    amount: str | None
    conversion: float | None
    conversion_decided: float | None
    overall: float | None
    now: int
    waiting: int
    lost: int
    void: int
    legs: int
    median_working_seconds: int | None
    mean_working_seconds: int | None
    bottleneck: bool
    reason: Bottleneck | None
    drill: Drill
    drills: dict[str, Drill]


class FunnelEnd(Shape):
    stage: str
    label: Label
    kind: Literal["lost", "void"]
    count: int
    amount: str | None
    drill: Drill


class Funnel(Shape):
    """`amount` names the field that is summed up."""

    process: str
    object: str
    label: Label
    period: Days | None
    amount: str | None
    stages: list[FunnelStage]
    ends: list[FunnelEnd]
    definition: Label
    columns: list[Metric]


class Figures(Open):
    """A number under the key of each column, and under `drill` the list behind each."""

    drill: dict[str, Drill]


class OfDepartment(Figures):
    department: Titled | None


class Choice(Shape):
    id: str
    title: Label | str | None


class OfGroup(Figures):
    group: Choice | None


class Reason(Shape):
    reason: Choice | None
    count: int
    drill: Drill


class Departments(Shape):
    """`reasons` say why leads and deals were lost."""

    period: Days
    columns: list[Metric]
    rows: list[OfDepartment]
    total: Figures
    reasons: dict[str, list[Reason]]


class Fate(Shape):
    period: Days
    by: str
    columns: list[Metric]
    rows: list[OfGroup]
    total: Figures


class Place(Shape):
    rank: int
    member: Titled
    value: Number
    drill: AnyDrill


class Leaderboard(Shape):
    period: Days
    metric: Metric
    metrics: list[Metric]
    rows: list[Place]


class EndedHandOff(Open):
    """`from` and `to` are the members."""

    id: UUID
    object: str
    record: Titled
    to: Titled
    stage: str
    to_stage: str | None
    state: HandOffState
    offered_at: datetime
    due: datetime | None
    answered_at: datetime
    working_seconds: int | None
    reason: Label | None


class EndedHandOffs(Shape):
    """The newest of them; `count` says how many there are."""

    items: list[EndedHandOff]
    count: int


class ToDo(Shape):
    """`rank` is the place of its kind in the order of urgency; `also` are further reasons for the same record."""

    kind: str
    rank: int
    object: str
    record: Titled
    reason: Label
    also: list[Label]
    due: datetime | None
    since: datetime
    late: bool
    handoff: UUID | None


class PassedOn(Shape):
    id: UUID
    object: str
    record: Titled
    to: Titled
    stage: str
    to_stage: str | None
    state: HandOffState
    offered_at: datetime
    due: datetime | None
    answered_at: datetime | None
    reason: Label | None
    message: str | None
    missing: list[str]


class Passed(Shape):
    """Hand-offs that I offered; those that ended, of the last thirty days."""

    waiting: list[PassedOn]
    accepted: list[PassedOn]
    returned: list[PassedOn]
    expired: list[PassedOn]
    counts: dict[str, int]


class Stuck(Shape):
    object: str
    record: Titled
    stage: str
    label: Label | None
    holder: Titled
    due: datetime | None
    since: datetime | None
    blocked: str | None
    blocked_since: datetime | None


class StuckStage(Shape):
    object: str
    stage: str
    label: Label | None
    count: int
    overdue: int
    blocked: int
    drill: Drill


class StuckPerson(Shape):
    member: Titled
    count: int
    overdue: int
    blocked: int
    drills: list[CountedDrill]


class StuckBy(Shape):
    count: int
    stages: list[StuckStage]
    people: list[StuckPerson]


class Overloaded(Shape):
    """Holds far more than the average of the same role."""

    member: Titled
    role: str | None
    held: int
    average: float
    ratio: float
    overdue: int
    drills: list[CountedDrill]


class Team(Shape):
    stuck: list[Stuck]
    stuck_by: StuckBy
    overloaded: list[Overloaded]
    columns: list[Metric]


class Home(Open):
    """Who leads a team has `team` too."""

    todo: list[ToDo]
    todo_count: int
    passed: Passed
    numbers: list[Figure]
    team: Team | None = None
