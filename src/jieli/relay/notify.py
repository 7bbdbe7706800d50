"""Notifications in the app. Other channels come to the same rows."""

from uuid import UUID

import orjson

from jieli.access import Actor
from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.records import Values
from jieli.records.store import announce, append

COLUMNS = ("id", "member", "at", "kind", "object", "record", "about")


async def tell_member(
    tx: Tx, actor: Actor, member: UUID, kind: str, obj: Object, record: UUID, about: Values | None = None
) -> None:
    """Leave a notification for somebody, unless they did it themselves."""
    if member == actor.member:
        return
    who = {"by": str(actor.member)} if actor.member else {}
    row = (uuid7(), member, clock.now(), kind, obj.key, record, {**who, **(about or {})})
    await append(tx, actor.workspace, "notification", COLUMNS, [row])
    payload = {"workspace": actor.workspace.slug, "member": str(member), "kind": "notified"}
    await tx.run(announce(orjson.dumps(payload).decode()))
