"""Values that follow from others: the department of the owner, running numbers, search texts, and what the
installed derivations compute in PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence

from jieli.access import Actor
from jieli.base import clock
from jieli.base.errors import Problem
from jieli.base.language import Language
from jieli.base.text import search_text as joined
from jieli.blueprint.model import Field, Object
from jieli.blueprint.storage import create_sequence, sequence_name
from jieli.db.pool import Record, Tx
from jieli.fields.contract import Sought
from jieli.records import derive_store, errors, store
from jieli.records.derive_store import Step
from jieli.records.hooks import Derivation
from jieli.records.model import Action, Batch, Draft


async def derived(
    tx: Tx,
    actor: Actor,
    obj: Object,
    batch: Batch,
    drafts: Sequence[Draft],
    derivations: Sequence[Derivation],
) -> None:
    """Complete the drafts that are still alive."""
    if obj.has("owned"):
        _own(actor, obj, batch, drafts)
    await _evaluate(tx, actor, obj, batch, drafts, derivations)
    if obj.has("owned"):
        await _follow_owner(tx, actor, obj, batch, drafts)
    if batch.action is Action.CREATE:
        await give_numbers(tx, actor, obj, drafts)


def _own(actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Who enters a record owns it, unless it is to be assigned to those whose business it is."""
    if batch.action is not Action.CREATE or batch.assign or actor.member is None:
        return
    assignment = actor.workspace.document.assignments.get(obj.key)
    if assignment and batch.automations and not any(rule.role in actor.roles for rule in assignment.rules):
        return
    for draft in drafts:
        if draft.before is None and draft.is_alive:
            draft.values.setdefault("owner", actor.member)


async def _follow_owner(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """A record belongs to the department of its owner, and the owner's manager backs them up, unless somebody says
    otherwise in the same change."""
    changed = [d for d in drafts if d.is_alive and d.values.get("owner") and _differs(d, "owner")]
    if not changed:
        return
    found: dict[object, Record] = {
        draft.values["owner"]: draft.extra["owner"] for draft in changed if "owner" in draft.extra
    }
    people = list({draft.values["owner"] for draft in changed} - found.keys())
    if people:
        found |= {row["id"]: row for row in await tx.all(store.members(actor.workspace, people))}
    for draft in changed:
        row = found.get(draft.values["owner"])
        if row is None or not row["active"]:
            label = obj.fields["owner"].label
            draft.refuse(Problem("owner", errors.DISABLED_MEMBER, {"field": label}))
            continue
        for key, value in (("department", row["department"]), ("backup", row["manager"])):
            if value and key not in draft.values and not batch.exact:
                draft.values[key] = value


def _differs(draft: Draft, key: str) -> bool:
    return draft.before is None or draft.before.get(key) != draft.values.get(key)


async def give_numbers(tx: Tx, actor: Actor, obj: Object, drafts: Sequence[Draft]) -> None:
    """Running numbers in the order of the rows; those of an import that brings its own are kept."""
    for field in obj.fields.values():
        kind = field.numbered
        if kind is None:
            continue
        alive = [d for d in drafts if d.is_alive and d.before is None and field.key not in d.values]
        if not alive:
            continue
        today = clock.now().astimezone(actor.workspace.context.zone).date()
        sequence = sequence_name(obj.key, field.key, kind.period(field.options, today))
        for draft, number in zip(alive, await _counted(tx, obj, sequence, len(alive)), strict=True):
            draft.values[field.key] = kind.number(field.options, today, number)


async def _counted(tx: Tx, obj: Object, sequence: str, count: int) -> list[int]:
    """Nobody waits for these numbers, so those of a transaction that is undone are lost."""
    rows = await tx.all(store.next_numbers(obj, sequence, count))
    if not rows:
        await tx.run(create_sequence(obj.schema, sequence))
        rows = await tx.all(store.next_numbers(obj, sequence, count))
    return [row["number"] for row in rows]


def is_searchable(obj: Object) -> bool:
    return any(field.search for field in obj.fields.values())


def search_texts(obj: Object, drafts: Iterable[Draft]) -> Iterator[str | None]:
    """What each record can be found by: its searched values as people read them."""
    searched = [
        (field, field.type if isinstance(field.type, Sought) else None)
        for field in obj.fields.values()
        if field.search
    ]
    return (_search_text([*_texts(searched, draft)]) for draft in drafts)


def _search_text(texts: Sequence[str]) -> str | None:
    return joined(texts, [text for text in texts if 2 <= len(text) <= 4 and not text.isascii()]) or None


def _texts(searched: Sequence[tuple[Field, Sought | None]], draft: Draft) -> Iterable[str]:
    for field, sought in searched:
        value = draft.after(field.key)
        if value is not None:
            dumped = field.type.dump(value)
            yield field.type.text(dumped, field.options, Language.ZH)
            if sought:
                yield sought.sought(dumped)


async def _evaluate(
    tx: Tx,
    actor: Actor,
    obj: Object,
    batch: Batch,
    drafts: Sequence[Draft],
    derivations: Sequence[Derivation],
) -> None:
    """All derivations in one statement; each then settles the drafts that it has something to say about."""
    steps = [(one, depends) for one in derivations if (depends := one.depends(actor, obj, batch))]
    concerned = [d for d in drafts if any(_concerns(depends, batch, d) for _, depends in steps)]
    if not concerned:
        return
    wanted = [
        Step(
            tuple(field for field in obj.fields.values() if field.key in depends),
            derivation.expressions(actor, obj, batch),
        )
        for derivation, depends in steps
    ]
    results = await derive_store.computed(tx, obj, wanted, concerned)
    for derivation, depends in steps:
        found = [(d, r) for d, r in zip(concerned, results, strict=True) if _concerns(depends, batch, d)]
        await derivation.settle(tx, actor, obj, batch, [d for d, _ in found], [r for _, r in found])


def _concerns(depends: frozenset[str], batch: Batch, draft: Draft) -> bool:
    touched = draft.before is None or batch.assign or not depends.isdisjoint(draft.values)
    return touched and draft.is_alive
