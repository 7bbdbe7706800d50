"""One record on its way: acts are added in the order of time, until the present is reached."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

from jieli.blueprint.document import Move, Stage
from jieli.blueprint.model import Field, Object
from jieli.fields.money import Money
from jieli.records import Values
from jieli.relay.past import Accepted, Act, Attached, Filled, Moved, Offered, Past, Returned, Ticked
from jieli.synthetic import words
from jieli.synthetic.world import Chapter, World

ANSWER = 4
"""Working hours until somebody looks at what is offered."""
IN_TIME = 0.9
"""Who answers at all does so before this share of the time is over."""
AGAIN = 5
"""Working hours until a returned package is offered again."""
MOST_RETURNS = 2
LIKELY = {"feasibility": ("standard", "standard", "custom")}
"""What is chosen where another choice would end the matter."""
TEXTS = {"solution": words.SOLUTIONS, "needs": words.NEEDS, "feedback": words.FEEDBACK}
TALKS = ("phone", "wechat", "visit", "online_meeting"), (5, 9, 11, 13)


class TooLate(Exception):
    """The present is reached: what would come next has not happened."""


class Walk:
    """`values` are those of the record by now, `stage` and `holder` where it stands."""

    def __init__(
        self, world: World, rng: Random, object_key: str, at: datetime, by: UUID, values: Values
    ) -> None:
        self.world, self.rng = world, rng
        self.object: Object = world.workspace.object(object_key)
        self.process, _ = world.workspace.process(object_key) or ("", None)
        self.id = world.id(rng, at)
        self.entered, self.by, self.first = at, by, values
        self.values = dict(values)
        self.now = at
        self.stage: str = values["stage"]
        self.owner: UUID = values["owner"]
        self.holder: UUID = values["owner"]
        self.acts: list[Act] = []
        self.returns = 0
        self._ticked: set[tuple[str, str]] = set()
        self._attached: set[str] = set()

    def past(self) -> Past:
        return Past(self.id, self.entered, self.by, self.first, self.acts)

    def wait(self, hours: float, who: UUID) -> None:
        """Let this person work so many hours, as they are. Raises TooLate."""
        self.go_to(self.world.work(self.rng, self.now, hours, who))

    def go_to(self, moment: datetime) -> None:
        if moment > self.world.end:
            raise TooLate
        self.now = moment

    def fill(self, by: UUID, values: Values) -> None:
        if values:
            self.acts.append(Filled(self.now, by, values))
            self.values.update(values)

    def tick(self, by: UUID, key: str) -> None:
        if (self.stage, key) not in self._ticked:
            self._ticked.add((self.stage, key))
            self.acts.append(Ticked(self.now, by, key))

    def move(self, by: UUID, to: str, **values: object) -> None:
        self.fill(by, values)
        self.acts.append(Moved(self.now, by, to))
        self.stage = to

    def prepare(self, to: str, *, without: str | None = None) -> None:
        """Produce what the gate and the move ask for, but for one deliverable."""
        stage, by, way = self.stage_now, self.holder, self.way(to)
        wanted = [*stage.gate.required, *(way.required if way else ())]
        for one in stage.deliverables:
            if not one.required or one.key == without:
                continue
            if one.kind == "check":
                self.tick(by, one.key)
            elif one.kind == "file":
                self._attach(by, one.key)
            elif one.field:
                wanted.append(one.field)
        self.fill(by, {key: self._thing(key) for key in dict.fromkeys(wanted) if key not in self.values})

    def _attach(self, by: UUID, key: str) -> None:
        if key in self.world.papers and key not in self._attached:
            self._attached.add(key)
            self.acts.append(Attached(self.now, by, self.world.papers[key]))

    @property
    def stage_now(self) -> Stage:
        return self.world.workspace.stage(self.process, self.stage)

    def way(self, to: str) -> Move | None:
        return self.world.workspace.move(self.process, self.stage, to)

    def hand_over(
        self, receiver: UUID, to: str, *, message: str = "", slips: float, reasons: tuple[str, ...],
        by_itself: bool = False,
    ) -> None:  # fmt: skip
        """Offer until it is accepted: careless packages come back, and are offered again. Raises TooLate."""
        sender = self.holder
        while True:
            self.acts.append(Offered(self.now, None if by_itself else sender, receiver, to, message))
            self._wait_for_answer(receiver, to)
            if self.returns >= MOST_RETURNS or self.rng.random() >= slips:
                break
            self.acts.append(Returned(self.now, receiver, self.rng.choice(reasons)))
            self.returns += 1
            self.world.truth.returned += 1
            by_itself = False
            self.wait(AGAIN, sender)
        self.acts.append(Accepted(self.now, receiver))
        self.stage, self.holder = to, receiver

    def let_expire(self, receiver: UUID, to: str) -> None:
        """Offer and get no answer until it is too late for one."""
        handoff = self._handoff(to)
        self.acts.append(Offered(self.now, self.holder, receiver, to))
        self.go_to(self.world.after(self.now, round((handoff + 1) * 3600)))

    def _handoff(self, to: str) -> float:
        move = self.way(to)
        return move.handoff.due_hours if move and move.handoff else ANSWER

    def _wait_for_answer(self, receiver: UUID, to: str) -> None:
        pace = self.world.truth.habits[receiver].pace
        hours = ANSWER * pace * self.rng.lognormvariate(-0.2, 0.7)
        longest = self._handoff(to) * IN_TIME
        self.go_to(self.world.after(self.now, round(max(0.1, min(hours, longest)) * 3600)))

    def talk(self, chapter: Chapter, who: UUID, **about: UUID) -> Past:
        """A follow-up with the customer."""
        kinds, weights = TALKS
        values: Values = {
            "content": self.rng.choice(words.TALKS),
            "kind": self.rng.choices(kinds, cum_weights=weights)[0],
            "at": self.now,
            "owner": who,
            "next_content": self.rng.choice(words.NEXT_STEPS),
            **about,
        }
        acts: list[Act] = []
        past = Past(self.world.id(self.rng, self.now), self.now, who, values, acts)
        chapter.activity.append(past)
        return past

    def _thing(self, key: str) -> object:
        """Something a person could have entered."""
        field = self.object.field(key)
        choices = self.world.choices(self.object, key)
        if choices:
            return self.rng.choice(LIKELY.get(key, choices))
        made: dict[str, Callable[[], object]] = {
            "money": self._amount,
            "date": lambda: self._day(key),
            "rating": lambda: self.rng.choices((5, 4, 3, 2), (5, 4, 2, 1))[0],
            "multi_reference": lambda: [self.rng.choice(self.world.roster.products).id],
        }
        return made.get(field.type.key, lambda: self._text(field))()

    def _text(self, field: Field) -> str:
        return self.rng.choice(TEXTS.get(field.key, words.NEXT_STEPS))

    def _amount(self) -> Money:
        """Near what was said before, else something new."""
        for key in ("contract_amount", "quoted_amount", "amount", "budget"):
            said = self.values.get(key)
            if said:
                near = int(round(float(said.value) * self.rng.uniform(0.85, 1.05), -3))
                return words.money(max(1_000, near))
        return words.money(self.rng.randrange(3, 120) * 10_000)

    def _day(self, key: str) -> date:
        today = self.now.astimezone(self.world.calendar.zone).date()
        return today if key == "signed_on" else today + timedelta(days=self.rng.randrange(14, 90))
