"""The people whom a rule may choose from, and how it chooses."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from heapq import heapify, heapreplace
from uuid import UUID

from jieli.access import Actor
from jieli.blueprint.document import AssignmentRule
from jieli.blueprint.model import Object
from jieli.db.pool import Record, Tx
from jieli.intake import store
from jieli.records import Values


@dataclass(slots=True)
class Pool:
    """The people in the order of their ids, with the load they have at this point of the batch. Loads are shared
    between the rules and only grow, so whoever is full stays full."""

    rule: AssignmentRule
    people: list[Record]
    loads: dict[UUID, int]
    queue: deque[int] = field(default_factory=deque)
    """For a rule by turns, the places in `people` in the order in which their turn comes."""
    served: dict[UUID, None] = field(default_factory=dict)
    """Who took a turn, the latest last."""
    _is_full: bool = False
    _least: list[tuple[int, int]] = field(default_factory=list)

    @property
    def is_by_turns(self) -> bool:
        return self.rule.method == "round_robin"

    def choose(self) -> Record | None:
        """The next person, or None when nobody has room."""
        place = None if self._is_full else self._place()
        if place is None:
            self._is_full = True
            return None
        chosen = self.people[place]
        self.loads[chosen["id"]] = self.loads.get(chosen["id"], 0) + 1
        return chosen

    def open(self) -> list[UUID]:
        """Who has room for another record."""
        return [person["id"] for person in self.people if self._has_room(person["id"])]

    def _place(self) -> int | None:
        if self.rule.method == "least_loaded":
            return self._least_loaded()
        if self.is_by_turns:
            return self._next_in_turn()
        return next((n for n, person in enumerate(self.people) if self._has_room(person["id"])), None)

    def _next_in_turn(self) -> int | None:
        while self.queue:
            place = self.queue.popleft()
            person = self.people[place]["id"]
            if self._has_room(person):
                self.queue.append(place)
                self.served.pop(person, None)
                self.served[person] = None
                return place
        return None

    def _least_loaded(self) -> int | None:
        """The heap may lag behind what other rules have given out; who comes up first is then put right."""
        if not self._least:
            self._least = [(self.loads.get(p["id"], 0), place) for place, p in enumerate(self.people)]
            heapify(self._least)
        while self._least:
            load, place = self._least[0]
            actual = self.loads.get(self.people[place]["id"], 0)
            if actual == load:
                return place if self._has_room(self.people[place]["id"]) else None
            heapreplace(self._least, (actual, place))
        return None

    def _has_room(self, person: UUID) -> bool:
        return self.rule.capacity is None or self.loads.get(person, 0) < self.rule.capacity

    def candidates(self) -> list[Values]:
        return [
            {
                "member": str(p["id"]),
                "name": p["name"],
                "load": self.loads.get(p["id"], 0),
                **({} if self._has_room(p["id"]) else {"excluded": "full"}),
            }
            for p in self.people
        ]


async def pools_of(tx: Tx, actor: Actor, obj: Object, rules: Sequence[AssignmentRule]) -> dict[str, Pool]:
    """The pools of these rules by their keys; they share one count of loads."""
    roles = [rule.role for rule in rules if rule.role and not rule.members]
    names = [name for rule in rules for name in rule.members]
    people = await tx.all(store.candidates(actor.workspace, obj, roles, names))
    loads = {person["id"]: person["load"] for person in people}
    return {rule.key: Pool(rule, [p for p in people if _fits(rule, p)], loads) for rule in rules}


def _fits(rule: AssignmentRule, person: Record) -> bool:
    if rule.members:
        return str(person["id"]) in rule.members or person["name"] in rule.members
    in_department = rule.department is None or str(person["department"]) == rule.department
    return rule.role in (person["roles"] or ()) and in_department


async def take_turn(tx: Tx, actor: Actor, obj: Object, pool: Pool) -> None:
    """Settle whose turn it is for one record. Two records at the same moment go to two people, and neither waits
    for the other; only when everybody is just being given one does it wait."""
    workspace, rule, people = actor.workspace, pool.rule.key, pool.open()
    found = await tx.one(store.take_turn(workspace, obj.key, rule, people, wait=False))
    if found is None or found["known"] < len(people):
        await tx.run(store.enter_turns(workspace, obj.key, rule, people))
    if found is None:
        found = await tx.one(store.take_turn(workspace, obj.key, rule, people, wait=True))
    chosen = found["person"] if found else None
    pool.queue = deque(place for place, person in enumerate(pool.people) if person["id"] == chosen)


async def line_up(tx: Tx, actor: Actor, obj: Object, pool: Pool) -> None:
    """Hold the turns of a rule for a whole batch."""
    rows = await tx.all(store.turns(actor.workspace, obj.key, pool.rule.key))
    served = {row["person"]: row["served_at"].timestamp() for row in rows if row["served_at"]}
    places = range(len(pool.people))
    pool.queue = deque(sorted(places, key=lambda place: (served.get(pool.people[place]["id"], 0.0), place)))


async def note_turns(tx: Tx, actor: Actor, obj: Object, pool: Pool) -> None:
    """Keep who was served, after `line_up`."""
    if pool.served:
        await tx.run(store.turned(actor.workspace, obj.key, pool.rule.key, list(pool.served)))
