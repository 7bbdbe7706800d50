"""Where SQL may stand, and that it is never glued together from text."""

import ast
import re
from collections.abc import Iterator

from house.source import Rule, Source, is_product

PLACES = ("db/", "query/")
STORE = re.compile(r"(?:[a-z]+_)?store\.py")
# The steps of a plan and the tables that they make are DDL through and through.
FILES = frozenset({"blueprint/steps.py", "blueprint/storage.py"})
THING = "table|schema|type|index|sequence|view|materialized|function|trigger|extension|role|database"
STATEMENT = re.compile(
    rf"""\s*(?:
      select\s+(?:.*?\bfrom\b|\(|\*|\d|exists\b|[\w.]+\()
    | insert\s+into\b
    | update\s+\S+(?:\s+(?:as\s+)?\w+)?\s+set\b
    | delete\s+from\b
    | with\s+(?:recursive\s+)?\S+\s*(?:\([^)]*\)\s*)?as\s*(?:(?:not\s+)?materialized\s*)?\(
    | (?:alter|drop)\s+(?:{THING})\b
    | create\s+(?:(?:or\s+replace|unique|temp|temporary|unlogged)\s+)*(?:{THING})\b
    )""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def never_glued(source: Source) -> Iterator[tuple[int, str]]:
    """Values are parameters and names come through db/sql.py, so no f-string, `+`, `%` or `format`."""
    inner = {id(node.left) for node in source.nodes if isinstance(node, ast.BinOp)}
    for node in source.nodes:
        if id(node) not in inner and is_glued(node) and is_sql(skeleton(node)):
            assert isinstance(node, ast.expr)
            yield node.lineno, "SQL is composed by db/sql.py, not by putting strings together"


def only_in_its_places(source: Source) -> Iterator[tuple[int, str]]:
    """Statements stand in store.py (or undo_store.py, when one is too long) or a .sql file, in db/ and query/, or
    in a file declared above."""
    inner = source.inner or ""
    if STORE.fullmatch(source.name) or inner.startswith(PLACES) or inner in FILES:
        return
    prose = {id(node.value) for node in source.nodes if isinstance(node, ast.Expr)}
    for node in source.nodes:
        text = node.value if isinstance(node, ast.Constant) and id(node) not in prose else None
        if isinstance(text, str) and is_sql(text):
            assert isinstance(node, ast.Constant)
            yield node.lineno, "SQL stands in store.py"


def is_sql(text: str) -> bool:
    """A sentence for people starts with a capital letter; SQL is written small or all in capitals."""
    first = text.split(maxsplit=1)[:1]
    return bool(first) and (first[0].islower() or first[0].isupper()) and STATEMENT.match(text) is not None


def is_glued(node: ast.AST) -> bool:
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return "\0" in skeleton(node)
    if isinstance(node, ast.BinOp):
        return isinstance(node.op, ast.Mod)
    return (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr.startswith("format")
    )


def skeleton(node: ast.AST) -> str:
    """The constant text of an expression, with a NUL for each part that is put in."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(skeleton(part) for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return skeleton(node.left) + skeleton(node.right)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
        return skeleton(node.left)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return skeleton(node.func.value)
    return "\0"


RULES = (Rule("sql-glued", is_product, never_glued), Rule("sql-place", is_product, only_in_its_places))
