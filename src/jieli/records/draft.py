"""From changes to drafts: access, locks, parsing. What is wrong with a row is noted in its draft."""

from collections.abc import Sequence
from uuid import UUID

from jieli.access import Action as Ask
from jieli.access import (
    Actor,
    may,
    may_read_field,
    may_write_field,
    predicate,
    require,
)
from jieli.base.errors import Problem
from jieli.base.ids import uuid7
from jieli.blueprint.model import Field, Object
from jieli.db.pool import Record, Tx
from jieli.db.sql import TRUE
from jieli.fields import BadValue
from jieli.records import errors, store
from jieli.records.model import Action, Batch, Change, Draft, Outcome, Values

GIVING = frozenset({"owner", "backup", "department"})
AT_ENTRY = frozenset({"stage"})
AT_IMPORT = AT_ENTRY | {"stage_since", "closed_at", "created_at"}
"""System fields that may be set when a record is entered: where it stands, and from a file also since when."""
NEEDED = {Action.UPDATE: Ask.UPDATE, Action.DELETE: Ask.DELETE, Action.RESTORE: Ask.DELETE}


async def drafted(tx: Tx, actor: Actor, obj: Object, batch: Batch) -> list[Draft]:
    """One draft for each change, in the order of the batch."""
    if batch.action is Action.CREATE:
        if not batch.trusted:
            require(actor, obj, Ask.CREATE)
        return [_new(actor, obj, batch, change) for change in batch.changes]
    return await _existing(tx, actor, obj, batch)


def _new(actor: Actor, obj: Object, batch: Batch, change: Change) -> Draft:
    draft = Draft(
        change.row, change.id or uuid7(), None, {}, source_key=change.source_key, given=change.values
    )
    _fill(actor, obj, batch, change, draft)
    if change.besides:
        draft.values = {**change.besides, **draft.values}
    _defaults(actor, obj, draft)
    if not batch.trusted and not _may_give(actor, obj, draft):
        draft.refuse(Problem("owner", errors.NOT_YOURS_TO_GIVE))
    return draft


def _defaults(actor: Actor, obj: Object, draft: Draft) -> None:
    context = actor.workspace.context
    for field in obj.own_fields():
        if field.default is not None and field.key not in draft.values:
            draft.values[field.key] = field.type.parse(field.default, field.options, context)


def _may_give(actor: Actor, obj: Object, draft: Draft) -> bool:
    """Entering a record for somebody else needs the right to transfer."""
    owner = draft.values.get("owner")
    return owner in (None, actor.member) or may(actor, obj.key, Ask.TRANSFER)


async def _existing(tx: Tx, actor: Actor, obj: Object, batch: Batch) -> list[Draft]:
    ids = [change.id for change in batch.changes if change.id]
    need = NEEDED[batch.action]
    trusted = batch.trusted
    rows = await tx.all(
        store.locked(
            obj,
            ids,
            read=TRUE if trusted else predicate(actor, obj),
            change=TRUE if trusted else predicate(actor, obj, need),
            transfer=TRUE if trusted else predicate(actor, obj, Ask.TRANSFER),
        )
    )
    found = {row["id"]: row for row in rows}
    seen: set[UUID] = set()
    drafts = []
    for change in batch.changes:
        row = found.get(change.id) if change.id and change.id not in seen else None
        seen |= {change.id} if change.id else set()
        drafts.append(_changed(actor, obj, batch, change, row))
    return drafts


def _changed(actor: Actor, obj: Object, batch: Batch, change: Change, row: Record | None) -> Draft:
    draft = Draft(change.row, change.id or uuid7(), {}, {})
    trashed = batch.action is Action.RESTORE
    if row is None or not row["may_read"] or (row["deleted_at"] is not None) != trashed:
        draft.refuse(Problem("id", errors.NOT_FOUND))
        return draft
    draft.before = store.loaded(obj.fields.values(), row)
    draft.version = row["version"]
    _fill(actor, obj, batch, change, draft)
    if change.version is not None and change.version != draft.version:
        draft.refuse(Problem("version", errors.VERSION_CONFLICT))
    gives = obj.has("owned") and bool(GIVING & draft.values.keys()) and batch.action is Action.UPDATE
    if gives and not row["may_transfer"]:
        draft.refuse(Problem("owner", errors.NOT_YOURS_TO_GIVE))
    if not row["may_change"] and (draft.values.keys() - GIVING or not gives):
        draft.refuse(Problem("id", errors.MAY_NOT_CHANGE))
    if batch.action is Action.UPDATE and draft.is_alive and not draft.values and not batch.assign:
        draft.outcome = Outcome.UNCHANGED
    return draft


def _fill(actor: Actor, obj: Object, batch: Batch, change: Change, draft: Draft) -> None:
    for key, raw in change.values.items():
        field = obj.fields.get(key)
        entering = draft.before is None and key in (AT_IMPORT if batch.source == "import" else AT_ENTRY)
        problem = None if field and (batch.trusted or entering) else _refused(actor, obj, key, field)
        if problem or field is None:
            draft.refuse(problem or Problem(key, errors.UNKNOWN_FIELD, {"field": key[:60]}))
            continue
        try:
            value = raw if batch.typed else parsed(actor, field, raw)
        except BadValue as bad:
            draft.refuse(bad.at(key))
            continue
        if draft.before is None or draft.before.get(key) != value:
            draft.values[key] = value


def _refused(actor: Actor, obj: Object, key: str, field: Field | None) -> Problem | None:
    """A hidden field answers like one that does not exist."""
    if field is None or not may_read_field(actor, obj, field):
        return Problem(key, errors.UNKNOWN_FIELD, {"field": key[:60]})
    if not may_write_field(actor, obj, field) or field.type.key == "auto_number":
        return Problem(key, errors.READ_ONLY, {"field": field.label})
    return None


def parsed(actor: Actor, field: Field, raw: object) -> object:
    """The value of a JSON form; null is the empty value for every type."""
    return None if raw is None else field.type.parse(raw, field.options, actor.workspace.context)


def tried(actor: Actor, obj: Object, raw: Values, *, new: bool) -> tuple[Values, list[Problem]]:
    """Values as far as they can be read, and what is wrong with the rest; for forms that are being filled in."""
    draft = Draft(0, uuid7(), None if new else {}, {})
    _fill(actor, obj, Batch(obj.key, Action.CREATE if new else Action.UPDATE, ()), Change(raw), draft)
    return draft.values, draft.problems


async def check_references(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Every newly set reference leads to a record that the actor may see; one statement per object."""
    wanted: dict[str, set[UUID]] = {}
    for field, _, ids in _references(obj, drafts):
        wanted.setdefault(str(field.target), set()).update(ids)
    known: dict[str, set[UUID]] = {}
    for key, ids in wanted.items():
        target = actor.workspace.object(key)
        visible = TRUE if batch.trusted else predicate(actor, target)
        known[key] = {row["id"] for row in await tx.all(store.existing(target, list(ids), visible))}
    for field, draft, ids in _references(obj, drafts):
        if not ids <= known[str(field.target)]:
            draft.refuse(Problem(field.key, errors.NO_REFERENCE, {"field": field.label}))


def _references(obj: Object, drafts: Sequence[Draft]) -> list[tuple[Field, Draft, set[UUID]]]:
    fields = [field for field in obj.fields.values() if field.target]
    found = []
    for draft in drafts:
        for field in fields if draft.is_alive else ():
            value = draft.values.get(field.key)
            if value is not None:
                found.append((field, draft, set(value) if field.is_many else {value}))
    return found


def missing_required(obj: Object, drafts: Sequence[Draft]) -> None:
    """Note every required field that would be empty; only the changed ones of existing records are asked."""
    required = [field for field in obj.own_fields() if field.required and field.type.key != "auto_number"]
    for draft in drafts:
        if draft.outcome is not None:
            continue
        for field in required:
            asked = draft.before is None or field.key in draft.values
            if asked and draft.after(field.key) is None and not _noted(draft, field.key):
                draft.refuse(Problem(field.key, errors.REQUIRED, {"field": field.label}))


def _noted(draft: Draft, key: str) -> bool:
    return any(problem.path == key for problem in draft.problems)


def values_of(draft: Draft) -> Values:
    """What is written, without what stays as it is."""
    if draft.before is None:
        return {key: value for key, value in draft.values.items() if value is not None}
    return {key: value for key, value in draft.values.items() if draft.before.get(key) != value}
