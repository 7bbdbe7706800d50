"""From one version of a document to the next: the ordered steps, which can be read before they are run."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Language, Message
from jieli.blueprint import steps
from jieli.blueprint.diff import Stale, Vacated, notes, stale, vacated
from jieli.blueprint.document import Document
from jieli.blueprint.model import Field, Object, Workspace, field, workspace
from jieli.blueprint.retype import Change, narrowed, widened
from jieli.blueprint.steps import Place, Step
from jieli.blueprint.storage import Table, table_of
from jieli.blueprint.stored import Stored, StoredTable, plain_type, stored_by
from jieli.db.sql import Sql, ident
from jieli.fields import FIELD_TYPES, Column

CANNOT_RETYPE = Message(
    "cannot_retype",
    "不能把「{old}」类型改为「{new}」类型,否则会丢失数据。请新建一个字段",
    "A field of type “{old}” cannot become “{new}” without losing data. Make a new field instead",
)
CANNOT_RETARGET = Message(
    "cannot_retarget",
    "关联字段不能改为指向其他对象。请新建一个字段",
    "A reference cannot be pointed to another object. Make a new field instead",
)


@dataclass(frozen=True, slots=True)
class Plan:
    """`vacated` are stages that must hold no record when the plan is run; `stale` is what the callers of
    `apply` should have computed anew afterwards."""

    steps: tuple[Step, ...]
    vacated: tuple[Vacated, ...] = ()
    stale: tuple[Stale, ...] = ()

    def words(self) -> list[dict[str, str]]:
        """The steps in both languages; those that say the same are said once."""
        said = dict.fromkeys((s.describe(Language.ZH), s.describe(Language.EN)) for s in self.steps)
        return [{"zh": zh, "en": en} for zh, en in said]

    def describe(self, language: Language) -> list[str]:
        return [text[language] for text in self.words()]

    def statements(self) -> list[Sql]:
        return [statement for step in self.steps for statement in step.statements()]


def plan(
    before: Document | None,
    after: Document,
    slug: str,
    *,
    stored: Stored | None = None,
    version: int = 1,
    back_to: int | None = None,
) -> Plan:
    """How `after` becomes version `version`. Both documents must have passed `check`.

    Without `stored` the database holds exactly what `before` asks for. With `back_to`, the number of the version
    that is restored, types may also become narrower; otherwise that is Invalid.
    """
    old = workspace(slug, version - 1, before) if before else None
    new = workspace(slug, version, after)
    planner = _Planner(old, new, stored or stored_by(old), version, back_to)
    for obj in new.objects.values():
        planner.object(obj)
    planner.removed()
    if planner.problems:
        raise Invalid.of(planner.problems)
    changes = tuple(notes(before, after)) if before else ()
    return Plan(
        (*planner.ordered(), *changes),
        tuple(vacated(before, after)) if before else (),
        tuple(stale(before, after)) if before else (),
    )


class _Planner:
    """Collects steps by the phase in which they must run."""

    def __init__(
        self, old: Workspace | None, new: Workspace, stored: Stored, version: int, back_to: int | None
    ) -> None:
        self.old, self.new, self.stored = old, new, stored
        self.version, self.back_to = version, back_to
        self.problems: list[Problem] = []
        self.released: list[Step] = []
        self.changed: list[Step] = []
        self.indexed: list[Step] = []
        self.linked: list[Step] = []
        self.kept: list[Step] = []

    def ordered(self) -> Iterator[Step]:
        yield from self.released
        yield from self.changed
        yield from self.indexed
        yield from self.linked
        yield from self.kept

    def object(self, obj: Object) -> None:
        place = Place(obj.schema, obj.key, obj.label)
        table = table_of(obj)
        stored = self.stored.tables.get(obj.key)
        if stored is None:
            self.changed.append(steps.CreateTable(place, table))
            self._link(place, obj, table, StoredTable())
            return
        was = self.old.objects.get(obj.key) if self.old else None
        if was is None:
            self.changed.append(steps.Reuse(place))
        first = len(self.changed)
        for each in obj.fields.values():
            self._field(replace(place, field=each.label), each, was, stored)
        moved = frozenset(name for step in self.changed[first:] for name in _moved(step))
        self._index(place, table, stored, moved)
        self._link(place, obj, table, stored, moved)
        if was:
            self._forget(place, obj, was)

    def removed(self) -> None:
        for key, was in self.old.objects.items() if self.old else ():
            if key in self.new.objects:
                continue
            place = Place(was.schema, key, was.label)
            self.kept.append(steps.Keep(place))
            held = self.stored.tables.get(key, StoredTable()).foreign_keys
            self.released.extend(steps.DropForeignKey(place, name) for name in held)

    def _forget(self, place: Place, obj: Object, was: Object) -> None:
        for gone in was.own_fields():
            if gone.key not in obj.fields:
                self.kept.append(steps.Keep(replace(place, field=gone.label)))

    def _field(self, place: Place, new: Field, was: Object | None, stored: StoredTable) -> None:
        live = was.fields.get(new.key) if was else None
        old = live or self._former(place.table, new.key)
        present = [column for column in new.columns if column.name in stored.columns]
        if not present:
            self.changed.append(steps.AddColumns(place, new.columns))
        elif (old is None or _is_same(old, new)) and all(_fits(column, stored) for column in present):
            self._complete(place, new, stored)
            if live is None:
                self.changed.append(steps.Reuse(place))
        elif live is not None:
            self._retype(place, live, new, stored)
        else:
            self._set_aside(place, [column.name for column in present])
            self.changed.append(steps.AddColumns(place, new.columns))

    def _former(self, object_key: str, field_key: str) -> Field | None:
        given = self.stored.former.get((object_key, field_key))
        return field(field_key, given) if given and given.type in FIELD_TYPES else None

    def _complete(self, place: Place, new: Field, stored: StoredTable) -> None:
        """A type may have got a further column since the field was made."""
        missing = tuple(column for column in new.columns if column.name not in stored.columns)
        if missing:
            self.changed.append(steps.AddColumns(place, missing))

    def _retype(self, place: Place, old: Field, new: Field, stored: StoredTable) -> None:
        change = Change(ident(old.columns[0].name), old, new, self.new.document.time_zone)
        using = widened(change)
        if using is not None:
            self.changed.append(steps.Retype(place, new.columns[0], using, new.type.label))
            self._complete(place, new, stored)
        elif self.back_to is not None:
            self._restore(place, old, new, stored, self.back_to)
        else:
            message = CANNOT_RETYPE if old.type.key != new.type.key else CANNOT_RETARGET
            params: dict[str, object] = {"old": old.type.label, "new": new.type.label}
            self.problems.append(Problem(f"objects.{place.table}.fields.{new.key}.type", message, params))

    def _restore(self, place: Place, old: Field, new: Field, stored: StoredTable, back_to: int) -> None:
        names = [c.name for c in (*old.columns, *new.columns) if c.name in stored.columns]
        self._set_aside(place, list(dict.fromkeys(names)))
        former = self._former_columns(new, stored, back_to)
        if former:
            self.changed.append(steps.Rename(place, former, back=True))
            return
        self.changed.append(steps.AddColumns(place, new.columns))
        source = ident(self._aside(old.columns[0].name))
        fitting = narrowed(Change(source, old, new, self.new.document.time_zone))
        if fitting:
            self.changed.append(steps.Fill(place, new.columns[0].name, fitting.value, fitting.where))

    def _former_columns(self, new: Field, stored: StoredTable, back_to: int) -> tuple[tuple[str, str], ...]:
        """The columns that the field had in the version that is restored, if they were set aside after it."""
        for version in range(back_to + 1, self.version):
            names = [(f"{column.name}__v{version}", column.name) for column in new.columns]
            if all(
                plain_type(c.type) == stored.columns.get(n[0])
                for c, n in zip(new.columns, names, strict=True)
            ):
                return tuple(names)
        return ()

    def _set_aside(self, place: Place, names: list[str]) -> None:
        self.changed.append(steps.Rename(place, tuple((name, self._aside(name)) for name in names)))

    def _aside(self, name: str) -> str:
        return f"{name}__v{self.version}"

    def _index(self, place: Place, table: Table, stored: StoredTable, moved: frozenset[str]) -> None:
        wanted = {index.name: index for index in table.indexes}
        kept = {
            name
            for name, (method, columns) in stored.indexes.items()
            if name in wanted
            and (wanted[name].method, wanted[name].columns) == (method, columns)
            and moved.isdisjoint(columns)
        }
        self.released.extend(steps.DropIndex(place, n) for n in stored.indexes if n not in kept)
        self.indexed.extend(steps.AddIndex(place, wanted[name]) for name in wanted if name not in kept)

    def _link(
        self,
        place: Place,
        obj: Object,
        table: Table,
        stored: StoredTable,
        moved: frozenset[str] = frozenset(),
    ) -> None:
        wanted = {key.name: key for key in table.foreign_keys}
        kept = {
            name
            for name, (column, target) in stored.foreign_keys.items()
            if name in wanted
            and (wanted[name].column, wanted[name].target) == (column, target)
            and column not in moved
        }
        self.released.extend(steps.DropForeignKey(place, n) for n in stored.foreign_keys if n not in kept)
        labels = {each.columns[0].name: each.label for each in obj.own_fields()}
        for name, key in wanted.items():
            if name not in kept:
                there = replace(place, field=labels[key.column])
                self.linked.append(steps.AddForeignKey(there, key, cleaned=key.column in stored.columns))


def _fits(column: Column, stored: StoredTable) -> bool:
    return stored.columns[column.name] == plain_type(column.type)


def _is_same(old: Field, new: Field) -> bool:
    return old.type.key == new.type.key and old.target == new.target


def _moved(step: Step) -> tuple[str, ...]:
    """The columns whose indexes and links must be made anew."""
    return tuple(name for names in step.names for name in names) if isinstance(step, steps.Rename) else ()
