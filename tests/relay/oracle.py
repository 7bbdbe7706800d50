"""What the ledger must say, kept once more in the plainest way: a list of legs for each record, and working time
counted minute by minute. Nothing here asks the program under test."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, pairwise
from uuid import UUID

START = datetime(2026, 9, 23, 1, 0, tzinfo=UTC)
"""A Wednesday at nine in Shanghai, before a long row of holidays and two Saturdays and Sundays that are worked."""
FIRST = datetime(2026, 9, 22, 16, 0, tzinfo=UTC)
"""Midnight in Shanghai, where no clock is ever changed."""
DAYS = 220
HOLIDAYS = {date(2026, 9, 25), *(date(2026, 10, day) for day in range(1, 8)), date(2027, 1, 1)}
WORKED = {date(2026, 10, 10)}
ACTIVE = {
    "lead": {"new", "following", "qualified"},
    "opportunity": {"assign", "confirm", "assess", "quote", "sign", "won", "feedback"},
}


def _is_worked(minute: int) -> bool:
    moment = datetime(2026, 9, 23) + timedelta(minutes=minute)
    day = moment.date()
    if day in HOLIDAYS or (day.weekday() >= 5 and day not in WORKED):
        return False
    return 9 <= moment.hour < 18 and moment.hour != 12


_WORKED = [_is_worked(minute) for minute in range(DAYS * 24 * 60)]
_BEFORE = [0, *accumulate(60 * worked for worked in _WORKED)]


def working(start: datetime, end: datetime) -> int:
    """Working seconds from one moment to a later one, by whole seconds of the clock."""
    return _passed(end) - _passed(start)


def _passed(moment: datetime) -> int:
    minute, second = divmod(int((moment - FIRST).total_seconds() // 1), 60)
    return _BEFORE[minute] + (second if _WORKED[minute] else 0)


@dataclass(frozen=True)
class Place:
    """Where a record is: with whom, in which stage, whose it is, and whether it is in the trash."""

    stage: str
    holder: str | None
    owner: str | None
    trashed: bool = False


@dataclass
class Leg:
    stage: str
    holder: str
    entered: datetime
    left: datetime | None = None


@dataclass(eq=False)
class Offer:
    id: UUID
    sender: str
    receiver: str
    stage: str
    to: str | None
    offered: datetime
    due: datetime
    state: str = "offered"
    answered: datetime | None = None

    def answer(self, state: str, when: datetime) -> None:
        self.state, self.answered = state, when


@dataclass(eq=False)
class Baton:
    """One record. `active` are the stretches in which somebody must hold it, whoever that is; `touched` what people
    have done to it that is not taken back, oldest first."""

    object: str
    id: UUID
    place: Place
    legs: list[Leg] = field(default_factory=list)
    offers: list[Offer] = field(default_factory=list)
    active: list[list[datetime | None]] = field(default_factory=list)
    touched: list[object] = field(default_factory=list)

    @property
    def waiting(self) -> Offer | None:
        return next((offer for offer in self.offers if offer.state == "offered"), None)

    @property
    def is_held(self) -> bool:
        return self.place.stage in ACTIVE[self.object] and not self.place.trashed

    def begin(self, now: datetime) -> None:
        if self.is_held:
            self._enter(now)
            self.active.append([now, None])

    def goes_to(self, place: Place, now: datetime) -> None:
        """From now on the record is there. An offer of where it was is void."""
        before, was_held = self.place, self.is_held
        self.place = place
        if (before.stage, before.holder, before.trashed) == (place.stage, place.holder, place.trashed):
            return
        if self.waiting:
            self.waiting.answer("withdrawn", now)
        if was_held:
            self.legs[-1].left = now
        if self.is_held:
            self._enter(now)
        if was_held and not self.is_held:
            self.active[-1][1] = now
        if self.is_held and not was_held:
            self.active.append([now, None])

    def _enter(self, now: datetime) -> None:
        assert self.place.holder, f"nobody holds a {self.object} in {self.place.stage}"
        self.legs.append(Leg(self.place.stage, self.place.holder, now))

    def elapsed(self, now: datetime) -> int:
        """The working time in which somebody had to hold it."""
        return sum(working(begin, end or now) for begin, end in self.active if begin)

    def holders_at(self, moment: datetime) -> int:
        return sum(leg.entered <= moment and (leg.left is None or moment < leg.left) for leg in self.legs)

    def must_be_held_at(self, moment: datetime) -> bool:
        return any(begin <= moment and (end is None or moment < end) for begin, end in self.active if begin)

    def moments(self, now: datetime) -> list[datetime]:
        """Every moment at which something changed, one between each two, and now."""
        turns = sorted({moment for leg in self.legs for moment in (leg.entered, leg.left) if moment} | {now})
        return [*turns, *(one + (other - one) / 2 for one, other in pairwise(turns))]


def due_after(start: datetime, hours: float) -> datetime:
    """The first moment at which so much working time has passed since `start`."""
    wanted = _passed(start) + round(hours * 3600)
    minute = bisect_left(_BEFORE, wanted) - 1
    return FIRST + timedelta(minutes=minute, seconds=wanted - _BEFORE[minute])
