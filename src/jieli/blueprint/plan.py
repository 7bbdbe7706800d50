"""From one version of a document to the next: the ordered steps, which can be read before they are run."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jieli.base.errors import Invalid, Problem
from jieli.base.language import Language
from jieli.blueprint import steps
from jieli.blueprint.columns import Ground, Transition
from jieli.blueprint.diff import Stale, Vacated, notes, stale, vacated
from jieli.blueprint.document import Document
from jieli.blueprint.model import Object, Workspace, workspace
from jieli.blueprint.steps import Place, Step
from jieli.blueprint.storage import Table, table_of
from jieli.blueprint.stored import Stored, StoredTable, stored_by
from jieli.db.sql import Sql


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
    is_roll_back: bool = False,
) -> Plan:
    """How `after` becomes version `version`. Both documents must have passed `check`.

    Without `stored` the database holds exactly what `before` asks for. In a roll back types may also become
    narrower; otherwise a change that could lose something is Invalid.
    """
    old = workspace(slug, version - 1, before) if before else None
    new = workspace(slug, version, after)
    planner = _Planner(old, new, stored or stored_by(old), version, is_roll_back)
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
        self, old: Workspace | None, new: Workspace, stored: Stored, version: int, is_roll_back: bool
    ) -> None:
        self.old, self.new, self.stored = old, new, stored
        self.version, self.is_roll_back = version, is_roll_back
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
        changed = list(self._fields(place, obj, was, stored))
        self.changed += [step for step in changed if was or not isinstance(step, steps.Reuse)]
        moved = frozenset(name for step in changed for name in _moved(step))
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

    def _fields(self, place: Place, obj: Object, was: Object | None, stored: StoredTable) -> Iterator[Step]:
        live = was.fields if was else {}
        owners = {column.name: key for key, each in live.items() for column in each.columns}
        ground = Ground(dict(stored.columns), owners)
        zone = self.new.document.time_zone
        for key, each in obj.fields.items():
            transition = Transition(
                place=replace(place, field=each.label),
                ground=ground,
                new=each,
                live=live.get(key),
                former=self.stored.former.get((obj.key, key)),
                is_own=key in obj.definition.fields,
                was_own=was is not None and key in was.definition.fields,
                version=self.version,
                is_roll_back=self.is_roll_back,
                whereabouts=self.stored.whereabouts.get((obj.key, key), {}),
                aside=self.stored.aside.get((obj.key, key)),
                zone_before=self.old.document.time_zone if self.old else zone,
                zone=zone,
            )
            try:
                yield from transition.steps()
            except Invalid as refused:
                self.problems += refused.problems

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


def _moved(step: Step) -> tuple[str, ...]:
    """The columns whose indexes and links must be made anew."""
    return tuple(name for names in step.names for name in names) if isinstance(step, steps.Rename) else ()
