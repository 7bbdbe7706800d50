"""The document itself: what is stored, exchanged as YAML or JSON, and edited in the browser.

Every model is frozen and refuses unknown keys, so that a typing error in a blueprint is found and named.
"""

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from jieli.base.language import Language

Key = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
OptionKey = Annotated[str, StringConstraints(min_length=1, max_length=80, strip_whitespace=True)]
Condition = dict[str, object]
"""A condition tree: see `query/condition.py`. An empty one is always true."""


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Label(Part):
    """A text in both languages; a plain string stands for both."""

    zh: Annotated[str, StringConstraints(min_length=1, max_length=400)]
    en: Annotated[str, StringConstraints(min_length=1, max_length=400)]

    @model_validator(mode="before")
    @classmethod
    def _plain(cls, value: object) -> object:
        return {"zh": value, "en": value} if isinstance(value, str) else value

    def pick(self, language: Language) -> str:
        return self.zh if language is Language.ZH else self.en


class FieldDef(Part):
    """One field. Whatever the type itself understands (`to`, `options`, `scale` …) lies in `options`."""

    type: Key
    label: Label
    help: Label | None = None
    required: bool = False
    search: bool = False
    index: bool = False
    default: object = None
    options: dict[str, object] = Field(default_factory=dict)

    @model_validator(mode="before")
    @classmethod
    def _gather(cls, value: object) -> object:
        """In YAML a type's options stand beside the common keys."""
        if not isinstance(value, dict):
            return value
        known = {k: v for k, v in value.items() if k in cls.model_fields and k != "options"}
        own = {k: v for k, v in value.items() if k not in cls.model_fields}
        given = value.get("options", {})
        if isinstance(given, list):  # the options of a select
            given = {"options": given}
        if not isinstance(given, dict):
            return {**known, "options": given}
        return {**known, "options": {**own, **given}}


class Section(Part):
    """A group of fields in the form and on the record page."""

    key: Key
    label: Label
    fields: tuple[Key, ...]


class Card(Part):
    """What a board card or a phone row shows besides the title."""

    subtitle: Key | None = None
    fields: tuple[Key, ...] = ()


class View(Part):
    key: Key
    label: Label
    where: Condition = Field(default_factory=dict)
    sort: tuple[str, ...] = ()
    columns: tuple[Key, ...] = ()


class DuplicateRule(Part):
    """Records of all objects whose rules name the same `kind` may not share a value of these fields.

    `kind` also says how a value is normalised: phone, email, credit_code, company, text. A strict rule cannot be
    overridden by the person who enters the record.
    """

    kind: Literal["phone", "email", "credit_code", "company", "website", "text"]
    fields: tuple[Key, ...]
    strict: bool = False


Trait = Literal["owned", "staged", "scored", "pooled", "deduplicated", "commented", "approvable"]


class ObjectDef(Part):
    label: Label
    plural: Label | None = None
    icon: str = "file"
    traits: tuple[Trait, ...] = ()
    fields: dict[Key, FieldDef]
    title: Key
    columns: tuple[Key, ...] = ()
    card: Card = Card()
    form: tuple[Section, ...] = ()
    views: tuple[View, ...] = ()
    sort: tuple[str, ...] = ("-id",)
    duplicates: tuple[DuplicateRule, ...] = ()
    party: Key | None = None
    """The reference field that names the customer a record belongs to; records of one party are no duplicates."""
    navigation: int | None = None
    """Place in the left rail; None keeps the object out of it."""


class Deliverable(Part):
    """What a stage must produce. `check` is ticked, `file` is attached, `field` is filled in."""

    key: Key
    label: Label
    kind: Literal["check", "file", "field"] = "check"
    field: Key | None = None
    required: bool = True


class Limit(Part):
    hours: Annotated[float, Field(gt=0, le=10_000)]
    clock: Literal["natural", "working"] = "working"
    warn_hours: Annotated[float, Field(ge=0, le=10_000)] = 0


class Gate(Part):
    """What must hold before a record leaves the stage forwards."""

    required: tuple[Key, ...] = ()
    where: Condition = Field(default_factory=dict)


class Stage(Part):
    """A leg of the relay. An active stage has a holder; a won record may still be active (customer feedback)."""

    key: Key
    label: Label
    kind: Literal["open", "won", "lost", "void"] = "open"
    active: bool | None = None
    role: Key | None = None
    backup: Key | None = None
    """The role whose member stands in when the holder cannot act."""
    probability: Annotated[int, Field(ge=0, le=100)] = 0
    duties: tuple[Label, ...] = ()
    deliverables: tuple[Deliverable, ...] = ()
    gate: Gate = Gate()
    limit: Limit | None = None

    @property
    def is_active(self) -> bool:
        return self.kind == "open" if self.active is None else self.active


class HandOff(Part):
    """A move that changes hands: offered to a member of `role`, done when accepted."""

    role: Key
    choose: Literal["person", "owner", "least_loaded", "round_robin"] = "person"
    """`person`: the sender chooses; `owner`: back to the record's owner; the others pick by themselves."""
    due_hours: Annotated[float, Field(gt=0, le=10_000)] = 8
    clock: Literal["natural", "working"] = "working"
    automatic: bool = False
    """Offered by itself as soon as the record enters the stage the move starts from."""
    takes_ownership: bool = False
    """Whether who accepts becomes the owner and not only the holder."""


class Move(Part):
    source: tuple[Key, ...] = Field(alias="from")
    to: Key
    label: Label | None = None
    roles: tuple[Key, ...] = ()
    """Besides the holder, who may make this move; empty: whoever may update the record."""
    required: tuple[Key, ...] = ()
    handoff: HandOff | None = None
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class ReturnReason(Part):
    """What a receiver may answer when returning a package. The key is kept, so that everybody reads it in their own
    language."""

    key: Key
    label: Label


class Process(Part):
    object: Key
    label: Label
    stages: tuple[Stage, ...]
    moves: tuple[Move, ...]
    return_reasons: tuple[ReturnReason, ...] = ()

    def return_reason(self, said: str) -> ReturnReason | None:
        """The reason of the list that somebody names by its key, or by its label in either language."""
        return next((r for r in self.return_reasons if said in (r.key, r.label.zh, r.label.en)), None)


Scope = Literal["own", "created", "subordinates", "department", "department_tree", "shared", "all"]


class ScopeCondition(Part):
    condition: Condition


class ObjectRights(Part):
    """What a role may do with one object. A list of scopes is a union; an empty list means never."""

    create: bool = False
    read: tuple[Scope | ScopeCondition, ...] = ()
    update: tuple[Scope | ScopeCondition, ...] = ()
    delete: tuple[Scope | ScopeCondition, ...] = ()
    transfer: tuple[Scope | ScopeCondition, ...] = ()
    """Change of owner, and hand-over of what one does not hold."""
    import_: bool = Field(default=False, alias="import")
    export: bool = False
    fields: dict[Key, Literal["hidden", "read", "write"]] = Field(default_factory=dict)
    """Exceptions to the rule that whoever may read or update a record may read or write its fields."""
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


Right = Literal["members", "blueprint", "dashboard", "audit", "verify"]


class Role(Part):
    label: Label
    description: Label | None = None
    rights: tuple[Right, ...] = ()
    """Beyond records: manage members, change the blueprint, see dashboards, the audit log, run verify."""
    everything: bool = False
    """The administrator: every object, every scope, every field, every right."""
    objects: dict[Key, ObjectRights] = Field(default_factory=dict)


class ScoreRule(Part):
    key: Key
    label: Label
    when: Condition
    points: Annotated[int, Field(ge=-1000, le=1000)]


class Scorecard(Part):
    base: int = 0
    rules: tuple[ScoreRule, ...]
    low: int = 0
    high: int = 100


class AssignmentRule(Part):
    """The first rule whose condition holds decides. `capacity` counts active records held; a full person is passed
    over, and when all are full the next rule is tried."""

    key: Key
    label: Label
    when: Condition = Field(default_factory=dict)
    method: Literal["person", "round_robin", "least_loaded"]
    members: tuple[str, ...] = ()
    """Login names or member ids; empty: everybody of `role` (within `department`, if given)."""
    role: Key | None = None
    department: str | None = None
    capacity: Annotated[int, Field(ge=1, le=1_000_000)] | None = None


class Assignment(Part):
    rules: tuple[AssignmentRule, ...]
    stage: Key | None = None
    """The stage a record enters when a rule has given it an owner."""


class Conversion(Part):
    """Lead → customer: for each new record, which of its fields come from which field of the source."""

    source: Key
    account: dict[Key, Key]
    contact: dict[Key, Key]
    opportunity: dict[Key, Key]
    stage: Key
    """The stage the source enters when converted."""
    start: Key | None = None
    """The stage the new opportunity begins in; None is the first of its process."""


class Dashboards(Part):
    funnel: Key = "opportunity"
    """The process whose funnel is shown first."""


class Document(Part):
    """A whole workspace, as data."""

    format: Literal[1] = 1
    name: Label
    currency: Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")] = "CNY"
    time_zone: str = "Asia/Shanghai"
    objects: dict[Key, ObjectDef]
    processes: dict[Key, Process] = Field(default_factory=dict)
    roles: dict[Key, Role] = Field(default_factory=dict)
    scorecards: dict[Key, Scorecard] = Field(default_factory=dict)
    assignments: dict[Key, Assignment] = Field(default_factory=dict)
    conversions: dict[Key, Conversion] = Field(default_factory=dict)
    dashboards: Dashboards = Dashboards()

    def with_object(self, key: str, changed: ObjectDef) -> Self:
        return self.model_copy(update={"objects": {**self.objects, key: changed}})
