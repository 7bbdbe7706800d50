"""Composes SQL text from fragments: identifiers come from metadata, values only ever become parameters."""

import re
from collections.abc import Iterable
from functools import lru_cache
from string import Formatter
from typing import LiteralString

_IDENTIFIER = re.compile(r"[a-z_][a-z0-9_]{0,62}")


class _Parameter:
    """One value on its way to the server. Its identity decides the number: the same object, the same `$n`."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class Sql:
    """An immutable fragment of SQL. Made by the functions of this module, run by `ReadTx` and `Tx`.

    The pieces of the fragments that it is made of become its own, and texts side by side become one: what has no
    parameters is a single text, however it came about.
    """

    __slots__ = ("_pieces",)

    def __init__(self, pieces: "Iterable[str | _Parameter]") -> None:
        self._pieces = tuple(pieces)

    def render(self) -> tuple[str, list[object]]:
        """The text with `$1`, `$2`… and the values in that order."""
        texts: list[str] = []
        numbers: dict[_Parameter, str] = {}
        for piece in self._pieces:
            if isinstance(piece, str):
                texts.append(piece)
                continue
            number = numbers.get(piece)
            if number is None:
                number = numbers[piece] = f"${len(numbers) + 1}"
            texts.append(number)
        return "".join(texts), [parameter.value for parameter in numbers]

    def __repr__(self) -> str:
        return f"Sql({self.render()[0]!r})"


def _add(own: list[str | _Parameter], text: str) -> None:
    if own and isinstance(last := own[-1], str):
        own[-1] = last + text
    else:
        own.append(text)


def _extend(own: list[str | _Parameter], pieces: tuple[str | _Parameter, ...]) -> None:
    if own and pieces and isinstance(last := own[-1], str) and isinstance(first := pieces[0], str):
        own[-1] = last + first
        pieces = pieces[1:]
    own += pieces


EMPTY = Sql(())
TRUE = Sql(("true",))
FALSE = Sql(("false",))


def sql(template: LiteralString, /, **parts: object) -> Sql:
    """Fill the `{name}` places of a template: a fragment goes in as it is, anything else is one parameter.

    A name used twice in one template is one parameter; `{{` and `}}` stand for braces. Casts belong into the
    template (`{ids}::uuid[]`). A part that is missing or not used is an error of the caller.
    """
    places, names = _parsed(template)
    if parts.keys() != names:
        raise ValueError(f"the template needs {sorted(names)}, given were {sorted(parts)}: {template!r}")
    own: list[str | _Parameter] = []
    # Hundreds of these are put together for one statement, so it is done in one pass.
    for text, name in places:
        if text:
            _add(own, text)
        if name is not None:
            part = parts[name]
            if isinstance(part, Sql):
                _extend(own, part._pieces)
            else:
                if not isinstance(part, _Parameter):
                    part = parts[name] = _Parameter(part)
                own.append(part)
    return Sql(own)


@lru_cache(maxsize=4096)
def _parsed(template: str) -> tuple[tuple[tuple[str, str | None], ...], frozenset[str]]:
    """Texts, each with the name of the place that follows it, and all names."""
    places: list[tuple[str, str | None]] = []
    for text, name, specification, conversion in Formatter().parse(template):
        if text and text[0].isdigit() and places and places[-1][1] is not None:
            raise ValueError(f"a digit right after a place would change its number: {template!r}")
        if name is not None and (not name.isidentifier() or specification or conversion):
            raise ValueError(f"a place is a plain name in braces: {template!r}")
        places.append((text, name))
    return tuple(places), frozenset(name for _, name in places if name is not None)


@lru_cache(maxsize=65536)
def ident(*names: str) -> Sql:
    """A quoted identifier, qualified when several names are given (`ident("ws_acme", "lead")`)."""
    if not names:
        raise ValueError("an identifier needs a name")
    for name in names:
        if not _IDENTIFIER.fullmatch(name):
            raise ValueError(f"not an identifier: {name!r}")
    return Sql((".".join(f'"{name}"' for name in names),))


def join(separator: LiteralString, fragments: Iterable[Sql]) -> Sql:
    """The fragments with the separator between them; nothing when there are none."""
    own: list[str | _Parameter] = []
    for number, fragment in enumerate(fragments):
        if number:
            _add(own, separator)
        _extend(own, fragment._pieces)
    return Sql(own)


def param(value: object) -> Sql:
    """One parameter as a fragment; put into several places it keeps one number."""
    return Sql((_Parameter(value),))


def literal(text: str) -> Sql:
    """A quoted string constant, for the keys of JSON and the like that must stand in the text.

    Correct under `standard_conforming_strings`, which is on by default and set for each connection.
    """
    if "\0" in text:
        raise ValueError("PostgreSQL texts cannot hold a NUL character")
    return Sql(("'" + text.replace("'", "''") + "'",))


def constant(number: int) -> Sql:
    """A whole number that stands in the text, for limits: a plan that is made once for all values of the parameters
    must know how few rows are wanted, or PostgreSQL makes a new one each time, which takes longer than to run it."""
    return Sql((str(int(number)),))
