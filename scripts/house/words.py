"""Words that do not belong: names that say nothing, promises without an issue, addresses of one machine."""

import io
import re
import tokenize
from collections.abc import Iterator
from pathlib import PurePosixPath

from house.source import Rule, Source, is_code, is_python

EMPTY = {"util", "utils", "helper", "helpers", "common", "manager", "managers", "service", "services"}
LATER = re.compile(r"\b(?:TODO|FIXME)\b(?!.*#\d)")
COMMENT = re.compile(r"(?://|/\*|#|--|<!--)(.*)")
COMMENTED = {".ts", ".tsx", ".css", ".sql", ".yaml", ".yml", ".toml", ".md", ".sh", ".html"}
REGISTRY = re.compile(
    r"\b(?:pypi|npmjs|pythonhosted|npmmirror)\.[a-z]{2,}\b"
    r"|\b(?:registry|mirrors?|deb|security|archive|crates|packages)\.[a-z0-9-]+\.(?:org|com|net|cn|io|dev)\b"
)
MACHINE = re.compile(r"(?<![\w./-])/(?:work|root|home/\w+|Users/\w+)/[\w.]")


def telling_names(source: Source) -> Iterator[tuple[int, str]]:
    """The last word of a file's or folder's name says what is inside."""
    for part in PurePosixPath(source.path).parts:
        words = re.split(r"[_-]", part.split(".")[0])
        if words[-1].lower() in EMPTY:
            yield 1, f"{part} says nothing about what is inside; name the noun it belongs to"


def promises_with_an_issue(source: Source) -> Iterator[tuple[int, str]]:
    for line, comment in comments(source):
        if LATER.search(comment):
            yield line, "something left for later names its issue as #number"


def comments(source: Source) -> Iterator[tuple[int, str]]:
    if is_python(source):
        for token in tokenize.generate_tokens(io.StringIO(source.text).readline):
            if token.type == tokenize.COMMENT:
                yield token.start[0], token.string
        return
    for number, line in enumerate(source.lines, start=1):
        comment = COMMENT.search(line)
        if comment:
            yield number, comment[1]


def no_registry(source: Source) -> Iterator[tuple[int, str]]:
    return matching(source, REGISTRY, "names the host of a package registry; everybody has their own")


def no_machine_path(source: Source) -> Iterator[tuple[int, str]]:
    return matching(source, MACHINE, "names a path of one machine")


def matching(source: Source, pattern: re.Pattern[str], message: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(source.lines, start=1):
        if pattern.search(line):
            yield number, message


def has_comments(source: Source) -> bool:
    return is_python(source) or source.suffix in COMMENTED


def is_any(source: Source) -> bool:
    return True


RULES = (
    Rule("empty-name", is_code, telling_names),
    Rule("later", has_comments, promises_with_an_issue),
    Rule("registry-host", is_any, no_registry),
    Rule("machine-path", is_any, no_machine_path),
)
