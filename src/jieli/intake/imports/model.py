"""What an import is told, and what it answers."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from jieli.base.errors import Invalid
from jieli.blueprint.document import Key, Label
from jieli.blueprint.parse import problems_of
from jieli.intake.reading import Cell
from jieli.intake.reading.limits import MAX_COLUMNS
from jieli.records import Duplicates, Match, Outcome, Values

LONGEST_SHEET = 255
"""Longer than any program lets a sheet be called; it is handed on to another process."""


class State(StrEnum):
    DRAFT = "draft"
    CHECKING = "checking"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    UNDONE = "undone"


class Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NewField(Part):
    """A field to be made for a column. `options` are the choices of a select as they stand in the cells."""

    label: Label
    type: str = "text"
    options: tuple[Annotated[str, StringConstraints(min_length=1, max_length=400)], ...] = ()
    key: Key | None = None


class Wanted(Part):
    """What becomes of one column: the value of a field, of a new field, or nothing."""

    index: Annotated[int, Field(ge=0)]
    target: str | None = None
    new_field: NewField | None = None


class Setup(Part):
    """How a file is brought in.

    `assign`: by the assignment rules, or all to `owner` (without one, to who imports). `empty_values` are texts that
    stand for an empty cell. `create_missing`: what a reference names and is not there is made, with its title alone.
    `add_choices`: a text that is no choice of its field becomes one. Without these, such rows are refused.
    """

    mapping: Annotated[tuple[Wanted, ...], Field(max_length=MAX_COLUMNS)]
    policy: Literal["skip", "update", "create"] = "skip"
    assign: Literal["rules", "owner"] = "rules"
    owner: UUID | None = None
    automations: bool = False
    empty_values: Annotated[tuple[str, ...], Field(max_length=MAX_COLUMNS)] = ()
    create_missing: bool = False
    add_choices: bool = False

    @property
    def duplicates(self) -> Duplicates:
        return Duplicates(self.policy)


class Reading(Part):
    """How the file is read where what was found out is not right."""

    sheet: Annotated[str, Field(max_length=LONGEST_SHEET)] | None = None
    header_row: Annotated[int, Field(ge=0, le=10_000)] | None = None
    header_rows: Annotated[int, Field(ge=1, le=10)] = 1
    encoding: str | None = None
    delimiter: str | None = None


def setup_of(raw: object) -> Setup:
    """The settings from plain values. Raises Invalid with the place of each problem."""
    try:
        return Setup.model_validate(raw)
    except ValidationError as error:
        raise Invalid.of(problems_of(error, raw)) from None


@dataclass(slots=True)
class Prepared:
    """A row of the file, read: its typed values, the identity it has, and what is wrong with it.

    `besides` are values that a new record gets though the row does not say them. `later` holds what the row says of
    references to other rows of the same file, which may not be in yet.
    """

    row: int
    cells: list[Cell]
    values: Values
    key: str | None = None
    besides: Values = field(default_factory=dict)
    problems: list["Reason"] = field(default_factory=list)
    later: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a row was refused or left out, in words, at a cell (`C12`) or at no place in particular."""

    path: str
    text: str
    code: str = ""

    def __str__(self) -> str:
        return f"{self.path}: {self.text}" if self.path else self.text


@dataclass(frozen=True, slots=True)
class RowReport:
    """What became of one row."""

    prepared: Prepared
    outcome: Outcome
    id: UUID | None = None
    reasons: tuple[Reason, ...] = ()
    matches: tuple[Match, ...] = ()
    number: str | None = None
    """The running number of the record, where it has one."""


@dataclass(slots=True)
class Report:
    """What became of all rows. Every row is counted in exactly one of created, updated, skipped, rejected."""

    batch: UUID
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    duplicates: int = 0
    added_fields: tuple[str, ...] = ()
    created_missing: Counter[str] = field(default_factory=Counter)
    warnings: list[Reason] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def created(self) -> int:
        return self.outcomes[Outcome.CREATED]

    @property
    def updated(self) -> int:
        return self.outcomes[Outcome.UPDATED]

    @property
    def skipped(self) -> int:
        return self.outcomes[Outcome.SKIPPED] + self.outcomes[Outcome.UNCHANGED]

    @property
    def rejected(self) -> int:
        return self.outcomes[Outcome.REJECTED]

    @property
    def rows(self) -> int:
        return self.outcomes.total()

    @property
    def has_written(self) -> bool:
        return bool(self.created or self.updated or self.created_missing)

    def counts(self) -> Values:
        """As programs are told. `batch` is None when there is nothing to undo."""
        return {
            "rows": self.rows,
            "created": self.created,
            "updated": self.updated,
            "skipped": self.skipped,
            "rejected": self.rejected,
            "seconds": round(self.seconds, 3),
            "batch": str(self.batch) if self.has_written else None,
            "added_fields": list(self.added_fields),
            "created_missing": dict(self.created_missing),
            "warnings": [str(warning) for warning in self.warnings],
        }
