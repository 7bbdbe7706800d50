"""What goes into the write path and what comes out of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID

from jieli.base.errors import Problem

Values = dict[str, Any]
"""A record's values by field key. The one place where `Any` is meant."""


class Action(StrEnum):
    CREATE = "create"
    UPDATE = "update"
    DELETE = "delete"
    RESTORE = "restore"


class Duplicates(StrEnum):
    """What to do with a new record that matches an existing one."""

    REJECT = "reject"
    SKIP = "skip"
    UPDATE = "update"
    CREATE = "create"


class Outcome(StrEnum):
    CREATED = "created"
    UPDATED = "updated"
    DELETED = "deleted"
    RESTORED = "restored"
    UNCHANGED = "unchanged"
    SKIPPED = "skipped"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Change:
    """One row of a batch. `values` are JSON forms unless the batch says `typed`; `row` is what errors name;
    `source_key` is the row's identity in a file or another system, so that the same row is not entered twice.
    `besides` are field values that only a new record gets, where the row says nothing else: a duplicate that becomes
    an update keeps its own."""

    values: Values = field(default_factory=dict)
    id: UUID | None = None
    version: int | None = None
    row: int = 0
    source_key: str | None = None
    besides: Values | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Changes of one kind to one object.

    `atomic`: one bad row refuses all (raised); otherwise good rows are written and bad ones reported.
    `trusted`: the program itself acts: system fields may be written and access is not asked; the caller has
    checked. `typed`: values are already field values. `event` names the kind in the log where the action alone
    says too little (`moved`, `assigned`); `about` is kept with every event. `automations`: whether assignment and
    notifications run. `id` lets several calls count as one batch, to be undone together. `exact`: the values are
    those of an earlier time and come back as they were, with nothing that usually follows from such a change.
    `past`: the values say where records stand at the end of a past that the caller writes beside them in the same
    transaction (`relay.past`): what they refer to may come later in it, and nothing is logged, begun or offered here.
    """

    object: str
    action: Action
    changes: Sequence[Change]
    atomic: bool = True
    trusted: bool = False
    typed: bool = False
    duplicates: Duplicates = Duplicates.REJECT
    automations: bool = True
    exact: bool = False
    past: bool = False
    assign: bool = False
    source: str = "screen"
    event: str | None = None
    about: Values = field(default_factory=dict)
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """An existing record that a new one would duplicate, by which kind of value. `row` is set instead of `id`
    when the other one is an earlier row of the same batch. `alike` when the values are not equal but probably
    mean the same."""

    object: str
    id: UUID | None
    kind: str
    field: str
    strict: bool = False
    row: int | None = None
    alike: bool = False


@dataclass(slots=True)
class Draft:
    """A row on its way through the write path; hooks add values and problems.

    `before` is None for a new record. `values` are the values to be written, only those that change. `given` are
    the values of the change itself, without what the program has added to a new record.
    """

    row: int
    id: UUID
    before: Values | None
    values: Values
    version: int = 0
    problems: list[Problem] = field(default_factory=list)
    outcome: Outcome | None = None
    matches: list[Match] = field(default_factory=list)
    about: Values = field(default_factory=dict)
    event: str | None = None
    source_key: str | None = None
    given: Values | None = None
    extra: Values = field(default_factory=dict)
    """What hooks hand to themselves at a later point, by their own key."""

    def after(self, key: str) -> Any:  # house: allow any - a value as Values holds it
        """The value the field will have."""
        if key in self.values:
            return self.values[key]
        return self.before.get(key) if self.before else None

    @property
    def merged(self) -> Values:
        """All values as they will be. To be read only: a new record's are its values themselves."""
        return {**self.before, **self.values} if self.before else self.values

    @property
    def is_alive(self) -> bool:
        """Whether the row is still to be written."""
        return not self.problems and self.outcome is None

    def refuse(self, problem: Problem) -> None:
        self.problems.append(problem)


@dataclass(frozen=True, slots=True)
class RowResult:
    row: int
    id: UUID | None
    outcome: Outcome
    problems: tuple[Problem, ...] = ()
    matches: tuple[Match, ...] = ()


@dataclass(frozen=True, slots=True)
class BatchResult:
    batch: UUID
    rows: tuple[RowResult, ...]

    def count(self, *outcomes: Outcome) -> int:
        return sum(row.outcome in outcomes for row in self.rows)

    @property
    def only(self) -> RowResult:
        """The one row of a batch of one."""
        (row,) = self.rows
        return row
