"""Undo of a batch: what it created is taken out, what it changed gets its earlier values back.

Nothing that somebody did since is lost: a record that was changed or is used elsewhere since then stays and is
reported as a conflict, field by field. The log keeps both the doing and the undoing.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.base.errors import Denied
from jieli.base.ids import uuid7s
from jieli.base.language import Message
from jieli.blueprint.model import Object
from jieli.db.pool import Record, Tx
from jieli.db.sql import Sql
from jieli.records import errors, log, store, undo_store
from jieli.records.apply import apply
from jieli.records.hooks import installed
from jieli.records.model import Action, Batch, Change, Outcome, Values


class NotYourBatch(Denied):
    message = Message(
        "not_your_batch",
        "只有操作人或管理员可以撤销这次操作",
        "Only who did this, or an administrator, may undo it",
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """A record that could not be put back entirely; no fields means that it is used elsewhere by now."""

    object: str
    id: UUID
    title: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class UndoResult:
    restored: int
    conflicts: tuple[Kept, ...]


async def undo(tx: Tx, actor: Actor, batch: UUID) -> UndoResult:
    """Take back a batch. Raises BatchUnknown, NotYourBatch, and AlreadyUndone the second time."""
    events = await _claimed(tx, actor, batch)
    made = _created(events)
    restored, stays = await _take_out(tx, actor, batch, made)
    kept = list[Kept]()
    for key, own in sorted(_others(events, made).items(), key=_last_first(events)):
        done, left = await _undo_changes(tx, actor, actor.workspace.object(key), own)
        restored += done
        kept += left
        # What referred to a new record may have its earlier value again.
        more, stays = await _take_out(tx, actor, batch, stays) if done and stays else (0, stays)
        restored += more
    kept += [Kept(key, record, title, ()) for key, own in stays.items() for record, title in own.items()]
    for step in installed().undone:
        await step(tx, actor, list(dict.fromkeys((e["object"], e["record"]) for e in events)))
    return UndoResult(restored, tuple(kept))


def _created(events: Sequence[Record]) -> dict[str, dict[UUID, str | None]]:
    """The records that the batch made, by object."""
    made: dict[str, dict[UUID, str | None]] = defaultdict(dict)
    for event in events:
        if event["kind"] == "created":
            made[event["object"]][event["record"]] = None
    return made


def _others(events: Sequence[Record], made: Mapping[str, Collection[UUID]]) -> dict[str, list[Record]]:
    """By object, what the batch did to records that were there before."""
    found: dict[str, list[Record]] = defaultdict(list)
    for event in events:
        if event["record"] not in made.get(event["object"], ()):
            found[event["object"]].append(event)
    return found


def _last_first(events: Sequence[Record]) -> Callable[[tuple[str, object]], int]:
    """Objects in the reverse order of their first event, so that what refers goes before what is referred to."""
    first: dict[str, int] = {}
    for place, event in enumerate(events):
        first.setdefault(event["object"], place)
    return lambda item: -first[item[0]]


async def _claimed(tx: Tx, actor: Actor, batch: UUID) -> list[Record]:
    """The batch's events, after marking it undone so that a second undo finds it so."""
    events = await tx.all(undo_store.events(actor.workspace, batch))
    if not events:
        raise errors.BatchUnknown
    if actor.member not in (None, events[0]["actor"]) and not _is_administrator(actor):
        raise NotYourBatch
    marked = await tx.value(undo_store.mark(actor.workspace, batch, actor.member, clock.now(), events[0]))
    if not marked:
        raise errors.AlreadyUndone
    return events


def _is_administrator(actor: Actor) -> bool:
    roles = actor.workspace.document.roles
    return any(roles[key].everything for key in actor.roles if key in roles)


async def _undo_changes(
    tx: Tx, actor: Actor, obj: Object, events: Sequence[Record]
) -> tuple[int, list[Kept]]:
    changed: dict[UUID, Values] = {}
    trashed, revived = list[UUID](), list[UUID]()
    for event in reversed(events):
        if event["kind"] in ("deleted", "restored"):
            (trashed if event["kind"] == "deleted" else revived).append(event["record"])
        for field, (before, after) in (event["changes"] or {}).items():
            earlier = changed.setdefault(event["record"], {})
            earlier[field] = [before, earlier[field][1] if field in earlier else after]
    restored, left = await _put_back(tx, actor, obj, changed)
    for ids, action in ((trashed, Action.RESTORE), (revived, Action.DELETE)):
        restored += await _flip(tx, actor, obj, ids, action)
    return restored, left


async def _flip(tx: Tx, actor: Actor, obj: Object, ids: Sequence[UUID], action: Action) -> int:
    if not ids:
        return 0
    changes = [Change(id=record) for record in ids]
    result = await apply(
        tx, actor, Batch(obj.key, action, changes, atomic=False, trusted=True, source="undo", event="undone")
    )
    return result.count(Outcome.RESTORED, Outcome.DELETED)


async def _put_back(tx: Tx, actor: Actor, obj: Object, changed: dict[UUID, Values]) -> tuple[int, list[Kept]]:
    """Earlier values for the fields that still have the value which the batch gave them."""
    if not changed:
        return 0, []
    rows = {row["id"]: row for row in await tx.all(undo_store.current(obj, list(changed)))}
    changes, kept = list[Change](), list[Kept]()
    for record, fields in changed.items():
        row = rows.get(record)
        if row is None:
            kept.append(Kept(obj.key, record, None, ()))
            continue
        now = store.loaded(obj.fields.values(), row)
        values, lost = _earlier(actor, obj, fields, now)
        if lost:
            kept.append(Kept(obj.key, record, row["title_text"], tuple(lost)))
        if values:
            changes.append(Change(values, id=record))
    batch = Batch(
        obj.key, Action.UPDATE, changes, atomic=False, trusted=True, typed=True, source="undo", event="undone"
    )
    result = await apply(tx, actor, batch)
    kept += [Kept(obj.key, row.id or batch.changes[i].id or UUID(int=0), None, ()) for i, row in
             enumerate(result.rows) if row.outcome is Outcome.REJECTED]  # fmt: skip
    return result.count(Outcome.UPDATED), kept


def _earlier(actor: Actor, obj: Object, fields: Values, now: Values) -> tuple[Values, list[str]]:
    values: Values = {}
    lost: list[str] = []
    for key, (before, after) in fields.items():
        field = obj.fields.get(key)
        if field is None:
            continue
        current = now.get(key)
        if (None if current is None else field.type.dump(current)) != after:
            lost.append(key)
            continue
        context = actor.workspace.context
        values[key] = None if before is None else field.type.parse(before, field.options, context)
    return values, lost


async def _take_out(
    tx: Tx, actor: Actor, batch: UUID, made: Mapping[str, Collection[UUID]]
) -> tuple[int, dict[str, dict[UUID, str | None]]]:
    """Remove what the batch created. What was touched since stays, and with it whatever it refers to; so does what is
    referred to from elsewhere. Returns how many are gone, and the titles of those that stay."""
    objects = {key: actor.workspace.object(key) for key, ids in made.items() if ids}
    going = {key: list(made[key]) for key in objects}
    stays: dict[str, dict[UUID, str | None]] = {}

    async def keep(key: str, statement: Sql) -> bool:
        found = {row["id"]: row["title_text"] for row in await tx.all(statement)}
        going[key] = [record for record in going[key] if record not in found]
        stays.setdefault(key, {}).update(found)
        return bool(found)

    for key, obj in objects.items():
        await keep(key, undo_store.touched_since(actor.workspace, obj, batch, going[key]))
    while any(
        [await keep(k, undo_store.used_elsewhere(actor.workspace, o, going)) for k, o in objects.items()]
    ):
        pass
    return await _remove(tx, actor, batch, going), {key: found for key, found in stays.items() if found}


async def _remove(tx: Tx, actor: Actor, batch: UUID, going: Mapping[str, Sequence[UUID]]) -> int:
    removed = 0
    for key, ids in going.items():
        obj = actor.workspace.object(key)
        present = [row["id"] for row in await tx.all(undo_store.present(obj, ids))]
        rows = (_undone(actor, obj, batch, *each) for each in zip(uuid7s(len(present)), present, strict=True))
        await store.add_events(tx, actor.workspace, rows, len(present))
        for table in undo_store.RECORD_TABLES:
            await tx.run(undo_store.forget(actor.workspace, table, ids))
        log.told(tx, actor, key, ids, "purge")
        removed += len(present)
    if going:
        await tx.run(undo_store.remove(actor.workspace, going))
    return removed


def _undone(actor: Actor, obj: Object, batch: UUID, event: UUID, record: UUID) -> tuple[object, ...]:
    about = {"batch": str(batch)}
    return (
        event, clock.now(), actor.member, actor.channel, obj.key, record, "undone", None, None, about,
    )  # fmt: skip
