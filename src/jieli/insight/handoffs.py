"""Numbers about hand-offs, and the list of hand-offs behind each of them.

A record may change hands several times, so these numbers lead to hand-offs and not to records.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson

from jieli.access import Actor, predicate
from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint.model import Workspace
from jieli.db.pool import ReadTx, Record
from jieli.db.sql import Sql, sql
from jieli.insight import handoff_store as store
from jieli.insight.period import Period
from jieli.insight.tally import Counted, Found
from jieli.records import Values
from jieli.records.read import titles_of

MOST = 500
ENDED = ("accepted", "returned", "expired", "withdrawn")
BAD_STATE = Message(
    "bad_handoff_state", "没有「{state}」这种交接结果", "There is no such end of a hand-off: “{state}”"
)


@dataclass(frozen=True, slots=True)
class Choice:
    """Hand-offs by how they ended; `in_time` narrows them to those answered before they were due."""

    states: tuple[str, ...]
    in_time: bool = False

    def sql(self) -> Sql:
        return store.ended(self.states, in_time=self.in_time)


CHOICES = {
    "handoff_accepted": Choice(("accepted",)),
    "handoff_in_time": Choice(("accepted",), in_time=True),
    "answered": Choice(("accepted", "returned")),
    "answered_in_time": Choice(("accepted", "returned"), in_time=True),
    "returned": Choice(("returned",)),
    "ended": Choice(("accepted", "returned", "expired")),
}


@dataclass(frozen=True, slots=True)
class HandOffTally:
    """How the hand-offs ended that ended in the period, for each receiver or for all together. Those of records
    that the reader sees count, and the reader's own."""

    period: Period
    receiver: UUID | None = None
    group: str | None = None

    @property
    def nothing(self) -> dict[str, Counted]:
        return dict.fromkeys(CHOICES, 0)

    def statement(self, actor: Actor) -> Sql | None:
        return store.counts(
            actor.workspace,
            _within(actor, self.period, self.receiver),
            {key: choice.sql() for key, choice in CHOICES.items()},
            by_receiver=self.group is not None,
        )

    def read(self, text: str) -> Found:
        found: Found = {} if self.group else {None: self.nothing}
        for place, values in orjson.loads(text):
            found[place] = self.nothing | values
        return found

    def drill(self, *keys: str, place: str | None = None) -> Values:
        """The parameters of `listed`."""
        choice = CHOICES[keys[0]]
        receiver = place if self.group else str(self.receiver) if self.receiver else None
        asked = {"states": ",".join(choice.states), "in_time": choice.in_time, "receiver": receiver}
        return {"handoffs": {**self.period.as_json(), **asked}}


async def listed(
    tx: ReadTx, actor: Actor, period: Period, choice: Choice, *, receiver: UUID | None = None
) -> Values:
    """{"items", "count"}: the hand-offs that ended in the period, the newest MOST of them, and how many there are.
    Raises Invalid."""
    for state in choice.states:
        if state not in ENDED:
            raise Invalid(Problem("states", BAD_STATE, {"state": state[:40]}))
    where = sql("{within} and {chosen}", within=_within(actor, period, receiver), chosen=choice.sql())
    rows = await tx.all(store.listed(actor.workspace, where, MOST))
    wanted: dict[str, list[UUID]] = {"member": []}
    for row in rows:
        wanted.setdefault(row["object"], []).append(row["record"])
        wanted["member"] += [row["sender"], row["receiver"]]
    titles = await titles_of(tx, actor, wanted)
    return {
        "items": [_item(actor.workspace, row, titles) for row in rows],
        "count": rows[0]["total"] if rows else 0,
    }


def _within(actor: Actor, period: Period, receiver: UUID | None) -> Sql:
    """Ended in the period, and to be seen by the actor."""
    seen: Sequence[Sql] = [
        store.of_object(obj, predicate(actor, obj), actor.member)
        for obj in actor.workspace.objects.values()
        if obj.has("staged") and actor.workspace.process(obj.key)
    ]
    ended = store.within(period.moments(actor.workspace.context.zone), receiver)
    return sql("{ended} and {seen}", ended=ended, seen=store.either(seen))


def _item(workspace: Workspace, row: Record, titles: dict[tuple[str, UUID], str]) -> Values:
    named = {
        key: {"id": row[key], "title": titles.get(("member", row[key]))} for key in ("sender", "receiver")
    }
    return {
        "id": row["id"],
        "object": row["object"],
        "record": {"id": row["record"], "title": titles.get((row["object"], row["record"]))},
        "from": named["sender"],
        "to": named["receiver"],
        **{key: row[key] for key in ("stage", "to_stage", "state", "offered_at", "due", "answered_at")},
        "working_seconds": row["working_seconds"],
        "reason": workspace.return_reason(row["object"], row["reason"], row["reason_label"]),
    }
