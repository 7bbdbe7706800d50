"""Condition trees put together, and the drill that leads from a number to its records."""

from collections.abc import Iterable
from datetime import UTC, datetime

from jieli.records import Values

ME: Values = {"var": "me"}
ENDED_BADLY = ("lost", "void")


def is_(field: str, value: object) -> Values:
    return {"field": field, "op": "eq", "value": value}


def in_(field: str, values: Iterable[str]) -> Values:
    return {"field": field, "op": "in", "value": list(values)}


def not_in(field: str, values: Iterable[str]) -> Values:
    """Also holds for what is empty."""
    return {"field": field, "op": "not_in", "value": list(values)}


def earlier(field: str, moment: datetime) -> Values:
    """Before a moment, which is cut to the second as conditions are."""
    return {"field": field, "op": "lt", "value": f"{moment.astimezone(UTC):%Y-%m-%dT%H:%M:%S}Z"}


def filled(field: str) -> Values:
    return {"field": field, "op": "not_empty"}


def empty(field: str) -> Values:
    return {"field": field, "op": "empty"}


def belongs(field: str, value: str | None) -> Values:
    """The records of one group."""
    return empty(field) if value is None else is_(field, value)


def all_of(*trees: object) -> Values:
    """Every one of them; those that are always true are left out."""
    parts: list[object] = []
    for tree in trees:
        if isinstance(tree, dict) and tree.keys() == {"all"} and isinstance(tree["all"], list):
            parts += tree["all"]
        elif tree is not None and tree != {}:
            parts.append(tree)
    if len(parts) == 1 and isinstance(parts[0], dict):
        return parts[0]
    return {"all": parts} if parts else {}


def any_of(*trees: object) -> Values:
    return {"any": list(trees)}


def drill(object_key: str, *trees: object) -> Values:
    """The list that holds what a number counts: exactly these records, for the same reader."""
    return {"object": object_key, "where": all_of(*trees)}
