"""The package of a hand-off, as it was when it was offered."""

from jieli.access import Actor
from jieli.db.pool import Tx
from jieli.records import Values
from jieli.relay import gate, store
from jieli.relay.leg import Leg


async def packed(tx: Tx, actor: Actor, at: Leg) -> Values:
    """{"fields": [{key, value}], "deliverables": […], "files": […]}: the filled fields that the stage is about,
    its deliverables, and the files of the record."""
    keys = _keys(at)
    fields = []
    for key in keys:
        value = at.values.get(key)
        if value is not None:
            fields.append({"key": key, "value": at.object.fields[key].type.dump(value)})
    states = await gate.deliverables(tx, actor, at)
    files = await tx.all(store.record_files(actor.workspace, at.id))
    return {
        "fields": fields,
        "deliverables": [
            {"key": s.deliverable.key, "label": s.deliverable.label.model_dump(), "done": s.done}
            for s in states
        ],
        "files": [{"id": str(row["id"]), "name": row["name"], "size": row["size"]} for row in files],
    }


def _keys(at: Leg) -> list[str]:
    """Title, what the gate asks for, deliverable fields, then what a list shows."""
    definition = at.object.definition
    named = [
        definition.title,
        *at.stage.gate.required,
        *[one.field for one in at.stage.deliverables if one.field],
        *definition.card.fields,
        *definition.columns,
    ]
    return [
        key for key in dict.fromkeys(named) if key in at.object.fields and not at.object.fields[key].system
    ]
