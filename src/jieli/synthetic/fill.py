"""Producing what a gate asks for, whatever the process says it is."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from random import Random
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.blueprint.model import Field
from jieli.db.pool import Tx
from jieli.fields import Choosing
from jieli.records import Values
from jieli.records.content import ContentStore
from jieli.records.files import Attachment, attach
from jieli.records.read import get_record
from jieli.relay import gate
from jieli.relay.moves import moves
from jieli.synthetic import words

LIKELY = {"feasibility": ("standard", "standard", "custom")}
"""What is chosen where another choice would end the matter."""
TEXTS = {"solution": words.SOLUTIONS, "needs": words.NEEDS, "feedback": words.FEEDBACK}


@dataclass(frozen=True, slots=True)
class Supplies:
    """Where what is produced comes from and where its files go."""

    rng: Random
    files: ContentStore


async def fill(supplies: Supplies, tx: Tx, actor: Actor, object_key: str, record: UUID, to: str) -> Values:
    """Tick and attach the missing deliverables of the stage; gives values for the missing fields."""
    wanted = next(one for one in await moves(tx, actor, object_key, record) if one["to"] == to)
    missing = wanted["missing"]
    found = actor.workspace.process(object_key)
    values: Values = {}
    current = await get_record(tx, actor, object_key, record)
    obj = actor.workspace.object(object_key)
    stage = actor.workspace.stage(found[0] if found else "", current["stage"])
    for key in missing["deliverables"]:
        one = next(one for one in stage.deliverables if one.key == key)
        if one.kind == "check":
            await gate.tick(tx, actor, object_key, record, key, done=True)
        elif one.kind == "file":
            text = f"{one.label.zh}\n".encode()
            content = await asyncio.to_thread(supplies.files.put, BytesIO(text))
            paper = Attachment(content, f"{one.label.zh}.txt", supplies.files.name, deliverable=key)
            await attach(tx, actor, object_key, record, paper)
        elif one.field:
            values[one.field] = value(supplies.rng, obj.field(one.field), current)
    for key in missing["fields"]:
        values[key] = value(supplies.rng, obj.field(key), current)
    return values


def value(rng: Random, field: Field, current: Values) -> object:
    """Something a person could have entered."""
    today = clock.now().date()
    if isinstance(field.type, Choosing):
        return rng.choice(LIKELY.get(field.key) or tuple(field.type.choices(field.options)))
    made: dict[str, Callable[[], object]] = {
        "money": lambda: str(_amount(rng, current)),
        "date": lambda: _day(rng, field.key, today).isoformat(),
        "rating": lambda: rng.choices((5, 4, 3, 2), (5, 4, 2, 1))[0],
        "percent": lambda: "95",
    }
    return made.get(field.type.key, lambda: rng.choice(TEXTS.get(field.key, words.NEXT_STEPS)))()


def _amount(rng: Random, current: Values) -> int:
    """Near what was said before, else something new."""
    for key in ("contract_amount", "quoted_amount", "amount", "budget"):
        if current.get(key):
            return max(1_000, int(round(float(current[key]["value"]) * rng.uniform(0.85, 1.05), -3)))
    return rng.randrange(3, 120) * 10_000


def _day(rng: Random, key: str, today: date) -> date:
    return today if key == "signed_on" else today + timedelta(days=rng.randrange(14, 90))
