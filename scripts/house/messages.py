"""Texts for people exist in Chinese and English and have the same places to fill."""

import ast
from collections.abc import Iterator
from string import Formatter

from house.source import Rule, Source, is_product

FIELDS = ("code", "zh", "en")


def complete_messages(source: Source) -> Iterator[tuple[int, str]]:
    for node in source.nodes:
        if isinstance(node, ast.Call):
            texts = languages(node)
            if texts is not None:
                yield from ((node.lineno, fault) for fault in faults(*texts))


def languages(call: ast.Call) -> tuple[str, str] | None:
    """The Chinese and the English text of a call that gives both as constants."""
    given = {keyword.arg: keyword.value for keyword in call.keywords if keyword.arg}
    if isinstance(call.func, ast.Name) and call.func.id == "Message":
        given |= dict(zip(FIELDS, call.args, strict=False))
    zh, en = given.get("zh"), given.get("en")
    if isinstance(zh, ast.Constant) and isinstance(en, ast.Constant):
        return str(zh.value), str(en.value)
    return None


def faults(zh: str, en: str) -> Iterator[str]:
    if not zh.strip() or not en.strip():
        yield "a text is empty in one of the two languages"
    try:
        places = [
            {name for _, name, _, _ in Formatter().parse(text) if name is not None} for text in (zh, en)
        ]
    except ValueError:
        yield "a brace is not closed"
        return
    if places[0] != places[1]:
        yield f"the languages fill different places: {sorted(places[0])} and {sorted(places[1])}"


RULES = (Rule("message", is_product, complete_messages),)
