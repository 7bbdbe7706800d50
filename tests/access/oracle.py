"""Who may see what, said once more in the plainest way: rows read as they are stored and judged one by one in Python.

Nothing of `jieli.access` or `jieli.query` is used here, only what the tables and the roles themselves say.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from jieli.db.pool import ReadTx
from jieli.db.sql import ident, sql
from tests.access.plans import LINKS, OBJECTS, STAGED, TITLES
from tests.access.world import ADMIN, Origin, World

Row = dict[str, Any]


@dataclass
class Snapshot:
    """Everything that decides, as the tables have it."""

    rows: dict[str, dict[UUID, Row]]
    shares: list[Row]
    handoffs: list[Row]
    events: list[Row]
    files: list[Row]
    roles: dict[str, dict[str, Any]]
    words: dict[str, Origin] = field(default_factory=dict)

    def all(self) -> Iterator[tuple[str, Row]]:
        for key in OBJECTS:
            for row in self.rows[key].values():
                yield key, row


async def read_snapshot(tx: ReadTx, world: World) -> Snapshot:
    workspace = world.workspace
    rows = {}
    for key in (*OBJECTS, "member", "department"):
        found = await tx.all(sql("select * from {t}", t=workspace.object(key).table))
        rows[key] = {row["id"]: dict(row) for row in found}
    tables = {}
    for name in ("share", "handoff", "event", "file"):
        found = await tx.all(sql("select * from {t}", t=ident(workspace.schema, name)))
        tables[name] = [dict(row) for row in found]
    roles = {f"r{n}": raw for n, raw in enumerate(world.plan.roles)}
    return Snapshot(
        rows,
        tables["share"],
        tables["handoff"],
        tables["event"],
        tables["file"],
        {**roles, ADMIN: {"everything": True}},
        world.words.known,
    )


class Judge:
    """Answers for one member."""

    def __init__(self, snapshot: Snapshot, member: UUID) -> None:
        self.snapshot, self.me = snapshot, member
        own = snapshot.rows["member"][member]
        self.roles = [snapshot.roles[key] for key in own["roles"] or () if key in snapshot.roles]
        self.department: UUID | None = own["department"]
        self.departments = self._departments()
        self.team = self._team()
        self.shared = {
            (s["object"], s["record"]): s["level"] for s in snapshot.shares if s["member"] == member
        }

    # what the organisation says

    def _departments(self) -> set[UUID]:
        """Mine, those I head, and all below."""
        every = {id_: d for id_, d in self.snapshot.rows["department"].items() if d["deleted_at"] is None}
        found = {id_ for id_, d in every.items() if id_ == self.department or d["head"] == self.me}
        while more := {id_ for id_, d in every.items() if d["parent"] in found} - found:
            found |= more
        return found

    def _team(self) -> set[UUID]:
        """Everybody whose manager, or whose manager's manager and so on, I am."""
        every = self.snapshot.rows["member"]
        found: set[UUID] = set()
        above = {self.me}
        while above:
            below = {id_ for id_, m in every.items() if m["manager"] in above and m["deleted_at"] is None}
            above = below - found
            found |= below
        return found - {self.me}

    # what the roles say

    @property
    def sees_all(self) -> bool:
        return any(role.get("everything") for role in self.roles)

    def given(self, key: str) -> list[dict[str, Any]]:
        return [role["objects"][key] for role in self.roles if key in role.get("objects", {})]

    def may(self, action: str, key: str) -> bool:
        if self.sees_all:
            return True
        if action == "import":
            return any(one.get("import") and one.get("create") for one in self.given(key))
        return any(one.get(action) for one in self.given(key))

    def has_right(self, right: str) -> bool:
        return self.sees_all or any(right in role.get("rights", ()) for role in self.roles)

    def access(self, key: str, name: str) -> str:
        """hidden, read or write: the most generous of the roles that may read the object."""
        if self.sees_all:
            return "write"
        order = ("hidden", "read", "write")
        said = [one.get("fields", {}).get(name, "write") for one in self.given(key) if one.get("read")]
        return max(said, key=order.index, default="write")

    def reads(self, key: str, name: str) -> bool:
        return self.access(key, name) != "hidden"

    # what they say of one record

    def sees(self, key: str, row: Row, action: str = "read") -> bool:
        """Whether the action is allowed on the row, in the trash or not."""
        if self.sees_all:
            return True
        return any(
            self._meets(scope, key, row, action) for one in self.given(key) for scope in one.get(action, ())
        )

    def _meets(self, scope: Any, key: str, row: Row, action: str) -> bool:
        if isinstance(scope, dict):
            return self.holds(scope["condition"], key, row, guarded=False)
        return _SCOPES[scope](self, key, row, action)

    def shown(self, key: str, *, trashed: bool = False) -> set[UUID]:
        """What a list without conditions has, or the trash."""
        rows = [row for row in self.snapshot.rows[key].values() if (row["deleted_at"] is not None) == trashed]
        return {row["id"] for row in rows if self.sees(key, row)}

    # conditions

    def holds(self, tree: Any, key: str, row: Row | None, *, guarded: bool) -> bool:
        """`guarded`: asked by the member, so that what a reference leads to counts only if it may be seen."""
        if not tree:
            return True
        if "all" in tree:
            return all(self.holds(one, key, row, guarded=guarded) for one in tree["all"])
        if "any" in tree:
            return any(self.holds(one, key, row, guarded=guarded) for one in tree["any"])
        if "not" in tree:
            return not self.holds(tree["not"], key, row, guarded=guarded)
        value = self._value(tree["field"].split("."), key, row, guarded=guarded)
        return _compared(tree["op"], value, self._operand(tree.get("value")))

    def _value(self, path: list[str], key: str, row: Row | None, *, guarded: bool) -> Any:
        if row is None:
            return None
        if len(path) == 1:
            return row[path[0]]
        target = LINKS[key][path[0]]
        found = self.snapshot.rows[target].get(row[path[0]])
        if found is not None and guarded and not self.sees(target, found):
            found = None
        return self._value(path[1:], target, found, guarded=guarded)

    def _operand(self, raw: Any) -> Any:
        if isinstance(raw, dict) and "var" in raw:
            return {"me": self.me, "my_departments": self.departments}[raw["var"]]
        return raw

    # what somebody may come to know

    def parties(self) -> Iterator[Row]:
        """The hand-offs to me or by me: they tell of their record, seen or not."""
        return (h for h in self.snapshot.handoffs if self.me in (h["sender"], h["receiver"]))

    def named(self) -> set[UUID]:
        """Records whose title is told: those seen, those a seen record leads to or has led to, and those handed on."""
        found = {row["id"] for key, row in self.snapshot.all() if self.sees(key, row)}
        seen = set(found)
        for key, row in self.snapshot.all():
            if row["id"] in seen:
                found |= {row[link] for link in LINKS.get(key, {}) if row[link] and self.reads(key, link)}
        for event in self.snapshot.events:
            if event["record"] in seen:
                for name, change in (event["changes"] or {}).items():
                    if name in LINKS.get(event["object"], {}) and self.reads(event["object"], name):
                        found |= {UUID(one) for one in change if one}
        for handoff in self.parties():
            found.add(handoff["record"])
            for one in handoff["package"]["fields"]:
                linked = one["key"] in LINKS.get(handoff["object"], {})
                if linked and one["value"] and self.reads(handoff["object"], one["key"]):
                    found.add(UUID(one["value"]))
        return found

    def words(self) -> set[str]:
        """All the words that may be told to me."""
        named = self.named()
        packages = self._packages()
        return {
            word for word, origin in self.snapshot.words.items() if self._tells(word, origin, named, packages)
        }

    def _packages(self) -> dict[UUID, str]:
        """What came with the hand-offs of mine, by their record, without hidden fields and their files."""
        places = {file["id"]: file["field"] for file in self.snapshot.files}
        found: dict[UUID, str] = {}
        for handoff in self.parties():
            key, package = handoff["object"], handoff["package"]
            fields = [one for one in package["fields"] if self.reads(key, one["key"])]
            files = [
                one
                for one in package["files"]
                if not (place := places.get(UUID(one["id"]))) or self.reads(key, place)
            ]
            told = orjson.dumps([fields, files, handoff["message"]]).decode()
            found[handoff["record"]] = found.get(handoff["record"], "") + told
        return found

    def _tells(self, word: str, origin: Origin, named: set[UUID], packages: dict[UUID, str]) -> bool:
        row = self.snapshot.rows[origin.object][origin.record]
        if word in packages.get(origin.record, ""):
            return True
        if origin.kind == "field" and origin.place == TITLES[origin.object] and origin.record in named:
            return True
        is_open = origin.kind == "field" or (origin.kind == "file" and origin.place)
        readable = self.reads(origin.object, origin.place) if is_open else True
        return readable and self.sees(origin.object, row)


def _own(judge: Judge, key: str, row: Row, _action: str) -> bool:
    if key == "member":
        return bool(row["id"] == judge.me)
    names = ("owner", "backup", "holder") if key in STAGED else ("owner", "backup")
    return any(row[name] == judge.me for name in names)


def _subordinates(judge: Judge, key: str, row: Row, _action: str) -> bool:
    if key == "member":
        return row["id"] in judge.team
    return row["owner"] in judge.team or (key in STAGED and row["holder"] in judge.team)


def _shared(judge: Judge, key: str, row: Row, action: str) -> bool:
    level = judge.shared.get((key, row["id"]))
    return level is not None and (action == "read" or level == "write")


_SCOPES: dict[str, Callable[[Judge, str, Row, str], bool]] = {
    "all": lambda judge, key, row, action: True,
    "own": _own,
    "created": lambda judge, key, row, action: bool(row["created_by"] == judge.me),
    "subordinates": _subordinates,
    "department": lambda judge, key, row, action: (
        judge.department is not None and row["department"] == judge.department
    ),
    "department_tree": lambda judge, key, row, action: row["department"] in judge.departments,
    "shared": _shared,
}


def _compared(op: str, value: Any, operand: Any) -> bool:
    """An empty value equals nothing and is in nothing."""
    if op in ("empty", "not_empty"):
        return (value is None) == (op == "empty")
    if op in ("ne", "not_in", "not_contains"):
        return not _compared({"ne": "eq", "not_in": "in", "not_contains": "contains"}[op], value, operand)
    if value is None:
        return False
    answers: dict[str, Callable[[], bool]] = {
        "eq": lambda: str(value) == str(operand),
        "in": lambda: str(value) in {str(one) for one in operand},
        "contains": lambda: str(operand).lower() in str(value).lower(),
        "gt": lambda: value > operand,
        "lt": lambda: value < operand,
        "has_any": lambda: operand in value,
    }
    return answers[op]()
