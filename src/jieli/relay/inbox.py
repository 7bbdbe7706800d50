"""Hand-offs as their two parties see them: what waits for me, and what became of what I passed on."""

from collections.abc import Sequence
from uuid import UUID

from jieli.access import Actor, field_access, hidden_fields
from jieli.db.pool import ReadTx, Record
from jieli.records import Values
from jieli.records.titles import Titles
from jieli.relay import store
from jieli.relay.errors import HandOffUnknown

MOST = 200


async def handoffs(
    tx: ReadTx, actor: Actor, *, box: str, states: Sequence[str] = (), limit: int = 50
) -> list[Values]:
    """The hand-offs offered to the actor (`in`) or by the actor (`out`), newest first."""
    party = "receiver" if box == "in" else "sender"
    rows = await tx.all(
        store.handoffs_of(actor.workspace, party, actor.member, list(states), min(limit, MOST))
    )
    return await _shown(tx, actor, rows)


async def handoff(tx: ReadTx, actor: Actor, handoff_id: UUID) -> Values:
    """One hand-off for one of its parties. Raises HandOffUnknown."""
    row = await tx.one(store.handoff_named(actor.workspace, handoff_id))
    if row is None or actor.member not in (row["sender"], row["receiver"]):
        raise HandOffUnknown
    return (await _shown(tx, actor, [row]))[0]


async def _shown(tx: ReadTx, actor: Actor, rows: Sequence[Record]) -> list[Values]:
    titles: dict[UUID, str | None] = {}
    named = await _named(tx, actor, rows)
    for key in {row["object"] for row in rows}:
        obj = actor.workspace.object(key)
        ids = [row["record"] for row in rows if row["object"] == key]
        titles |= {r["id"]: r["title"] for r in await tx.all(store.titles(obj, ids))}
    hidden = await _hidden_files(tx, actor, rows)
    return [_one(actor, row, titles.get(row["record"]), named, hidden) for row in rows]


async def _hidden_files(tx: ReadTx, actor: Actor, rows: Sequence[Record]) -> frozenset[str]:
    """Which of the files in the packages lie in fields that the actor may not read."""
    packed: dict[str, set[UUID]] = {}
    for row in rows:
        ids = {UUID(file["id"]) for file in row["package"].get("files", ())}
        packed.setdefault(row["object"], set()).update(ids)
    found: set[str] = set()
    for key, ids in packed.items():
        hidden = hidden_fields(actor, actor.workspace.object(key))
        if ids and hidden:
            rows_found = await tx.all(store.files_in(actor.workspace, ids, hidden))
            found |= {str(row["id"]) for row in rows_found}
    return frozenset(found)


async def _named(tx: ReadTx, actor: Actor, rows: Sequence[Record]) -> Titles:
    """What the packages refer to, by name."""
    named = Titles()
    for row in rows:
        fields = actor.workspace.object(row["object"]).fields
        for field in row["package"].get("fields", ()):
            if field["key"] in fields:
                named.ask_value(fields[field["key"]], field["value"])
    await named.read(tx, actor)
    return named


def _one(actor: Actor, row: Record, title: str | None, named: Titles, hidden_files: frozenset[str]) -> Values:
    obj = actor.workspace.object(row["object"])
    package = dict(row["package"])
    package["files"] = [file for file in package.get("files", ()) if file["id"] not in hidden_files]
    package["fields"] = [
        {
            "key": field["key"],
            "label": obj.fields[field["key"]].label.model_dump(),
            "value": named.shown(obj.fields[field["key"]], field["value"]),
        }
        for field in package.get("fields", ())
        if field["key"] in obj.fields and field_access(actor, obj.key, field["key"]) != "hidden"
    ]
    return {
        "id": row["id"],
        "object": row["object"],
        "record": {"id": row["record"], "title": title},
        "from": {"id": row["sender"], "title": row["sender_name"]},
        "to": {"id": row["receiver"], "title": row["receiver_name"]},
        "stage": row["stage"],
        "to_stage": row["to_stage"],
        "state": row["state"],
        "offered_at": row["offered_at"],
        "due": row["due"],
        "answered_at": row["answered_at"],
        "reason": actor.workspace.return_reason(row["object"], row["reason"], row["reason_label"]),
        "missing": row["missing"] or [],
        "message": row["message"],
        "automatic": row["automatic"],
        "package": package,
    }
