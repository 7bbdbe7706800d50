"""The shape of condition trees, without their meaning: who names which field where."""

from collections.abc import Iterator
from dataclasses import dataclass

MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Leaf:
    """One comparison. `field` may be a path over references, such as `account.industry`."""

    field: str
    op: str
    value: object = None


def leaves(condition: object, path: str = "") -> Iterator[tuple[str, Leaf]]:
    """Every leaf of a tree with its place; what is malformed is passed over (see `malformed`)."""
    for place, node in _nodes(condition, path, 0):
        if leaf := _leaf(node):
            yield place, leaf


def malformed(condition: object, path: str = "") -> Iterator[str]:
    """The places of nodes that are neither `{}`, a leaf, nor one of `all`, `any` and `not`."""
    for place, node in _nodes(condition, path, 0):
        if not (_leaf(node) or _is_branch(node) or node in ({}, None)) or _depth(place, path) > MAX_DEPTH:
            yield place


def _nodes(node: object, path: str, depth: int) -> Iterator[tuple[str, object]]:
    yield path, node
    if not _is_branch(node) or depth > MAX_DEPTH:
        return
    assert isinstance(node, dict)
    for key, inner in node.items():
        if key == "not":
            yield from _nodes(inner, _under(path, key), depth + 1)
            continue
        for place, each in enumerate(inner):
            yield from _nodes(each, _under(path, f"{key}.{place}"), depth + 1)


def _under(path: str, inner: str) -> str:
    return f"{path}.{inner}" if path else inner


def _depth(place: str, path: str) -> int:
    parts = place.removeprefix(path).split(".")
    return sum(part in {"all", "any", "not"} for part in parts)


def _is_branch(node: object) -> bool:
    if not isinstance(node, dict) or len(node) != 1:
        return False
    key, inner = next(iter(node.items()))
    return key == "not" or (key in {"all", "any"} and isinstance(inner, list))


def _leaf(node: object) -> Leaf | None:
    match node:
        case {"field": str(field), "op": str(op), **rest} if rest.keys() <= {"value"}:
            return Leaf(field, op, rest.get("value"))
    return None
