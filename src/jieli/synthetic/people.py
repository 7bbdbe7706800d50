"""The organisation: departments, members with accounts, products and campaigns."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from jieli.access import system_actor
from jieli.base.pinyin import person_pinyin
from jieli.blueprint.model import Workspace
from jieli.db.pool import Tx
from jieli.identity import passwords
from jieli.identity.accounts import account_named_like
from jieli.identity.members import link
from jieli.records import Action, Batch, Change, Values, apply
from jieli.synthetic import words
from jieli.synthetic.size import REGIONS, Size
from jieli.synthetic.truth import Truth, habits

PASSWORD = "jieli2026"


@dataclass(slots=True)
class Staff:
    """Who is there, by role; `logins` are those of the accounts."""

    by_role: dict[str, list[UUID]] = field(default_factory=lambda: defaultdict(list))
    logins: dict[str, str] = field(default_factory=dict)
    products: list[UUID] = field(default_factory=list)
    campaigns: list[tuple[UUID, datetime]] = field(default_factory=list)
    names: set[str] = field(default_factory=set)


async def create(tx: Tx, workspace: Workspace, object_key: str, values: list[Values]) -> list[UUID]:
    """Records made by the system in one batch; gives their ids in order."""
    changes = [Change(one, row=i) for i, one in enumerate(values)]
    batch = Batch(object_key, Action.CREATE, changes, trusted=True, source="synthetic", automations=False)
    result = await apply(tx, system_actor(workspace, "synthetic"), batch)
    return [row.id for row in result.rows if row.id]


@dataclass(slots=True)
class Hiring:
    """What is needed to take somebody on."""

    tx: Tx
    workspace: Workspace
    rng: Random
    found: Staff
    truth: Truth
    hashed: str

    async def hire(
        self, role: str, department: UUID, manager: UUID | None, title: str, login: str | None = None
    ) -> UUID:
        """A member with habits of their own and an account."""
        name = self._new_name()
        values: Values = {"name": name, "department": str(department), "roles": [role], "title": title}
        values |= {"phone": words.mobile(self.rng)} | ({"manager": str(manager)} if manager else {})
        (member,) = await create(self.tx, self.workspace, "member", [values])
        self.truth.habits[member] = habits(self.rng)
        self.found.by_role[role].append(member)
        account = await account_named_like(self.tx, login or person_pinyin(name), name, self.hashed)
        await link(self.tx, self.workspace.slug, account.id, member)
        self.found.logins.setdefault(role, account.login)
        return member

    def _new_name(self) -> str:
        name = words.person(self.rng)
        while name in self.found.names:
            name = words.person(self.rng)
        self.found.names.add(name)
        return name


async def staff(
    tx: Tx, workspace: Workspace, rng: Random, size: Size, truth: Truth, start: datetime
) -> Staff:
    """Take everybody on and set up what they work with."""
    found = Staff()
    hiring = Hiring(tx, workspace, rng, found, truth, await passwords.hashed(PASSWORD))
    tops = ("总部", "销售中心", "市场部", "产品部", "客户成功部")
    head, sales, market, product, success = await create(
        tx, workspace, "department", [{"name": name} for name in tops]
    )
    for department in (sales, market, product, success):
        await _change(tx, workspace, "department", department, {"parent": str(head)})
    regions = await create(
        tx, workspace, "department", [{"name": f"{r}销售部", "parent": str(sales)} for r in REGIONS]
    )
    boss = await hiring.hire("admin", head, None, "总经理", "admin")
    managers = [await hiring.hire("manager", region, boss, "区域销售经理") for region in regions]
    for region, manager in zip(regions, managers, strict=True):
        await _change(tx, workspace, "department", region, {"head": str(manager)})
    for i in range(size.sales):
        place = i % len(regions)
        await hiring.hire("sales", regions[place], managers[place], "销售顾问")
    others = (
        ("marketing", size.marketers, market, "市场专员"),
        ("expert", size.experts, product, "解决方案专家"),
        ("success", size.success, success, "客户成功经理"),
        ("operations", 2, market, "销售运营"),
    )
    for role, count, department, title in others:
        for _ in range(count):
            await hiring.hire(role, department, boss, title)
    found.products = await create(tx, workspace, "product", [_product(*one) for one in words.PRODUCTS])
    await _campaigns(tx, workspace, rng, found, size, start)
    return found


async def _change(tx: Tx, workspace: Workspace, object_key: str, record: UUID, values: Values) -> None:
    change = Change(values, id=record)
    batch = Batch(object_key, Action.UPDATE, [change], trusted=True, source="synthetic")
    await apply(tx, system_actor(workspace, "synthetic"), batch)


def _product(name: str, code: str, price: int, cost: int) -> Values:
    return {
        "name": name,
        "code": code,
        "price": str(price),
        "cost": str(cost),
        "unit": "suite",
        "tax_rate": "6",
    }


async def _campaigns(
    tx: Tx, workspace: Workspace, rng: Random, found: Staff, size: Size, start: datetime
) -> None:
    values, begins = [], []
    for i in range(size.campaigns):
        name, kind, channel = words.CAMPAIGNS[i % len(words.CAMPAIGNS)]
        begin = start + timedelta(days=size.days * i / size.campaigns)
        begins.append(begin)
        city = rng.choice(words.CITIES)[0]
        values.append(
            {
                "name": f"{begin:%Y} {city}{name} {i + 1}",
                "kind": kind,
                "channel": channel,
                "status": "finished" if i < size.campaigns - 2 else "running",
                "start_at": begin.isoformat(),
                "end_at": (begin + timedelta(days=3)).isoformat(),
                "budget": str(rng.randrange(2, 30) * 10_000),
                "lead_target": rng.randrange(20, 200),
                "owner": str(rng.choice(found.by_role["marketing"])),
            }
        )
    ids = await create(tx, workspace, "campaign", values)
    found.campaigns = list(zip(ids, begins, strict=True))
