"""Scorecards: rules with points, computed by PostgreSQL as the row is written, with each rule's points kept."""

from collections.abc import Mapping, Sequence
from functools import lru_cache
from uuid import UUID

from jieli.access import Actor, may_read_field, predicate, require_right
from jieli.base.same import Same
from jieli.blueprint.document import Scorecard
from jieli.blueprint.model import Object
from jieli.db.pool import ReadTx, Record, Tx
from jieli.db.sql import TRUE, Sql, constant, join, literal, sql
from jieli.intake import store
from jieli.query.condition import Scope, compile_condition, fields_of
from jieli.query.daily import once_a_day
from jieli.query.rows import T
from jieli.records import Batch, Draft, Values


@lru_cache(maxsize=256)
def _depends(card: Same) -> frozenset[str]:
    (found,) = card.things
    assert isinstance(found, Scorecard)
    return frozenset().union(*(fields_of(rule.when) for rule in found.rules))


class Scoring:
    """The derivation that the write path runs for scored objects."""

    def depends(self, actor: Actor, obj: Object, batch: Batch) -> frozenset[str]:
        card = scorecard(actor, obj)
        return _depends(Same(card)) & obj.fields.keys() if card else frozenset()

    def expressions(self, actor: Actor, obj: Object, batch: Batch) -> Mapping[str, Sql]:
        card = scorecard(actor, obj)
        return dict(zip(("score", "_parts"), expressions(actor, obj, card), strict=True)) if card else {}

    async def settle(
        self,
        tx: Tx,
        actor: Actor,
        obj: Object,
        batch: Batch,
        drafts: Sequence[Draft],
        results: Sequence[Record],
    ) -> None:
        for draft, result in zip(drafts, results, strict=True):
            draft.values |= {"score": result["score"], "score_parts": result["_parts"] or None}


def scorecard(actor: Actor, obj: Object) -> Scorecard | None:
    return actor.workspace.document.scorecards.get(obj.key) if obj.has("scored") else None


def expressions(actor: Actor, obj: Object, card: Scorecard) -> tuple[Sql, Sql]:
    """The score, held between the card's bounds, and its parts as JSON, over alias `t`."""
    return once_a_day(card, Scope(actor.workspace, obj, T, actor.variables), _composed)


def _composed(place: Scope, card: Scorecard) -> tuple[Sql, Sql]:
    key = place.object.key
    tests = [compile_condition(rule.when, place, f"scorecards.{key}.{rule.key}") for rule in card.rules]
    points = [
        sql("case when {test} then {points} else 0 end", test=test, points=constant(rule.points))
        for rule, test in zip(card.rules, tests, strict=True)
    ]
    parts = [
        sql(
            "case when {test} then jsonb_build_object('key', {key}, 'points', {points}) end",
            test=test,
            key=literal(rule.key),
            points=constant(rule.points),
        )
        for rule, test in zip(card.rules, tests, strict=True)
    ]
    score = sql(
        "least({high}, greatest({low}, {base} + {points}))",
        high=constant(card.high),
        low=constant(card.low),
        base=constant(card.base),
        points=join(" + ", points) if points else sql("0"),
    )
    kept = sql("to_jsonb(array_remove(array[{parts}]::jsonb[], null))", parts=join(", ", parts))
    return score, kept


async def rescore(tx: Tx, actor: Actor, obj: Object) -> int:
    """Score every record anew, after a change of the scorecard; gives how many changed. Needs the blueprint
    right. Scores are derived, so this is one statement and no batch of edits."""
    require_right(actor, "blueprint")
    card = scorecard(actor, obj)
    if card is None:
        return 0
    score, parts = expressions(actor, obj, card)
    return await tx.run(store.rescore(obj, score, parts, TRUE))


async def explained(tx: ReadTx, actor: Actor, obj: Object, record: UUID) -> Values:
    """The score of one record with the label of each rule that gave points; nothing when not visible, be it the
    record or either of the fields."""
    card = scorecard(actor, obj)
    if card and not all(may_read_field(actor, obj, obj.field(key)) for key in ("score", "score_parts")):
        card = None
    row = await tx.one(store.score(obj, record, predicate(actor, obj))) if card else None
    if row is None or card is None:
        return {"score": None, "parts": []}
    labels = {rule.key: rule.label for rule in card.rules}
    parts = [
        {**part, "label": labels[part["key"]].model_dump() if part["key"] in labels else part["key"]}
        for part in row["score_parts"] or ()
    ]
    return {"score": row["score"], "base": card.base, "parts": parts}
