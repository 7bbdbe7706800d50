"""A plan brought to life in one transaction through the write path, and the words by which its values are known."""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from jieli.access import Actor, load_actor, system_actor
from jieli.base.errors import JieliError
from jieli.blueprint import workspaces
from jieli.blueprint.apply import apply as publish
from jieli.blueprint.document import Document, Role
from jieli.blueprint.model import Workspace
from jieli.db.pool import Tx
from jieli.db.sql import ident, sql
from jieli.identity.roles import with_role
from jieli.records import Action, Batch, Change, Duplicates, Values, apply
from jieli.records.comments import add_comment
from jieli.records.content import Disk
from jieli.records.files import Attachment, attach
from jieli.records.notices import tell_member
from jieli.relay.handoffs import offer
from jieli.standard import load
from tests.access.plans import (
    AMOUNTS,
    FILES,
    LINKS,
    PARTICIPANTS,
    PHONES,
    STAGED,
    TEXTS,
    TITLES,
    Deed,
    Plan,
    Thing,
)

NOW = datetime(2026, 11, 18, 4, 0, tzinfo=UTC)
ADMIN = "admin"
_WORDS = re.compile(r"暗\d{5}码|138\d{8}|71\d{8}")
_IDS = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")


@dataclass(frozen=True)
class Origin:
    """What a word stands in: a field of a record, or `comment`, `file` or `message` with what else it depends on."""

    object: str
    record: UUID
    place: str
    kind: str = "field"


@dataclass
class Words:
    """Gives out words and remembers whose they are."""

    known: dict[str, Origin] = field(default_factory=dict)

    def text(self, origin: Origin) -> str:
        return self._kept(f"暗{len(self.known):05d}码", origin)

    def phone(self, origin: Origin) -> str:
        return self._kept(f"138{len(self.known):08d}", origin)

    def amount(self, origin: Origin) -> str:
        return self._kept(f"71{len(self.known):08d}", origin)

    def _kept(self, word: str, origin: Origin) -> str:
        self.known[word] = origin
        return word

    def within(self, text: str) -> set[str]:
        """The known words in a text, however their digits are grouped."""
        without = _IDS.sub("#", text)
        found = {*_WORDS.findall(without), *_WORDS.findall(re.sub(r"[ ,\-]", "", without))}
        return found & self.known.keys()


def ids_within(text: str) -> set[UUID]:
    return {UUID(one) for one in _IDS.findall(text)}


@dataclass
class World:
    """A workspace with people who may see some of it. `records` are in the order of the plan's things."""

    workspace: Workspace
    plan: Plan
    admin: UUID
    people: list[UUID]
    departments: list[UUID]
    records: list[tuple[str, UUID]]
    words: Words
    files: Path

    def __repr__(self) -> str:
        return f"World({self.workspace.slug})"


class Bare:
    """A workspace in which nobody is. No dataclass, since hypothesis prints all of one when an example fails."""

    def __init__(self, workspace: Workspace) -> None:
        self.workspace = workspace


def roles_document() -> Document:
    """The shipped workspace, in which members can be given the roles `r0` to `r2`, and opportunities have a file of
    their own."""
    values = load().model_dump(mode="json", by_alias=True)
    values["objects"]["opportunity"]["fields"]["scan"] = {"type": "file", "label": "扫描件"}
    document = Document.model_validate(values)
    for key in ("r0", "r1", "r2"):
        document = with_role(document, key, Role.model_validate({"label": key}))
    return document


async def build(tx: Tx, workspace: Workspace, plan: Plan, files: Path) -> World:
    """Publishes the plan's roles and makes everything else. To be undone with the transaction."""
    roles = {f"r{n}": Role.model_validate(raw) for n, raw in enumerate(plan.roles)}
    document = workspace.document.model_copy(update={"roles": {**workspace.document.roles, **roles}})
    workspaces.forget(workspace.slug)
    made = await publish(tx, workspace.slug, document, author=None)
    system = system_actor(made)
    departments: list[UUID] = []
    for n, parent in enumerate(plan.departments):
        values = {"name": f"部门{n}"} | ({"parent": departments[parent]} if parent is not None else {})
        departments.append(await _make(tx, system, "department", values))
    words = Words()
    people = [await _person(tx, system, plan, n, departments, words) for n in range(len(plan.people))]
    await _place(tx, made, plan, departments, people)
    admin = await _make(tx, system, "member", {"name": "管理", "roles": [ADMIN]})
    world = World(made, plan, admin, people, departments, [], words, files)
    for thing in plan.things:
        world.records.append((thing.object, await _thing(tx, world, thing)))
    for deed in plan.deeds:
        await _DEEDS[deed.kind](tx, world, deed)
    return world


async def _make(tx: Tx, actor: Actor, key: str, values: Values, number: UUID | None = None) -> UUID:
    change = Change({k: str(v) if isinstance(v, UUID) else v for k, v in values.items()}, id=number)
    batch = Batch(key, Action.CREATE, [change], trusted=True, duplicates=Duplicates.CREATE, automations=False)
    found = (await apply(tx, actor, batch)).only.id
    assert found is not None
    return found


async def _person(tx: Tx, system: Actor, plan: Plan, n: int, departments: list[UUID], words: Words) -> UUID:
    one = plan.people[n]
    number = UUID(int=(1 << 100) + n)
    values: Values = {"name": f"同事{n}", "roles": [f"r{role}" for role in one.roles]}
    values |= {"department": departments[one.department]} if one.department is not None else {}
    values |= {key: words.text(Origin("member", number, key)) for key in TEXTS["member"]}
    return await _make(tx, system, "member", values, number)


async def _place(
    tx: Tx, workspace: Workspace, plan: Plan, departments: list[UUID], people: list[UUID]
) -> None:
    for n, one in enumerate(plan.people):
        if one.manager is not None:
            await _set(tx, workspace, "member", people[n], manager=people[one.manager])
    for n, head in enumerate(plan.heads):
        if head is not None:
            await _set(tx, workspace, "department", departments[n], head=people[head])


async def _set(tx: Tx, workspace: Workspace, key: str, record: UUID, **columns: object) -> None:
    """Straight into the table, where the write path has an opinion of its own."""
    for name, value in columns.items():
        await tx.run(
            sql(
                "update {t} set {c} = {v} where id = {id}",
                t=workspace.object(key).table,
                c=ident(name),
                v=value,
                id=record,
            )
        )


async def _thing(tx: Tx, world: World, thing: Thing) -> UUID:
    number = UUID(int=(2 << 100) + len(world.records))
    values: Values = {"owner": world.people[thing.owner] if thing.owner is not None else None}
    values |= _values(world.words, thing, number)
    for key, place in thing.links.items():
        values |= {key: world.records[place][1]} if place is not None else {}
    if thing.object in PARTICIPANTS:
        values["participants"] = [str(world.people[n]) for n in thing.participants]
    creator = await load_actor(tx, world.workspace, world.people[thing.creator])
    await _make(tx, creator, thing.object, values, number)
    if thing.backup is not None:
        await _set(tx, world.workspace, thing.object, number, backup=world.people[thing.backup])
    if thing.holder is not None:
        await _hold(tx, world, thing.object, number, world.people[thing.holder])
    return number


async def _hold(tx: Tx, world: World, key: str, record: UUID, holder: UUID) -> None:
    await _set(tx, world.workspace, key, record, holder=holder)
    await tx.run(
        sql(
            "update {s} set holder = {h} where record = {r} and left_at is null",
            s=world.workspace.table("span"),
            h=holder,
            r=record,
        )
    )


def _values(words: Words, thing: Thing, number: UUID) -> Values:
    key = thing.object
    values: Values = {TITLES[key]: words.text(Origin(key, number, TITLES[key]))}
    if key == "activity":
        values["at"] = NOW.isoformat()
    if key == "task":
        values["due_at"] = (NOW - timedelta(hours=1)).isoformat()
    if thing.filled:
        values |= dict(_filled(words, key, number))
    return values


def _filled(words: Words, key: str, number: UUID) -> Iterator[tuple[str, Any]]:
    for name in TEXTS[key]:
        if name != TITLES[key]:
            yield name, words.text(Origin(key, number, name))
    for name in PHONES.get(key, ()):
        yield name, words.phone(Origin(key, number, name))
    for name in AMOUNTS.get(key, ()):
        yield name, words.amount(Origin(key, number, name))
    if key in ("lead", "contact"):
        # Several share one, so that a lead meets people and customers who are there already.
        yield "email", f"post{number.int % 2}@example.com"
    if key in ("lead", "opportunity"):
        yield "next_at", (NOW - timedelta(hours=2)).isoformat()


async def _admin(tx: Tx, world: World) -> Actor:
    return await load_actor(tx, world.workspace, world.admin)


async def _change(tx: Tx, world: World, deed: Deed) -> None:
    """The words that stood there before remain those of the field: the log has them."""
    key, record = world.records[deed.thing]
    who = await load_actor(tx, world.workspace, world.people[deed.who])
    texts = [name for name in TEXTS[key] if name != TITLES[key]]
    values: Values = {name: world.words.text(Origin(key, record, name)) for name in texts[:2]}
    for link in LINKS.get(key, {}):
        if deed.level == "write" and (key, link) != ("contact", "account"):
            values[link] = None
    for name in AMOUNTS.get(key, ())[:1]:
        values[name] = world.words.amount(Origin(key, record, name))
    batch = Batch(
        key,
        Action.UPDATE,
        [Change(values, id=record)],
        atomic=False,
        trusted=True,
        duplicates=Duplicates.CREATE,
        automations=False,
    )
    await apply(tx, who, batch)


async def _share(tx: Tx, world: World, deed: Deed) -> None:
    key, record = world.records[deed.thing]
    await tx.run(
        sql(
            "insert into {s} (member, object, record, level, via, since)"
            " values ({m}, {o}, {r}, {l}, 'test', {at}) on conflict do nothing",
            s=world.workspace.table("share"),
            m=world.people[deed.to],
            o=key,
            r=record,
            l=deed.level,
            at=NOW,
        )
    )


async def _file(tx: Tx, world: World, deed: Deed) -> None:
    key, record = world.records[deed.thing]
    place = FILES.get(key) if deed.level == "write" else None
    word = world.words.text(Origin(key, record, place or "", "file"))
    disk = Disk(world.files)
    content = disk.put(io.BytesIO(word.encode()))
    await _tried(
        tx,
        attach(
            tx, await _admin(tx, world), key, record, Attachment(content, f"{word}.txt", disk.name, place)
        ),
    )


async def _comment(tx: Tx, world: World, deed: Deed) -> None:
    key, record = world.records[deed.thing]
    word = world.words.text(Origin(key, record, "", "comment"))
    mentioned = [world.people[deed.to]]
    await _tried(tx, add_comment(tx, await _admin(tx, world), key, record, word, mentioned))


async def _mention(tx: Tx, world: World, deed: Deed) -> None:
    """Somebody was told who may see nothing of it, or no longer."""
    key, record = world.records[deed.thing]
    word = world.words.text(Origin(key, record, "", "comment"))
    admin = await _admin(tx, world)
    obj = world.workspace.object(key)
    await tell_member(tx, admin, world.people[deed.to], "mentioned", obj, record, about={"text": word})


async def _offer(tx: Tx, world: World, deed: Deed) -> None:
    key, record = world.records[deed.thing]
    if key in STAGED:
        word = world.words.text(Origin(key, record, "", "message"))
        to = world.people[deed.to]
        await _tried(tx, offer(tx, await _admin(tx, world), key, record, to=to, message=word))


async def _trash(tx: Tx, world: World, deed: Deed) -> None:
    key, record = world.records[deed.thing]
    batch = Batch(key, Action.DELETE, [Change(id=record)], atomic=False, trusted=True)
    await apply(tx, await _admin(tx, world), batch)


async def _tried(tx: Tx, doing: Any) -> None:
    """What the product refuses is not part of the story."""
    try:
        async with tx.savepoint():
            await doing
    except JieliError:
        pass


_DEEDS = {
    "change": _change,
    "share": _share,
    "file": _file,
    "comment": _comment,
    "mention": _mention,
    "offer": _offer,
    "trash": _trash,
}
