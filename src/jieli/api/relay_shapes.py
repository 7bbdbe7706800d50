"""The answers about the relay as OpenAPI describes them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from jieli.api.shapes import Label, Open, Shape, Titled


class Missing(Shape):
    fields: list[str]
    deliverables: list[str]


class Candidate(Shape):
    """`load` counts the records in hand; `on_time` is the share of offers answered in time."""

    id: UUID
    title: str
    load: int
    on_time: float | None
    owner: bool
    reason: str


class MoveHandOff(Open):
    role: str
    choose: str
    due_hours: float
    candidates: list[Candidate]


class Move(Open):
    to: str
    label: Label
    kind: Literal["open", "won", "lost", "void"]
    forward: bool
    allowed: bool
    missing: Missing
    required: list[str]
    handoff: MoveHandOff | None


class Moves(Shape):
    moves: list[Move]


class PackageField(Open):
    key: str
    label: Label


class PackageDeliverable(Open):
    key: str
    label: Label
    done: bool


class PackageFile(Open):
    id: UUID
    name: str
    size: int


class Package(Open):
    fields: list[PackageField]
    deliverables: list[PackageDeliverable]
    files: list[PackageFile]


HandOffState = Literal["offered", "accepted", "returned", "expired", "withdrawn"]


class HandOff(Open):
    """`from` and `to` are the members; the package is as it was when offered."""

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
    missing: list[str]
    message: str | None
    automatic: bool
    package: Package


class HandOffs(Shape):
    items: list[HandOff]


class Attached(Open):
    id: UUID
    name: str
    size: int
    type: str


class Deliverable(Open):
    key: str
    label: Label
    kind: Literal["check", "file", "field"]
    field: str | None
    required: bool
    done: bool
    by: Titled | None
    at: datetime | None
    files: list[Attached]


class Deliverables(Shape):
    stage: str
    items: list[Deliverable]


class Span(Open):
    holder: Titled | None
    entered: datetime
    left: datetime | None
    working_seconds: int
    returns: int


class TrackStage(Open):
    stage: str
    state: Literal["done", "current", "coming", "skipped"]
    spans: list[Span]
    role: str | None
    backup_role: str | None
    working_seconds: int


class Track(Open):
    stages: list[TrackStage]
    holder: Titled | None
    backup: Titled | None
    due: datetime | None
    working_seconds_total: int
