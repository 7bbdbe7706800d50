"""What people do in batches that can be taken back."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.base.errors import JieliError
from jieli.base.ids import uuid7
from jieli.db.pool import Tx
from jieli.db.sql import sql
from jieli.intake.conversion import convert
from jieli.records import Action, Batch, BatchResult, Change, Duplicates, Outcome, Values, apply
from jieli.relay.leg import leg
from jieli.relay.moves import arrive, block
from tests.company import Company
from tests.records.workspace_state import OBJECTS

MONDAY = datetime(2026, 11, 16, 1, 0, tzinfo=UTC)
DONE = (Outcome.CREATED, Outcome.UPDATED, Outcome.DELETED, Outcome.RESTORED)
OWNERS = ("sam", "sue", "wes", "mary", "eva")


@dataclass(frozen=True)
class Deed:
    """Which of the choices count depends on the kind."""

    kind: str
    wait: timedelta
    picks: tuple[int, ...]
    choice: int
    is_bold: bool

    @property
    def is_knowing(self) -> bool:
        """Whether duplicates are entered all the same."""
        return self.kind == "create" and self.choice > 24

    @property
    def shares_keys(self) -> bool:
        """Of records that have the same telephone, one that comes back may hold it in the place of another."""
        return self.kind == "convert" or self.is_knowing


@dataclass
class Desk:
    """Where it is done, by an administrator unless it is the program."""

    tx: Tx
    company: Company
    boss: Actor
    now: datetime = MONDAY
    batches: list[UUID] = field(default_factory=list)

    async def do(self, deed: Deed) -> UUID | None:
        """The batch, if anything was done."""
        self.now += deed.wait
        try:
            with clock.at(self.now):
                async with self.tx.savepoint():
                    batch = await DEEDS[deed.kind](self, deed)
        except JieliError:
            return None
        if batch:
            self.batches.append(batch)
        return batch

    async def picked(self, object_key: str, deed: Deed, *, trashed: bool = False) -> list[UUID]:
        rows = await self.tx.all(
            sql(
                "select id from {t} where (deleted_at is not null) = {trashed} order by id",
                t=self.company.workspace.object(object_key).table,
                trashed=trashed,
            )
        )
        ids = [row["id"] for row in rows]
        return list(dict.fromkeys(ids[pick % len(ids)] for pick in deed.picks)) if ids else []

    async def apply(self, batch: Batch) -> UUID | None:
        return _done(await apply(self.tx, self.boss, batch))


def _done(result: BatchResult) -> UUID | None:
    return result.batch if result.count(*DONE) else None


def _object(deed: Deed) -> str:
    return OBJECTS[deed.choice % len(OBJECTS)]


def _phone(number: int) -> str:
    return f"138000100{number % 6:02d}"


async def _said(desk: Desk, object_key: str, deed: Deed, number: int) -> Values:
    """What is said of a record: few values, so that duplicates are met often."""
    text = f"第{number % 4}次"
    values: dict[str, Values] = {
        "lead": {"phone": _phone(number), "company": f"接力{number % 5}科技有限公司", "needs": text},
        "account": {"phone": _phone(number), "note": text, "short_name": text},
        "contact": {"phone": _phone(number), "job_title": text},
        "opportunity": {"needs": text, "amount": str(1000 * (number % 3)), "competitor": text},
    }
    if object_key == "opportunity":
        people = [str(desk.company.members[OWNERS[(number + i) % len(OWNERS)]]) for i in range(number % 3)]
        values[object_key]["participants"] = people or None
    said = values[object_key]
    return {key: value for place, (key, value) in enumerate(said.items()) if (number >> place) % 2}


async def create(desk: Desk, deed: Deed) -> UUID | None:
    """Some records; what is there already is refused, entered again knowingly, or brought up to date by a file."""
    key = _object(deed)
    accounts = await desk.picked("account", deed)
    policy = Duplicates.UPDATE if deed.kind == "import" else Duplicates.REJECT
    policy = Duplicates.CREATE if deed.is_knowing else policy
    changes = []
    for row, number in enumerate(deed.picks):
        values = {"name": f"{key}{number % 7}", **await _said(desk, key, deed, number)}
        if accounts and key in ("contact", "opportunity"):
            values["account"] = str(accounts[number % len(accounts)])
        if number % 3 == 0 and key != "contact":
            values["owner"] = str(desk.company.members[OWNERS[number % len(OWNERS)]])
        stages = {"lead": ("new", "following", "invalid"), "opportunity": ("assign", "quote", "won", "lost")}
        if number % 4 == 0 and key in stages:
            values["stage"] = stages[key][number % len(stages[key])]
        changes.append(Change(values, row=row, source_key=str(number) if deed.kind == "import" else None))
    source = "import" if deed.kind == "import" else "screen"
    made = Batch(key, Action.CREATE, changes, atomic=False, duplicates=policy, source=source)
    return await desk.apply(made)


async def update(desk: Desk, deed: Deed) -> UUID | None:
    key = _object(deed)
    ids = await desk.picked(key, deed)
    numbers = (deed.picks * 2)[1:]
    changes = [
        Change(
            await _said(desk, key, deed, numbers[row]) or {"name": f"改名{deed.choice}"}, id=record, row=row
        )
        for row, record in enumerate(ids)
    ]
    return await desk.apply(Batch(key, Action.UPDATE, changes, atomic=False)) if ids else None


async def trash(desk: Desk, deed: Deed) -> UUID | None:
    return await _mark(desk, deed, Action.DELETE)


async def restore(desk: Desk, deed: Deed) -> UUID | None:
    return await _mark(desk, deed, Action.RESTORE)


async def _mark(desk: Desk, deed: Deed, action: Action) -> UUID | None:
    key = _object(deed)
    ids = await desk.picked(key, deed, trashed=action is Action.RESTORE)
    changes = [Change(id=record, row=row) for row, record in enumerate(ids)]
    return await desk.apply(Batch(key, action, changes, atomic=False)) if ids else None


async def transfer(desk: Desk, deed: Deed) -> UUID | None:
    key = _object(deed)
    values: Values = {"owner": str(desk.company.members[OWNERS[deed.choice % len(OWNERS)]])}
    if deed.is_bold:
        values = {"backup": values["owner"]} if deed.choice % 2 else {"owner": None}
    ids = await desk.picked(key, deed)
    changes = [Change(values, id=record, row=row) for row, record in enumerate(ids)]
    return await desk.apply(Batch(key, Action.UPDATE, changes, atomic=False)) if ids else None


async def move(desk: Desk, deed: Deed) -> UUID | None:
    """To any stage that the process leads to from there."""
    key = ("lead", "opportunity")[deed.choice % 2]
    ids = await desk.picked(key, deed)
    if not ids:
        return None
    at = await leg(desk.tx, desk.company.system, key, ids[0])
    ways = [one.to for one in at.process.moves if at.stage.key in one.source]
    if not ways:
        return None
    to = ways[deed.picks[-1] % len(ways)]
    return _done(await arrive(desk.tx, desk.company.system if deed.is_bold else desk.boss, at, to))


async def mark_blocked(desk: Desk, deed: Deed) -> UUID | None:
    key = ("lead", "opportunity")[deed.choice % 2]
    ids = await desk.picked(key, deed)
    reason = f"卡点{deed.choice}" if deed.choice % 3 else None
    return _done(await block(desk.tx, desk.boss, key, ids[0], reason)) if ids else None


async def convert_lead(desk: Desk, deed: Deed) -> UUID | None:
    ids = await desk.picked("lead", deed)
    if not ids:
        return None
    made = await convert(desk.tx, desk.boss, "lead", ids[0], without_contact=deed.is_bold)
    return made.batch


async def together(desk: Desk, deed: Deed) -> UUID | None:
    """A customer is made and another one belongs to it, as one batch."""
    batch = uuid7()
    ids = await desk.picked("account", deed)
    name = Change({"name": f"集团{deed.choice}"})
    made = await apply(desk.tx, desk.boss, Batch("account", Action.CREATE, [name], id=batch))
    changes = [Change({"parent": str(made.only.id)}, id=record, row=row) for row, record in enumerate(ids)]
    if changes:
        await apply(desk.tx, desk.boss, Batch("account", Action.UPDATE, changes, id=batch, atomic=False))
    return batch


DEEDS: dict[str, Callable[[Desk, Deed], Awaitable[UUID | None]]] = {
    "create": create,
    "import": create,
    "update": update,
    "trash": trash,
    "restore": restore,
    "transfer": transfer,
    "move": move,
    "block": mark_blocked,
    "convert": convert_lead,
    "together": together,
}
