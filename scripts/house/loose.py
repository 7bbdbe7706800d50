"""Types that say nothing."""

import ast
from collections.abc import Iterator

from house.source import Rule, Source, is_product

ALIAS = "Values"
# A value of whatever type passes through the contract of the field types; each type narrows it to its own.
PLACES = ("fields/",)


def no_any(source: Source) -> Iterator[tuple[int, str]]:
    """`Any` stands only in the definition of `Values` and in `fields`; what is not known yet is an `object`."""
    if (source.inner or "").startswith(PLACES):
        return
    defining = {id(part) for node in source.nodes if defines_alias(node) for part in ast.walk(node)}
    for node in source.nodes:
        if id(node) in defining:
            continue
        if isinstance(node, ast.Name) and node.id == "Any":
            yield node.lineno, "Any stands only under the name Values; take object and narrow it"
        if isinstance(node, ast.Attribute) and ast.unparse(node) in ("typing.Any", "t.Any"):
            yield node.lineno, "Any stands only under the name Values; take object and narrow it"


def defines_alias(node: ast.AST) -> bool:
    if isinstance(node, ast.AnnAssign):
        return isinstance(node.target, ast.Name) and node.target.id == ALIAS
    if isinstance(node, ast.Assign):
        return any(isinstance(target, ast.Name) and target.id == ALIAS for target in node.targets)
    return False


RULES = (Rule("any", is_product, no_any),)
