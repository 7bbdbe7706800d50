"""What goes on while processes are killed: each workload takes one step after the other until it is told to stop."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from jieli.base import clock
from jieli.blueprint import store as blueprint_store
from jieli.blueprint import workspaces
from jieli.blueprint.apply import Overtaken, apply
from jieli.blueprint.document import Document
from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.jobs import enqueue
from jieli.relay.limits import SCHEDULES
from tests.torture.client import Client
from tests.torture.ledger import Brought, Bulk, Kept, Ledger
from tests.torture.patience import insisting
from tests.torture.site import PAUSE, Site, until

FINAL = frozenset({"done", "failed", "cancelled"})
HERD = 80
LEADS = "/objects/lead/records"
ROLE = "expert"


@dataclass
class Work:
    """Everything a workload needs. While `open` is not set no new step begins."""

    site: Site
    ledger: Ledger
    chance: Random
    rows: list[int]
    open: asyncio.Event = field(default_factory=asyncio.Event)
    busy: int = 0
    number: int = 0
    ending: bool = False
    herd: list[str] = field(default_factory=list)

    def next(self, letter: str) -> str:
        self.number += 1
        return f"{letter}{self.number:05d}"

    async def pause(self) -> None:
        """No new steps; returns when those that were begun are over."""
        self.open.clear()
        await until(lambda: self.busy == 0)


Step = Callable[[Work, Client], Awaitable[None]]


async def loop(work: Work, client: Client, step: Step) -> None:
    while not work.ending:
        await work.open.wait()
        work.busy += 1
        try:
            await step(work, client)
        finally:
            work.busy -= 1
        await asyncio.sleep(work.chance.uniform(0, 0.1))


async def single(work: Work, client: Client) -> None:
    """A record is made, and mostly changed or put into the trash."""
    name = work.next("S")
    made = await client.write("POST", LEADS, {"values": {"name": name, "needs": "new"}})
    kept = work.ledger.records[name] = Kept(UUID(made.json()["id"]), name, "new")
    choice = work.chance.random()
    if choice < 0.5:
        needs = f"{name} changed"
        await client.write("PATCH", f"{LEADS}/{kept.id}", {"values": {"needs": needs}})
        kept.needs = needs
    elif choice < 0.7:
        await client.write("DELETE", f"{LEADS}/{kept.id}", {})
        kept.deleted = True
    work.ledger.counts["single writes"] += 2 if choice < 0.7 else 1


async def bulk(work: Work, client: Client) -> None:
    """The same herd is changed, given to somebody else, thrown away and fetched back."""
    mark = work.next("B")
    owner = work.site.company.members[work.chance.choice(["sam", "sue", "wes"])]
    orders = (
        {"action": "update", "values": {"needs": mark}},
        {"action": "transfer", "owner": str(owner)},
        {"action": "delete"},
        {"action": "restore"},
    )
    for order in orders:
        answer = await client.write("POST", "/objects/lead/batch", {"ids": work.herd, **order})
        told = answer.json()
        if told["rows"]["rejected"]:
            work.ledger.faults.append(f"a batch was refused: {answer.text[:300]}")
        if told["batch"]:
            number = UUID(told["batch"])
            work.ledger.bulks[number] = Bulk(number, told["rows"]["updated"])
        work.ledger.herd |= {"needs": mark} if order["action"] == "update" else {}
        work.ledger.counts["batches"] += 1


async def bring_in(work: Work, client: Client) -> None:
    """A file is brought in; every third one makes a field of its own."""
    mark, count = work.next("I"), work.chance.choice(work.rows)
    base = 13_000_000_000 + len(work.ledger.imports) * 1_000_000
    widened = work.chance.random() < 0.33
    head = "联系人,手机,客户需求" + (f",字段{mark}" if widened else "")
    more = ",甲" if widened else ""
    lines = [f"人{n},{base + n},{mark}{more}" for n in range(count)]
    taken = await client.upload("/imports", f"{mark}.csv", "\n".join([head, *lines, ""]), object="lead")
    run = taken.json()
    targets = ("contact_name", "phone", "needs")
    mapping: list[object] = [{"index": n, "target": target} for n, target in enumerate(targets)]
    if widened:
        label = {"zh": f"字段{mark}", "en": mark}
        mapping.append({"index": 3, "new_field": {"label": label, "type": "text"}})
    await client.write("POST", f"/imports/{run['id']}/run", {"mapping": mapping, "policy": "skip"})
    asked = work.ledger.imports[UUID(run["id"])] = Brought(UUID(run["id"]), mark, count)
    work.ledger.counts["imports"] += 1
    work.busy -= 1  # an import may last longer than a pause of the others
    try:
        while asked.state not in FINAL:
            shown = await client.get(f"/imports/{run['id']}")
            asked.state, asked.error = str(shown["state"]), str(shown["error"] or "")
            await asyncio.sleep(4 * PAUSE)
    finally:
        work.busy += 1


async def limit(work: Work, client: Client) -> None:
    """A record is made whose limit has passed already, and the job that notices such things is asked for."""
    name = work.next("L")
    made = await client.write("POST", LEADS, {"values": {"name": name, "needs": "late"}})
    kept = work.ledger.records[name] = Kept(UUID(made.json()["id"]), name, "late")
    workspace = work.site.company.workspace

    async def passed(tx: Tx) -> None:
        await tx.run(
            sql(
                "update {span} set due = {due}, warn_at = null where record = {record} and breached_at is null",
                span=workspace.table("span"),
                due=clock.now(),
                record=kept.id,
            )
        )
        await enqueue(tx, SCHEDULES[0].name, {}, key=SCHEDULES[0].name)

    await insisting(work.site.db, passed)
    work.ledger.overdue[kept.id] = clock.now()
    work.ledger.counts["single writes"] += 1
    await asyncio.sleep(0.2)


async def publish(work: Work, client: Client) -> None:
    """A new version of the blueprint: a role with another name by HTTP, and a field as the studio would make it."""
    roles = await client.get("/roles")
    role = roles["roles"][ROLE]  # type: ignore[index]  # as documented
    label = work.next("R")
    await client.write("PUT", f"/roles/{ROLE}", {"role": {**role, "label": {"zh": label, "en": label}}})
    work.ledger.label = label
    key = work.next("f").lower()
    while not await insisting(work.site.db, lambda tx: _with_field(tx, work, key)):
        await asyncio.sleep(PAUSE)
    work.ledger.fields.append(key)
    work.ledger.counts["blueprint versions"] += 2
    await asyncio.sleep(0.5)


async def _with_field(tx: Tx, work: Work, key: str) -> bool:
    """Whether the field is there now; False when somebody else came in between."""
    slug = work.site.company.workspace.slug
    workspace = await workspaces.load(tx, slug)
    if key in workspace.object("product").fields:
        return True
    values = blueprint_store.written(workspace.document)
    fields = values["objects"]["product"]["fields"]  # type: ignore[index]  # a document has objects with fields
    fields[key] = {"type": "text", "label": {"zh": key, "en": key}}
    try:
        made = Document.model_validate(values)
        await apply(tx, slug, made, author=None, note=key, expected_version=workspace.version)
    except Overtaken:
        return False
    return True


STEPS: tuple[Step, ...] = (single, single, bulk, bring_in, limit, publish)
