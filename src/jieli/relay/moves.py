"""Moving a record from stage to stage."""

from uuid import UUID

from jieli.access import Actor
from jieli.base import clock
from jieli.blueprint.document import Move
from jieli.db.pool import Tx
from jieli.fields import BadValue
from jieli.records import Action, Batch, BatchResult, Change, Values, apply
from jieli.records.draft import parsed
from jieli.relay import gate
from jieli.relay.errors import HandOffNeeded, NotYourMove
from jieli.relay.leg import Leg, leg
from jieli.relay.stages import stage_of


async def move_stage(
    tx: Tx,
    actor: Actor,
    object_key: str,
    record: UUID,
    to: str,
    *,
    values: Values | None = None,
    version: int | None = None,
) -> BatchResult:
    """Move a record on, filling in what the gate asks for on the way.

    Raises NoSuchMove, NotYourMove, HandOffNeeded when the next leg is somebody else's, and GateNotMet with what
    is missing. An offer that was waiting is withdrawn.
    """
    at = await leg(tx, actor, object_key, record, version)
    move = at.move_to(to)
    require_mover(actor, at, move)
    _require_own_leg(actor, at, move)
    given = dict(values or {})
    await gate.require_gate(tx, actor, at, move, _typed(actor, at, given))
    if given:
        await apply(tx, actor, Batch(object_key, Action.UPDATE, [Change(given, id=record)]))
    await gate.require_condition(tx, actor, at, move)
    return await arrive(tx, actor, at, to)


async def arrive(
    tx: Tx, actor: Actor, at: Leg, to: str, *, holder: UUID | None = None, owner: UUID | None = None,
    about: Values | None = None,
) -> BatchResult:  # fmt: skip
    """Write the new stage; the steps of the write path do the rest."""
    values: Values = {"stage": to}
    if holder:
        values["holder"] = holder
    if owner:
        values["owner"] = owner
    change = Change(values, id=at.id)
    return await apply(
        tx,
        actor,
        Batch(
            at.object.key,
            Action.UPDATE,
            [change],
            trusted=True,
            typed=True,
            event="moved",
            about={"from": at.stage.key, "to": to, **(about or {})},
        ),
    )


def require_mover(actor: Actor, at: Leg, move: Move) -> None:
    """The holder, a role named for the move, or, when none is named, who may update the record."""
    if actor.is_system or at.values.get("holder") == actor.member:
        return
    if at.may_update and (not move.roles or set(move.roles) & set(actor.roles)):
        return
    if at.may_update and any(_is_administrator(actor, key) for key in actor.roles):
        return
    raise NotYourMove


def _is_administrator(actor: Actor, role: str) -> bool:
    found = actor.workspace.document.roles.get(role)
    return found is not None and found.everything


def _require_own_leg(actor: Actor, at: Leg, move: Move) -> None:
    """A move that hands over is made alone only by who has the receiving role as well."""
    if move.handoff is None or actor.is_system or move.handoff.role in actor.roles:
        return
    if any(_is_administrator(actor, key) for key in actor.roles):
        return
    role = actor.workspace.document.roles.get(move.handoff.role)
    raise HandOffNeeded(role=role.label if role else move.handoff.role)


def _typed(actor: Actor, at: Leg, given: Values) -> Values:
    """The values as far as they can be read; what cannot is refused by the write path with its place."""
    found: Values = {}
    for key, raw in given.items():
        field = at.object.fields.get(key)
        if field is not None:
            try:
                found[key] = parsed(actor, field, raw)
            except BadValue:
                found[key] = raw
    return found


async def block(tx: Tx, actor: Actor, object_key: str, record: UUID, reason: str | None) -> BatchResult:
    """Mark what keeps a record from going on, or clear the mark. Needs the right to update."""
    at = await leg(tx, actor, object_key, record)
    if not at.may_update and at.values.get("holder") != actor.member:
        raise NotYourMove
    text = (reason or "").strip()[:200] or None
    values = {"blocked": text, "blocked_since": clock.now() if text else None}
    change = Change(values, id=record)
    return await apply(
        tx, actor, Batch(object_key, Action.UPDATE, [change], trusted=True, typed=True, event="blocked")
    )


async def moves(tx: Tx, actor: Actor, object_key: str, record: UUID) -> list[Values]:
    """The moves from where the record stands, whether the actor may make them and what is missing for each."""
    at = await leg(tx, actor, object_key, record)
    found: list[Values] = []
    for move in at.process.moves:
        if at.stage.key not in move.source:
            continue
        fields, lacking = await gate.missing(tx, actor, at, move, {})
        target = stage_of(at.process, move.to)
        found.append(
            {
                "to": move.to,
                "label": (move.label or target.label).model_dump(),
                "kind": target.kind,
                "forward": at.is_forward(move.to),
                "allowed": _may_move(actor, at, move),
                "missing": {"fields": fields, "deliverables": lacking},
                "required": list(move.required),
                "handoff": move.handoff.model_dump() if move.handoff else None,
            }
        )
    return found


def _may_move(actor: Actor, at: Leg, move: Move) -> bool:
    try:
        require_mover(actor, at, move)
    except NotYourMove:
        return False
    return True
