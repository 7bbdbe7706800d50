"""A committed file as the rules see it, and what a rule says about it."""

import ast
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePosixPath

ALLOWED = re.compile(r"house: allow ([a-z-]+)(?: - (\S.*))?")


@dataclass(frozen=True, order=True)
class Finding:
    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line} {self.rule} {self.message}"


@dataclass(frozen=True)
class Source:
    """One file; `path` is relative to the repository, with forward slashes."""

    path: str
    text: str

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def suffix(self) -> str:
        return PurePosixPath(self.path).suffix

    @property
    def inner(self) -> str | None:
        """The path within the product's package, and None for a file that is not Python of the product."""
        inside = self.path.startswith("src/jieli/") and self.suffix == ".py"
        return self.path.removeprefix("src/jieli/") if inside else None

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @cached_property
    def nodes(self) -> list[ast.AST]:
        return list(ast.walk(self.tree))

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    def permits(self, finding: Finding) -> bool:
        """Whether the line says `house: allow <rule> - <reason>`; without a reason it allows nothing."""
        allowed = ALLOWED.search(self.lines[finding.line - 1])
        return allowed is not None and allowed[1] == finding.rule and allowed[2] is not None


@dataclass(frozen=True)
class Rule:
    """`check` yields the line and the message of each place where a file that `concerns` breaks the rule."""

    name: str
    concerns: Callable[[Source], bool]
    check: Callable[[Source], Iterator[tuple[int, str]]]

    def findings(self, source: Source) -> Iterator[Finding]:
        if self.concerns(source):
            for line, message in self.check(source):
                yield Finding(source.path, line, self.name, message)


def is_python(source: Source) -> bool:
    return source.suffix == ".py"


def is_code(source: Source) -> bool:
    return source.suffix in {".py", ".ts", ".tsx"}


def is_product(source: Source) -> bool:
    return source.inner is not None
