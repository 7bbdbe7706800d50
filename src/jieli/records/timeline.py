"""What happened to a record, newest first: changes, hand-offs, comments and follow-ups in one line.

Nothing is told of fields that the reader may not see; a change of nothing else is not told at all.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import orjson

from jieli.access import Action, Actor, hidden_fields, may, may_read_field, predicate, visible_fields
from jieli.base.errors import Invalid, Problem
from jieli.blueprint.model import Field, Object
from jieli.db.pool import ReadTx, Record
from jieli.query.order import BAD_CURSOR
from jieli.records import timeline_store as store
from jieli.records.model import Values
from jieli.records.read import require_visible
from jieli.records.timeline_store import Mark
from jieli.records.titles import Titles, as_id

LONGEST = 200
ACTIVITY = "activity"
TOLD = frozenset({"owner", "backup", "department", "stage", "holder", "blocked"})
"""The system fields whose changes matter to people; the others only follow from them."""
QUIET = frozenset({"updated", "undone"})
"""Events that are nothing but their changes."""
PEOPLE = ("to", "from_member")


@dataclass(frozen=True, slots=True)
class _Item:
    at: datetime
    id: UUID
    values: Values


async def timeline(
    tx: ReadTx,
    actor: Actor,
    object_key: str,
    record: UUID,
    *,
    kinds: Sequence[str] = (),
    after: str | None = None,
    limit: int = 50,
) -> Values:
    """{"items", "next"}. Raises RecordNotFound, and Invalid for a bad cursor."""
    obj = actor.workspace.object(object_key)
    await require_visible(tx, actor, obj, record)
    before = _mark(after) if after else None
    limit = min(limit, LONGEST)
    hidden = hidden_fields(actor, obj)
    found = await tx.all(store.events(actor.workspace, record, list(kinds), hidden, before, limit + 1))
    told = [] if kinds and ACTIVITY not in kinds else await _activities(tx, actor, obj, record, before, limit)
    titles = Titles()
    for row in found:
        _ask(titles, obj, row)
    for row in told:
        titles.ask("member", row["actor"])
    await titles.read(tx, actor)
    items = [_item(row, _event(actor, obj, row, titles)) for row in found]
    items += [_item(row, {"kind": ACTIVITY, "record": row["record"], **_who(titles, row)}) for row in told]
    items.sort(key=lambda item: (item.at, item.id), reverse=True)
    page = items[:limit]
    following = _cursor(page[-1]) if len(items) > limit else None
    return {"items": [item.values for item in page if not _is_empty(item)], "next": following}


async def _activities(
    tx: ReadTx, actor: Actor, obj: Object, record: UUID, before: Mark | None, limit: int
) -> list[Record]:
    """The follow-ups on this record, where the workspace keeps them and the reader may see them."""
    about = actor.workspace.objects.get(ACTIVITY)
    if about is None or not may(actor, ACTIVITY, Action.READ) or "at" not in about.fields:
        return []
    links = [f for f in about.own_fields() if f.target == obj.key and not f.is_many]
    links = [link for link in links if may_read_field(actor, about, link)]
    if not links or not may_read_field(actor, about, about.field("at")):
        return []
    shown = [field for field in visible_fields(actor, about) if not field.system or field.key in TOLD]
    seen = predicate(actor, about)
    return await tx.all(
        store.activities(
            actor.workspace, about, seen, links, record, before=before, limit=limit + 1, fields=shown
        )
    )


def _ask(titles: Titles, obj: Object, row: Record) -> None:
    titles.ask("member", row["actor"], *((row["about"] or {}).get(key) for key in PEOPLE))
    titles.ask("member", *(row["mentions"] or ()))
    for key, change in (row["changes"] or {}).items():
        if key in obj.fields:
            for value in change:
                titles.ask_value(obj.fields[key], value)


def _item(row: Record, values: Values) -> _Item:
    return _Item(row["at"], row["id"], {"id": row["id"], "at": row["at"], **values})


def _who(titles: Titles, row: Record) -> Values:
    return {"actor": titles.titled("member", row["actor"])}


def _event(actor: Actor, obj: Object, row: Record, titles: Titles) -> Values:
    about = row["about"] or {}
    values = {"kind": row["kind"], **_who(titles, row)}
    changes = _changes(actor, obj, row["changes"] or {}, titles)
    if changes:
        values["changes"] = changes
    if row["kind"] == "commented":
        said = "" if row["withdrawn"] else row["comment"]
        values |= {"text": said, "mentions": [titles.titled("member", one) for one in row["mentions"] or ()]}
    return values | _told_of(actor, obj, about, titles)


def _changes(actor: Actor, obj: Object, changes: Values, titles: Titles) -> Values:
    found: Values = {}
    for key, (before, after) in changes.items():
        field = obj.fields.get(key)
        if field is not None and _is_told(actor, obj, field):
            found[key] = [titles.shown(field, before), titles.shown(field, after)]
    return found


def _is_told(actor: Actor, obj: Object, field: Field) -> bool:
    return (not field.system or field.key in TOLD) and may_read_field(actor, obj, field)


def _told_of(actor: Actor, obj: Object, about: Values, titles: Titles) -> Values:
    """What an event keeps besides changes: the hand-off, the move, the file, the deliverable."""
    values = {
        key: about[key]
        for key in (
            "handoff",
            "to_stage",
            "message",
            "missing",
            "stage",
            "key",
            "done",
            "file",
            "due",
        )
        if about.get(key) is not None
    }
    if why := actor.workspace.return_reason(obj.key, about.get("reason"), about.get("reason_label")):
        values["reason"] = why
    # A move keeps its two stages under the names under which a hand-off keeps a person.
    receiver = titles.titled("member", about.get("to"))
    if receiver:
        values["to"] = receiver
    elif about.get("to"):
        values |= {"stage": about.get("from"), "to_stage": about["to"]}
    if sender := titles.titled("member", about.get("from_member")):
        values["from"] = sender
    return values


def _is_empty(item: _Item) -> bool:
    return item.values["kind"] in QUIET and "changes" not in item.values


def _cursor(item: _Item) -> str:
    return base64.urlsafe_b64encode(orjson.dumps([item.at.isoformat(), str(item.id)])).decode().rstrip("=")


def _mark(text: str) -> Mark:
    try:
        parts = orjson.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        at, number = _pair(parts)
        return at, number
    except (ValueError, TypeError, binascii.Error):
        raise Invalid(Problem("after", BAD_CURSOR)) from None


def _pair(parts: Iterable[object]) -> Mark:
    at, number = parts
    moment, known = datetime.fromisoformat(str(at)), as_id(number)
    if known is None or moment.tzinfo is None:
        raise ValueError("not a mark")
    return moment, known
