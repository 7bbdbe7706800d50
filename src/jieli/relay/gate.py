"""Gates: what a stage must have produced before the record goes on."""

from dataclasses import dataclass
from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.blueprint.document import Deliverable, Move
from jieli.db.pool import ReadTx, Tx
from jieli.query.condition import Scope, compile_condition, fields_of
from jieli.query.rows import T
from jieli.records import Values
from jieli.records.errors import MayNotChange
from jieli.records.log import note
from jieli.relay import store
from jieli.relay.errors import GateNotMet, UnknownDeliverable
from jieli.relay.leg import Leg, leg


@dataclass(frozen=True, slots=True)
class State:
    """A deliverable of the stage, and whether it is there: ticked, attached or filled in."""

    deliverable: Deliverable
    done: bool
    by: UUID | None = None
    at: object = None
    files: tuple[Values, ...] = ()

    def as_json(self) -> Values:
        return {
            "key": self.deliverable.key,
            "label": self.deliverable.label.model_dump(),
            "kind": self.deliverable.kind,
            "field": self.deliverable.field,
            "required": self.deliverable.required,
            "done": self.done,
            "by": self.by,
            "at": self.at,
            "files": list(self.files),
        }


async def deliverables(tx: ReadTx, actor: Actor, at: Leg) -> list[State]:
    """The deliverables of the record's stage, in the order of the process."""
    ticks = {row["key"]: row for row in await tx.all(store.ticks(actor.workspace, at.id, at.stage.key))}
    files: dict[str, list[Values]] = {}
    for row in await tx.all(store.deliverable_files(actor.workspace, at.id)):
        files.setdefault(row["deliverable"], []).append(
            {"id": row["id"], "name": row["name"], "size": row["size"], "type": row["type"]}
        )
    found = []
    for one in at.stage.deliverables:
        tick, attached = ticks.get(one.key), files.get(one.key, [])
        match one.kind:
            case "check":
                done = tick is not None
            case "file":
                done = bool(attached)
            case "field":
                done = bool(one.field) and at.values.get(one.field or "") is not None
        by, when = (tick["by"], tick["at"]) if tick else (None, None)
        found.append(State(one, done, by, when, tuple(attached)))
    return found


async def tick(tx: Tx, actor: Actor, object_key: str, record: UUID, key: str, *, done: bool) -> None:
    """Tick a deliverable off, or take the tick back. Raises UnknownDeliverable, MayNotChange."""
    at = await leg(tx, actor, object_key, record)
    if not any(one.key == key and one.kind == "check" for one in at.stage.deliverables):
        raise UnknownDeliverable
    if not at.may_update and at.values.get("holder") != actor.member:
        raise MayNotChange
    if done:
        await tx.run(
            store.ticked(
                actor.workspace,
                {
                    "object": at.object.key,
                    "record": record,
                    "stage": at.stage.key,
                    "key": key,
                    "by": actor.member,
                },
                clock.now(),
            )
        )
    else:
        await tx.run(store.unticked(actor.workspace, record, at.stage.key, key))
    await note(
        tx,
        actor,
        at.object,
        record,
        "deliverable_ticked",
        about={"key": key, "stage": at.stage.key, "done": done},
    )


async def missing(
    tx: ReadTx, actor: Actor, at: Leg, move: Move, values: Values
) -> tuple[list[str], list[str]]:
    """Field keys and deliverable keys that keep the record from making this move with these values."""
    have = {**at.values, **values}
    wanted = list(move.required)
    lacking: list[str] = []
    if at.is_forward(move.to):
        wanted += [key for key in at.stage.gate.required if key not in wanted]
        lacking = [
            s.deliverable.key
            for s in await deliverables(tx, actor, at)
            if s.deliverable.required and not s.done
        ]
        lacking = [key for key in lacking if not _filled_by(at, key, have)]
    fields = [key for key in wanted if have.get(key) is None]
    return fields, lacking


def _filled_by(at: Leg, key: str, have: Values) -> bool:
    one = next(one for one in at.stage.deliverables if one.key == key)
    return one.kind == "field" and have.get(one.field or "") is not None


async def require_gate(tx: ReadTx, actor: Actor, at: Leg, move: Move, values: Values) -> None:
    """Raises GateNotMet naming everything that is missing at once."""
    fields, lacking = await missing(tx, actor, at, move, values)
    if fields or lacking:
        raise GateNotMet(fields, lacking, stage=at.stage.label)


async def require_condition(tx: ReadTx, actor: Actor, at: Leg, move: Move) -> None:
    """Raises GateNotMet when the gate's condition does not hold for the record as it is stored by now; the fields
    that the condition looks at are named."""
    if at.is_forward(move.to) and not await condition_holds(tx, actor, at):
        raise GateNotMet(sorted(fields_of(at.stage.gate.where)), [], stage=at.stage.label)


async def condition_holds(tx: ReadTx, actor: Actor, at: Leg) -> bool:
    """Whether the gate's condition holds for the record as it is stored."""
    if not at.stage.gate.where:
        return True
    place = Scope(actor.workspace, at.object, T, actor.variables)
    where = compile_condition(at.stage.gate.where, place, "gate")
    return bool(await tx.value(store.holds(at.object, at.id, where)))
