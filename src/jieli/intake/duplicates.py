"""Duplicates: found before a record is written, and kept out by the database when two people enter at once.

Every key of a record (telephone, company …) is claimed in one table with a unique key for all objects of a
workspace. Records of one customer (`party`) may share keys; the first of them holds the claim.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from jieli.access import Action as Ask
from jieli.access import Actor, predicate
from jieli.base.errors import Problem
from jieli.base.language import Message
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.db.sql import TRUE
from jieli.intake import store
from jieli.intake.keys import Key, KeyPlan, keys_of
from jieli.intake.likeness import with_likeness
from jieli.records import Action, Batch, Draft, Duplicates, Match, Outcome, Values
from jieli.records import errors as record_errors
from jieli.records import store as record_store
from jieli.records.draft import AT_IMPORT, GIVING, values_of
from jieli.relay.stages import MOVE_IT

DUPLICATE = record_errors.DuplicateFound.message
DUPLICATE_ROW = Message("duplicate_row", "与本次第 {row} 行重复", "The same as row {row}")
SOURCE = "source"
"""The kind of claim that a row of a file makes, so that importing the file again finds it."""
OWN_KINDS = frozenset({SOURCE, "text"})


@dataclass(frozen=True, slots=True)
class Claim:
    object: str
    record: UUID
    party: UUID


async def match(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Prepare step: find what new or changed keys meet, and follow the batch's policy."""
    if batch.action not in (Action.CREATE, Action.UPDATE):
        return
    plan = KeyPlan(obj)
    keyed = [(draft, _keys(plan, obj, draft)) for draft in drafts if draft.is_alive]
    keyed = [(draft, keys) for draft, keys in keyed if keys]
    if not keyed:
        return
    held = await _held(tx, actor, [key for _, keys in keyed for key in keys])
    own: dict[tuple[str, str], Draft] = {}
    for draft, keys in keyed:
        _note_matches(plan, obj, draft, keys, Met(held, own))
        if _decide(obj, batch, draft):
            for kind, key, _ in keys:
                own.setdefault((kind, key), draft)
    if batch.duplicates is Duplicates.UPDATE:
        await _turn_into_updates(tx, actor, obj, batch, [draft for draft, _ in keyed], own)


def _keys(plan: KeyPlan, obj: Object, draft: Draft) -> list[Key]:
    """The keys that this change brings in."""
    only = None if draft.before is None else frozenset(draft.values)
    return [*plan.keys(draft.merged, only), *_source(obj, draft)]


async def _held(tx: ReadTx, actor: Actor, keys: Sequence[Key]) -> dict[tuple[str, str], Claim]:
    rows = await tx.all(store.held(actor.workspace, ((kind, key) for kind, key, _ in keys)))
    return {(row["kind"], row["key"]): Claim(row["object"], row["record"], row["party"]) for row in rows}


def party_of(obj: Object, record: UUID, values: Values) -> UUID:
    """The customer a record belongs to: what its party field refers to, else itself."""
    party = values.get(obj.definition.party) if obj.definition.party else None
    return party if isinstance(party, UUID) else record


def _party(obj: Object, draft: Draft) -> UUID:
    return party_of(obj, draft.id, draft.merged)


@dataclass(frozen=True, slots=True)
class Met:
    """Who has the keys already: records, and earlier rows of the same batch."""

    held: dict[tuple[str, str], Claim]
    own: dict[tuple[str, str], Draft]


def _note_matches(plan: KeyPlan, obj: Object, draft: Draft, keys: Sequence[Key], met: Met) -> None:
    party = _party(obj, draft)
    for kind, key, field in keys:
        claim, earlier = met.held.get((kind, key)), met.own.get((kind, key))
        if claim is None and earlier is None:
            continue
        strict = plan.is_strict(kind, field)
        if claim and claim.record != draft.id and not _may_share(kind, claim.party, party):
            draft.matches.append(Match(claim.object, claim.record, kind, field, strict))
        elif earlier and earlier is not draft and not _may_share(kind, _party(obj, earlier), party):
            draft.matches.append(Match(obj.key, None, kind, field, strict, earlier.row))


def _may_share(kind: str, one: UUID, other: UUID) -> bool:
    """People of one customer may share its telephone. A number of a record itself, or a row of a file, is never
    shared, not even by two opportunities of one customer."""
    return one == other and kind not in OWN_KINDS


def _decide(obj: Object, batch: Batch, draft: Draft) -> bool:
    """Whether the row is still to be written as a new record or a plain change."""
    if not draft.matches:
        return True
    policy = batch.duplicates
    if policy is Duplicates.CREATE and not any(found.strict for found in draft.matches):
        return True
    if policy is Duplicates.SKIP and draft.before is None:
        draft.outcome = Outcome.SKIPPED
        return False
    if policy is not Duplicates.UPDATE or draft.before is not None:
        for found in draft.matches:
            draft.refuse(problem_of(found))
    return False


def problem_of(found: Match) -> Problem:
    if found.row is not None:
        return Problem(found.field, DUPLICATE_ROW, {"row": found.row})
    return Problem(found.field, DUPLICATE)


async def _turn_into_updates(
    tx: Tx,
    actor: Actor,
    obj: Object,
    batch: Batch,
    drafts: Sequence[Draft],
    own: dict[tuple[str, str], Draft],
) -> None:
    """New rows that match a record of the same object become changes of it; others are skipped."""
    new = [draft for draft in drafts if draft.before is None and draft.matches and draft.is_alive]
    targets = {_target(obj, draft) for draft in new} - {None}
    rows = await tx.all(
        record_store.locked(
            obj,
            [target for target in targets if target],
            read=TRUE if batch.trusted else predicate(actor, obj),
            change=TRUE if batch.trusted else predicate(actor, obj, Ask.UPDATE),
            transfer=TRUE if batch.trusted else predicate(actor, obj, Ask.TRANSFER),
        )
    )
    open_ = [row for row in rows if row["may_read"] and row["may_change"] and row["deleted_at"] is None]
    found = {row["id"]: row for row in open_}
    by_row = {draft.row: draft for draft in own.values()}
    updated: dict[UUID, Draft] = {}
    for draft in new:
        target = _target(obj, draft)
        earlier = _earlier(draft, by_row, updated)
        if earlier is not None:
            _fold(draft, earlier)
        elif target in found:
            _become_update(obj, draft, found[target])
            updated.setdefault(draft.id, draft)
        else:
            draft.outcome = Outcome.SKIPPED


def _target(obj: Object, draft: Draft) -> UUID | None:
    return next((found.id for found in draft.matches if found.object == obj.key and found.id), None)


def _earlier(draft: Draft, by_row: dict[int, Draft], updated: dict[UUID, Draft]) -> Draft | None:
    """The earlier row of the same batch that this one repeats."""
    for found in draft.matches:
        if found.row is not None and found.row in by_row:
            return by_row[found.row]
        if found.id in updated:
            return updated[found.id]
    return None


def _fold(draft: Draft, earlier: Draft) -> None:
    """A later row about the same record wins where it says something."""
    said = {key: value for key, value in _said(draft).items() if earlier.after(key) != value}
    earlier.values |= said
    draft.id, draft.outcome = earlier.id, Outcome.UPDATED if said else Outcome.UNCHANGED
    draft.extra["folded"] = earlier


def _become_update(obj: Object, draft: Draft, row: Record) -> None:
    """From here on the draft is a change of the record. Since when a record is there and where it stands is no
    longer for a file to say: a stage changes by a move."""
    before = record_store.loaded(obj.fields.values(), row)
    draft.before, draft.id, draft.version = before, row["id"], row["version"]
    said = _said(draft)
    draft.values = {k: v for k, v in said.items() if before.get(k) != v and k not in AT_IMPORT}
    if said.get("stage", before.get("stage")) != before.get("stage"):
        draft.refuse(Problem("stage", MOVE_IT))
    if obj.has("owned") and GIVING & draft.values.keys() and not row["may_transfer"]:
        draft.refuse(Problem("owner", record_errors.NOT_YOURS_TO_GIVE))


def _said(draft: Draft) -> Values:
    """What the row itself says; empty cells and what the program fills into new records change nothing."""
    given = draft.given or {}
    return {key: value for key, value in draft.values.items() if value is not None and key in given}


async def claim(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Settle step: take the keys in the database. Who comes second, even by a moment, is told so."""
    alive = [draft for draft in drafts if draft.is_alive]
    if batch.action is Action.DELETE:
        await tx.run(store.release(actor.workspace, [draft.id for draft in alive]))
        return
    await _take_good(tx, actor, obj, batch, alive)
    if batch.duplicates is Duplicates.UPDATE:
        await _share_fate(tx, actor, obj, drafts)


class _RefusedChange(Exception):
    """Ends the savepoint in which a record that stays as it is let go of its keys."""


async def _take_good(tx: Tx, actor: Actor, obj: Object, batch: Batch, alive: Sequence[Draft]) -> None:
    """Where good rows are written without the bad, a refused change must leave the record the keys that it had."""
    if batch.atomic:
        await _take(tx, actor, obj, batch, alive)
        return
    while alive:
        try:
            async with tx.savepoint():
                await _take(tx, actor, obj, batch, alive)
                if any(draft.before is not None and not draft.is_alive for draft in alive):
                    raise _RefusedChange
        except _RefusedChange:
            alive = [draft for draft in alive if draft.is_alive]
        else:
            return


async def _take(tx: Tx, actor: Actor, obj: Object, batch: Batch, alive: Sequence[Draft]) -> None:
    changed = {draft.id: _changed_kinds(obj, draft) for draft in alive if draft.before}
    released = {record: kinds for record, kinds in changed.items() if kinds}
    if released:
        await tx.run(store.release_kinds(actor.workspace, released))
    plan = KeyPlan(obj)
    wanted = {
        (kind, key): (draft, field)
        for draft in reversed(alive)
        for kind, key, field in _claimed_keys(plan, obj, batch, draft)
    }
    if not wanted:
        return
    parties = {draft.id: _party(obj, draft) for draft in alive}
    claims = [
        (*place, draft.id, parties[draft.id])
        for place, draft in ((place, wanted[place][0]) for place in sorted(wanted))
    ]
    if await tx.run(store.claim(actor.workspace, obj.key, with_likeness(claims))) == len(claims):
        return
    await _came_second(tx, actor, plan, batch, wanted, parties)
    refused = [draft.id for draft in alive if draft.before is None and not draft.is_alive]
    if refused:
        await tx.run(store.release(actor.workspace, refused))


async def _share_fate(tx: Tx, actor: Actor, obj: Object, drafts: Sequence[Draft]) -> None:
    """A row that was folded into an earlier one is refused, left out or without effect as that one is; else it too
    is found again by what it says."""
    claims: list[tuple[str, str, UUID, UUID]] = []
    for draft in drafts:
        earlier: Draft | None = draft.extra.get("folded")
        if earlier is None:
            continue
        if not earlier.is_alive:
            draft.problems += earlier.problems
            draft.outcome = earlier.outcome
            continue
        if earlier.before is not None and not values_of(earlier):
            draft.outcome = Outcome.UNCHANGED
        claims += [(kind, key, earlier.id, _party(obj, earlier)) for kind, key, _ in _source(obj, draft)]
    if claims:
        await tx.run(store.claim(actor.workspace, obj.key, with_likeness(sorted(claims))))


def _changed_kinds(obj: Object, draft: Draft) -> list[str]:
    """The kinds of keys whose fields this change touches."""
    return [
        rule.kind
        for rule in obj.definition.duplicates
        if any(
            key in draft.values and draft.values[key] != (draft.before or {}).get(key) for key in rule.fields
        )
    ]


def _claimed_keys(plan: KeyPlan, obj: Object, batch: Batch, draft: Draft) -> list[Key]:
    """All keys of a new or restored record; for a change, all keys of the kinds it touches."""
    if draft.before is None or batch.action is Action.RESTORE:
        return [*plan.keys(draft.merged), *_source(obj, draft)]
    kinds = set(_changed_kinds(obj, draft))
    return [*(key for key in plan.keys(draft.merged) if key[0] in kinds), *_source(obj, draft)]


def _source(obj: Object, draft: Draft) -> list[Key]:
    return [(SOURCE, f"{obj.key}:{draft.source_key}", "")] if draft.source_key else []


async def _came_second(
    tx: Tx,
    actor: Actor,
    plan: KeyPlan,
    batch: Batch,
    wanted: dict[tuple[str, str], tuple[Draft, str]],
    parties: dict[UUID, UUID],
) -> None:
    """Somebody else holds some of these keys: the same customer, a known duplicate, or one who was faster."""
    holders = await _held(tx, actor, [(kind, key, "") for kind, key in wanted])
    for place, (draft, field) in wanted.items():
        holder = holders.get(place)
        if holder is None or holder.record == draft.id:
            continue
        if _may_share(place[0], holder.party, parties[draft.id]):
            continue
        found = Match(holder.object, holder.record, place[0], field, plan.is_strict(place[0], field))
        if found not in draft.matches:
            draft.matches.append(found)
            _late(batch, draft, found)
        elif batch.duplicates is not Duplicates.CREATE:
            _late(batch, draft, found)


def _late(batch: Batch, draft: Draft, found: Match) -> None:
    if batch.duplicates is Duplicates.CREATE and not found.strict:
        return
    if batch.duplicates in (Duplicates.SKIP, Duplicates.UPDATE) and draft.before is None:
        draft.outcome = Outcome.SKIPPED
    else:
        draft.refuse(problem_of(found))


async def claim_again(tx: Tx, actor: Actor, events: Sequence[Record]) -> None:
    """After an undo, records that let go of keys hold those of their values again, as far as these are free: in a
    conversion all of them, else where the values changed."""
    by_object: dict[str, list[UUID]] = {}
    for event in events:
        rules = actor.workspace.object(event["object"]).definition.duplicates
        named = {field for rule in rules for field in rule.fields}
        if event["kind"] == "converted" or not named.isdisjoint(event["changes"] or ()):
            by_object.setdefault(event["object"], []).append(event["record"])
    for key, ids in by_object.items():
        obj = actor.workspace.object(key)
        claims: dict[tuple[str, str], tuple[str, str, UUID, UUID]] = {}
        for row in await tx.all(store.alive(obj, ids)):
            values = record_store.loaded(obj.fields.values(), row)
            for kind, value, _ in keys_of(obj, values):
                party = party_of(obj, row["id"], values)
                claims.setdefault((kind, value), (kind, value, row["id"], party))
        if claims:
            rows = with_likeness(claims[place] for place in sorted(claims))
            await tx.run(store.claim(actor.workspace, key, rows))


async def find(
    tx: ReadTx, actor: Actor, obj: Object, values: Values, record: UUID | None = None
) -> list[Match]:
    """What a record with these (parsed) values would duplicate."""
    keys = keys_of(obj, values)
    held = await _held(tx, actor, keys) if keys else {}
    draft = Draft(0, record or UUID(int=0), None, values)
    _note_matches(KeyPlan(obj), obj, draft, keys, Met(held, {}))
    return draft.matches


async def described(tx: ReadTx, actor: Actor, matches: Sequence[Match]) -> list[Values]:
    """Matches as people are told of them: that a record exists and who owns it, the rest only if visible."""
    found: list[Values] = []
    for match_ in {(m.object, m.id): m for m in matches if m.id}.values():
        obj = actor.workspace.object(match_.object)
        row = await tx.one(store.duplicate(actor.workspace, obj, match_.id, predicate(actor, obj)))
        if row is None:
            continue
        visible = bool(row["visible"])
        found.append(
            {
                "object": match_.object,
                "id": match_.id if visible else None,
                "title": row["title"] if visible else None,
                "owner": {"id": row["owner"], "title": row["owner_name"]} if row["owner"] else None,
                "kind": match_.kind,
                "field": match_.field,
                "strict": match_.strict,
                "alike": match_.alike,
                "visible": visible,
            }
        )
    return found
