"""A history under way: the program in a transaction, and beside it the oracle that is told what was done."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from jieli.access import Actor
from jieli.blueprint.document import Process
from jieli.db.pool import Tx
from jieli.db.sql import sql
from tests.company import PEOPLE, Company
from tests.relay.oracle import START, Baton, Offer, Place, due_after


@dataclass(frozen=True)
class Step:
    """One thing that somebody tries; which of its choices count depends on the kind."""

    kind: str
    wait: timedelta
    who: str
    to: str
    pick: int
    choice: int
    is_right: bool
    """Whether it is tried by the person whose turn it is, with everything that is asked for."""


@dataclass
class History:
    tx: Tx
    company: Company
    account: UUID
    now: datetime = START
    batons: list[Baton] = field(default_factory=list)
    batches: list[tuple[UUID, dict[UUID, Place | None]]] = field(default_factory=list)
    """Each with where its records were before."""

    async def actor(self, name: str | None) -> Actor:
        return await self.company.actor(self.tx, name) if name else self.company.system

    def id_of(self, name: str | None) -> UUID | None:
        return self.company.members[name] if name else None

    def name_of(self, member: UUID | None) -> str | None:
        return (
            next(name for name, known in self.company.members.items() if known == member) if member else None
        )

    def process(self, object_key: str) -> Process:
        return self.company.workspace.document.processes[object_key]

    def picked(self, step: Step, *, trashed: bool = False) -> Baton | None:
        found = [baton for baton in self.batons if baton.place.trashed == trashed]
        return found[step.pick % len(found)] if found else None

    async def place(self, baton: Baton) -> Place:
        row = await self.tx.one(
            sql(
                "select stage, holder, owner, deleted_at is not null as trashed from {t} where id = {id}",
                t=self.company.workspace.object(baton.object).table,
                id=baton.id,
            )
        )
        assert row, "the record is gone"
        return Place(row["stage"], self.name_of(row["holder"]), self.name_of(row["owner"]), row["trashed"])

    def least_loaded(self, object_key: str, stage: str) -> str:
        """Who of the stage's role holds the fewest records, as the program is to choose."""
        role = next(one.role for one in self.process(object_key).stages if one.key == stage)
        held = [baton.place.holder for baton in self.batons if baton.is_held]
        fitting = [name for name, person in PEOPLE.items() if person[1] == role]
        return min(fitting, key=lambda name: (held.count(name), self.company.members[name]))

    def note(self, batch: UUID, placed: Iterable[tuple[Baton, Place]], *, automatic: bool = True) -> None:
        """A batch took these records there, new ones among them."""
        before: dict[UUID, Place | None] = {}
        for baton, place in placed:
            is_new = baton not in self.batons
            legs = len(baton.legs)
            before[baton.id] = None if is_new else baton.place
            if is_new:
                self.batons.append(baton)
                baton.place = place
                baton.begin(self.now)
            else:
                baton.goes_to(place, self.now)
            baton.touched.append(batch)
            if automatic and len(baton.legs) > legs and place.stage == "won":
                self.offered_by_itself(baton)
        self.batches.append((batch, before))

    def offered_by_itself(self, baton: Baton) -> None:
        holder = baton.place.holder
        if holder and holder != "cleo":
            due = due_after(self.now, 16)
            baton.offers.append(Offer(uuid4(), holder, "cleo", "won", "feedback", self.now, due))


def held(history: History, who: str | None, place: Place, object_key: str) -> Place:
    """Somebody holds an active record: who held it, owns it, enters it, or has the least to do."""
    new = Baton(object_key, UUID(int=0), place)
    if not new.is_held:
        return replace(place, holder=None)
    holder = place.holder or place.owner or who or history.least_loaded(object_key, place.stage)
    return replace(place, holder=holder)
