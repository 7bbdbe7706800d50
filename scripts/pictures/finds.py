"""Records that show a screen at its best: one to hand over, one that a gate stops, one to be entered twice."""

from collections.abc import Iterator, Mapping

from pictures.visit import Visit

Record = Mapping[str, object]
OPEN: Mapping[str, object] = {"field": "outcome", "op": "eq", "value": "open"}
LOOKED_AT = 20


def running(visit: Visit) -> Iterator[Record]:
    """The opportunities this person sees that are not decided."""
    yield from records(visit, "opportunity", OPEN)


def records(visit: Visit, object_key: str, where: Mapping[str, object]) -> Iterator[Record]:
    found = visit.read(f"/objects/{object_key}/records", where=where, limit=str(LOOKED_AT))
    items = found["items"]
    assert isinstance(items, list)
    yield from items


def to_hand_over(visit: Visit) -> Record:
    """One that may change hands and waits for nobody's answer. Raises LookupError."""
    for record in running(visit):
        path = f"/objects/opportunity/records/{record['id']}"
        can = visit.read(path)["can"]
        if isinstance(can, dict) and can["handoff"] and not visit.read(f"{path}/track").get("handoff"):
            return record
    raise LookupError("nothing to hand over")


def stopped(visit: Visit) -> tuple[Record, str]:
    """One that a gate keeps from going on, with what that move is called. Raises LookupError."""
    for record in running(visit):
        moves = visit.read(f"/objects/opportunity/records/{record['id']}/moves")["moves"]
        assert isinstance(moves, list)
        for move in moves:
            missing = move["missing"]["fields"] + move["missing"]["deliverables"]
            if move["allowed"] and missing and not move.get("handoff"):
                return record, str(move["label"][visit.look.language])
    raise LookupError("no gate stops anything")


def known_lead(visit: Visit) -> Record:
    """A lead with a phone: entering it once more is noticed."""
    return next(records(visit, "lead", {"field": "phone", "op": "not_empty"}))
