"""How long a file or a function may be, and how much a function may ask for."""

import ast
from collections.abc import Iterator

from house.source import Rule, Source, is_code, is_python

FILE_LINES = 500
FUNCTION_LINES = 60
PARAMETERS = 6

Function = ast.FunctionDef | ast.AsyncFunctionDef


def short_file(source: Source) -> Iterator[tuple[int, str]]:
    length = source.text.count("\n")
    if length > FILE_LINES:
        yield 1, f"{length} lines, more than {FILE_LINES}"


def short_functions(source: Source) -> Iterator[tuple[int, str]]:
    for function in functions(source):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > FUNCTION_LINES:
            yield function.lineno, f"{function.name} has {length} lines, more than {FUNCTION_LINES}"


def few_parameters(source: Source) -> Iterator[tuple[int, str]]:
    for function in functions(source):
        positional = [*function.args.posonlyargs, *function.args.args]
        count = sum(parameter.arg not in ("self", "cls") for parameter in positional)
        if count > PARAMETERS:
            yield (
                function.lineno,
                f"{function.name} takes {count} in order; a dataclass or keywords are missing",
            )


def functions(source: Source) -> Iterator[Function]:
    return (node for node in source.nodes if isinstance(node, Function))


def is_written_by_hand(source: Source) -> bool:
    return is_code(source) and "auto-generated" not in source.text[:200]


RULES = (
    Rule("file-length", is_written_by_hand, short_file),
    Rule("function-length", is_python, short_functions),
    Rule("parameters", is_python, few_parameters),
)
