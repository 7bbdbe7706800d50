"""What the names in a file refer to: one look-up for each object referred to, for all rows at once."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeAlias
from uuid import UUID

from jieli.access import Action as Ask
from jieli.access import Actor, may, predicate
from jieli.base.errors import Problem
from jieli.base.text import plain
from jieli.blueprint.model import Object
from jieli.db.pool import Record, Tx
from jieli.fields import BadValue
from jieli.intake import store as intake_store
from jieli.intake.imports import store
from jieli.intake.imports.errors import AMBIGUOUS, NOT_FOUND
from jieli.intake.keys import keys_of
from jieli.records import Action, Batch, Change, Duplicates, Outcome, apply
from jieli.records.read import visible_ids

FEW = 20_000
"""Of objects with no more records all names are read, so that they can be compared without regard to spaces and
marks; of larger ones only those that are the same but for case, and those of the same duplicate key."""

_MARKS = re.compile(r"[\W_]+")


class Later(Enum):
    """Stands for another row of the same file."""

    LATER = "later"


LATER = Later.LATER
Found: TypeAlias = UUID | BadValue | Later


@dataclass(slots=True)
class Names:
    """Records by what they are called, from exactly to roughly."""

    tiers: tuple[dict[str, set[UUID]], ...] = field(
        default_factory=lambda: (defaultdict(set), defaultdict(set), defaultdict(set))
    )

    def add(self, record: UUID, name: str) -> None:
        for tier, form in zip(self.tiers, forms(name), strict=True):
            if form:
                tier[form].add(record)

    def find(self, text: str) -> set[UUID]:
        """The records of the first tier in which there are any."""
        for tier, form in zip(self.tiers, forms(text), strict=True):
            if form and form in tier:
                return tier[form]
        return set()


def forms(text: str) -> tuple[str, str, str]:
    """A name as it stands, without regard to case, width and script, and without spaces and marks too."""
    same = plain(text)
    return text, same, _MARKS.sub("", same)


async def look_up(
    tx: Tx, actor: Actor, target: Object, texts: Collection[str], own: Iterable[str] = ()
) -> dict[str, Found]:
    """What each text stands for. `own` are the titles of the rows that are just being brought in, where they are
    records of the same object."""
    found: dict[str, Found] = {text: UUID(text) for text in texts if _is_id(text)}
    wanted = [text for text in texts if text not in found]
    names = await _names(tx, actor, target, wanted)
    coming = {form for title in own for form in forms(title)[1:] if form}
    for text in wanted:
        records = names.find(text)
        if len(records) == 1:
            (found[text],) = records
        elif records:
            found[text] = BadValue(AMBIGUOUS, count=len(records), object=target.label, text=text[:60])
        elif coming.intersection(forms(text)[1:]):
            found[text] = LATER
        else:
            found[text] = BadValue(NOT_FOUND, object=target.label, text=text[:60])
    return found


def _is_id(text: str) -> bool:
    if len(text) != 36:
        return False
    try:
        UUID(text)
    except ValueError:
        return False
    return True


async def _names(tx: Tx, actor: Actor, target: Object, texts: Sequence[str]) -> Names:
    names = Names()
    if not texts:
        return names
    visible = predicate(actor, target)
    if target.key == "member":
        logins = {row["member"]: row["login"] for row in await tx.all(store.logins(actor.workspace))}
        for row in await tx.all(store.member_names(actor.workspace, visible)):
            _add_member(names, row, logins.get(row["id"]))
        return names
    rows = await tx.all(store.all_names(target, visible, FEW + 1))
    if len(rows) > FEW:
        lowered = sorted({form for text in texts for form in (text.lower(), plain(text))})
        rows = await tx.all(store.some_names(target, visible, lowered))
        await _add_keyed(tx, actor, target, texts, names)
    for row in rows:
        names.add(row["id"], row["title"])
    return names


def _add_member(names: Names, row: Record, login: str | None) -> None:
    """Whoever is there goes before those who have left."""
    for name in (row["name"], row["email"], row["number"], login, row["phone"]):
        if name and (row["active"] or not names.find(name)):
            names.add(row["id"], name)
    if row["phone"] and row["active"]:
        names.add(row["id"], row["phone"].removeprefix("+86"))


async def _add_keyed(tx: Tx, actor: Actor, target: Object, texts: Sequence[str], names: Names) -> None:
    """Records that hold the duplicate key of a name: another spelling of the same company."""
    keyed: dict[tuple[str, str], list[str]] = {}
    for text in texts:
        for kind, key, _ in keys_of(target, {target.title.key: text}):
            keyed.setdefault((kind, key), []).append(text)
    if not keyed:
        return
    held = [
        row for row in await tx.all(intake_store.held(actor.workspace, keyed)) if row["object"] == target.key
    ]
    seen = set(await visible_ids(tx, actor, target, [row["record"] for row in held]))
    for row in held:
        if row["record"] in seen:
            for text in keyed[row["kind"], row["key"]]:
                names.add(row["record"], text)


async def make_missing(tx: Tx, actor: Actor, target: Object, found: dict[str, Found], batch: UUID) -> int:
    """Make a record for every name that there is none of; how many. Where the actor may not, nothing happens."""
    missing: dict[str, list[str]] = {}
    for text, target_found in found.items():
        if isinstance(target_found, BadValue) and target_found.message is NOT_FOUND:
            missing.setdefault(forms(text)[2] or text, []).append(text)
    if not missing or not may(actor, target.key, Ask.CREATE):
        return 0
    changes = [Change({target.title.key: texts[0]}, row=n) for n, texts in enumerate(missing.values())]
    made = await apply(
        tx,
        actor,
        Batch(
            target.key,
            Action.CREATE,
            changes,
            atomic=False,
            automations=False,
            duplicates=Duplicates.CREATE,
            source="import",
            id=batch,
        ),
    )
    for result, texts in zip(made.rows, missing.values(), strict=True):
        for text in texts:
            if result.outcome is Outcome.CREATED and result.id is not None:
                found[text] = result.id
            elif result.problems:
                found[text] = _refused(result.problems[0])
    return made.count(Outcome.CREATED)


def _refused(problem: Problem) -> BadValue:
    return BadValue(problem.message, **problem.params)
