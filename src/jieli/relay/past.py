"""The past of a record, entered whole: what happened to it, by whom and when, with the times at which it happened.

For whoever knows the past: another system that kept it, or the synthetic company. A record from a spreadsheet has none,
and none is made up for it (decision 0008). The ledger, the hand-offs and the log come out as if every act had been
done in Jieli at its moment; what rules and gates would have said is not asked, since it has happened.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from jieli.records import Values
from jieli.records.files import Attachment


@dataclass(frozen=True, slots=True)
class Act:
    """Something that happened; `by` is None for what the program does by itself."""

    at: datetime
    by: UUID | None


@dataclass(frozen=True, slots=True)
class Filled(Act):
    """Fields were filled in or changed. Values are field values."""

    values: Values


@dataclass(frozen=True, slots=True)
class Ticked(Act):
    """A deliverable of the stage was ticked."""

    key: str


@dataclass(frozen=True, slots=True)
class Attached(Act):
    """A file was attached."""

    paper: Attachment


@dataclass(frozen=True, slots=True)
class Moved(Act):
    """The record went to another stage. `event` and `about` are as `Batch` has them; `values` come with the move."""

    to: str
    values: Values = field(default_factory=dict)
    event: str = "moved"
    about: Values = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Offered(Act):
    """The holder offered the record with a move. Unanswered, the offer expires when it is due."""

    to: UUID
    stage: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class Accepted(Act):
    """The receiver took over what was offered last."""


@dataclass(frozen=True, slots=True)
class Returned(Act):
    """The receiver gave it back for a reason of the process's list."""

    reason: str
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Past:
    """A record from its entry on: `values` are those it came in with, by field key, with its stage and owner; `acts`
    are in the order of time."""

    id: UUID
    entered: datetime
    by: UUID | None
    values: Values
    acts: Sequence[Act] = ()
