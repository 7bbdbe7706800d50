"""Undo of a batch: what it created is taken out, what it changed gets its earlier values back.

Nothing that somebody did since is lost: a record that was changed or is used elsewhere since then stays and is
reported as a conflict, field by field. The log keeps both the doing and the undoing, and so does the ledger.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from jieli.access import Actor, field_access
from jieli.access.rights import ORGANISATION
from jieli.base import clock
from jieli.base.errors import Denied
from jieli.base.ids import uuid7s
from jieli.base.language import Message
from jieli.blueprint.model import Object
from jieli.blueprint.traits import TRAITS
from jieli.db.pool import Record, Tx
from jieli.db.sql import Sql
from jieli.records import errors, log, store, undo_store
from jieli.records.apply import apply
from jieli.records.hooks import installed
from jieli.records.model import Action, Batch, BatchResult, Change, Duplicates, Outcome, Values
from jieli.records.read import visible_ids

STANDING = frozenset(TRAITS["staged"])
"""Where a staged record stands, which changes together."""


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
    last = {event["record"]: event["id"] for event in events}
    restored, stays = await _take_out(tx, actor, batch, made, last)
    kept = list[Kept]()
    for key, own in sorted(_others(events, made).items(), key=_last_first(events)):
        done, left = await _undo_changes(tx, actor, actor.workspace.object(key), batch, own)
        restored += done
        kept += left
        # What referred to a new record may have its earlier value again.
        more, stays = await _take_out(tx, actor, batch, stays, last) if done and stays else (0, stays)
        restored += more
    kept += [Kept(key, record, title, ()) for key, own in stays.items() for record, title in own.items()]
    for step in installed().undone:
        await step(tx, actor, events)
    return UndoResult(restored, await _told(tx, actor, kept))


async def _told(tx: Tx, actor: Actor, kept: Sequence[Kept]) -> tuple[Kept, ...]:
    """What stays, with titles only of what the actor may still see and fields that they may read."""
    seen: set[UUID] = set()
    for key in {one.object for one in kept}:
        own = [one.id for one in kept if one.object == key]
        seen |= set(await visible_ids(tx, actor, actor.workspace.object(key), own))
    return tuple(
        replace(
            one,
            title=one.title if one.id in seen else None,
            fields=tuple(key for key in one.fields if field_access(actor, one.object, key) != "hidden"),
        )
        for one in kept
    )


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
    if not actor.administers and any(event["object"] in ORGANISATION for event in events):
        raise NotYourBatch
    marked = await tx.value(undo_store.mark(actor.workspace, batch, actor.member, clock.now(), events[0]))
    if not marked:
        raise errors.AlreadyUndone
    return events


def _is_administrator(actor: Actor) -> bool:
    roles = actor.workspace.document.roles
    return any(roles[key].everything for key in actor.roles if key in roles)


async def _undo_changes(
    tx: Tx, actor: Actor, obj: Object, batch: UUID, events: Sequence[Record]
) -> tuple[int, list[Kept]]:
    """Out of the trash first, so that what was in it gets its earlier values too."""
    changed: dict[UUID, Values] = {}
    trashed, revived = dict[UUID, UUID](), dict[UUID, UUID]()
    for event in reversed(events):
        if event["kind"] in ("deleted", "restored"):
            (trashed if event["kind"] == "deleted" else revived).setdefault(event["record"], event["id"])
        for field, (before, after) in (event["changes"] or {}).items():
            earlier = changed.setdefault(event["record"], {})
            earlier[field] = [before, earlier[field][1] if field in earlier else after]
    back, first = await _flip(tx, actor, obj, batch, trashed, Action.RESTORE)
    restored, left = await _put_back(tx, actor, obj, changed)
    gone, last = await _flip(tx, actor, obj, batch, revived, Action.DELETE)
    return back + restored + gone, [*first, *left, *last]


async def _flip(
    tx: Tx, actor: Actor, obj: Object, batch: UUID, marked: Mapping[UUID, UUID], action: Action
) -> tuple[int, list[Kept]]:
    """Out of the trash or back into it, but for what was worked on since. `marked` has the event of each record."""
    if not marked:
        return 0, []
    touched = await tx.all(undo_store.touched_since(actor.workspace, obj, batch, marked))
    kept = {row["id"]: row["title_text"] for row in touched}
    changes = [Change(id=record, row=i) for i, record in enumerate(marked) if record not in kept]
    result = await apply(tx, actor, _taking_back(obj, action, changes))
    done, refused = _outcome(obj, changes, result)
    return done, [*(Kept(obj.key, record, title, ()) for record, title in kept.items()), *refused]


def _taking_back(obj: Object, action: Action, changes: Sequence[Change]) -> Batch:
    """What was a known duplicate may be one again; what must be unique stays so."""
    return Batch(
        obj.key,
        action,
        changes,
        atomic=False,
        trusted=True,
        typed=True,
        exact=True,
        duplicates=Duplicates.CREATE,
        source="undo",
        event="undone",
    )


def _outcome(obj: Object, changes: Sequence[Change], result: BatchResult) -> tuple[int, list[Kept]]:
    """How many records are as they were, and those that the write path refused."""
    refused = [
        Kept(obj.key, change.id, None, ())
        for change, row in zip(changes, result.rows, strict=True)
        if change.id and row.outcome is Outcome.REJECTED
    ]
    return result.count(Outcome.UPDATED, Outcome.RESTORED, Outcome.DELETED), refused


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
    result = await apply(tx, actor, _taking_back(obj, Action.UPDATE, changes))
    done, refused = _outcome(obj, changes, result)
    return done, [*kept, *refused]


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
    if "stage" in fields and {"stage", "stage_since"} & set(lost):
        # It was moved since: where it stands it stays, with all that belongs to this.
        lost += [key for key in values if key in STANDING]
        values = {key: value for key, value in values.items() if key not in STANDING}
    return values, lost


async def _take_out(
    tx: Tx,
    actor: Actor,
    batch: UUID,
    made: Mapping[str, Collection[UUID]],
    last: Mapping[UUID, UUID],
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
        since = {record: last[record] for record in going[key]}
        await keep(key, undo_store.touched_since(actor.workspace, obj, batch, since))
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
