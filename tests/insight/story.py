"""What happened in a March that everybody can count by hand, and how to look behind a number."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import orjson

from jieli.access import Actor
from jieli.base import clock
from jieli.db.pool import Tx
from jieli.insight.handoffs import Choice, listed
from jieli.insight.period import Period, period_of
from jieli.records import Action, Batch, Change, Values, apply
from jieli.records.read import ListQuery, list_records
from jieli.relay.leg import leg
from jieli.relay.moves import arrive
from tests.company import Company, make

MONDAY = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
"""Nine in the morning in Shanghai, where people work from nine to twelve and from one to six."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MARCH = Period(MONDAY.date().replace(day=1), MONDAY.date().replace(month=4, day=1))


@dataclass
class Story:
    """Tells what happens to the records of a company; remembers them by name."""

    tx: Tx
    company: Company
    ids: dict[str, UUID] = field(default_factory=dict)

    async def new(self, object_key: str, name: str, when: datetime = MONDAY, **values: object) -> UUID:
        for key in ("owner", "backup", "created_by"):
            if isinstance(values.get(key), str):
                values[key] = str(self.company.members[str(values[key])])
        with clock.at(when):
            title = {"content": name} if object_key == "activity" else {"name": name}
            self.ids[name] = await make(self.tx, self.company.system, object_key, **title, **values)
        return self.ids[name]

    async def imported(self, object_key: str, name: str, when: datetime = MONDAY, **values: object) -> UUID:
        if isinstance(values.get("owner"), str):
            values["owner"] = str(self.company.members[str(values["owner"])])
        change = Change({"name": name, **values})
        batch = Batch(object_key, Action.CREATE, [change], source="import", automations=False)
        with clock.at(when):
            result = await apply(self.tx, self.company.system, batch)
        assert result.only.id is not None
        self.ids[name] = result.only.id
        return result.only.id

    async def moves(self, object_key: str, name: str, *steps: tuple[timedelta, str]) -> None:
        """To each stage so long after Monday morning."""
        for after, to in steps:
            with clock.at(MONDAY + after):
                at = await leg(self.tx, self.company.system, object_key, self.ids[name])
                await arrive(self.tx, self.company.system, at, to)

    async def deal(self, name: str, amount: int, owner: str | None, *steps: tuple[timedelta, str]) -> None:
        values = {"owner": owner} if owner else {}
        await self.new("opportunity", name, amount=amount, **values)
        await self.moves("opportunity", name, *steps)


async def behind(tx: Tx, actor: Actor, drill: Values) -> list[Values]:
    """The records in the list that a drill opens."""
    query = ListQuery(where=drill["where"], limit=500)
    found: list[Values] = orjson.loads(await list_records(tx, actor, drill["object"], query))["items"]
    return found


async def counted(tx: Tx, actor: Actor, drill: Values) -> int:
    """How much a drill leads to, be it records or hand-offs."""
    if "handoffs" not in drill:
        return len(await behind(tx, actor, drill))
    asked = drill["handoffs"]
    period = period_of(asked["from"], asked["to"], clock.now(), actor.workspace.context.zone)
    assert period is not None
    choice = Choice(tuple(asked["states"].split(",")), asked["in_time"])
    receiver = UUID(asked["receiver"]) if asked["receiver"] else None
    found: int = (await listed(tx, actor, period, choice, receiver=receiver))["count"]
    return found


def total(records: Iterable[Values], key: str = "amount") -> Decimal:
    return sum((Decimal(one[key]["value"]) for one in records if one.get(key)), Decimal(0))


def by(rows: Iterable[Values], key: str) -> dict[Any, Values]:
    """Rows by a value of theirs, or by the title of what the value refers to."""
    return {one[key]["title"] if isinstance(one[key], dict) else one[key]: one for one in rows}
