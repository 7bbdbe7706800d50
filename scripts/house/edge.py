"""What only the edge of the product may do: commit, read the clock, print, catch everything."""

import ast
from collections.abc import Iterator

from house.source import Rule, Source, is_product

CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now",
    "datetime.datetime.utcnow", "datetime.datetime.today", "datetime.date.today", "time.time", "time.time_ns",
}  # fmt: skip
CLOCK_FILES = {"base/clock.py", "base/ids.py"}
CATCHING = ("api/", "jobs/", "cli.py")
BROAD = {"Exception", "BaseException"}


def commits_at_the_edge(source: Source) -> Iterator[tuple[int, str]]:
    if (source.inner or "").startswith("db/"):
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and called(node) == "commit":
            yield node.lineno, "the edge commits, when the function has returned; nothing else does"


def asks_the_clock(source: Source) -> Iterator[tuple[int, str]]:
    if source.inner in CLOCK_FILES:
        return
    for node in source.nodes:
        direct = isinstance(node, ast.Attribute) and ast.unparse(node) in CLOCKS
        imported = isinstance(node, ast.ImportFrom) and node.module == "time"
        if direct or (imported and {"time", "time_ns"} & {alias.name for alias in names(node)}):
            assert isinstance(node, ast.Attribute | ast.ImportFrom)
            yield node.lineno, "the present moment comes from base.clock, so that tests can drive it"


def prints_in_the_command_line(source: Source) -> Iterator[tuple[int, str]]:
    if source.inner == "cli.py":
        return
    for node in source.nodes:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            yield node.lineno, "only cli.py prints; elsewhere there is the log"


def catches_what_it_can_answer(source: Source) -> Iterator[tuple[int, str]]:
    """A handler that raises again at its end has only tidied up, and may catch everything."""
    if (source.inner or "").startswith(CATCHING):
        return
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler) and is_broad(node.type) and not raises_again(node):
            yield node.lineno, "catch only what you can answer"
        if (
            isinstance(node, ast.Call)
            and called(node) == "suppress"
            and any(is_broad(arg) for arg in node.args)
        ):
            yield node.lineno, "suppress only what you can answer"


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def names(node: ast.AST) -> list[ast.alias]:
    return node.names if isinstance(node, ast.ImportFrom) else []


def is_broad(caught: ast.expr | None) -> bool:
    if isinstance(caught, ast.Tuple):
        return any(is_broad(one) for one in caught.elts)
    return caught is None or (isinstance(caught, ast.Name) and caught.id in BROAD)


def raises_again(handler: ast.ExceptHandler) -> bool:
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


RULES = (
    Rule("commit", is_product, commits_at_the_edge),
    Rule("clock", is_product, asks_the_clock),
    Rule("print", is_product, prints_in_the_command_line),
    Rule("broad-except", is_product, catches_what_it_can_answer),
)
