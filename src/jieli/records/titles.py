"""Values as people read them: ids of records with their titles, ids of files with their names."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from jieli.access import Actor
from jieli.blueprint.model import Field
from jieli.db.pool import ReadTx
from jieli.records.model import Values
from jieli.records.read import titles_of


@dataclass(slots=True)
class Titles:
    """Collects what is to be named, then knows the names. A record that is gone has none."""

    wanted: dict[str, set[UUID]] = field(default_factory=dict)
    found: dict[tuple[str, UUID], str] = field(default_factory=dict)

    def ask(self, object_key: str, *ids: object) -> None:
        known = [found for found in map(as_id, ids) if found]
        self.wanted.setdefault(object_key, set()).update(known)

    def ask_value(self, kind: Field, dumped: object) -> None:
        """Ask for what a reference's dumped value leads to."""
        if kind.target and dumped is not None:
            self.ask(kind.target, *(dumped if isinstance(dumped, list) else [dumped]))

    async def read(self, tx: ReadTx, actor: Actor) -> None:
        self.found = await titles_of(tx, actor, self.wanted)

    def titled(self, object_key: str, record: object) -> Values | None:
        number = as_id(record)
        return {"id": number, "title": self.found.get((object_key, number))} if number else None

    def shown(self, kind: Field, dumped: object) -> object:
        """A dumped value in the JSON form that screens get."""
        if kind.target is None or dumped is None:
            return dumped
        if isinstance(dumped, list):
            return [self.titled(kind.target, one) for one in dumped]
        return self.titled(kind.target, dumped)


async def shown_values(tx: ReadTx, actor: Actor, fields: Iterable[Field], dumped: Values) -> Values:
    """Dumped values in the JSON form that screens get."""
    kinds = {kind.key: kind for kind in fields if kind.key in dumped}
    titles = Titles()
    for key, kind in kinds.items():
        titles.ask_value(kind, dumped[key])
    await titles.read(tx, actor)
    return {key: titles.shown(kind, dumped[key]) for key, kind in kinds.items()}


def as_id(raw: object) -> UUID | None:
    if isinstance(raw, UUID):
        return raw
    try:
        return UUID(raw) if isinstance(raw, str) else None
    except ValueError:
        return None
