"""The package of a hand-off, as it was when it was offered."""

from collections.abc import Iterable

from jieli.access import Actor
from jieli.blueprint.document import Stage
from jieli.blueprint.model import Object
from jieli.db.pool import Record, Tx
from jieli.records import Values
from jieli.relay import gate, store
from jieli.relay.leg import Leg


async def packed(tx: Tx, actor: Actor, at: Leg) -> Values:
    """The package of a record where it stands."""
    done = {state.deliverable.key for state in await gate.deliverables(tx, actor, at) if state.done}
    return pack(
        at.object, at.stage, at.values, done, await tx.all(store.record_files(actor.workspace, at.id))
    )


def pack(
    obj: Object, stage: Stage, values: Values, done: set[str], files: Iterable[Values | Record]
) -> Values:
    """{"fields": [{key, value}], "deliverables": […], "files": […]}: the filled fields that the stage is about,
    its deliverables, and the files of the record."""
    filled = [(key, values[key]) for key in _keys(obj, stage) if values.get(key) is not None]
    return {
        "fields": [{"key": key, "value": obj.fields[key].type.dump(value)} for key, value in filled],
        "deliverables": [
            {"key": one.key, "label": one.label.model_dump(), "done": one.key in done}
            for one in stage.deliverables
        ],
        "files": [{"id": str(row["id"]), "name": row["name"], "size": row["size"]} for row in files],
    }


def _keys(obj: Object, stage: Stage) -> list[str]:
    """Title, what the gate asks for, deliverable fields, then what a list shows."""
    definition = obj.definition
    named = [
        definition.title,
        *stage.gate.required,
        *[one.field for one in stage.deliverables if one.field],
        *definition.card.fields,
        *definition.columns,
    ]
    return [key for key in dict.fromkeys(named) if key in obj.fields and not obj.fields[key].system]
