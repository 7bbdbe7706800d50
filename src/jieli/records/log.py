"""Recording what was done, and telling who is looking."""

from collections.abc import Callable, Mapping, Sequence
from uuid import UUID

import orjson

from jieli.access import Actor
from jieli.base import clock
from jieli.base.ids import uuid7, uuid7s
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.records import store
from jieli.records.model import Batch, Draft, Outcome, Values

UNLOGGED = frozenset({"created_at", "created_by", "updated_at", "updated_by"})
KINDS = {
    Outcome.CREATED: "created",
    Outcome.UPDATED: "updated",
    Outcome.DELETED: "deleted",
    Outcome.RESTORED: "restored",
}
MOST_IDS_TOLD = 100
LIVE = "jieli_live"
"""The channel on which open screens are told what happens."""


async def record(tx: Tx, actor: Actor, batch: Batch, number: UUID, done: Sequence[Draft]) -> None:
    """One event for each written row, and the batch itself when it is more than one. A past brings its own."""
    if not done or batch.past:
        return
    now = clock.now()
    dumps = dumps_of(actor.workspace.object(batch.object))
    rows = (
        (
            event,
            now,
            actor.member,
            actor.channel,
            batch.object,
            draft.id,
            draft.event or batch.event or KINDS[draft.outcome or Outcome.UPDATED],
            number,
            changes_of(dumps, draft),
            {**batch.about, **draft.about} or None,
        )
        for event, draft in zip(uuid7s(len(done)), done, strict=True)
    )
    await store.add_events(tx, actor.workspace, rows, len(done))
    if len(done) > 1 or batch.id is not None:
        await tx.run(store.add_batch(actor.workspace, _batch(actor, batch, number, len(done))))


def _batch(actor: Actor, batch: Batch, number: UUID, rows: int) -> Values:
    return {
        "id": number,
        "at": clock.now(),
        "actor": actor.member,
        "channel": actor.channel,
        "object": batch.object,
        "action": str(batch.action),
        "source": batch.source,
        "rows": rows,
    }


Dump = Callable[[object], object]


def dumps_of(obj: Object) -> dict[str, Dump]:
    """How the values of each logged field become JSON."""
    return {key: field.type.dump for key, field in obj.fields.items() if key not in UNLOGGED}


def changes_of(dumps: Mapping[str, Dump], draft: Draft) -> Values:
    """field → [before, after] in JSON form, without the stamps that each write sets and without what was empty and
    stays so."""
    found: Values = {}
    before = draft.before or {}
    for key, after in draft.values.items():
        dump = dumps.get(key)
        earlier = before.get(key)
        if dump is None or (earlier is None and after is None):
            continue
        found[key] = [None if earlier is None else dump(earlier), None if after is None else dump(after)]
    return found


async def note(
    tx: Tx,
    actor: Actor,
    obj: Object,
    record_id: UUID,
    kind: str,
    *,
    about: Values | None = None,
    batch: UUID | None = None,
) -> None:
    """Append an event that changes no field: a comment, a file, an offered hand-off, a breached limit."""
    row = (uuid7(), clock.now(), actor.member, actor.channel, obj.key, record_id, kind, batch, None, about)
    await store.add_events(tx, actor.workspace, [row])
    told(tx, actor, obj.key, [record_id], kind)


def tell(tx: Tx, actor: Actor, batch: Batch, done: Sequence[Draft]) -> None:
    """Let open screens know. Only ids travel; each listener asks for what it may see."""
    if done:
        told(tx, actor, batch.object, [draft.id for draft in done], str(batch.action))


def told(tx: Tx, actor: Actor, object_key: str, ids: Sequence[UUID], kind: str) -> None:
    """Announce records by id; many at once are announced as "look again"."""
    known = [str(i) for i in ids] if len(ids) <= MOST_IDS_TOLD else None
    payload = {"workspace": actor.workspace.slug, "object": object_key, "ids": known, "kind": kind}
    tx.announce(LIVE, orjson.dumps(payload).decode())
