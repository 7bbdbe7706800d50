"""What the lives of all records share: people, calendar, blueprint, papers, and the truth that is gathered."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from jieli.base.ids import uuid7_at
from jieli.base.worktime import Calendar
from jieli.blueprint.model import Object, Workspace
from jieli.fields import Choosing
from jieli.records import Values
from jieli.records.files import Attachment
from jieli.relay.past import Past
from jieli.synthetic.people import Roster
from jieli.synthetic.size import Size
from jieli.synthetic.truth import Truth

LEAD, DEAL, SPREAD = 0, 1, 0.75
"""Kinds of lives, and how the company grows: below one, more comes in towards the end."""
MORNING = timedelta(hours=3)

Own = Callable[[Random], Values]
"""Values of the fields that the workspace has added to opportunities."""


@dataclass(frozen=True, slots=True)
class World:
    """A company of this size and seed from `start` to `end`, the present."""

    workspace: Workspace
    size: Size
    seed: int
    start: datetime
    end: datetime
    calendar: Calendar
    roster: Roster
    truth: Truth
    papers: Mapping[str, Attachment] = field(default_factory=dict)
    """What is attached for each deliverable that is a file."""
    own: Own | None = None
    _choices: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)

    def luck(self, kind: int, number: int) -> Random:
        """The chance of one life: it depends on nothing that happens elsewhere."""
        return Random((self.seed << 40) | (number << 2) | kind)

    def arrival(self, rng: Random, number: int, count: int) -> datetime:
        """When the number's lead or opportunity comes in: in office hours, more of them as the company grows."""
        share = ((number + rng.random()) / count) ** SPREAD
        morning = self.calendar.next_working(self.start + (self.end - self.start) * share)
        moment = self.after(morning, rng.randrange(round(MORNING.total_seconds())))
        if moment > self.end:
            moment = self.after(self.end, -rng.randrange(600, 4 * 3600))
        return min(moment, self.end)

    def after(self, moment: datetime, seconds: int) -> datetime:
        """So much working time later, at a moment at which people work."""
        return self.calendar.next_working(self.calendar.add_working(moment, seconds))

    def work(self, rng: Random, moment: datetime, hours: float, who: UUID) -> datetime:
        """When this person is done with what takes an average one so many hours."""
        spent = hours * self.truth.habits[who].pace * rng.lognormvariate(-0.2, 0.7)
        return self.after(moment, round(max(0.1, spent) * 3600))

    def choices(self, obj: Object, key: str) -> tuple[str, ...]:
        """What can be chosen in a field; asked for each record, found out once."""
        found = self._choices.get((obj.key, key))
        if found is None:
            chosen = obj.field(key)
            kind = chosen.type
            found = tuple(kind.choices(chosen.options)) if isinstance(kind, Choosing) else ()
            self._choices[obj.key, key] = found
        return found

    def id(self, rng: Random, moment: datetime) -> UUID:
        return uuid7_at(moment, rng.randrange(1 << 12), rng.getrandbits(62))


@dataclass(slots=True)
class Chapter:
    """The pasts of some lives, by object, in the order in which they may be entered."""

    account: list[Past] = field(default_factory=list)
    contact: list[Past] = field(default_factory=list)
    lead: list[Past] = field(default_factory=list)
    opportunity: list[Past] = field(default_factory=list)
    activity: list[Past] = field(default_factory=list)
