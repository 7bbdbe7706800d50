"""Comments on records. Who is mentioned is told, if they may see the record; a mention gives no access."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from jieli.access import Actor, load_actor
from jieli.access.actor import NotAMember
from jieli.base import clock
from jieli.base.errors import Invalid, Problem
from jieli.base.ids import uuid7
from jieli.base.language import Message
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Tx
from jieli.records import attached_store as store
from jieli.records.errors import REQUIRED, RecordNotFound
from jieli.records.log import note
from jieli.records.model import Values
from jieli.records.notices import tell_member
from jieli.records.read import require_visible
from jieli.records.titles import Titles

LONGEST, MOST_MENTIONS, PAGE = 5_000, 20, 100
TOO_LONG = Message("comment_too_long", "最多 {max} 个字", "At most {max} characters")
TOO_MANY = Message("too_many_mentions", "一次最多提及 {max} 人", "At most {max} people can be mentioned")
NO_COMMENTS = Message("not_commented", "该对象不能评论", "Records of this object take no comments")
TEXT = Message("comment", "评论", "Comment")


@dataclass(frozen=True, slots=True)
class Said:
    """A new comment. `unheard` are those mentioned who may not see the record and so were not told."""

    id: UUID
    at: datetime
    text: str
    heard: tuple[UUID, ...]
    unheard: tuple[UUID, ...]


async def add_comment(
    tx: Tx, actor: Actor, object_key: str, record: UUID, text: str, mentions: Sequence[UUID] = ()
) -> Said:
    """Comment on a record that the actor may see. Raises RecordNotFound, Invalid."""
    obj = actor.workspace.object(object_key)
    await require_visible(tx, actor, obj, record)
    said, people = _checked(obj, text, mentions)
    heard = [person for person in people if await _may_see(tx, actor, obj, record, person)]
    number = uuid7()
    values: Values = {
        "id": number,
        "object": obj.key,
        "record": record,
        "author": actor.member,
        "at": clock.now(),
        "text": said,
        "mentions": heard,
    }
    await tx.run(store.add_comment(actor.workspace, values))
    await note(tx, actor, obj, record, "commented", about={"comment": str(number)})
    for person in heard:
        about = {"comment": str(number), "text": said[:200]}
        await tell_member(tx, actor, person, "mentioned", obj, record, about=about)
    unheard = tuple(person for person in people if person not in heard)
    return Said(number, values["at"], said, tuple(heard), unheard)


async def one_comment(tx: ReadTx, actor: Actor, said: Said) -> Values:
    """A comment just made, as it is shown to its author."""
    titles = Titles()
    titles.ask("member", *said.heard, *said.unheard)
    await titles.read(tx, actor)
    return {
        "id": said.id,
        "at": said.at,
        "author": {"id": actor.member, "title": actor.name},
        "text": said.text,
        "mentions": [titles.titled("member", person) for person in said.heard],
        "unheard": [titles.titled("member", person) for person in said.unheard],
    }


def _checked(obj: Object, text: str, mentions: Sequence[UUID]) -> tuple[str, list[UUID]]:
    said = text.strip()
    if not obj.has("commented"):
        raise Invalid(Problem("object", NO_COMMENTS))
    if not said:
        raise Invalid(Problem("text", REQUIRED, {"field": TEXT}))
    if len(said) > LONGEST:
        raise Invalid(Problem("text", TOO_LONG, {"max": LONGEST}))
    people = list(dict.fromkeys(mentions))
    if len(people) > MOST_MENTIONS:
        raise Invalid(Problem("mentions", TOO_MANY, {"max": MOST_MENTIONS}))
    return said, people


async def _may_see(tx: ReadTx, actor: Actor, obj: Object, record: UUID, person: UUID) -> bool:
    """Each reads with their own roles, so each is asked for; mentions are few."""
    try:
        reader = await load_actor(tx, actor.workspace, person)
        await require_visible(tx, reader, obj, record)
    except (NotAMember, RecordNotFound):
        return False
    return True


async def comments(
    tx: ReadTx, actor: Actor, object_key: str, record: UUID, *, after: UUID | None = None
) -> Values:
    """{"items", "next"}, newest first. Raises RecordNotFound."""
    obj = actor.workspace.object(object_key)
    await require_visible(tx, actor, obj, record)
    found = await tx.all(store.comments(actor.workspace, record, after, PAGE + 1))
    titles = Titles()
    for row in found:
        titles.ask("member", row["author"], *row["mentions"])
    await titles.read(tx, actor)
    items = [
        {
            "id": row["id"],
            "at": row["at"],
            "author": titles.titled("member", row["author"]),
            "text": row["text"],
            "mentions": [titles.titled("member", person) for person in row["mentions"]],
        }
        for row in found[:PAGE]
    ]
    return {"items": items, "next": items[-1]["id"] if len(found) > PAGE else None}
