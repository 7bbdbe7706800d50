"""Assignment by rules: who gets a new record, and why. Every decision is kept with what it was based on."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from jieli.access import Action as Ask
from jieli.access import Actor, predicate, require
from jieli.base import clock
from jieli.base.errors import Invalid, Problem
from jieli.base.ids import uuid7s
from jieli.base.language import Message
from jieli.blueprint.document import Assignment
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.db.sql import Sql, join, sql
from jieli.intake import store
from jieli.intake.pools import Pool, line_up, note_turns, pools_of, take_turn
from jieli.query.condition import Scope, compile_condition, fields_of
from jieli.query.daily import once_a_day
from jieli.query.rows import T
from jieli.records import Action, Batch, BatchResult, Change, Draft, Values, apply
from jieli.records.store import append

NO_RULES = Message("no_assignment_rules", "该对象没有分配规则", "This object has no assignment rules")
SHOWN = 50
"""Decisions of batches up to this size keep their candidates each; larger ones share the list of the first."""
COLUMNS = ("id", "at", "object", "record", "version", "rule", "chosen", "why", "batch")


class Assigning:
    """The derivation that gives unowned records an owner."""

    def depends(self, actor: Actor, obj: Object, batch: Batch) -> frozenset[str]:
        assignment = _assignment(actor, obj)
        wanted = batch.assign or (batch.action is Action.CREATE and batch.automations)
        if assignment is None or not wanted or not assignment.rules:
            return frozenset()
        named = frozenset().union(*(fields_of(rule.when) for rule in assignment.rules))
        return (named | {"owner"}) & obj.fields.keys()

    def expressions(self, actor: Actor, obj: Object, batch: Batch) -> Mapping[str, Sql]:
        assignment = _assignment(actor, obj)
        assert assignment is not None
        place = Scope(actor.workspace, obj, T, actor.variables)
        return {"_fits": once_a_day(assignment, place, _tests)}

    async def settle(
        self,
        tx: Tx,
        actor: Actor,
        obj: Object,
        batch: Batch,
        drafts: Sequence[Draft],
        results: Sequence[Record],
    ) -> None:
        assignment = _assignment(actor, obj)
        waiting = _Waiting(actor, obj)
        unowned = [
            (d, r["_fits"]) for d, r in zip(drafts, results, strict=True) if waiting.is_for_somebody(d)
        ]
        if assignment is None or not unowned:
            return
        used = [rule for i, rule in enumerate(assignment.rules) if any(fits[i] for _, fits in unowned)]
        pools = await pools_of(tx, actor, obj, used)
        if len(unowned) == 1:
            await _settle_turn(tx, actor, obj, pools)
        else:
            await _hold_turns(tx, actor, obj, pools)
        full = len(unowned) <= SHOWN
        for draft, fits in unowned:
            _assign(waiting, assignment, draft, fits, pools, full=full)
        if len(unowned) > 1:
            for pool in pools.values():
                await note_turns(tx, actor, obj, pool)


async def _settle_turn(tx: Tx, actor: Actor, obj: Object, pools: Mapping[str, Pool]) -> None:
    """The first rule with room decides about a single record; only when it goes by turns is a turn taken."""
    deciding = next((pool for pool in pools.values() if pool.open()), None)
    if deciding and deciding.is_by_turns:
        await take_turn(tx, actor, obj, deciding)


async def _hold_turns(tx: Tx, actor: Actor, obj: Object, pools: Mapping[str, Pool]) -> None:
    for pool in pools.values():
        if pool.is_by_turns:
            await line_up(tx, actor, obj, pool)


class _Waiting:
    """What waits for an owner: open records without one. Those in the first stage move on with their owner; one that
    comes from a file with a stage of its own stays where it stands."""

    def __init__(self, actor: Actor, obj: Object) -> None:
        process = actor.workspace.process(obj.key) if obj.has("staged") else None
        self.is_staged = process is not None
        self._open = {stage.key for stage in process[1].stages if stage.kind == "open"} if process else set()
        self._first = process[1].stages[0].key if process else None

    def is_for_somebody(self, draft: Draft) -> bool:
        is_open = not self.is_staged or draft.after("stage") in self._open
        return is_open and draft.after("owner") is None

    def is_at_the_start(self, draft: Draft) -> bool:
        stage: str | None = draft.after("stage")
        return stage == self._first


def _tests(place: Scope, assignment: Assignment) -> Sql:
    """An array that tells of each rule whether it fits."""
    key = place.object.key
    tests = [
        compile_condition(rule.when, place, f"assignments.{key}.{rule.key}") for rule in assignment.rules
    ]
    return sql("array[{tests}]::boolean[]", tests=join(", ", tests))


def _assignment(actor: Actor, obj: Object) -> Assignment | None:
    return actor.workspace.document.assignments.get(obj.key) if obj.has("owned") else None


def _assign(
    waiting: _Waiting,
    assignment: Assignment,
    draft: Draft,
    fits: Sequence[bool],
    pools: Mapping[str, Pool],
    *,
    full: bool,
) -> None:
    passed: list[str] = []
    for rule, applies in zip(assignment.rules, fits, strict=True):
        if not applies:
            continue
        pool = pools[rule.key]
        before = pool.candidates() if full else None
        chosen = pool.choose()
        if chosen is None:
            passed.append(rule.key)
            continue
        load = pool.loads[chosen["id"]] - 1
        why: Values = {"method": rule.method, "capacity": rule.capacity, "load": load, "passed": passed}
        why |= {"candidates": before} if before is not None else {"people": len(pool.people)}
        draft.extra["assignment"] = (rule.key, chosen["id"], why)
        draft.values["owner"] = chosen["id"]
        draft.extra["owner"] = chosen
        if waiting.is_staged:
            draft.values["holder"] = chosen["id"]
            if assignment.stage and waiting.is_at_the_start(draft):
                draft.values["stage"] = assignment.stage
        return
    draft.extra["assignment"] = (None, None, {"passed": passed})


async def record_decisions(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Written step: keep every decision with its reasons."""
    decided = [draft for draft in drafts if "assignment" in draft.extra]
    if not decided:
        return
    now, version = clock.now(), actor.workspace.version
    rows = [
        (number, now, obj.key, draft.id, version, *draft.extra["assignment"], batch.id)
        for number, draft in zip(uuid7s(len(decided)), decided, strict=True)
    ]
    await append(tx, actor.workspace, "assignment", COLUMNS, rows)


async def assign(tx: Tx, actor: Actor, object_key: str, ids: Sequence[UUID]) -> BatchResult:
    """Run the rules for records that nobody owns. Raises NotPermitted without the right to transfer, and Invalid
    for an object without rules."""
    obj = actor.workspace.object(object_key)
    require(actor, obj, Ask.TRANSFER)
    if _assignment(actor, obj) is None:
        raise Invalid(Problem("object", NO_RULES))
    rows = await tx.all(store.unowned(obj, ids, predicate(actor, obj)))
    changes = [Change({"owner": None}, id=row["id"], row=i) for i, row in enumerate(rows)]
    return await apply(
        tx, actor, Batch(object_key, Action.UPDATE, changes, atomic=False, assign=True, event="assigned")
    )


async def decisions(tx: ReadTx, actor: Actor, obj: Object, record: UUID) -> list[Values]:
    """The decisions about a record, newest first, with labels; the caller has checked that it is visible."""
    assignment = _assignment(actor, obj)
    labels = {rule.key: rule.label.model_dump() for rule in (assignment.rules if assignment else ())}
    rows = await tx.all(store.decisions(actor.workspace, record))
    names = await tx.all(store.names(actor.workspace, [row["chosen"] for row in rows if row["chosen"]]))
    known = {row["id"]: row["name"] for row in names}
    return [
        {
            "at": row["at"],
            "rule": row["rule"],
            "label": labels.get(row["rule"]),
            "version": row["version"],
            "chosen": {"id": row["chosen"], "title": known.get(row["chosen"])} if row["chosen"] else None,
            "candidates": row["why"].get("candidates", []),
            "why": row["why"],
        }
        for row in rows
    ]
