"""The organisation: departments, members with accounts, products and campaigns. Who there is follows from size, seed
and time alone; `settle_in` brings them into a workspace."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import accumulate
from random import Random
from uuid import UUID

from jieli.access import system_actor
from jieli.base.ids import uuid7_at
from jieli.base.pinyin import person_pinyin
from jieli.blueprint.model import Workspace
from jieli.db.pool import Tx
from jieli.identity import passwords
from jieli.identity.accounts import account_named_like
from jieli.identity.members import link
from jieli.records import Action, Batch, Change, Values, apply
from jieli.synthetic import words
from jieli.synthetic.size import Size
from jieli.synthetic.truth import Habits, habits

PASSWORD = "jieli2026"
RUNNING = timedelta(days=45)
"""How long a campaign brings in leads."""


@dataclass(frozen=True, slots=True)
class Person:
    id: UUID
    name: str
    role: str
    title: str
    department: UUID
    manager: UUID | None
    phone: str
    login: str
    habits: Habits


@dataclass(frozen=True, slots=True)
class Made:
    """A record of the organisation with its id."""

    id: UUID
    values: Values


@dataclass(slots=True)
class Roster:
    """Everybody, and what they work with."""

    departments: list[Made] = field(default_factory=list)
    people: list[Person] = field(default_factory=list)
    products: list[Made] = field(default_factory=list)
    campaigns: list[Made] = field(default_factory=list)
    begins: list[datetime] = field(default_factory=list)
    """When each campaign begins, in the order of time."""
    _weights: dict[str, tuple[list[UUID], list[float]]] = field(default_factory=dict)

    def having(self, role: str) -> list[UUID]:
        return [person.id for person in self.people if person.role == role]

    def pick(self, rng: Random, role: str) -> UUID:
        """Somebody of this role, by the load that comes to each."""
        if role not in self._weights:
            people = [person for person in self.people if person.role == role]
            loads = list(accumulate(person.habits.load for person in people))
            self._weights[role] = [person.id for person in people], loads
        people_ids, loads = self._weights[role]
        return rng.choices(people_ids, cum_weights=loads)[0]

    def running(self, at: datetime) -> list[UUID]:
        first, last = bisect_left(self.begins, at - RUNNING), bisect_right(self.begins, at)
        return [campaign.id for campaign in self.campaigns[first:last]]

    @property
    def logins(self) -> dict[str, Person]:
        """One person of each role."""
        found: dict[str, Person] = {}
        for person in self.people:
            found.setdefault(person.role, person)
        return found


class _Recruiting:
    """Draws people and things one after the other; ids have a source of their own."""

    def __init__(self, size: Size, seed: int, start: datetime) -> None:
        self.size, self.start = size, start
        self.rng = Random(seed)
        self.own = Random(f"{seed} organisation")
        self.roster = Roster()
        self._names: set[str] = set()
        self._place = 0

    def id(self) -> UUID:
        self._place += 1
        return uuid7_at(self.start, self._place, self.own.getrandbits(62))

    def department(self, name: str, parent: UUID | None = None) -> UUID:
        made = Made(self.id(), {"name": name} | ({"parent": str(parent)} if parent else {}))
        self.roster.departments.append(made)
        return made.id

    def hire(
        self, role: str, department: UUID, manager: UUID | None, title: str, login: str | None = None
    ) -> UUID:
        name = self._new_name()
        phone = words.staff_mobile(self.rng)
        drawn = habits(self.rng, self.own)
        login = login or person_pinyin(name)
        person = Person(self.id(), name, role, title, department, manager, phone, login, drawn)
        self.roster.people.append(person)
        return person.id

    def _new_name(self) -> str:
        name = words.person(self.rng)
        while name in self._names:
            name = words.person(self.rng)
        self._names.add(name)
        return name


def roster(size: Size, seed: int, start: datetime) -> Roster:
    """The organisation of a company of this size whose time begins at `start`."""
    drawing = _Recruiting(size, seed, start)
    head = drawing.department("总部")
    sales, market, product, success = (
        drawing.department(name, head) for name in ("销售中心", "市场部", "产品部", "客户成功部")
    )
    teams = [drawing.department(name, sales) for name in size.team_names]
    boss = drawing.hire("admin", head, None, "总经理", "admin")
    managers = [drawing.hire("manager", team, boss, "区域销售经理") for team in teams]
    for i in range(size.sales):
        place = i % len(teams)
        drawing.hire("sales", teams[place], managers[place], "销售顾问")
    others = (
        ("marketing", size.marketers, market, "市场专员"),
        ("expert", size.experts, product, "解决方案专家"),
        ("success", size.success, success, "客户成功经理"),
        ("operations", 2, market, "销售运营"),
    )
    for role, count, department, title in others:
        for _ in range(count):
            drawing.hire(role, department, boss, title)
    drawing.roster.products = [Made(drawing.id(), _product(*one)) for one in words.PRODUCTS]
    _campaigns(drawing)
    return drawing.roster


def _product(name: str, code: str, price: int, cost: int) -> Values:
    worth: Values = {"price": str(price), "cost": str(cost), "unit": "suite", "tax_rate": "6"}
    return {"name": name, "code": code, **worth}


def _campaigns(drawing: _Recruiting) -> None:
    size, rng, found = drawing.size, drawing.rng, drawing.roster
    marketers = found.having("marketing")
    for i in range(size.campaigns):
        name, kind, channel = words.CAMPAIGNS[i % len(words.CAMPAIGNS)]
        begin = drawing.start + timedelta(days=size.days * i / size.campaigns)
        city = rng.choice(words.CITIES)[0]
        values: Values = {
            "name": f"{begin:%Y} {city}{name} {i + 1}",
            "kind": kind,
            "channel": channel,
            "status": "finished" if i < size.campaigns - 2 else "running",
            "start_at": begin.isoformat(),
            "end_at": (begin + timedelta(days=3)).isoformat(),
            "budget": str(rng.randrange(2, 30) * 10_000),
            "lead_target": rng.randrange(20, 200),
            "owner": str(rng.choice(marketers)),
        }
        found.campaigns.append(Made(drawing.id(), values))
        found.begins.append(begin)


async def settle_in(tx: Tx, workspace: Workspace, found: Roster) -> dict[str, str]:
    """Bring everybody into the workspace, each with an account; gives the login of one person of each role."""
    for level in _levels(found.departments, "parent"):
        await _create(tx, workspace, "department", level)
    members = [Made(person.id, _member(person)) for person in found.people]
    for level in _levels(members, "manager"):
        await _create(tx, workspace, "member", level)
    await _appoint_heads(tx, workspace, found)
    hashed = await passwords.hashed(PASSWORD)
    logins: dict[str, str] = {}
    for person in found.people:
        account = await account_named_like(tx, person.login, person.name, hashed)
        await link(tx, workspace.slug, account.id, person.id)
        logins.setdefault(person.role, account.login)
    await _create(tx, workspace, "product", found.products)
    await _create(tx, workspace, "campaign", found.campaigns)
    return logins


def _levels(made: Sequence[Made], above: str) -> Iterator[list[Made]]:
    """From the top down, so that what a record refers to is there before it."""
    known: set[object] = {None}
    rest = list(made)
    while rest:
        level = [one for one in rest if one.values.get(above) in known]
        yield level
        known |= {str(one.id) for one in level}
        rest = [one for one in rest if str(one.id) not in known]


def _member(person: Person) -> Values:
    values: Values = {"name": person.name, "department": str(person.department), "roles": [person.role]}
    values |= {"title": person.title, "phone": person.phone}
    return values | ({"manager": str(person.manager)} if person.manager else {})


async def _create(tx: Tx, workspace: Workspace, object_key: str, made: Sequence[Made]) -> None:
    changes = [Change(one.values, id=one.id, row=i) for i, one in enumerate(made)]
    batch = Batch(object_key, Action.CREATE, changes, trusted=True, source="synthetic", automations=False)
    await apply(tx, system_actor(workspace, "synthetic"), batch)


async def _appoint_heads(tx: Tx, workspace: Workspace, found: Roster) -> None:
    managers = [person for person in found.people if person.role == "manager"]
    changes = [Change({"head": str(one.id)}, id=one.department, row=i) for i, one in enumerate(managers)]
    batch = Batch("department", Action.UPDATE, changes, trusted=True, source="synthetic")
    await apply(tx, system_actor(workspace, "synthetic"), batch)
