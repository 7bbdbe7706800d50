"""The columns of one field, from how they are to how they shall be. Nothing that was ever stored is lost: what is
in the way is set aside under a name with the number of the version that did so."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Message
from jieli.blueprint.model import Field
from jieli.blueprint.retype import Change, narrowed, widened
from jieli.blueprint.steps import AddColumns, Fill, Place, Rename, Retype, Reuse, Step
from jieli.blueprint.stored import StoredTable, plain_type
from jieli.db.sql import ident
from jieli.fields import Column

CANNOT_RETYPE = Message(
    "cannot_retype",
    "不能把「{old}」类型改为「{new}」类型,否则会丢失数据。请新建一个字段",
    "A field of type “{old}” cannot become “{new}” without losing data. Make a new field instead",
)
CANNOT_RETARGET = Message(
    "cannot_retarget",
    "不能这样修改字段的选项,否则会丢失数据。请新建一个字段",
    "The field cannot be changed like this without losing data. Make a new field instead",
)


@dataclass(frozen=True, slots=True)
class Transition:
    """A field between two versions.

    `live` is the field of that key in the version before, `former` its last definition when it is kept unseen;
    `owners` tells to which live field a column belongs. `back_to` is the version that a roll back restores.
    """

    place: Place
    new: Field
    live: Field | None
    former: Field | None
    stored: StoredTable
    owners: Mapping[str, str]
    version: int
    back_to: int | None
    zone_before: str
    zone: str

    def steps(self) -> Iterator[Step]:
        """Raises Invalid when the change would lose something."""
        if not any(column.name in self.stored.columns for column in self.new.columns):
            yield AddColumns(self.place, self.new.columns)
        elif self.live is not None:
            yield from self._changed(self.live)
        elif self.former is not None or self.new.system:
            yield from self._brought_back()
        else:
            yield from self._replaced(self.new.columns, ())

    def _changed(self, live: Field) -> Iterator[Step]:
        if _is_same(live, self.new) and self._is_usable(self.new.columns[0]):
            yield from self._completed(self.new.columns)
            return
        using = widened(Change(ident(live.columns[0].name), live, self.new, self.zone))
        if using is not None:
            yield Retype(self.place, self.new.columns[0], using, self.new.type.label)
            yield from self._completed(self.new.columns[1:])
        elif self.back_to is not None:
            yield from self._narrowed(live)
        else:
            raise Invalid(self._refusal(live))

    def _refusal(self, live: Field) -> Problem:
        message = CANNOT_RETYPE if live.type.key != self.new.type.key else CANNOT_RETARGET
        params: dict[str, object] = {"old": live.type.label, "new": self.new.type.label}
        return Problem(f"objects.{self.place.table}.fields.{self.new.key}.type", message, params)

    def _brought_back(self) -> Iterator[Step]:
        """The field was there before, or it is one of the program's that a trait brought and took away."""
        if self.former is not None and not _is_same(self.former, self.new):
            yield from self._replaced(self.new.columns, self._since_restored())
            return
        yield Reuse(self.place)
        yield from self._completed(self.new.columns)

    def _completed(self, columns: Iterable[Column]) -> Iterator[Step]:
        """A column may have been taken by another field meanwhile, or be new to the type."""
        wrong = tuple(column for column in columns if not self._is_usable(column))
        if wrong:
            versions = self._since_restored() or range(self.version - 1, 0, -1)
            yield from self._replaced(wrong, versions)

    def _narrowed(self, live: Field) -> Iterator[Step]:
        yield from self._set_aside((*live.columns, *self.new.columns))
        found = self._found(self.new.columns, self._since_restored())
        yield from self._put(self.new.columns, found)
        change = Change(ident(self._aside(live.columns[0].name)), live, self.new, self.zone_before)
        fitting = None if found else narrowed(change)
        if fitting:
            yield Fill(self.place, self.new.columns[0].name, fitting.value, fitting.where)

    def _replaced(self, columns: tuple[Column, ...], versions: Iterable[int]) -> Iterator[Step]:
        yield from self._set_aside(columns)
        yield from self._put(columns, self._found(columns, versions))

    def _set_aside(self, columns: Iterable[Column]) -> Iterator[Step]:
        names = dict.fromkeys(column.name for column in columns if column.name in self.stored.columns)
        if names:
            yield Rename(self.place, tuple((name, self._aside(name)) for name in names))

    def _put(self, columns: Iterable[Column], found: Mapping[str, str]) -> Iterator[Step]:
        if found:
            yield Rename(self.place, tuple((old, new) for new, old in found.items()), back=True)
        missing = tuple(column for column in columns if column.name not in found)
        if missing:
            yield AddColumns(self.place, missing)

    def _found(self, columns: Iterable[Column], versions: Iterable[int]) -> dict[str, str]:
        """Columns set aside in the first of these versions that fits, by the name they shall have again."""
        found: dict[str, str] = {}
        for version in versions:
            for column in columns:
                aside = f"{column.name}__v{version}"
                if column.name not in found and self.stored.columns.get(aside) == plain_type(column.type):
                    found[column.name] = aside
        return found

    def _since_restored(self) -> range:
        """What the restored version held was set aside soonest after it."""
        return range(self.back_to + 1, self.version) if self.back_to is not None else range(0)

    def _aside(self, name: str) -> str:
        return f"{name}__v{self.version}"

    def _is_usable(self, column: Column) -> bool:
        is_own = self.owners.get(column.name, self.new.key) == self.new.key
        return is_own and self.stored.columns.get(column.name) == plain_type(column.type)


def _is_same(old: Field, new: Field) -> bool:
    return old.type.key == new.type.key and old.target == new.target
