"""One record at its place in the process: what every action of the relay begins with."""

from dataclasses import dataclass
from uuid import UUID

from jieli.access import Action as Ask
from jieli.access import Actor, predicate
from jieli.blueprint.document import Move, Process, Stage
from jieli.blueprint.model import Object
from jieli.db.pool import Tx
from jieli.records import Values
from jieli.records.errors import RecordNotFound, VersionConflict
from jieli.records.store import loaded, locked
from jieli.relay.errors import NoSuchMove, NotStaged
from jieli.relay.stages import stage_of


@dataclass(frozen=True, slots=True)
class Leg:
    """A locked record with its process and stage, and what the actor may do to it."""

    object: Object
    id: UUID
    values: Values
    process_key: str
    process: Process
    stage: Stage
    may_update: bool
    may_transfer: bool

    def stage_named(self, key: str) -> Stage | None:
        return next((stage for stage in self.process.stages if stage.key == key), None)

    def move_to(self, key: str) -> Move:
        """The move that leads there. Raises NoSuchMove."""
        found = next((m for m in self.process.moves if self.stage.key in m.source and m.to == key), None)
        target = self.stage_named(key)
        if found is None or target is None:
            raise NoSuchMove(source=self.stage.label, to=target.label if target else key[:40])
        return found

    def is_forward(self, key: str) -> bool:
        """Whether the move leads on towards the win, so that the gate must be met."""
        order = [stage.key for stage in self.process.stages]
        target = stage_of(self.process, key)
        return target.kind in ("open", "won") and order.index(key) > order.index(self.stage.key)


async def leg(tx: Tx, actor: Actor, object_key: str, record: UUID, version: int | None = None) -> Leg:
    """Lock the record and look where it stands. Raises RecordNotFound, NotStaged, VersionConflict."""
    obj = actor.workspace.object(object_key)
    found = actor.workspace.process(object_key)
    if found is None or not obj.has("staged"):
        raise NotStaged
    row = await tx.one(
        locked(
            obj,
            [record],
            read=predicate(actor, obj),
            change=predicate(actor, obj, Ask.UPDATE),
            transfer=predicate(actor, obj, Ask.TRANSFER),
        )
    )
    if row is None or not row["may_read"] or row["deleted_at"] is not None:
        raise RecordNotFound
    if version is not None and version != row["version"]:
        raise VersionConflict
    values = loaded(obj.fields.values(), row)
    key, process = found
    stage = stage_of(process, values["stage"])
    return Leg(obj, record, values, key, process, stage, row["may_change"], row["may_transfer"])
