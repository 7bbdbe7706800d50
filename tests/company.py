"""A small company to test with: two sales departments, marketing and the others who run the relay."""

from uuid import UUID, uuid4

from jieli import hooks
from jieli.access import Actor, load_actor, system_actor
from jieli.blueprint import workspaces
from jieli.blueprint.model import Workspace
from jieli.db.pool import Database, Tx
from jieli.records import Action, Batch, Change, Values, apply
from jieli.records.read import get_record
from jieli.standard import load

PEOPLE = {
    "mary": ("market", "marketing", "boss"),
    "sam": ("east", "sales", "eva"),
    "sue": ("east", "sales", "eva"),
    "wes": ("west", "sales", "will"),
    "eva": ("east", "manager", "boss"),
    "will": ("west", "manager", "boss"),
    "ed": ("product", "expert", "boss"),
    "cleo": ("success", "success", "boss"),
    "olga": ("market", "operations", "boss"),
    "boss": ("head", "admin", None),
}
DEPARTMENTS = {"head": None, "sales": "head", "east": "sales", "west": "sales", "market": "head",
               "product": "head", "success": "head"}  # fmt: skip


class Company:
    """A committed workspace; tests change it only in transactions that are rolled back. No dataclass, since
    hypothesis prints all of one when an example fails."""

    def __init__(self, workspace: Workspace, members: dict[str, UUID], departments: dict[str, UUID]) -> None:
        self.workspace = workspace
        self.members = members
        self.departments = departments

    def __repr__(self) -> str:
        return f"Company({self.workspace.slug})"

    async def actor(self, tx: Tx, name: str) -> Actor:
        return await load_actor(tx, self.workspace, self.members[name])

    @property
    def system(self) -> Actor:
        return system_actor(self.workspace, "test")


async def found(db: Database) -> Company:
    """Make the company in a workspace of its own."""
    hooks.install()
    document = load()
    async with db.begin() as tx:
        workspace = await workspaces.create(tx, f"co_{uuid4().hex[:12]}", document)
        departments = await _departments(tx, workspace)
        members = await _members(tx, workspace, departments)
    return Company(workspace, members, departments)


async def _departments(tx: Tx, workspace: Workspace) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for name, parent in DEPARTMENTS.items():
        values = {"name": name} | ({"parent": str(found[parent])} if parent else {})
        found[name] = await make(tx, system_actor(workspace), "department", **values)
    return found


async def _members(tx: Tx, workspace: Workspace, departments: dict[str, UUID]) -> dict[str, UUID]:
    found: dict[str, UUID] = {}
    for name, (department, role, manager) in sorted(PEOPLE.items(), key=lambda p: _rank(p[1][2])):
        values = {"name": name, "department": str(departments[department]), "roles": [role]}
        values |= {"manager": str(found[manager])} if manager else {}
        found[name] = await make(tx, system_actor(workspace), "member", **values)
    return found


def _rank(manager: str | None) -> int:
    return 0 if manager is None else 1 if manager == "boss" else 2


async def make(tx: Tx, actor: Actor, object_key: str, **values: object) -> UUID:
    """Create a record and give its id; refused values raise."""
    result = await apply(tx, actor, Batch(object_key, Action.CREATE, [Change(dict(values))]))
    assert result.only.id is not None
    return result.only.id


async def change(tx: Tx, actor: Actor, object_key: str, record: UUID, **values: object) -> None:
    await apply(tx, actor, Batch(object_key, Action.UPDATE, [Change(dict(values), id=record)]))


async def look(tx: Tx, company: Company, object_key: str, record: UUID) -> Values:
    """The record as the system sees it."""
    return await get_record(tx, company.system, object_key, record)
