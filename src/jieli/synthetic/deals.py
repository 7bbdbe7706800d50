"""What happens to opportunities: legs, hand-offs, losses with their causes, and planted deviations."""

from contextlib import suppress
from datetime import datetime, time, timedelta
from random import Random
from uuid import UUID

from jieli.records import Values
from jieli.relay.past import Past
from jieli.synthetic import words
from jieli.synthetic.truth import (
    CAUSES,
    DEVIATES,
    DISGUISED,
    LEAVES,
    OURS,
    RETURNED,
    SAID_INSTEAD,
    Deviation,
)
from jieli.synthetic.walk import TooLate, Walk
from jieli.synthetic.world import DEAL, Chapter, World

WORK = {"confirm": 26, "assess": 16, "quote": 28, "sign": 48, "won": 6, "feedback": 90}
"""Working hours that an average person needs for a stage."""
ASSESSED = 0.7
"""The share of opportunities that need an expert."""
CARE = 0.7
"""How much less packages between colleagues of one opportunity come back than those of marketing."""
REASONS = ("details_incomplete", "need_unclear", "document_missing", "promises_unwritten")
EVENING = time(21, 30)
FIRST_CUSTOMER = 3_000_000
"""Customers that sales knows itself have the companies from this number on; those before are of leads."""
PER_CUSTOMER = 3


def deal_lives(world: World, number: int, count: int, chapter: Chapter) -> None:
    """The number's opportunity of those that begin with a customer whom a salesperson knows."""
    first = number - number % PER_CUSTOMER
    customer, seller, since, name = _customer(world, first, count)
    rng = world.luck(DEAL, number)
    at = max(since, world.arrival(rng, number, count))
    if number == first:
        _, industry, _ = words.company(FIRST_CUSTOMER + first)
        known: Values = {"name": name, "industry": industry, "owner": seller, "source": "personal_resource"}
        chapter.account.append(Past(customer, since, seller, known))
    values: Values = {
        "name": f"{name.removesuffix('有限公司')} 采购项目",
        "account": customer,
        "source": "personal_resource",
        "products": [rng.choice(world.roster.products).id],
        "owner": seller,
        "stage": "confirm",
    }
    if number > first:
        values["name"] += f" {number - first + 1}"
    deal_goes_on(world, rng, chapter, at, values)


def _customer(world: World, number: int, count: int) -> tuple[UUID, UUID, datetime, str]:
    """A known customer is the same for each of its opportunities: id, seller, since when, and name."""
    rng = world.luck(DEAL + 1, number)
    since = world.arrival(rng, number, count)
    seller = world.roster.pick(rng, "sales")
    return world.id(rng, since), seller, since, words.company(FIRST_CUSTOMER + number)[0]


def deal_goes_on(world: World, rng: Random, chapter: Chapter, at: datetime, values: Values) -> UUID:
    """An opportunity from its beginning up to its end or the present; gives its id."""
    if world.own:
        values |= world.own(rng)
    walk = Walk(world, rng, "opportunity", at, values["owner"], values)
    deal = _Deal(walk, chapter, _planned(rng))
    with suppress(TooLate):
        deal.run()
    chapter.opportunity.append(walk.past())
    return walk.id


def _planned(rng: Random) -> Deviation | None:
    drawn = rng.random()
    for deviation, share in DEVIATES.items():
        if drawn < share:
            return deviation
        drawn -= share
    return None


class _Lost(Exception):
    """The opportunity is lost."""


class _Deal:
    """An opportunity while it is being lived, and the way in which it is to deviate."""

    def __init__(self, walk: Walk, chapter: Chapter, planned: Deviation | None) -> None:
        self.walk, self.chapter, self.planned = walk, chapter, planned
        self.world, self.rng, self.owner = walk.world, walk.rng, walk.owner
        self.since = walk.now

    def run(self) -> None:
        """Raises TooLate."""
        try:
            self._to_signing()
            self._sign()
        except _Lost:
            return
        self._after_the_win()

    def _to_signing(self) -> None:
        """Needs, assessment and quote; once more when they have changed."""
        if self._confirm() == "sign":
            return
        self._work("quote")
        if self.planned is Deviation.BACK_STEP:
            self._deviates()
            self.walk.move(self.owner, "confirm")
            self._confirm()
            self._work("quote")
        missing = "quotation" if self.planned is Deviation.MISSING_DELIVERABLE else None
        if self.planned is Deviation.OFF_HOURS:
            self.walk.go_to(self._evening())
        self.walk.prepare("sign", without=missing)
        self.walk.move(self.owner, "sign")
        if missing or self.planned is Deviation.OFF_HOURS:
            self._deviates()
        if self.planned is Deviation.OFF_HOURS:
            self.walk.now = self.world.after(self.walk.now, 60)

    def _confirm(self) -> str:
        """Confirm the needs, and have them assessed if they are not plain; gives where that led."""
        self._work("confirm")
        if self.planned is Deviation.SKIPPED_STAGE:
            self.walk.prepare("quote")
            self.walk.move(self.owner, "sign")
            self._deviates()
            return "sign"
        if self.rng.random() >= ASSESSED:
            self.walk.prepare("quote")
            self.walk.move(self.owner, "quote")
            return "quote"
        expert = self.world.roster.pick(self.rng, "expert")
        self.walk.prepare("assess")
        if self.planned is Deviation.LATE_ACCEPTANCE:
            self.walk.let_expire(expert, "assess")
            self._deviates()
            self.planned = None
        self._hand_over(expert, "assess", "资料已备齐")
        self._work("assess")
        self.walk.prepare("quote")
        self._hand_over(self.owner, "quote", "评估已完成")
        return "quote"

    def _sign(self) -> None:
        self._work("sign")
        self.walk.prepare("won")
        self.walk.move(self.owner, "won")

    def _after_the_win(self) -> None:
        """Customer success takes over and stays until the feedback is in."""
        successor = self.world.roster.pick(self.rng, "success")
        self._hand_over(successor, "feedback", "", by_itself=True)
        self.walk.wait(WORK["feedback"], successor)
        while self.rng.random() < 0.5:
            self.walk.wait(WORK["feedback"], successor)
        self.walk.prepare("done")
        self.walk.move(successor, "done")

    def _hand_over(self, receiver: UUID, to: str, message: str, *, by_itself: bool = False) -> None:
        slips = RETURNED * CARE * self.world.truth.habits[self.walk.holder].slips
        self.walk.hand_over(receiver, to, message=message, slips=slips, reasons=REASONS, by_itself=by_itself)

    def _work(self, stage: str) -> None:
        """The holder's work in a stage, at whose end the opportunity may be lost. Raises _Lost, TooLate."""
        began, holder, change = self.walk.now, self.walk.holder, self.world.truth.change
        hours = WORK[stage] * (change.factor if stage == change.stage and began >= change.at else 1)
        self.walk.wait(hours, holder)
        if stage in ("confirm", "quote"):
            refers = {"account": self.walk.values["account"], "opportunity": self.walk.id}
            self.walk.talk(self.chapter, holder, **refers)
        if self.rng.random() < LEAVES[stage] / self.world.truth.habits[self.owner].reach:
            self._lose(stage, began)
            raise _Lost

    def _lose(self, stage: str, began: datetime) -> None:
        cause = self._cause(stage, began)
        said = cause
        if cause in ("handover", "slow_response") and self.rng.random() < DISGUISED:
            said = SAID_INSTEAD
            self.world.truth.disguised[self.walk.id] = said
        self.world.truth.causes[self.walk.id] = cause
        self.walk.move(self.owner, "lost", loss_reason=said)

    def _cause(self, stage: str, began: datetime) -> str:
        """Our own where we gave reason for it, else one of those usual at the stage."""
        limit = self.walk.stage_now.limit
        spent = self.world.calendar.working_seconds(began, self.walk.now)
        if self.rng.random() < OURS:
            if self.walk.returns:
                return "handover"
            if limit and spent > limit.hours * 3600:
                return "slow_response"
        causes = CAUSES[stage]
        return self.rng.choices(list(causes), list(causes.values()))[0]

    def _deviates(self) -> None:
        assert self.planned is not None
        self.world.truth.deviations[self.walk.id] = self.planned

    def _evening(self) -> datetime:
        """Half past nine in the evening of the same day, or of the day after when that is over."""
        local = self.walk.now.astimezone(self.world.calendar.zone)
        evening = datetime.combine(local.date(), EVENING, local.tzinfo)
        return (evening if evening > local else evening + timedelta(days=1)).astimezone(self.walk.now.tzinfo)
