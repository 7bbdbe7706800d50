"""Notifications in the app: left for a member in the transaction of what they tell of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import orjson

from jieli.access import Action, Actor, may
from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.base.language import Message
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.records import attached_store, reading_store
from jieli.records.log import LIVE
from jieli.records.model import Values
from jieli.records.store import append
from jieli.records.titles import Titles, as_id

COLUMNS = ("id", "member", "at", "kind", "object", "record", "about")
PAGE = 50
SOMEBODY = Message("somebody", "有人", "Somebody")
HIDDEN = Message("hidden_record", "一条记录", "a record")
TEXTS: Mapping[str, Message] = {
    "mentioned": Message("told_mentioned", "{by}在「{title}」提到了你", "{by} mentioned you on “{title}”"),
    "handoff_offered": Message(
        "told_offered", "{by}把「{title}」交给你，请接棒", "{by} hands “{title}” over to you"
    ),
    "handoff_accepted": Message("told_accepted", "{by}接下了「{title}」", "{by} has taken over “{title}”"),
    "handoff_returned": Message(
        "told_returned", "{by}退回了「{title}」：{reason}", "{by} returned “{title}”: {reason}"
    ),
    "handoff_expired": Message(
        "told_expired", "「{title}」的交接到期未答复", "The hand-off of “{title}” was not answered in time"
    ),
    "limit_warned": Message("told_warned", "「{title}」即将超时", "“{title}” is due soon"),
    "limit_breached": Message("told_breached", "「{title}」已超时", "“{title}” is overdue"),
}
OTHER = Message("told_other", "「{title}」有新动态", "There is news about “{title}”")


async def tell_member(
    tx: Tx, actor: Actor, member: UUID, kind: str, obj: Object, record: UUID, *, about: Values | None = None
) -> None:
    """Leave a notification for somebody, unless they did it themselves."""
    if member == actor.member:
        return
    who = {"by": str(actor.member)} if actor.member else {}
    row = (uuid7(), member, clock.now(), kind, obj.key, record, {**who, **(about or {})})
    await append(tx, actor.workspace, "notification", COLUMNS, [row])
    _announce(tx, actor, member)


def _announce(tx: Tx, actor: Actor, member: UUID) -> None:
    payload = {"workspace": actor.workspace.slug, "member": str(member), "kind": "notified"}
    tx.announce(LIVE, orjson.dumps(payload).decode())


async def notices(tx: ReadTx, actor: Actor, *, after: UUID | None = None) -> Values:
    """{"items", "unread", "next"}: the actor's own, newest first. A record that the actor may no longer see is
    not named."""
    found = await tx.all(attached_store.notices(actor.workspace, actor.member, after, PAGE + 1))
    names = await _Names.of(tx, actor, found)
    items = [_item(actor, row, names) for row in found[:PAGE]]
    unread = await unread_count(tx, actor)
    return {"items": items, "unread": unread, "next": items[-1]["id"] if len(found) > PAGE else None}


async def unread_count(tx: ReadTx, actor: Actor) -> int:
    count: int = await tx.value(attached_store.unread(actor.workspace, actor.member))
    return count


async def mark_read(tx: Tx, actor: Actor, ids: Sequence[UUID] | None) -> int:
    """Mark these, or all, of the actor's own as read; gives how many are left."""
    chosen = None if ids is None else list(ids)
    changed = await tx.run(attached_store.mark_read(actor.workspace, actor.member, chosen, clock.now()))
    if changed and actor.member:
        _announce(tx, actor, actor.member)
    return await unread_count(tx, actor)


@dataclass(frozen=True, slots=True)
class _Names:
    people: Titles
    records: dict[tuple[str, UUID], str]

    @classmethod
    async def of(cls, tx: ReadTx, actor: Actor, found: Sequence[Record]) -> "_Names":
        people = Titles()
        about: dict[str, list[UUID]] = {}
        for row in found:
            people.ask("member", row["about"].get("by"))
            if row["object"] in actor.workspace.objects and may(actor, row["object"], Action.READ):
                about.setdefault(row["object"], []).append(row["record"])
        await people.read(tx, actor)
        records: dict[tuple[str, UUID], str] = {}
        for key, ids in about.items():
            seen = await tx.all(reading_store.visible_titles(actor, actor.workspace.object(key), ids))
            records |= {(key, row["id"]): row["title"] for row in seen}
        return cls(people, records)


def _item(actor: Actor, row: Record, names: _Names) -> Values:
    title = names.records.get((row["object"], row["record"]))
    return {
        "id": row["id"],
        "at": row["at"],
        "kind": row["kind"],
        "text": _text(actor, row, title, names),
        "object": row["object"],
        "record": {"id": row["record"], "title": title} if title is not None else None,
        "read": row["read_at"] is not None,
    }


def _text(actor: Actor, row: Record, title: str | None, names: _Names) -> str:
    about = row["about"]
    by = names.people.found.get(("member", as_id(about.get("by")) or UUID(int=0)))
    reason = actor.workspace.return_reason(row["object"], about.get("reason"), about.get("reason_label"))
    return TEXTS.get(row["kind"], OTHER).text(
        actor.language,
        by=by or SOMEBODY,
        title=title if title is not None else HIDDEN,
        reason=(reason or {}).get(actor.language.value, ""),
    )
