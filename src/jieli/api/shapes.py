"""The answers as OpenAPI describes them. What they say of a record's values is in the blueprint."""

from datetime import datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, JsonValue


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Open(BaseModel):
    """Has further keys that depend on the definitions."""

    model_config = ConfigDict(extra="allow")


class Label(Shape):
    zh: str
    en: str


class Titled(Shape):
    id: UUID
    title: str | None


class Health(Shape):
    status: Literal["ok"]


class FieldProblem(Shape):
    """`path` names the place of the value, such as `amount` or `rows.3.phone`."""

    path: str
    code: str
    text: str


class Problem(Open):
    """A refusal. Some kinds have further keys: `current`, `matches`, `missing`."""

    type: Literal["about:blank"]
    status: int
    code: str
    title: str
    problems: list[FieldProblem]


class Account(Shape):
    id: UUID
    login: str
    name: str
    language: Literal["zh", "en"]
    time_zone: str
    must_change_password: bool
    second_factor: bool


class WorkspaceEntry(Shape):
    slug: str
    label: str
    member: UUID
    second_factor_required: bool


class Session(Shape):
    account: Account
    workspaces: list[WorkspaceEntry]


class Me(Shape):
    member: Titled
    roles: list[str]
    department: Titled | None
    rights: list[str]
    everything: bool


class Blueprint(Open):
    version: int
    name: Label
    currency: str
    time_zone: str
    me: Me
    objects: dict[str, JsonValue]
    processes: dict[str, JsonValue]
    roles: dict[str, JsonValue]
    scorecards: dict[str, JsonValue]
    relative_dates: list[str]


class Can(Shape):
    update: bool
    delete: bool
    transfer: bool
    move: bool
    handoff: bool


class Record(Open):
    """The values of the fields that the reader may see, in the JSON form of their types."""

    id: UUID
    version: int


class OneRecord(Record):
    can: Can


class Count(Shape):
    """Exact up to ten thousand, then estimated."""

    value: int
    exact: bool


class Page(Shape):
    items: list[Record]
    next: str | None
    count: Annotated[Count | None, Field(default=None)]


class Deleted(Shape):
    id: UUID
    batch: UUID


class Match(Shape):
    """An existing record; what the reader may not see of it is null. `alike` when the value is not equal but
    probably means the same."""

    object: str
    id: UUID | None
    title: str | None
    owner: Titled | None
    kind: str
    field: str
    strict: bool
    alike: bool
    visible: bool


class Checked(Shape):
    problems: list[FieldProblem]
    duplicates: list[Match]


class Rows(Shape):
    updated: int
    rejected: int


class Rejected(Shape):
    id: UUID
    title: str | None
    problems: list[FieldProblem]


class BatchAnswer(Shape):
    """`batch` can be undone; it is null when nothing was written."""

    count: int
    batch: UUID | None
    rows: Rows
    rejected: list[Rejected]


class Kept(Shape):
    object: str
    id: UUID
    title: str | None
    fields: list[str]


class Undone(Shape):
    restored: int
    conflicts: list[Kept]


class BoardColumn(Shape):
    stage: str
    count: int
    sum: dict[str, str | None]
    items: list[Record]
    next: str | None


class Board(Shape):
    columns: list[BoardColumn]


class AggregateRow(Shape):
    group: list[JsonValue]
    values: list[str | None]


class Aggregate(Shape):
    rows: list[AggregateRow]


class FileEntry(Shape):
    id: UUID
    name: str
    size: int
    type: str
    at: datetime
    by: Titled | None
    field: str | None
    deliverable: str | None


class Files(Shape):
    items: list[FileEntry]


class Comment(Shape):
    id: UUID
    at: datetime
    author: Titled
    text: str
    mentions: list[Titled]


class Comments(Shape):
    items: list[Comment]
    next: str | None


class NewComment(Comment):
    """`unheard` are those mentioned who may not see the record, and so were not told."""

    unheard: list[Titled]


class TimelineItem(Open):
    id: UUID
    at: datetime
    actor: Titled | None
    kind: str


class Timeline(Shape):
    items: list[TimelineItem]
    next: str | None


class RelatedGroup(Shape):
    object: str
    field: str
    count: int
    items: list[Record]


class Related(Shape):
    groups: list[RelatedGroup]


class Reason(Shape):
    role: str
    scope: str
    text: str


class Why(Shape):
    allowed: bool
    reasons: list[Reason]


class Hit(Shape):
    id: UUID
    title: str | None
    subtitle: str | None


class SearchGroup(Shape):
    object: str
    items: list[Hit]


class Found(Shape):
    groups: list[SearchGroup]


class View(Shape):
    key: str
    id: UUID
    label: Label
    where: dict[str, JsonValue]
    sort: list[str]
    columns: list[str]
    shared: bool
    mine: bool


class Views(Shape):
    items: list[View]


class ScorePart(Shape):
    key: str
    label: str
    points: int


class Score(Shape):
    score: int | None
    base: int
    parts: list[ScorePart]


class DecisionCandidate(Shape):
    member: Titled
    load: int
    excluded: str | None


class Decision(Open):
    at: datetime
    rule: str | None
    label: Label | None
    version: int
    chosen: Titled | None
    candidates: list[DecisionCandidate]
    why: dict[str, JsonValue]


class Decisions(Shape):
    decisions: list[Decision]


class Proposed(Shape):
    values: dict[str, JsonValue]


class ProposedAccount(Proposed):
    match: Titled | None


class Proposal(Shape):
    account: ProposedAccount
    contact: Proposed
    opportunity: Proposed


class Converted(Shape):
    account: UUID
    contact: UUID | None
    opportunity: UUID | None
    batch: UUID


class NewMemberAnswer(Shape):
    """No link when a password was given, or when the account existed."""

    member: OneRecord
    invite_url: str | None


class InviteLink(Shape):
    invite_url: str


class Roles(Shape):
    version: int
    roles: dict[str, JsonValue]


class RolePublished(Shape):
    version: int
    plan: list[str]


class Notice(Shape):
    id: UUID
    at: datetime
    kind: str
    text: str
    object: str | None
    record: Titled | None
    read: bool


class Notices(Shape):
    items: list[Notice]
    unread: int
    next: UUID | None


class Unread(Shape):
    unread: int


class OpenSession(Shape):
    id: UUID
    since: datetime
    seen_at: datetime
    agent: str
    address: str
    is_this: bool


class AccountEvent(Shape):
    """Something that happened to an account. `author` is somebody else who did it; `member` and `account` are given to
    who watches over a workspace."""

    id: UUID
    at: datetime
    kind: str
    outcome: str
    address: str
    agent: str
    about: str
    author: str | None
    member: UUID | None
    account: str | None


class AccountEvents(Shape):
    items: list[AccountEvent]
    next: UUID | None


class AccountSecurity(Shape):
    """`required` when one of the workspaces demands a second factor."""

    second_factor: bool
    required: bool
    recovery_codes: int
    sessions: list[OpenSession]


class Enrolment(Shape):
    """`picture` is a code to scan, as the address of an image."""

    secret: str
    picture: str


class RecoveryCodes(Shape):
    recovery_codes: list[str]


class ApiToken(Shape):
    id: UUID
    name: str
    prefix: str
    scope: Literal["read", "write", "admin"]
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime


class ApiTokens(Shape):
    items: list[ApiToken]


class NewApiToken(Shape):
    """`text` is shown this once."""

    token: ApiToken
    text: str


class Protection(Shape):
    """Whether a second factor is demanded, and how many of the workspace's accounts have one."""

    second_factor_required: bool
    accounts: int
    enrolled: int
