"""A statement with its values in the text, as pgbench can run it."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from jieli.db.codecs import to_json
from jieli.db.sql import Sql

# Quoted texts and names are taken whole, so that a `$1` within one stays as it is.
_PARAMETER = re.compile(
    r"""E'(?:[^'\\]|''|\\.)*'|'(?P<constant>(?:[^']|'')*)'|"[^"]*"|\$(?P<number>\d+)""", re.DOTALL
)
_ESCAPED = str.maketrans(
    {"\\": r"\\", "'": r"\'", ":": r"\x3a", ";": r"\x3b", "\n": r"\n", "\r": r"\r", "\t": r"\t"}
)


def inlined(statement: Sql) -> str:
    """One line of SQL. Values are untyped literals, so PostgreSQL infers their types as it does for parameters."""
    text, values = statement.render()
    shown = [literal(value) for value in values]

    def plain(found: re.Match[str]) -> str:
        if found["number"]:
            return shown[int(found["number"]) - 1]
        return quoted(found["constant"].replace("''", "'")) if found["constant"] else found[0]

    return " ".join(_PARAMETER.sub(plain, text).split("\n"))


def literal(value: object) -> str:
    """A value as an SQL literal. Neither quotes nor colons remain, which pgbench would take for a variable."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int | float | Decimal):
        return str(value)
    if isinstance(value, list | tuple | dict):
        return quoted(_nested(value))
    if isinstance(value, datetime | date):
        return quoted(value.isoformat())
    if isinstance(value, str | UUID):
        return quoted(str(value))
    raise TypeError(f"no literal for {type(value).__name__}")


def quoted(text: str) -> str:
    return f"E'{text.translate(_ESCAPED)}'"


def _nested(value: list[object] | tuple[object, ...] | dict[object, object]) -> str:
    """Arrays of arrays are not used; what is nested more deeply goes to PostgreSQL as JSON."""
    if isinstance(value, dict) or any(isinstance(one, list | tuple | dict) for one in value):
        return to_json(value).decode()
    return _array(value)


def _array(values: Sequence[object]) -> str:
    return "{" + ",".join(_element(value) for value in values) + "}"


def _element(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value).replace("\\", r"\\").replace('"', r"\"")
    return f'"{text}"'
