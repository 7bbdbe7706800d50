"""Assignment by rules: who gets a new record, and why. Every decision is kept with what it was based on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from jieli.access import Action as Ask
from jieli.access import Actor, require
from jieli.base import clock
from jieli.base.ids import uuid7
from jieli.blueprint.document import Assignment, AssignmentRule
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.db.sql import Sql, join, sql
from jieli.intake import store
from jieli.query.condition import Scope, compile_condition, fields_of
from jieli.query.rows import T
from jieli.records import Action, Batch, BatchResult, Change, Draft, Values, apply
from jieli.records.store import append

NOBODY = UUID(int=0)
SHOWN = 50
"""Decisions of batches up to this size keep their candidates each; larger ones share the list of the first."""
COLUMNS = ("id", "at", "object", "record", "version", "rule", "chosen", "why", "batch")


@dataclass(slots=True)
class Pool:
    """The people a rule may choose from, with the load they have at this point of the batch."""

    rule: AssignmentRule
    people: list[Record]
    loads: dict[UUID, int]
    last: UUID = NOBODY
    at_start: dict[UUID, int] = field(default_factory=dict)

    def choose(self) -> Record | None:
        """The next person, or None when nobody has room."""
        open_ = [p for p in self.people if self._has_room(p["id"])]
        if not open_:
            return None
        if self.rule.method == "least_loaded":
            chosen = min(open_, key=lambda p: (self.loads.get(p["id"], 0), p["id"]))
        elif self.rule.method == "round_robin":
            chosen = next((p for p in open_ if p["id"] > self.last), open_[0])
        else:
            chosen = open_[0]
        self.last = chosen["id"]
        self.loads[chosen["id"]] = self.loads.get(chosen["id"], 0) + 1
        return chosen

    def _has_room(self, person: UUID) -> bool:
        return self.rule.capacity is None or self.loads.get(person, 0) < self.rule.capacity

    def candidates(self) -> list[Values]:
        return [
            {
                "member": str(p["id"]),
                "name": p["name"],
                "load": self.loads.get(p["id"], 0),
                **({} if self._has_room(p["id"]) else {"excluded": "full"}),
            }
            for p in self.people
        ]


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
        place = Scope(actor.workspace, obj, T, actor.variables)
        tests = [
            compile_condition(rule.when, place, f"assignments.{obj.key}.{rule.key}")
            for rule in (assignment.rules if assignment else ())
        ]
        return {"fits": sql("array[{tests}]::boolean[]", tests=join(", ", tests))}

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
        unowned = [(d, r["fits"]) for d, r in zip(drafts, results, strict=True) if d.after("owner") is None]
        if assignment is None or not unowned:
            return
        pools = await _pools(tx, actor, obj, assignment, [fits for _, fits in unowned])
        full = len(unowned) <= SHOWN
        for draft, fits in unowned:
            _assign(obj, assignment, draft, fits, pools, full=full)
        for key, pool in pools.items():
            if pool.last != NOBODY:
                await tx.run(store.turned(actor.workspace, obj.key, key, pool.last))


def _assignment(actor: Actor, obj: Object) -> Assignment | None:
    return actor.workspace.document.assignments.get(obj.key) if obj.has("owned") else None


async def _pools(
    tx: Tx, actor: Actor, obj: Object, assignment: Assignment, fits: Sequence[Sequence[bool]]
) -> dict[str, Pool]:
    """The pools of the rules that fit at least one row; they share one count of loads."""
    used = [rule for i, rule in enumerate(assignment.rules) if any(row[i] for row in fits)]
    roles = [rule.role for rule in used if rule.role and not rule.members]
    names = [name for rule in used for name in rule.members]
    people = await tx.all(store.candidates(actor.workspace, roles, names))
    turns = {
        rule.key: await tx.value(store.turn(actor.workspace, obj.key, rule.key, NOBODY)) for rule in used
    }
    rows = await tx.all(store.loads(obj, [person["id"] for person in people]))
    loads = {row["owner"]: row["load"] for row in rows}
    return {
        rule.key: Pool(rule, [p for p in people if _fits(rule, p)], loads, turns[rule.key], dict(loads))
        for rule in used
    }


def _fits(rule: AssignmentRule, person: Record) -> bool:
    if rule.members:
        return str(person["id"]) in rule.members or person["name"] in rule.members
    in_department = rule.department is None or str(person["department"]) == rule.department
    return rule.role in (person["roles"] or ()) and in_department


def _assign(
    obj: Object,
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
        draft.values |= {"owner": chosen["id"]}
        if obj.has("staged"):
            draft.values |= {"holder": chosen["id"]}
            draft.values |= {"stage": assignment.stage} if assignment.stage else {}
        return
    draft.extra["assignment"] = (None, None, {"passed": passed})


async def record_decisions(tx: Tx, actor: Actor, obj: Object, batch: Batch, drafts: Sequence[Draft]) -> None:
    """Written step: keep every decision with its reasons."""
    rows = []
    for draft in drafts:
        if "assignment" in draft.extra:
            rule, chosen, why = draft.extra["assignment"]
            version = actor.workspace.version
            rows.append((uuid7(), clock.now(), obj.key, draft.id, version, rule, chosen, why, batch.id))
    if rows:
        await append(tx, actor.workspace, "assignment", COLUMNS, rows)


async def assign(tx: Tx, actor: Actor, object_key: str, ids: Sequence[UUID]) -> BatchResult:
    """Run the rules for records that nobody owns. Raises NotPermitted without the right to transfer."""
    obj = actor.workspace.object(object_key)
    require(actor, obj, Ask.TRANSFER)
    rows = await tx.all(store.unowned(obj, ids))
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
