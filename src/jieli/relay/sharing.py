"""Who takes part in a record sees it with what belongs to it: its customer, contact and lead."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.blueprint.model import Object
from jieli.db.pool import Record, Tx
from jieli.records import Action, Batch, Draft, Values
from jieli.relay import store

Shared = tuple[UUID, str, UUID]
"""member, object, record"""


async def share_with(
    tx: Tx, actor: Actor, obj: Object, record: UUID, values: Values, *, member: UUID, via: str
) -> None:
    """Let a member read the record and the records it refers to that have owners of their own."""
    rows = [(member, obj.key, record), *((member, key, id_) for key, id_ in context_of(actor, obj, values))]
    await tx.run(store.share(actor.workspace, rows, via, clock.now()))


def context_of(actor: Actor, obj: Object, values: Values) -> Iterable[tuple[str, UUID]]:
    """The owned records that this one refers to, such as its account."""
    for field in obj.own_fields():
        target = actor.workspace.objects.get(field.target) if field.target else None
        if target and target.has("owned") and not field.is_many and values.get(field.key):
            yield target.key, values[field.key]


async def participants(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Written step: people named in a field of several persons take part. Who is taken off the list keeps what
    else they were given, but not this."""
    fields = [f for f in obj.own_fields() if f.type.key == "multi_person"] if obj.has("owned") else []
    if not fields or batch.action not in (Action.CREATE, Action.UPDATE):
        return
    added: list[Shared] = []
    removed: list[Shared] = []
    for draft in drafts:
        for field in fields:
            if field.key not in draft.values:
                continue
            before = set((draft.before or {}).get(field.key) or ())
            after = set(draft.values[field.key] or ())
            added += [(m, obj.key, draft.id) for m in after - before]
            added += [(m, key, i) for m in after - before for key, i in context_of(actor, obj, draft.merged)]
            removed += [(m, obj.key, draft.id) for m in before - after]
    if removed:
        await tx.run(store.unshare(actor.workspace, removed, "participant"))
    if added:
        await tx.run(store.share(actor.workspace, added, "participant", clock.now()))


async def passed_on(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Written step: who gave a record to another owner goes on seeing what became of it."""
    if not obj.has("owned") or batch.action is not Action.UPDATE or batch.exact:
        return
    rows: list[Shared] = []
    for draft in drafts:
        before = (draft.before or {}).get("owner")
        if before and draft.after("owner") != before and "owner" in draft.values:
            rows.append((before, obj.key, draft.id))
    if rows:
        await tx.run(store.share(actor.workspace, rows, "passed", clock.now()))


async def passed_back(tx: Tx, actor: Actor, events: Sequence[Record]) -> None:
    """Undone step: who owns a record again needs no share in it for having passed it on in that batch."""
    rows: list[Shared] = []
    for event in events:
        before, _ = (event["changes"] or {}).get("owner") or (None, None)
        if before:
            rows.append((UUID(before), event["object"], event["record"]))
    for key in {object_key for _, object_key, _ in rows}:
        own = [row for row in rows if row[1] == key]
        await tx.run(store.unshare_owners(actor.workspace, actor.workspace.object(key), own, events[0]["at"]))
