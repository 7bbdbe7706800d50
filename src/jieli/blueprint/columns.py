"""The columns of one field, from how they are to how they shall be. Nothing that was ever stored is lost: what is
in the way is set aside under a name with the number of the version that did so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint.model import Field
from jieli.blueprint.retype import Change, narrowed, widened
from jieli.blueprint.steps import AddColumns, Fill, Place, Rename, Retype, Reuse, Step
from jieli.blueprint.stored import aside_name, plain_type
from jieli.db.sql import Sql, ident
from jieli.fields import Column

CANNOT_RETYPE = Message(
    "cannot_retype",
    "不能把「{old}」类型改为「{new}」类型，否则会丢失数据。请新建一个字段",
    "A field of type “{old}” cannot become “{new}” without losing data. Make a new field instead",
)
CANNOT_CHANGE = Message(
    "cannot_change_field",
    "不能这样修改字段的选项，否则会丢失数据。请新建一个字段",
    "The field cannot be changed like this without losing data. Make a new field instead",
)


@dataclass(slots=True)
class Ground:
    """The columns of one table while a plan goes on: their types, and which live field uses which."""

    types: dict[str, str]
    owners: dict[str, str]

    def rename(self, old: str, new: str) -> None:
        self.types[new] = self.types.pop(old)
        self.owners.pop(old, None)


@dataclass(frozen=True, slots=True)
class Transition:
    """A field between two versions.

    `live` is the field of that key in the version before, `former` its last definition when it is kept unseen.
    `is_own` and `was_own` say of `new` and `live` that people define them, and no trait brings them.
    `whereabouts` tells where the columns are now of the version that a roll back restores, or that had the field
    last; `aside` what the field was when these were set aside.
    """

    place: Place
    ground: Ground
    new: Field
    live: Field | None
    former: Field | None
    is_own: bool
    was_own: bool
    version: int
    is_roll_back: bool
    whereabouts: Mapping[str, str]
    aside: Field | None
    zone_before: str
    zone: str

    def steps(self) -> Iterator[Step]:
        """Raises Invalid when the change would lose something."""
        old = self.live or self.former
        if self.aside and (self.is_roll_back or _is_same(self.aside, self.new)):
            yield from self._restored(self.aside, old)
        elif not any(column.name in self.ground.types for column in self.new.columns):
            yield from self._add(self.new.columns)
        elif old is None:
            yield from self._replaced(self.new.columns)
        elif _is_same(old, self.new) and self._is_usable(self.new.columns[0]):
            if self.live is None:
                yield Reuse(self.place)
            yield from self._completed(self.new.columns)
        elif self.live is None and not self.is_roll_back:
            yield from self._replaced(self.new.columns, old)
        else:
            yield from self._converted(old)

    def _converted(self, old: Field) -> Iterator[Step]:
        using = widened(Change(ident(old.columns[0].name), old, self.new, self.zone))
        if using is not None and self._is_free(self.new.columns[0]):
            yield self._retype(using)
            yield from self._completed(self.new.columns[1:])
        elif not self.is_roll_back and self.is_own == self.was_own:
            raise Invalid(self._refusal(old))
        else:
            yield from self._replaced(self.new.columns, old)
            yield from self._filled(self._aside(old.columns[0].name), old)

    def _restored(self, old: Field, current: Field | None) -> Iterator[Step]:
        first = self.new.columns[0]
        source = self._whereabouts(first.name)
        using = widened(Change(ident(first.name), old, self.new, self.zone))
        if using is None:
            yield from self._replaced(self.new.columns, current)
            yield from self._filled(source, old)
            return
        yield from self._make_room([first, *self._held_by(current)])
        yield from self._rename([(source, first.name)], back=True)
        if old.type.key != self.new.type.key or self.ground.types[first.name] != plain_type(first.type):
            yield self._retype(using)
        yield from self._completed(self.new.columns[1:])

    def _completed(self, columns: Iterable[Column]) -> Iterator[Step]:
        """A column may have been taken by another field meanwhile, or be new to the type."""
        wrong = [column for column in columns if not self._is_usable(column)]
        yield from self._make_room(wrong)
        found = {column.name: self._whereabouts(column.name) for column in wrong if self._is_aside(column)}
        yield from self._rename([(old, new) for new, old in found.items()], back=True)
        yield from self._add([column for column in wrong if column.name not in found])

    def _replaced(self, columns: Iterable[Column], old: Field | None = None) -> Iterator[Step]:
        """New, empty columns; the values of `old` are kept together."""
        yield from self._make_room([*self._held_by(old), *columns])
        yield from self._add(columns)

    def _filled(self, source: str, old: Field) -> Iterator[Step]:
        fitting = narrowed(Change(ident(source), old, self.new, self.zone_before))
        if fitting:
            yield Fill(self.place, self.new.columns[0].name, fitting.value, fitting.where)

    def _held_by(self, old: Field | None) -> list[Column]:
        """The columns of a field, without those that another field has taken since it went."""
        return [column for column in old.columns if self._is_free(column)] if old else []

    def _is_aside(self, column: Column) -> bool:
        name = self._whereabouts(column.name)
        return name != column.name and self.ground.types.get(name) == plain_type(column.type)

    def _whereabouts(self, column: str) -> str:
        return self.whereabouts.get(column, column)

    def _make_room(self, columns: Iterable[Column]) -> Iterator[Step]:
        names = dict.fromkeys(column.name for column in columns if column.name in self.ground.types)
        yield from self._rename([(name, self._aside(name)) for name in names])

    def _rename(self, names: list[tuple[str, str]], *, back: bool = False) -> Iterator[Step]:
        for old, new in names:
            self.ground.rename(old, new)
            if back:
                self.ground.owners[new] = self.new.key
        if names:
            yield Rename(self.place, tuple(names), back=back)

    def _add(self, columns: Iterable[Column]) -> Iterator[Step]:
        added = tuple(columns)
        for column in added:
            self.ground.types[column.name] = plain_type(column.type)
            self.ground.owners[column.name] = self.new.key
        if added:
            yield AddColumns(self.place, added)

    def _retype(self, using: Sql) -> Retype:
        first = self.new.columns[0]
        self.ground.types[first.name] = plain_type(first.type)
        return Retype(self.place, first, using, self.new.type.label)

    def _refusal(self, old: Field) -> Problem:
        message = CANNOT_RETYPE if old.type.key != self.new.type.key else CANNOT_CHANGE
        params: dict[str, object] = {"old": old.type.label, "new": self.new.type.label}
        return Problem(f"objects.{self.place.table}.fields.{self.new.key}.type", message, params)

    def _aside(self, name: str) -> str:
        return aside_name(name, self.version)

    def _is_usable(self, column: Column) -> bool:
        """Whether a column of that name is there, fits, and has always been this field's."""
        if self.ground.types.get(column.name) != plain_type(column.type):
            return False
        if column.name in self.whereabouts:
            return self.whereabouts[column.name] == column.name and self._is_free(column)
        return self.ground.owners.get(column.name) == self.new.key

    def _is_free(self, column: Column) -> bool:
        """Whether no other field of the version before uses it."""
        return self.ground.owners.get(column.name, self.new.key) == self.new.key


def _is_same(old: Field, new: Field) -> bool:
    return old.type.key == new.type.key and old.target == new.target
