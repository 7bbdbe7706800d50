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
from jieli.base.ids import uuid7, uuid7s
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
    admission = _Admission(actor, obj, batch)
    if batch.action is not Action.CREATE:
        return await _existing(tx, admission)
    if not batch.trusted:
        require(actor, obj, Ask.CREATE)
    defaults = _defaults(actor, obj)
    ids = uuid7s(len(batch.changes))
    each = zip(batch.changes, ids, strict=True)
    return [_new(admission, change, change.id or fresh, defaults) for change, fresh in each]


class _Admission:
    """Which fields a batch may fill: found out once for each field, not for each row."""

    def __init__(self, actor: Actor, obj: Object, batch: Batch) -> None:
        self.actor, self.object, self.batch = actor, obj, batch
        self._entering = AT_IMPORT if batch.source == "import" else AT_ENTRY
        self._new: dict[str, Field | Problem] = {}
        self._changed: dict[str, Field | Problem] = {}

    def fill(self, draft: Draft, given: Values) -> None:
        """Put the given values into the draft, and note what is wrong with them."""
        before, typed, actor = draft.before, self.batch.typed, self.actor
        known = self._new if before is None else self._changed
        for key, raw in given.items():
            found = known.get(key) or self._judged(key, known, new=before is None)
            if isinstance(found, Problem):
                draft.refuse(found)
                continue
            try:
                value = raw if typed else parsed(actor, found, raw)
            except BadValue as bad:
                draft.refuse(bad.at(key))
                continue
            if before is None or before.get(key) != value:
                draft.values[key] = value

    def _judged(self, key: str, known: dict[str, Field | Problem], *, new: bool) -> Field | Problem:
        field = self.object.fields.get(key)
        open_ = self.batch.trusted or (new and key in self._entering)
        problem = None if field and open_ else _refused(self.actor, self.object, key, field)
        unknown = Problem(key, errors.UNKNOWN_FIELD, {"field": key[:60]})
        known[key] = found = problem or field or unknown
        return found


def _new(admission: _Admission, change: Change, number: UUID, defaults: Values) -> Draft:
    draft = Draft(change.row, number, None, {}, source_key=change.source_key, given=change.values)
    admission.fill(draft, change.values)
    if change.besides:
        draft.values = {**change.besides, **draft.values}
    if defaults:
        draft.values = {**defaults, **draft.values}
    if not admission.batch.trusted and not _may_give(admission.actor, admission.object, draft):
        draft.refuse(Problem("owner", errors.NOT_YOURS_TO_GIVE))
    return draft


def _defaults(actor: Actor, obj: Object) -> Values:
    """What a new record has where nobody says anything."""
    context = actor.workspace.context
    return {
        field.key: field.type.parse(field.default, field.options, context)
        for field in obj.own_fields()
        if field.default is not None
    }


def _may_give(actor: Actor, obj: Object, draft: Draft) -> bool:
    """Entering a record for somebody else needs the right to transfer."""
    owner = draft.values.get("owner")
    return owner in (None, actor.member) or may(actor, obj.key, Ask.TRANSFER)


async def _existing(tx: Tx, admission: _Admission) -> list[Draft]:
    actor, obj, batch = admission.actor, admission.object, admission.batch
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
        drafts.append(_changed(admission, change, row))
    return drafts


def _changed(admission: _Admission, change: Change, row: Record | None) -> Draft:
    obj, batch = admission.object, admission.batch
    draft = Draft(change.row, change.id or uuid7(), {}, {})
    trashed = batch.action is Action.RESTORE
    if row is None or not row["may_read"] or (row["deleted_at"] is not None) != trashed:
        draft.refuse(Problem("id", errors.NOT_FOUND))
        return draft
    draft.before = store.loaded(obj.fields.values(), row)
    draft.version = row["version"]
    admission.fill(draft, change.values)
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
    batch = Batch(obj.key, Action.CREATE if new else Action.UPDATE, ())
    _Admission(actor, obj, batch).fill(draft, raw)
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
    fields = {key: field for key, field in obj.fields.items() if field.target}
    found = []
    for draft in drafts:
        values = draft.values
        for key in fields.keys() & values.keys() if draft.is_alive else ():
            value = values[key]
            if value is not None:
                field = fields[key]
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
