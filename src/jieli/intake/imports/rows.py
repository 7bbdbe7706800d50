"""Prepares the rows of a file for the write path, chunk by chunk: values, identity, problems."""

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import islice

from jieli.access import Actor
from jieli.blueprint.model import Object
from jieli.fields import BadValue
from jieli.intake.imports.cells import ColumnReader, Value
from jieli.intake.imports.model import Prepared, Reason, Setup
from jieli.intake.imports.titles import MadeTitles
from jieli.intake.reading import Row, Table
from jieli.records import Values

CHUNK = 5_000
SEPARATOR = b"\x1e"


class Preparing:
    """Reads rows with the readers of their columns. What it makes depends on nothing but the row."""

    def __init__(
        self,
        actor: Actor,
        obj: Object,
        readers: Sequence[ColumnReader],
        setup: Setup,
        *,
        leave_out: frozenset[str],
    ) -> None:
        """`leave_out` are fields that are read and count for the identity, but are not written."""
        # In the order of the keys, so that a file with its columns moved has the same rows.
        self._readers = sorted(readers, key=lambda reader: reader.field.key)
        self._language = actor.language
        self._leave_out = leave_out
        self._owner = setup.owner or actor.member if setup.assign == "owner" and obj.has("owned") else None
        pairs = [reader.pair for reader in readers]
        mapped = {pair.field.key for pair in pairs}
        self._title = obj.title.key
        self._titles = None if self._title in mapped else MadeTitles(obj, pairs)

    def chunks(self, table: Table) -> Iterator[list[Prepared]]:
        """All rows in their order. Reads from disk and computes: not for the event loop."""
        rows = table.rows()
        while chunk := [self.prepared(row) for row in islice(rows, CHUNK)]:
            yield chunk

    def prepared(self, row: Row) -> Prepared:
        cells = row.cells
        values: Values = {}
        parts: list[bytes] = []
        made = Prepared(row.number, cells, values)
        for reader in self._readers:
            cell = cells[reader.index]
            if cell is None:
                continue
            known = reader.known.get(cell) if type(cell) is str else None
            value = known or reader.value(cell)
            if value.part:
                parts.append(value.part)
                if value.later is None:
                    values[reader.field.key] = value.value
            if value.bad is not None or value.later is not None:
                self._note(made, reader, value)
        if made.problems:
            return made
        made.key = sha256(SEPARATOR.join(parts)).hexdigest()
        self._complete(made)
        return made

    def _note(self, made: Prepared, reader: ColumnReader, value: Value) -> None:
        if value.later is not None:
            made.later[reader.field.key] = value.later
        if value.bad is not None:
            made.problems.append(self._reason(value.bad, f"{reader.letter}{made.row}"))

    def _reason(self, bad: BadValue, path: str) -> Reason:
        return Reason(path, bad.message.text(self._language, **bad.params), bad.message.code)

    def _complete(self, made: Prepared) -> None:
        """What the row does not say itself is no part of its identity."""
        for key in self._leave_out:
            made.values.pop(key, None)
        if self._titles is not None:
            made.besides[self._title] = self._titles.made(made.cells, made.row)
        if self._owner is not None:
            made.besides["owner"] = self._owner
